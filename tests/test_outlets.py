"""Which claimants an outlet is itself, and under which name its own voice counts."""

from __future__ import annotations

import pytest

from claimatlas.model import Actor, Report
from claimatlas.outlets import find_own_names, is_own_name, name_outlet, voices_of


@pytest.mark.parametrize(
    ("publisher", "url", "name"),
    [
        ("www.syriahr.com", None, "SOHR"),
        ("SANA", "https://sana.sy/en/?p=1", "SANA"),
        ("Syrian Network for Human Rights", None, "SNHR"),
        ("deirezzor24.net", None, "Deir Ezzor 24"),
        ("The Daily", None, "The Daily"),
        (None, None, "report r"),
    ],
)
def test_an_outlet_that_is_a_claimant_counts_as_that_claimant(
    publisher: str | None, url: str | None, name: str
) -> None:
    assert name_outlet(Report("r", "", publisher=publisher, url=url)) == name


def test_a_part_of_another_word_is_no_name() -> None:
    assert find_own_names(Report("r", "", publisher="sanaanews.example")) == frozenset()
    assert find_own_names(Report("r", "", publisher="sana.sy/en")) == {"SANA"}


def test_whom_an_address_names_behind_its_host_is_only_written_about():
    about = Report("r", "", publisher="news.example", url="https://news.example/syria/sohr-28-killed-in-desert")
    assert find_own_names(about) == frozenset()
    assert find_own_names(Report("r", "", url="https://t.me/syriahr/1234")) == {"SOHR"}
    assert find_own_names(Report("r", "", url="https://www.syriahr.com/en/325/")) == {"SOHR"}


def test_an_outlet_speaks_for_its_side_only() -> None:
    assert voices_of(frozenset({"SANA", "North Press"})) == (Actor.SYRIAN_GOVERNMENT,)
    assert voices_of(frozenset({"SOHR"})) == ()


@pytest.mark.parametrize(("name", "own"), [("Harbour Post", True), ("Harbour Post TV", True), ("Harbour Watch", False)])
def test_an_outlet_that_quotes_itself_is_the_outlet(name: str, own: bool) -> None:
    assert is_own_name(Report("r", "", publisher="Harbour Post"), name) is own
