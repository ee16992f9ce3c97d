"""Mentions keep the way back to the report, and know which part of a page is the report."""

from __future__ import annotations

import datetime as dt

import pytest

from claimatlas.mentions import MAX_CHARS, Zone, find_mentions
from claimatlas.model import Report


def zones(mentions):
    return [(mentions.text[s.start : s.end], s.zone) for s in mentions.sentences]


def test_spans_are_exact_pieces_of_the_raw_fields(reference):
    raw = "[ad_1]\nA strike&nbsp;killed\u200b 5 people in <b>Raqqa</b> on Monday&#39;s eve."
    mentions = find_mentions(Report("r", raw, title="Five\u00a0dead"), reference)
    for token in range(len(mentions.tokens)):
        span = mentions.token_span(token, token + 1)
        field = mentions.report.title if span.field == "title" else raw
        assert field[span.start : span.end] == span.text


def test_numbers_days_places_and_words_are_found_where_they_stand(reference):
    mentions = find_mentions(
        Report("r", "Shelling killed 5 people in Aleppo on Monday.", published=dt.date(2016, 5, 4)), reference
    )
    at = {token.norm: index for index, token in enumerate(mentions.tokens)}
    assert mentions.numbers[at["5"]].min == 5
    assert mentions.dates[at["monday"]].start_day == dt.date(2016, 5, 2)
    assert mentions.names[at["aleppo"]].text == "Aleppo"
    assert mentions.words[at["shelling"]].get("event") is not None


def test_teasers_captions_and_link_lists_are_no_report(reference):
    text = (
        "Strike hits market in Idlib\n\nA strike hit a market in Idlib on Monday, medics said.\n\n"
        "READ MORE: Ten dead in other story\n\nResidents search the ruins. (Photo by Somebody/Agency)\n\n"
        "Related news\n\nMan killed in another place\n\nTwo shells fell elsewhere, killing one\n\n"
        "The ruins were still burning at night."
    )
    body = [words for words, zone in zones(find_mentions(Report("r", text), reference)) if zone is Zone.BODY]
    assert body == [
        "A strike hit a market in Idlib on Monday, medics said.",
        "The ruins were still burning at night.",
    ]


def test_a_headline_run_into_the_first_sentence_is_not_read_twice(reference):
    title = "Four dead as bomb hits Homs bus"
    report = Report("r", f"Mon 4 May 2015 {title}. A bomb killed four people on a bus in Homs.", title=title)
    told = [words for words, zone in zones(find_mentions(report, reference)) if zone is not Zone.BOILERPLATE]
    assert told == [title, "A bomb killed four people on a bus in Homs."]


def test_the_reports_own_date_outweighs_the_metadata(reference):
    report = Report("r", "Wed 6 May 2015 A bomb went off on Tuesday in Homs.", published=dt.date(2015, 5, 20))
    mentions = find_mentions(report, reference)
    assert mentions.anchor == dt.date(2015, 5, 6)
    assert mentions.anchor_words is not None


def test_the_day_of_publication_in_the_text_outweighs_the_metadata(reference):
    report = Report(
        "r", "Last updated at Nov 272017 A bomb went off on Sunday in Homs.", published=dt.date(2017, 11, 16)
    )
    assert find_mentions(report, reference).anchor == dt.date(2017, 11, 27)
    fetched = Report("r", "Last updated at Nov 272021 A bomb went off in Homs.", published=dt.date(2017, 11, 16))
    assert find_mentions(fetched, reference).anchor == dt.date(2017, 11, 16)


def test_a_pages_clock_is_no_date_of_the_report(reference):
    report = Report("r", "04:44 GMT 29 September 2020\n\nListen\n\nA bomb went off on Tuesday in Homs, killing two.")
    assert find_mentions(report, reference).anchor is None


def test_without_any_date_only_a_bound_is_known(reference):
    report = Report(
        "r", "A bomb went off on Tuesday. In March 2017 the town had changed hands, and on 14 December 2017 again."
    )
    assert find_mentions(report, reference).earliest == dt.date(2017, 12, 14)


@pytest.mark.parametrize(
    ("text", "earliest"),
    [
        # A day without a year follows the month named in full.
        (
            "The town fell in November 2017. On 14 December a letter was sent. Strikes hit it on Tuesday.",
            (2017, 12, 14),
        ),
        # One that may as well lie before it says nothing.
        ("The town fell in November 2017. A truce of 20 April had failed. Strikes hit it on Tuesday.", (2017, 11, 1)),
        ("Strikes hit the town on Tuesday after a truce of 20 April.", None),
    ],
)
def test_a_day_without_a_year_moves_the_bound_where_it_can_only_be_later(reference, text, earliest):
    found = find_mentions(Report("r", text), reference).earliest
    assert found == (dt.date(*earliest) if earliest else None)


@pytest.mark.parametrize("text", ["", " ", "\x00\x00", "7", "!!!", "a" * 5000, "((((", "“”", "\u200f\u202b", "5 5 5 5"])
def test_rubbish_is_read_without_complaint(text, reference):
    find_mentions(Report("r", text, title=text), reference)


def test_a_gigantic_page_is_read_up_to_a_limit(reference):
    mentions = find_mentions(Report("r", "Nothing happened here today. " * 20_000), reference)
    assert len(mentions.text) <= MAX_CHARS
