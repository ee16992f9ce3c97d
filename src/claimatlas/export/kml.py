"""KML for people without a GIS: a folder for each actor, a balloon with who says what.

Icons come from the program that shows the file; no address on the internet is named.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from xml.etree.ElementTree import Element

from claimatlas.export.frames import circle_corners
from claimatlas.export.geojson import lonlat
from claimatlas.files import write_text
from claimatlas.records.columns import COARSE_PRECISIONS, INCIDENT_COLUMNS, Column
from claimatlas.records.palette import ACTOR_COLORS, NO_ACTOR_COLOR, SEVERAL_ACTORS_COLOR
from claimatlas.records.tables import Record

NAMESPACE = "http://www.opengis.net/kml/2.2"

_SCALES = {"none": 0.6, "1-4": 0.7, "5-9": 0.9, "10-24": 1.1, "25-49": 1.3, "50+": 1.6, "unknown": 0.6}
_COLORS = (*ACTOR_COLORS.values(), SEVERAL_ACTORS_COLOR, NO_ACTOR_COLOR)


def write_kml(tables: Mapping[str, Sequence[Record]], path: Path) -> None:
    """Write the incidents; those nobody can place are in a folder of their own, without a mark.

    Args:
        tables: Records of `incidents` and `claims`.
        path: The file to be.

    Raises:
        OutputError: The file cannot be written.
    """
    claims: dict[object, list[Record]] = {}
    for claim in tables["claims"]:
        claims.setdefault(claim["incident_id"], []).append(claim)
    folders: dict[str, Element] = {}
    for record in tables["incidents"]:
        name = "Nobody can place these" if lonlat(record) is None else str(record["actor_label"])
        folder = folders.setdefault(name, _element("Folder", "", _element("name", name)))
        folder.append(_placemark(record, claims.get(record["incident_id"], [])))
    styles = (_style(color, size, scale) for color in _COLORS for size, scale in _SCALES.items())
    document = _element(
        "Document", "", _element("name", "claimatlas: reported incidents"), *styles,
        *(folders[name] for name in sorted(folders)),
    )  # fmt: skip
    root = ET.Element("kml", {"xmlns": NAMESPACE})
    root.append(document)
    ET.indent(root, "")
    write_text(path, '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n")


def _element(tag: str, text: str = "", *children: Element, **attributes: str) -> Element:
    made = ET.Element(tag, attributes)
    made.text = text or None
    made.extend(children)
    return made


def _style(color: str, size: str, scale: float) -> Element:
    icon = _element("IconStyle", "", _element("color", _abgr(color, 255)), _element("scale", str(scale)))
    line = _element("LineStyle", "", _element("color", _abgr(color, 160)), _element("width", "1.5"))
    fill = _element("PolyStyle", "", _element("color", _abgr(color, 25)))
    return _element("Style", "", icon, line, fill, id=_style_id(color, size))


def _style_id(color: str, size: str) -> str:
    return f"a{color[1:]}-{size.replace('+', 'plus')}"


def _abgr(color: str, alpha: int) -> str:
    """`#rrggbb` in KML's order: alpha, blue, green, red."""
    return f"{alpha:02x}{color[5:7]}{color[3:5]}{color[1:3]}"


def _placemark(record: Record, claims: Sequence[Record]) -> Element:
    parts = [
        _element("name", str(record["place"] or record["governorate"] or record["incident_id"])),
        _element("description", _balloon(record, claims)),
        *_time(record),
        _element("styleUrl", f"#{_style_id(str(record['color_actor']), str(record['casualty_class']))}"),
        _element("ExtendedData", "", *(_data(record, col) for col in INCIDENT_COLUMNS if _is_given(record, col))),
        *_geometry(record),
    ]
    return _element("Placemark", "", *parts, id=str(record["incident_id"]))


def _time(record: Record) -> list[Element]:
    start, end = record["date_start"], record["date_end"]
    if start is None:
        return []
    if end is None or end == start:
        return [_element("TimeStamp", "", _element("when", str(start)))]
    return [_element("TimeSpan", "", _element("begin", str(start)), _element("end", str(end)))]


def _is_given(record: Record, column: Column) -> bool:
    return record[column.name] not in (None, "")


def _data(record: Record, column: Column) -> Element:
    value = record[column.name]
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return _element("Data", "", _element("displayName", column.title), _element("value", text), name=column.name)


def _geometry(record: Record) -> list[Element]:
    position = lonlat(record)
    if position is None:
        return []
    longitude, latitude = position
    mark = _element("Point", "", _element("coordinates", f"{longitude},{latitude}"))
    if record["precision"] not in COARSE_PRECISIONS or record["precision"] == "country":
        return [mark]
    corners = circle_corners(latitude, longitude, float(record["radius_m"] or 0))
    text = " ".join(f"{x},{y}" for x, y in [*corners, corners[0]])
    ring = _element("LinearRing", "", _element("coordinates", text))
    area = _element("Polygon", "", _element("outerBoundaryIs", "", ring))
    return [_element("MultiGeometry", "", mark, area)]


def _balloon(record: Record, claims: Sequence[Record]) -> str:
    """The balloon's HTML. Every text of a report is escaped: programs show this as a web page."""
    said = "".join(
        f"<li><b>{_html(claim['claimant'])}</b> {_html(claim['stance'])}: <q dir='auto'>{_html(claim['quote'])}</q> "
        f"<i>{_html(claim['publisher'])} {_html(claim['published'])}</i></li>"
        for claim in claims
    )
    return (
        f"<p dir='auto'><b>{_html(record['headline'])}</b></p><p>{_html(record['date_start'] or 'date unknown')}. "
        f"Said to have done it: {_html(record['actor_label'])}. {_html(record['grade_reason'])}</p><ul>{said}</ul>"
    )


def _html(value: object) -> str:
    return escape("" if value is None else str(value))
