"""Who says that how many of whom suffered what, by whose deed: figures, speakers, doers and places of one sentence."""

from __future__ import annotations

import datetime as dt

import pytest

from claimatlas.model import OUTLET
from factories import statements


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("Four people were killed in Homs, the Syrian Observatory for Human Rights said.", "SOHR"),
        ("According to SANA, four people were killed in Homs.", "SANA"),
        ("Four people were killed in Homs, local sources told Reuters on Monday.", "local sources"),
        ('"Four people were killed in Homs," said Rami Abdel Rahman.', "SOHR"),
        ("Four people were killed in Homs.", OUTLET),
        ("The Russian Defence Ministry said its jets killed 40 militants near Palmyra.", "Russian Defence Ministry"),
        ("Four people were killed in Homs, Adel Hamwi told a local radio.", "Adel Hamwi"),
    ],
)
def test_who_says_so(text, claimant, reference):
    assert [s.claimant for s in statements(text, reference) if s.figures] == [claimant]


def test_pronouns_and_the_group_mean_the_last_one_named(reference):
    text = (
        "The White Helmets said a raid hit Idlib. Three people were killed, the group added. They said two are missing."
    )
    assert {s.claimant for s in statements(text, reference) if s.figures} == {"White Helmets"}


def test_a_source_on_its_own_site_is_the_outlet(reference):
    text = "SOHR activists reported that four people were killed in Homs."
    assert {s.claimant for s in statements(text, reference, "www.syriahr.com") if s.figures} == {OUTLET}


def test_the_day_of_the_statement_is_not_that_of_the_deed(reference):
    (statement,) = statements("A bomb on Sunday killed two in Azaz, activists said on Tuesday.", reference)
    assert statement.date is not None
    assert statement.said_date is not None
    assert (statement.date.start_day, statement.said_date.start_day) == (dt.date(2018, 6, 3), dt.date(2018, 6, 5))


def test_boilerplate_and_diplomacy_yield_no_statement_of_a_deed(reference):
    text = "Ministers met in Geneva to discuss a new constitution for the country.\n\nSubscribe to our newsletter"
    assert not any(s.figures or s.deeds for s in statements(text, reference))
