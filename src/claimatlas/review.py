"""Deciding doubtful cases at the terminal: one after the other, most doubtful first, each written down at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from claimatlas.decisions import DEFAULT_RADIUS_M, Action, Anchor, Decision, Decisions, add_decisions, read_decisions
from claimatlas.errors import InputError
from claimatlas.group.file import GROUPING_FILE, read_grouping
from claimatlas.model import Actor

_CHOICES_SAME = "[s]ame event, [d]ifferent, [n]ext, [q]uit, or: d[i]scount, i[g]nore, [a]ctor, [r]emark"
_CHOICES_PLACE = "number of a place, [c]oordinates, [k]eep, [n]ext, [q]uit, or: d[i]scount, i[g]nore, [a]ctor, [r]emark"
_SINGLE: Mapping[str, Action] = {"i": Action.DISCOUNT, "g": Action.IGNORE, "a": Action.ACTOR, "r": Action.NOTE}


@dataclass(frozen=True, slots=True)
class Case:
    """A doubtful case as `grouping.json` holds it.

    Attributes:
        kind: `same` (are these one event?) or `place` (is it here?).
        score: How probable the program takes it to be.
        joined: What the program did.
        reasons: Why.
        tellings: What the reports say.
        chosen: The place the program chose; empty when the case is not about a place.
        candidates: Places it might be instead.
    """

    kind: str
    score: float
    joined: bool
    reasons: tuple[str, ...]
    tellings: tuple[Mapping[str, Any], ...]
    chosen: Mapping[str, Any] = field(default_factory=dict)
    candidates: tuple[Mapping[str, Any], ...] = ()


def review_folder(folder: Path, path: Path, by: str, limit: int | None = None) -> int:
    """Ask about each doubtful case of an output folder and write down the answers.

    Args:
        folder: The output folder of `claimatlas map`.
        path: The `decisions.yml` to add to; made when missing.
        by: Who decides.
        limit: How many cases to show at most.

    Returns:
        The number of decisions written.

    Raises:
        InputError: The folder holds no `grouping.json`.
        DecisionError: `decisions.yml` has faults.
    """
    cases = find_cases(folder, read_decisions(path))[:limit]
    if not cases:
        click.echo("No doubtful case is left to decide.")
    written = 0
    for number, case in enumerate(cases, 1):
        click.echo(f"\n— {number} of {len(cases)} —")
        click.echo(describe_case(case))
        try:
            answer = _ask(case)
            decision = None if answer == "q" else _decide(case, answer, by)
        except click.Abort:  # the input ended, or Ctrl-C
            click.echo("")
            break
        if answer == "q":
            break
        if decision is None:
            continue
        # Written one by one: whoever closes the terminal keeps what was decided.
        add_decisions(path, [decision])
        written += 1
    return written


def find_cases(folder: Path, decisions: Decisions) -> list[Case]:
    """The doubtful cases nobody has decided yet, most doubtful first.

    Raises:
        InputError: The folder holds no readable `grouping.json`.
    """
    grouping = read_grouping(folder)
    if not grouping:
        raise InputError(f"{folder} holds no readable {GROUPING_FILE}; run `claimatlas map` into it first.")
    decided = {
        (decision.action is Action.PLACE, frozenset((anchor.report_id, anchor.words) for anchor in decision.anchors))
        for decision in decisions.items
    }
    cases = [_read_case(entry) for entry in grouping.get("doubts", ())]
    return [
        case
        for case in cases
        if (case.kind == "place", frozenset((one["report"], one["words"]) for one in case.tellings)) not in decided
    ]


def _read_case(entry: Mapping[str, Any]) -> Case:
    return Case(
        kind=str(entry["kind"]),
        score=float(entry["score"]),
        joined=bool(entry["joined"]),
        reasons=tuple(entry["reasons"]),
        tellings=tuple(entry["tellings"]),
        chosen=entry.get("chosen", {}),
        candidates=tuple(entry.get("candidates", ())),
    )


def describe_case(case: Case) -> str:
    """The case in words: the question, what each report says, what speaks for and against."""
    if case.kind == "place":
        question = f"Is this the right place? (the gazetteer is {case.score:.0%} sure)"
    else:
        did = "put together" if case.joined else "kept apart"
        question = f"Is this one event? ({case.score:.0%} probable; {did})"
    lines = [question, *(_describe_telling(telling) for telling in case.tellings)]
    lines.extend(f"  · {reason}" for reason in case.reasons)
    lines.extend(
        f"  {number}. {place['name']}, {place['governorate'] or '?'} "
        f"({place['latitude']:.4f}, {place['longitude']:.4f}; {place['score']:.0%})"
        for number, place in enumerate(case.candidates, 1)
    )
    return "\n".join(lines)


def _describe_telling(telling: Mapping[str, Any]) -> str:
    low, high = telling["killed"]
    toll = "no figure" if low is None and high is None else f"{low}–{high} killed" if low != high else f"{low} killed"
    actors = ", ".join(telling["actors"]) or "nobody named"
    facts = (
        f"{telling['day'] or 'day unknown'}, {telling['place'] or 'place unknown'}, {telling['kind']}, {toll}, {actors}"
    )
    return f"  {telling['report']}: {facts}\n    …{' '.join(str(telling.get('around') or telling['words']).split())}…"


def _ask(case: Case) -> str:
    valid = {"n", "q", *_SINGLE}
    valid |= {"s", "d"} if case.kind == "same" else {"c", "k", *map(str, range(1, len(case.candidates) + 1))}
    while True:
        answer: str = click.prompt(_CHOICES_SAME if case.kind == "same" else _CHOICES_PLACE, default="n")
        if answer.strip().lower() in valid:
            return answer.strip().lower()
        click.echo(f"“{answer}” is none of the choices.")


def _decide(case: Case, answer: str, by: str) -> Decision | None:
    if answer == "n":
        return None
    anchors = tuple(_anchor(telling) for telling in case.tellings)
    if answer in ("s", "d"):
        action = Action.MERGE if answer == "s" else Action.SPLIT
        return Decision(action, anchors, by, _today(), _ask_why())
    if answer in _SINGLE:
        return _decide_single(_SINGLE[answer], anchors, by)
    return _decide_place(case, answer, anchors, by)


def _decide_single(action: Action, anchors: Sequence[Anchor], by: str) -> Decision:
    chosen = tuple(anchors)
    if len(chosen) > 1:
        number = click.prompt("Which telling, 1 or 2", type=click.IntRange(1, len(chosen)))
        chosen = (chosen[number - 1],)
    actors: tuple[Actor, ...] = ()
    if action is Action.ACTOR:
        words = click.prompt(
            f"Who did it ({', '.join(Actor)}; several with spaces; - for nobody)", value_proc=_parse_actors
        )
        actors = tuple(sorted(set(words)))
    return Decision(action, chosen, by, _today(), _ask_why(), actors=actors)


def _parse_actors(text: str) -> list[Actor]:
    if text.strip() == "-":
        return []
    try:
        return [Actor(word) for word in text.replace(",", " ").split()]
    except ValueError as error:
        raise click.UsageError(f"{error}; the actors are {', '.join(Actor)}") from error


def _decide_place(case: Case, answer: str, anchors: tuple[Anchor, ...], by: str) -> Decision:
    if answer == "c":
        latitude = click.prompt("Latitude", type=click.FloatRange(-90, 90))
        longitude = click.prompt("Longitude", type=click.FloatRange(-180, 180))
        radius = click.prompt("Radius in metres", type=click.IntRange(min=1), default=DEFAULT_RADIUS_M)
        name = click.prompt("Name of the place (may stay empty)", default="", show_default=False) or None
        return Decision(
            Action.PLACE, anchors, by, _today(), _ask_why(),
            latitude=latitude, longitude=longitude, radius_m=radius, name=name,
        )  # fmt: skip
    # "Keep" is a decision too: a rule that improves elsewhere must not move what a person confirmed.
    place = case.chosen if answer == "k" else case.candidates[int(answer) - 1]
    return Decision(
        Action.PLACE, anchors, by, _today(), _ask_why(),
        latitude=place["latitude"], longitude=place["longitude"], radius_m=place["radius_m"],
        name=place["name"], place_id=place["place_id"],
    )  # fmt: skip


def _anchor(telling: Mapping[str, Any]) -> Anchor:
    return Anchor(report_id=telling["report"], words=telling["words"], start=telling["start"])


def _ask_why() -> str:
    why: str = click.prompt("Why")
    return why.strip()


def _today() -> dt.date:
    return dt.date.today()
