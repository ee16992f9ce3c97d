"""Everything that can be shown has a label and a colour, and classes follow the toll."""

from __future__ import annotations

import re

import pytest

from claimatlas.model import Actor, EventType, Grading
from claimatlas.records.labels import ACTOR_LABELS, EVENT_TYPE_LABELS, NO_ACTOR_LABEL, actor_label
from claimatlas.records.palette import (
    ACTOR_COLORS,
    CASUALTY_CLASSES,
    CASUALTY_COLORS,
    GRADING_COLORS,
    SEVERAL_ACTORS_COLOR,
    actor_color,
    casualty_class,
)

SLURS = re.compile(r"terror|regime|militant|martyr|so-called", re.IGNORECASE)


def test_everything_has_a_label_and_a_colour() -> None:
    assert set(ACTOR_LABELS) == set(ACTOR_COLORS) == set(Actor)
    assert set(EVENT_TYPE_LABELS) == set(EventType)
    assert set(GRADING_COLORS) == set(Grading)
    assert tuple(CASUALTY_COLORS) == CASUALTY_CLASSES


def test_labels_are_common_names_and_no_judgement() -> None:
    for label in (*ACTOR_LABELS.values(), *EVENT_TYPE_LABELS.values(), NO_ACTOR_LABEL):
        assert not SLURS.search(label)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (None, None, "unknown"), (0, 0, "none"), (1, None, "1-4"), (4, 5, "5-9"), (5, 10, "10-24"),
        (None, 24, "10-24"), (31, 31, "25-49"), (20, 50, "50+"), (200, None, "50+"),
    ],
)  # fmt: skip
def test_the_class_is_that_of_the_highest_figure_else_of_the_lowest(
    low: int | None, high: int | None, expected: str
) -> None:
    assert casualty_class(low, high) == expected


def test_several_actors_share_no_ones_colour() -> None:
    pair = (Actor.RUSSIA, Actor.SYRIAN_GOVERNMENT)
    assert actor_color(pair) == SEVERAL_ACTORS_COLOR
    assert actor_label(pair) == "Russia, Syrian government"
    assert actor_label(()) == NO_ACTOR_LABEL


def test_deadlier_classes_are_darker() -> None:
    def lightness(color: str) -> float:
        red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    known = [lightness(CASUALTY_COLORS[name]) for name in CASUALTY_CLASSES if name != "unknown"]
    assert known == sorted(known, reverse=True)
