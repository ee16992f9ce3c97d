"""The day a report calls its own outweighs its metadata; without one, no day is invented."""

from __future__ import annotations

import datetime as dt

import pytest

from claimatlas.mentions import find_mentions
from claimatlas.model import Report


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
