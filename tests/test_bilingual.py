import datetime as dt

from claimatlas.bilingual import split_report
from claimatlas.model import Report
from claimatlas.pipeline import extract_report, load_reference

ARABIC = "قتل خمسة مدنيين بينهم طفلان اليوم الثلاثاء في غارة روسية على مدينة الأتارب غربي حلب."
ENGLISH = (
    "At least five civilians were killed on Tuesday when Russian warplanes struck the town of Atarib west of Aleppo, "
    "and more than 12 people were wounded, according to the Civil Defence."
)
OTHER = (
    "Three soldiers were killed on Monday when a roadside bomb hit their truck near the city of Palmyra in Homs "
    "province, the Syrian Observatory for Human Rights said."
)


def report_of(text: str, lang: str) -> Report:
    return Report(id="x", text=text, lang=lang, published=dt.date(2019, 7, 23))


def test_one_language_is_not_split() -> None:
    assert split_report(report_of(ARABIC, "ar")) is None
    assert split_report(report_of(ENGLISH, "en")) is None


def test_menus_and_handles_are_no_second_language() -> None:
    assert split_report(report_of(f"English\nKurdî\n{ARABIC}\npic.twitter.com/abcdef @someone", "ar")) is None


def test_parts_keep_the_offsets_of_the_whole() -> None:
    report = report_of(f"{ARABIC}\n\n{ENGLISH}", "ar")
    parts = split_report(report)
    assert parts is not None
    own, other = parts
    assert len(own.text) == len(other.text) == len(report.text)
    assert own.text.strip() == ARABIC
    assert (other.text.strip(), other.lang) == (ENGLISH, "en")


def test_an_event_told_in_two_languages_is_one_incident() -> None:
    report = report_of(f"{ARABIC}\n\n{ENGLISH}", "ar")
    extraction = extract_report(report, load_reference())
    (incident,) = extraction.incidents
    assert (incident.totals.killed_min, incident.totals.injured_min) == (5, 13)
    quotes = [claim.quote for claim in incident.claims]
    assert all(report.text[quote.start : quote.end] == quote.text for quote in quotes)
    assert any(quote.text.isascii() for quote in quotes)
    assert any(not quote.text.isascii() for quote in quotes)


def test_another_event_in_the_other_language_is_kept() -> None:
    extraction = extract_report(report_of(f"{ARABIC}\n\n{OTHER}", "ar"), load_reference())
    assert [incident.totals.killed_min for incident in extraction.incidents] == [5, 3]


def test_an_english_report_with_an_arabic_original_is_read_in_both() -> None:
    more = f"{ARABIC} وأصيب أكثر من عشرين آخرين بجروح متفاوتة ونقلوا إلى مشاف قريبة، بحسب مصادر محلية في المنطقة."
    extraction = extract_report(report_of(f"{ENGLISH}\n\n{more}", "en"), load_reference())
    (incident,) = extraction.incidents
    assert {claim.victims for claim in incident.casualty_claims} >= {"civilians", "children"}
