import datetime as dt
from pathlib import Path

import pytest
import yaml

from claimatlas.dates import DateKind, find_anchor, find_dates, resolve
from claimatlas.text.cleaning import clean

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "dates.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["description"] for case in CASES])
def test_days_are_read_as_news_tells_them(case: dict) -> None:
    found = find_dates(clean(case["text"]).text, case["lang"], case.get("published"))
    assert [[mention.start_day, mention.end_day] for mention in found] == case["days"]


def test_the_words_of_a_telling_keep_the_time_of_day() -> None:
    text = "Jets struck early on Wednesday; the second raid came on Tuesday night."
    words = [mention.words for mention in find_dates(text, "en", dt.date(2018, 11, 30))]
    assert words == ["early on Wednesday", "Tuesday night"]


def test_words_stand_at_their_offsets() -> None:
    text = "قصفت طائرة فجر اليوم الثلاثاء قرية قرب منبج، بعد هجوم يوم الأحد الماضي."
    found = find_dates(text, "ar", dt.date(2018, 7, 17))
    assert [text[mention.start : mention.end] for mention in found] == [mention.words for mention in found]
    assert found[0].words == "فجر اليوم الثلاثاء"


def test_a_dateline_is_the_day_to_count_from() -> None:
    text = "Idlib, 5 July – Two shells hit a market in the town yesterday, residents said."
    found = find_dates(text, "en", dt.date(2018, 7, 9))
    assert found[0].kind is DateKind.DATELINE
    assert found[1].start_day == dt.date(2018, 7, 4)


def test_a_page_clock_far_from_the_metadata_is_not_believed() -> None:
    text = "04:44 GMT 29 September 2020\nA market was hit on Tuesday."
    found = find_dates(text, "en", dt.date(2018, 1, 23))
    assert found[0].kind is DateKind.HEADER
    assert found[1].start_day == dt.date(2018, 1, 23)
    assert find_dates(text, "en", None)[1].start_day is None


def test_a_date_line_near_the_metadata_corrects_it() -> None:
    text = "الأحد, ٢ فبراير ٢٠٢٥, ٠٠:٠٦\nقصفت طائرة اليوم قرية."
    found = find_dates(clean(text).text, "ar", dt.date(2025, 2, 1))
    assert find_anchor(found, dt.date(2025, 2, 1)) == dt.date(2025, 2, 2)
    assert found[1].start_day == dt.date(2025, 2, 2)


def test_resolving_is_a_step_of_its_own() -> None:
    (mention,) = find_dates("on Thursday", "en", None)
    assert resolve(mention, None) is None
    assert resolve(mention, dt.date(2018, 7, 17)) == (dt.date(2018, 7, 12), dt.date(2018, 7, 12))


@pytest.mark.parametrize("text", ["31 February 2018", "45/13/2018", "2018-99-01", "0 May 2018"])
def test_days_that_do_not_exist_are_not_days(text: str) -> None:
    assert all(mention.start_day is None or mention.day is None for mention in find_dates(text, "en", None))


def test_coming_days_are_marked() -> None:
    (mention,) = find_dates("talks next Friday", "en", dt.date(2018, 7, 17))
    assert mention.kind is DateKind.FUTURE
    assert mention.start_day == dt.date(2018, 7, 20)


def test_29_february_is_found_from_later_years() -> None:
    (mention,) = find_dates("on 29 February", "en", dt.date(2021, 3, 5))
    assert mention.start_day == dt.date(2020, 2, 29)


def test_a_weekday_picks_the_year_among_those_the_text_names():
    """30 April 2018 was a Monday, so "Tuesday (May 1)" is of 2018 and not of 2017."""
    text = "Photographed on Monday, April 30, 2018. In October 3, 2017 it began. Strikes on Tuesday (May 1) killed two."
    told = {mention.words: mention.start_day for mention in find_dates(text, "en", None)}
    assert dt.date(2018, 5, 1) in told.values()


def test_without_a_weekday_or_a_year_the_day_stays_unknown():
    for text in ("On 30 April 2018 it began. Strikes on 1 May killed two.", "Strikes on Tuesday, May 1, killed two."):
        assert find_dates(text, "en", None)[-1].start_day is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Last updated at Nov 272017 BEIRUT A push by the army killed two.", (2017, 11, 27)),
        ("Last updated at Oct 042017 A strike killed two.", (2017, 10, 4)),
        ("Published on March 3, 2018 A strike killed two.", (2018, 3, 3)),
        ("Date of publication 20 November 2017 A strike killed two.", (2017, 11, 20)),
    ],
)
def test_the_day_a_report_calls_its_own_is_a_header_also_when_its_comma_is_lost(text, day):
    (mention, *_) = find_dates(text, "en", dt.date(2017, 11, 16))
    assert (mention.kind, mention.start_day) == (DateKind.HEADER, dt.date(*day))
