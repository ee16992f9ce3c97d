"""Where a deed happened, and where somebody only comes from, speaks or lives."""

from __future__ import annotations

import pytest

from factories import statements


@pytest.mark.parametrize(
    ("text", "scenes"),
    [
        ("A bomb killed two in the town of Azaz.", ["Azaz"]),
        ("Activists in Idlib and families from Homs said a bomb killed two in Azaz.", ["Idlib", "Azaz"]),
        ("A Homs-based activist said a bomb killed two in Azaz.", ["Azaz"]),
        ("A bomb killed two people who had fled from Homs in Azaz.", ["Azaz"]),
        ("A bomb killed Ahmad Idlibi in the village of Tal Qweqwe.", ["Tal Qweqwe"]),
        ("According to Damascus, a bomb killed two in Azaz.", ["Azaz"]),
        ("Damascus also said a bomb killed two in Azaz.", ["Azaz"]),
    ],
)
def test_only_places_tied_to_the_deed_can_be_its_scene(text, scenes, reference):
    assert [p.name for s in statements(text, reference) for p in s.places if p.event] == scenes
