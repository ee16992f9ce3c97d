import asyncio
import pickle
from pathlib import Path
from typing import Any

import pytest
from geopy.adapters import BaseAsyncAdapter
from geopy.exc import ConfigurationError, GeocoderQueryError, GeocoderServiceError
from geopy.extra.rate_limiter import RateLimiter
from geopy.location import Location
from geopy.point import Point

from claimatlas.errors import InputError
from claimatlas.geocoder import GazetteerGeocoder, OnlineFallback
from gazetteer_factory import make_gazetteer


@pytest.fixture(scope="module")
def geocoder() -> GazetteerGeocoder:
    return GazetteerGeocoder(make_gazetteer())


def test_one_convincing_place_is_a_geopy_location(geocoder: GazetteerGeocoder) -> None:
    location = geocoder.geocode("al-Shaafa", governorate="Deir ez-Zor")
    assert isinstance(location, Location)
    assert (location.latitude, location.longitude) == (34.573, 40.94)
    assert location.address == "Ash-Sha'fah, Abu Kamal, Deir-ez-Zor"
    assert location.raw["place_id"] == "ca:shafah"
    assert {"score", "precision", "radius_m", "reason", "flags", "candidates"} <= set(location.raw)
    assert pickle.loads(pickle.dumps(location)) == location


def test_arabic_addresses_are_given_on_request(geocoder: GazetteerGeocoder) -> None:
    assert geocoder.geocode("الشعفة", language="ar").address.startswith("الشعفة")


def test_nothing_convincing_is_none_and_all_candidates_are_a_list(geocoder: GazetteerGeocoder) -> None:
    assert geocoder.geocode("Al-Khalidiyah") is None
    listed = geocoder.geocode("Al-Khalidiyah", exactly_one=False)
    assert {location.raw["place_id"] for location in listed[:2]} == {"ca:khalidiya-r", "ca:khalidiya-h"}
    assert len(geocoder.geocode("Al-Khalidiyah", exactly_one=False, limit=1)) == 1
    assert geocoder.geocode("Xyzzyq", exactly_one=False) is None
    assert geocoder.geocode("Xyzzyq") is None


def test_queries_may_be_mappings_as_for_nominatim(geocoder: GazetteerGeocoder) -> None:
    assert geocoder.geocode({"village": "Al-Khalidiyah", "state": "Hama"}).raw["place_id"] == "ca:khalidiya-h"
    assert geocoder.geocode({"name": "Salah al-Din", "city": "Aleppo"}).raw["place_id"] == "ca:salah"


@pytest.mark.parametrize("query", ["", "  ", {}, {"state": "Hama"}])
def test_queries_without_a_name_are_refused(geocoder: GazetteerGeocoder, query: Any) -> None:
    with pytest.raises(GeocoderQueryError, match="names no place"):
        geocoder.geocode(query)


def test_an_unknown_governorate_is_refused_with_the_known_ones(geocoder: GazetteerGeocoder) -> None:
    with pytest.raises(GeocoderQueryError, match="Deir-ez-Zor"):
        geocoder.geocode("Hajin", governorate="Atlantis")


def test_reverse_answers_with_the_place_whose_circle_holds_the_point(geocoder: GazetteerGeocoder) -> None:
    assert geocoder.reverse((34.691, 40.83)).raw["place_id"] == "ca:hajin"
    assert geocoder.reverse("36.187, 37.121").raw["place_id"] == "ca:salah"
    listed = geocoder.reverse(Point(36.187, 37.121), exactly_one=False)
    assert [location.raw["place_id"] for location in listed] == ["ca:salah", "ca:aleppo"]
    assert listed[0].raw["distance_km"] < 1
    assert geocoder.reverse((34.0, 38.5)) is None


@pytest.mark.parametrize("query", ["somewhere", (95.0, 40.0), None])
def test_reverse_refuses_what_is_no_point(geocoder: GazetteerGeocoder, query: Any) -> None:
    with pytest.raises(GeocoderQueryError, match="no point"):
        geocoder.reverse(query)


def test_it_works_with_the_rate_limiter_and_pandas(geocoder: GazetteerGeocoder) -> None:
    import pandas as pd

    limited = RateLimiter(geocoder.geocode, min_delay_seconds=0)
    located = pd.Series(["Hajin", "Xyzzyq", "السوسة"]).map(limited)
    assert [location and location.raw["place_id"] for location in located] == ["ca:hajin", None, "ca:susah"]


def test_asynchronous_adapters_are_refused() -> None:
    class Adapter(BaseAsyncAdapter):
        def __init__(self, *, proxies: Any, ssl_context: Any) -> None:
            super().__init__(proxies=proxies, ssl_context=ssl_context)

        async def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
            await asyncio.sleep(0)

        async def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
            await asyncio.sleep(0)

    with pytest.raises(ConfigurationError, match="cannot be awaited"):
        GazetteerGeocoder(make_gazetteer(), adapter_factory=Adapter)


def test_the_adapter_cannot_reach_a_network(geocoder: GazetteerGeocoder) -> None:
    for method in (geocoder.adapter.get_json, geocoder.adapter.get_text):
        with pytest.raises(ConfigurationError, match="never needs the network"):
            method("https://example.org", timeout=1, headers={})


class FakeService:
    """An online geocoder that counts how often it is asked."""

    def __init__(self, answer: Any = None) -> None:
        self.asked: list[str] = []
        self.answer = answer

    def geocode(self, query: str) -> Any:
        self.asked.append(query)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_an_online_service_is_asked_last_and_once_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(RateLimiter, "_sleep", lambda self, seconds: pauses.append(seconds))
    service = FakeService(Location("Somewhere, Syria", (35.0, 38.0), {}))
    fallback = OnlineFallback(service, store=tmp_path)
    geocoder = GazetteerGeocoder(make_gazetteer(), fallback=fallback)
    assert geocoder.geocode("Hajin").raw["place_id"] == "ca:hajin"
    assert service.asked == []
    found = geocoder.geocode("Xyzzyq", governorate="Hama")
    assert (found.latitude, found.raw["place_id"], found.raw["score"]) == (35.0, None, 0.5)
    assert "FakeService online, not in the gazetteer" in found.raw["flags"][0]
    again = OnlineFallback(service, store=tmp_path)
    assert GazetteerGeocoder(make_gazetteer(), fallback=again).geocode("Xyzzyq", governorate="Hama") == found
    assert service.asked == ["Xyzzyq, Hama"]
    fallback.locate("Another")
    assert pauses
    assert pauses[0] > 0.5


def test_an_online_service_that_fails_is_no_answer_and_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = FakeService(GeocoderServiceError("down"))
    monkeypatch.setattr(RateLimiter, "_sleep", lambda self, seconds: None)
    fallback = OnlineFallback(service, store=tmp_path, seconds_between=0.0)
    assert fallback.locate("Xyzzyq") is None
    assert fallback.locate("Xyzzyq") is None
    assert len(service.asked) >= 2


def test_an_empty_answer_is_kept(tmp_path: Path) -> None:
    service = FakeService(None)
    fallback = OnlineFallback(service, store=tmp_path, seconds_between=0.0)
    assert fallback.locate("Xyzzyq") is None
    assert OnlineFallback(service, store=tmp_path).locate("Xyzzyq") is None
    assert len(service.asked) == 1


def test_nominatim_wants_to_know_who_asks(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--user-agent"):
        OnlineFallback(store=tmp_path)
    OnlineFallback(user_agent="claimatlas tests (tests@example.org)", store=tmp_path)
