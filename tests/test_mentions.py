"""Mentions keep the way back to the report, and nothing is too strange to be read."""

from __future__ import annotations

import datetime as dt

import pytest

from claimatlas.mentions import find_mentions
from claimatlas.mentions.finding import MAX_CHARS
from claimatlas.model import Report


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


@pytest.mark.parametrize("text", ["", " ", "\x00\x00", "7", "!!!", "a" * 5000, "((((", "“”", "\u200f\u202b", "5 5 5 5"])
def test_rubbish_is_read_without_complaint(text, reference):
    find_mentions(Report("r", text, title=text), reference)


def test_a_gigantic_page_is_read_up_to_a_limit(reference):
    mentions = find_mentions(Report("r", "Nothing happened here today. " * 20_000), reference)
    assert len(mentions.text) <= MAX_CHARS
