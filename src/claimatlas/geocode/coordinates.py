"""Coordinates and MGRS references written in a text."""

from __future__ import annotations

import re
from typing import NamedTuple

_DECIMAL = re.compile(
    r"(?<![\d.])(?P<lat>-?\d{1,2}[.]\d{2,})\s*°?\s*(?P<ns>[NnSs])?\s*[,;/ ]\s*"
    r"(?P<lon>-?\d{1,3}[.]\d{2,})\s*°?\s*(?P<ew>[EeWw])?(?![\d.])"
)
_SEXAGESIMAL = (
    r"(?P<{0}d>\d{{1,3}})\s*°\s*(?P<{0}m>\d{{1,2}}(?:[.]\d+)?)\s*['’′]\s*"
    r"(?:(?P<{0}s>\d{{1,2}}(?:[.]\d+)?)\s*(?:[\"”″]|''))?\s*(?P<{0}h>{1})"
)
_DMS = re.compile(_SEXAGESIMAL.format("lat", "[NS]") + r"\s*[,;/ ]?\s*" + _SEXAGESIMAL.format("lon", "[EW]"))
_MGRS = re.compile(
    r"(?<![A-Za-z0-9])(\d{1,2}\s?[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?(?:\d{2,5}\s\d{2,5}|\d{4,10}))(?![A-Za-z0-9])"
)

# Metres of a degree from south to north, and from west to east at 35 N; MGRS squares are small enough for it anywhere.
_DEGREE_M, _SYRIAN_DEGREE_EAST_M = 111_000, 91_000
# What a second and a minute of arc leave open, and what the best hand-held receiver does, in metres.
_SECOND_M, _MINUTE_M, _LEAST_M = 50, 1000, 10


class Coordinates(NamedTuple):
    """A point as a text gives it.

    Attributes:
        latitude: Degrees north, WGS 84.
        longitude: Degrees east.
        radius_m: Radius of uncertainty in metres, by the digits given.
    """

    latitude: float
    longitude: float
    radius_m: int


def read_coordinates(text: str) -> Coordinates | None:
    """The first coordinates in a text, or None where there are none on earth.

    Decimal degrees ("35.331, 36.058", "35.331N 36.058E"), degrees with minutes and seconds, and MGRS are read.
    """
    for read in (_read_dms, _read_decimal, _read_mgrs):
        found = read(text)
        if found is not None and -90 <= found.latitude <= 90 and -180 <= found.longitude <= 180:
            return found
    return None


def _read_decimal(text: str) -> Coordinates | None:
    match = _DECIMAL.search(text)
    if match is None:
        return None
    latitude, longitude = float(match["lat"]), float(match["lon"])
    if match["ns"] and match["ns"].upper() == "S":
        latitude = -latitude
    if match["ew"] and match["ew"].upper() == "W":
        longitude = -longitude
    digits = min(len(match["lat"].split(".")[1]), len(match["lon"].split(".")[1]))
    if digits < 3 and not (match["ns"] and match["ew"]) and match.group().strip() != text.strip():
        # "12.03, 14.05" inside a sentence are days.
        return None
    return Coordinates(latitude, longitude, max(_LEAST_M, int(_DEGREE_M * 10**-digits)))


def _read_dms(text: str) -> Coordinates | None:
    match = _DMS.search(text)
    if match is None:
        return None
    values = []
    for axis, negative in (("lat", "S"), ("lon", "W")):
        degrees = float(match[f"{axis}d"]) + float(match[f"{axis}m"]) / 60 + float(match[f"{axis}s"] or 0) / 3600
        values.append(-degrees if match[f"{axis}h"] == negative else degrees)
    return Coordinates(round(values[0], 6), round(values[1], 6), _SECOND_M if match["lats"] else _MINUTE_M)


def _read_mgrs(text: str) -> Coordinates | None:
    match = _MGRS.search(text)
    if match is None:
        return None
    import mgrs

    reference = "".join(match.group(1).split())
    digits = len(re.sub(r"^\d{1,2}[A-Z]{3}", "", reference))
    if digits % 2:
        return None
    try:
        latitude, longitude = mgrs.MGRS().toLatLon(reference)
    except (mgrs.core.MGRSError, ValueError):
        return None
    half = 10 ** (5 - digits // 2) / 2
    # A reference names the south-west corner of a square; its middle is the better point.
    return Coordinates(
        round(latitude + half / _DEGREE_M, 6),
        round(longitude + half / _SYRIAN_DEGREE_EAST_M, 6),
        max(_LEAST_M, int(half * 1.5)),
    )
