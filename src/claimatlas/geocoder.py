"""The gazetteer as a geopy geocoder, and online geocoders as a last resort for those who ask for one."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
from geopy.adapters import BaseSyncAdapter
from geopy.exc import ConfigurationError, GeocoderQueryError, GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location as GeopyLocation
from geopy.point import Point

from claimatlas.errors import InputError
from claimatlas.files import OWN_STORE, write_bytes
from claimatlas.gazetteer import Gazetteer, load_gazetteer
from claimatlas.gazetteer.entries import Entry
from claimatlas.geocode import locate
from claimatlas.geocode.candidates import Context, rank_candidates
from claimatlas.geocode.relations import place_precision
from claimatlas.model import Candidate, Location, Precision, to_dict
from claimatlas.resources import user_store

# Beyond this distance a gazetteer's place says nothing about a point.
REVERSE_KM = 10.0
# A candidate that is listed should have some chance.
LEAST_LISTED = 0.01
# Keys of a structured query, as Nominatim names them.
_NAME_KEYS = ("name", "amenity", "street", "village", "town", "city")
_AREA_KEYS = ("state", "governorate")


class _NoNetwork(BaseSyncAdapter):  # type: ignore[misc]
    """An adapter that cannot reach any network: the gazetteer needs none."""

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        raise ConfigurationError(f"The gazetteer asked for {url}, though it never needs the network.")

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
        raise ConfigurationError(f"The gazetteer asked for {url}, though it never needs the network.")


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]
    """A geopy geocoder over the gazetteer: no network, no key, Arabic and Latin names.

    Example:
        >>> from claimatlas.geocoder import GazetteerGeocoder
        >>> GazetteerGeocoder().geocode("al-Shaafa", governorate="Deir ez-Zor").raw["place_id"]
        'ca:ash-shafah'
    """

    def __init__(
        self,
        gazetteer: Gazetteer | None = None,
        *,
        store: Path | None = None,
        fallback: OnlineFallback | None = None,
        timeout: Any = DEFAULT_SENTINEL,
        proxies: Any = DEFAULT_SENTINEL,
        user_agent: str | None = None,
        ssl_context: Any = DEFAULT_SENTINEL,
        adapter_factory: Callable[..., BaseSyncAdapter] | None = None,
        scheme: str | None = None,
    ) -> None:
        """Open the gazetteer.

        Args:
            gazetteer: Places and their names; by default the curated gazetteer with what the user imported.
            store: The user's store, when no gazetteer is given.
            fallback: An online geocoder that is asked about what is not found.
            timeout: Accepted as other geocoders accept it; nothing here takes long.
            proxies: Accepted and not used.
            user_agent: Accepted and not used.
            ssl_context: Accepted and not used.
            adapter_factory: Accepted for synchronous adapters; nothing is ever fetched through it.
            scheme: Accepted and not used.

        Raises:
            geopy.exc.ConfigurationError: The adapter is an asynchronous one; nothing here can be awaited.
        """
        super().__init__(
            scheme=scheme, timeout=timeout, proxies=proxies, user_agent=user_agent, ssl_context=ssl_context,
            adapter_factory=adapter_factory or _NoNetwork,
        )  # fmt: skip
        if not isinstance(self.adapter, BaseSyncAdapter):
            raise ConfigurationError("The gazetteer answers at once and cannot be awaited; leave adapter_factory out.")
        self.gazetteer = gazetteer if gazetteer is not None else load_gazetteer(store)
        self.fallback = fallback

    def geocode(
        self,
        query: str | Mapping[str, str],
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
        governorate: str | None = None,
        nearby: tuple[tuple[float, float], ...] = (),
        limit: int | None = None,
        language: str | None = None,
    ) -> GeopyLocation | list[GeopyLocation] | None:
        """Find a place by its name or a description ("5 km south of Hajin").

        Args:
            query: The name, or a mapping with `name` (also `city`, `town`, `village`) and `state` (or `governorate`).
            exactly_one: Whether to answer with the one convincing place; else with all candidates, likeliest first.
            timeout: Accepted and not used.
            governorate: The governorate, in any spelling.
            nearby: (latitude, longitude) of places that are known to be in the same context.
            limit: At most so many candidates.
            language: `ar` for Arabic addresses; by default Latin ones.

        Returns:
            One location, a list of them, or None when nothing is found (or, for one, nothing is convincing).
            `raw` holds id, kind, score, precision, radius_m, reason, flags and the candidates that lost.

        Raises:
            geopy.exc.GeocoderQueryError: The query is empty or names an unknown governorate.
        """
        name, said = _read_query(query)
        governorate = governorate or said
        area = self.gazetteer.governorate_named(governorate)
        if governorate and area is None:
            known = ", ".join(sorted(self.gazetteer.governorates))
            raise GeocoderQueryError(f"No governorate is called {governorate!r}; known are {known}.")
        context = Context(governorate=area, nearby=nearby, lang=language)
        if exactly_one:
            found = locate(name, self.gazetteer, context)
            if found is None and self.fallback is not None:
                found = self.fallback.locate(name, area)
            return None if found is None else _geopy_location(found, name, language)
        candidates = [c for c in rank_candidates(name, self.gazetteer, context) if c.score >= LEAST_LISTED][:limit]
        return [_geopy_candidate(candidate, language) for candidate in candidates] or None

    def reverse(
        self,
        query: Any,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
        language: str | None = None,
        radius_km: float = REVERSE_KM,
    ) -> GeopyLocation | list[GeopyLocation] | None:
        """Find the places at or near a point, those whose circle holds it first.

        Args:
            query: A geopy `Point`, (latitude, longitude), or a string of both.
            exactly_one: Whether to answer with the best place only.
            timeout: Accepted and not used.
            language: `ar` for Arabic addresses.
            radius_km: How far to look.

        Returns:
            One location, a list of them, or None when no place is near. `raw["distance_km"]` says how far.

        Raises:
            geopy.exc.GeocoderQueryError: The query is no point.
        """
        point = _read_point(query)
        found = self.gazetteer.near(point.latitude, point.longitude, radius_km)
        ranked = sorted(found, key=lambda pair: (pair[0] > pair[1].place.radius_km, _fineness(pair[1], pair[0])))
        located = [_geopy_near(km, entry, language) for km, entry in ranked]
        if not located:
            return None
        return located[0] if exactly_one else located


def _fineness(entry: Entry, km: float) -> tuple[float, str]:
    """Among circles that hold the point the smallest is the best answer; outside all, the nearest edge."""
    inside = km <= entry.place.radius_km
    return (entry.place.radius_km if inside else km - entry.place.radius_km, entry.place.id)


def _read_query(query: str | Mapping[str, str]) -> tuple[str, str | None]:
    if isinstance(query, Mapping):
        parts = [query[key] for key in _NAME_KEYS if query.get(key)]
        area = next((query[key] for key in _AREA_KEYS if query.get(key)), None)
        name = ", ".join(dict.fromkeys(parts))
    else:
        name, area = str(query), None
    if not name.strip():
        raise GeocoderQueryError("The query names no place; give a name, or a mapping with name and state.")
    return name.strip(), area


def _read_point(query: Any) -> Point:
    if query is None:
        raise GeocoderQueryError("None is no point; give (latitude, longitude).")
    try:
        with warnings.catch_warnings():
            # geopy warns before it raises; the exception says the same.
            warnings.simplefilter("ignore")
            return Point(query)
    except (TypeError, ValueError) as error:
        raise GeocoderQueryError(f"{query!r} is no point: {error}") from error


def _geopy_location(found: Location, asked: str, language: str | None) -> GeopyLocation:
    raw = {
        "place_id": found.place.id if found.place else None, "kind": found.place.kind if found.place else None,
        "matched_name": found.matched_name, "governorate": found.governorate, "score": found.score,
        "precision": found.precision.value, "radius_m": found.radius_m, "reason": found.reason,
        "flags": list(found.flags), "candidates": to_dict(found.rejected),
    }  # fmt: skip
    address = _address(found, asked, language)
    return GeopyLocation(address, (found.latitude, found.longitude), raw)


def _address(found: Location, asked: str, language: str | None) -> str:
    place = found.place
    if place is None:
        return ", ".join(part for part in (asked, found.governorate) if part)
    name = place.name_ar if language == "ar" and place.name_ar else place.name
    parts = dict.fromkeys(part for part in (name, place.subdistrict, place.district, found.governorate) if part)
    return ", ".join(parts)


def _geopy_candidate(candidate: Candidate, language: str | None) -> GeopyLocation:
    place = candidate.place
    found = Location(
        place.latitude, place.longitude, place_precision(place), int(place.radius_km * 1000), candidate.score, place,
        candidate.matched_name, place.governorate, ", ".join(candidate.reasons),
    )  # fmt: skip
    return _geopy_location(found, place.name, language)


def _geopy_near(km: float, entry: Entry, language: str | None) -> GeopyLocation:
    place = entry.place
    found = Location(
        place.latitude, place.longitude, place_precision(place), int(place.radius_km * 1000),
        1.0 if km <= place.radius_km else 0.0, place, place.name, place.governorate, f"{km:.1f} km from the point",
    )  # fmt: skip
    location = _geopy_location(found, place.name, language)
    location.raw["distance_km"] = round(km, 3)
    return location


# ---------------------------------------------------------------------------------------------
# Online geocoders, only when asked for
# ---------------------------------------------------------------------------------------------

# OpenStreetMap's policy allows one request a second for a whole application.
SECONDS_BETWEEN = 1.1
# An online answer is not checked against anything; it is never taken for better than even.
ONLINE_SCORE = 0.5


class OnlineFallback:
    """An online geocoder that is asked last, slowly, and never twice about one name.

    Answers, also empty ones, are kept in the user's store.
    """

    def __init__(
        self,
        geocoder: Any = None,
        *,
        user_agent: str | None = None,
        store: Path | None = None,
        seconds_between: float = SECONDS_BETWEEN,
        country_codes: str | None = "sy",
    ) -> None:
        """Prepare to ask; nothing is asked yet.

        Args:
            geocoder: Any geopy geocoder; by default OpenStreetMap's Nominatim.
            user_agent: How to introduce yourself to Nominatim, with a way to reach you. Required for it.
            store: Where answers are kept; by default the user's store.
            seconds_between: Pause between two questions.
            country_codes: Countries (ISO 3166, two letters) to which Nominatim's answers are confined; None for all.

        Raises:
            InputError: Nominatim is to be used without a user agent.
        """
        self._options: dict[str, Any] = {}
        if geocoder is None:
            if not user_agent:
                raise InputError(
                    "OpenStreetMap wants to know who asks; give --user-agent 'my-project (me@example.org)'."
                )
            from geopy.geocoders import Nominatim

            geocoder = Nominatim(user_agent=user_agent)
            self._options = {"country_codes": country_codes} if country_codes else {}
        self._service = type(geocoder).__name__
        self._ask = RateLimiter(
            geocoder.geocode, min_delay_seconds=seconds_between, max_retries=1, swallow_exceptions=False
        )
        self._path = (store or user_store()) / "cache" / "online.json"
        self._answers = self._read_answers()

    def locate(self, name: str, governorate: str | None = None) -> Location | None:
        """Ask about a name; None when the service knows nothing or cannot be reached."""
        query = ", ".join(part for part in (name, governorate) if part)
        key = f"{self._service}: {query}"
        if key not in self._answers:
            try:
                found = self._ask(query, **self._options)
            except GeopyError:
                return None
            self._answers[key] = None if found is None else [found.latitude, found.longitude, found.address]
            self._write_answers()
        answer = self._answers[key]
        if answer is None:
            return None
        return Location(
            round(answer[0], 6), round(answer[1], 6), Precision.SETTLEMENT, 5000, ONLINE_SCORE,
            matched_name=answer[2], governorate=governorate,
            reason=f"{self._service} answers {answer[2]!r}; not checked against the gazetteer.",
            flags=(f"The place was found by {self._service} online, not in the gazetteer.",),
        )  # fmt: skip

    def _read_answers(self) -> dict[str, Any]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, Any])
        except (OSError, msgspec.MsgspecError):
            return {}

    def _write_answers(self) -> None:
        content = msgspec.json.format(msgspec.json.encode(dict(sorted(self._answers.items()))), indent=1)
        write_bytes(self._path, content, f"{OWN_STORE} Online answers must be kept to spare the service.")
