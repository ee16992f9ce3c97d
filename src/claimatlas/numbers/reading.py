"""What a bare number says with the words around it: its bounds, and whether it counts anybody."""

from __future__ import annotations

from claimatlas.numbers.grammar import Core, Grammar
from claimatlas.numbers.mentions import NumberKind, NumberMention

# How far in front of a number its bounding words, a range's opener and words that say its kind are looked for.
_BOUND_REACH, _SPAN_REACH, _KIND_REACH = 30, 20, 24
# A bound in front of "another" ("at least another 12").
_BOUNDS = ("least", "more", "about", "most", "less")
_YEARS = range(1900, 2036)
# Ages stand between commas ("Ahmad, 34,"), and so do tolls from here on.
_MAX_AGE = 100
# What the units of `Grammar.unit_after` say.
_KIND_OF_UNIT = {
    "percent": NumberKind.PERCENT, "age": NumberKind.AGE, "distance": NumberKind.DISTANCE,
    "calibre": NumberKind.DESIGNATION, "duration": NumberKind.DURATION, "time": NumberKind.TIME,
    "money": NumberKind.MONEY, "ordinal": NumberKind.OTHER, "degrees": NumberKind.OTHER,
    "unit": NumberKind.DESIGNATION,
}  # fmt: skip


def read_number(
    text: str, folded: str, core: Core, following: Core | None, grammar: Grammar, floor: int
) -> tuple[NumberMention, int]:
    """One number with what stands around it, and how many bare numbers that used up.

    Args:
        text: The cleaned text.
        folded: The text folded (`text.fold`).
        core: The bare number.
        following: The next bare number, which may be a range's other end; None when there is none.
        grammar: How the text's language tells numbers.
        floor: Offset after the number before, behind which this one begins.
    """
    kind = _kind(folded, core, grammar)
    if kind is NumberKind.COUNT and following is not None:
        span = _read_range(text, folded, core, following, grammar, floor)
        if span is not None:
            return span, 2
    return _read_single(text, folded, core, kind, grammar, floor), 1


def _read_range(
    text: str, folded: str, core: Core, following: Core, grammar: Grammar, floor: int
) -> NumberMention | None:
    """A range ("30 to 40", "between 30 and 40"), or None when the two numbers are none."""
    if core.value is None or following.value is None or core.article or following.article:
        return None
    join = grammar.join.fullmatch(folded, core.end, following.start)
    if join is None or following.value <= core.value:
        return None
    opener = grammar.span_before.search(folded, max(0, core.start - _SPAN_REACH), core.start)
    if join["between"] is not None and (opener is None or opener["between"] is None):
        return None
    start = opener.start() if opener is not None else core.start
    high = following.value + (1 if join.groupdict().get("above") is not None else 0)
    before = grammar.before.search(folded, max(floor, start - _BOUND_REACH), start)
    if before is not None and before.lastgroup == "about":
        start = before.start()
    end = following.end
    return NumberMention(
        start, end, text[start:end], core.value, high, _kind(folded, following, grammar), core.start, end
    )


def _read_single(text: str, folded: str, core: Core, kind: NumberKind, grammar: Grammar, floor: int) -> NumberMention:
    """A number with the bounds told in front of it and behind it."""
    low, high = (core.low, None) if core.value is None else (core.value, core.value)
    start, end = core.start, core.end
    additional = False
    before = grammar.before.search(folded, max(floor, start - _BOUND_REACH), start)
    if before is not None and before.lastgroup != "all":
        start = before.start()
        additional = before.lastgroup == "additional"
        low, high = _bounded(low, high, before.lastgroup, core)
        outer = grammar.before.search(folded, max(floor, start - _BOUND_REACH), start) if additional else None
        if outer is not None and outer.lastgroup in _BOUNDS:
            start = outer.start()
            low, high = _bounded(low, high, outer.lastgroup, core)
    after = grammar.after.match(folded, end)
    if after is not None:
        end = after.end()
        additional = additional or after["additional"] is not None
        if after["least"] is not None:
            high = None
    if grammar.family_before is not None:
        reach = max(floor, start - _SPAN_REACH)
        family = grammar.family_before.search(folded, reach, start) if " of " in folded[reach:start] else None
        start = family.start() if family is not None else start
    vague = core.value is None
    return NumberMention(start, end, text[start:end], low, high, kind, core.start, core.end, additional, vague)


def _bounded(low: int | None, high: int | None, bound: str | None, core: Core) -> tuple[int | None, int | None]:
    """The bounds of a number behind a bounding word (a group of `Grammar.before`), as the codebook reads them."""
    if core.value is None:
        return low, high
    if bound == "least":
        return core.value, None
    if bound == "more":
        return core.value + 1, None
    if bound == "most":
        return None, core.value
    if bound == "less":
        return None, core.value - 1
    return low, high


def _kind(folded: str, core: Core, grammar: Grammar) -> NumberKind:
    """What a number says, as its units and the words in front of it tell."""
    if core.fraction:
        return NumberKind.OTHER
    if core.article:
        return NumberKind.ARTICLE
    unit = grammar.unit_after.match(folded, core.end)
    if unit is not None and core.value is not None:
        return _KIND_OF_UNIT[unit.lastgroup or "ordinal"]
    head = folded[max(0, core.start - _KIND_REACH) : core.start]
    if grammar.age_before.search(head) is not None:
        return NumberKind.AGE
    if grammar.month_after.match(folded, core.end) is not None and (core.value or 99) <= 31:
        return NumberKind.DATE
    if not folded[core.start].isdigit():
        is_ordinal = grammar.ordinal_before is not None and grammar.ordinal_before.search(head) is not None
        return NumberKind.OTHER if is_ordinal else NumberKind.COUNT
    if grammar.named_before.search(head) is not None:
        return NumberKind.DESIGNATION
    if _is_year(folded, core, head, grammar):
        return NumberKind.YEAR
    if grammar.oclock_before is not None and grammar.oclock_before.search(head) is not None:
        return NumberKind.TIME
    if grammar.month_before is not None and grammar.month_before.search(head) is not None:
        return NumberKind.DATE
    return NumberKind.AGE if _is_age_apart(folded, core, head, grammar) else NumberKind.COUNT


def _is_year(folded: str, core: Core, head: str, grammar: Grammar) -> bool:
    """Whether four digits are a year: words in front say so, nothing follows, and no people do."""
    if core.value not in _YEARS or core.end - core.start != 4:
        return False
    if grammar.people_after is not None and grammar.people_after.match(folded, core.end) is not None:
        return False
    ends = core.end >= len(folded) or not folded[core.end].isspace()
    return ends or grammar.year_before is None or grammar.year_before.search(head) is not None


def _is_age_apart(folded: str, core: Core, head: str, grammar: Grammar) -> bool:
    """Whether commas set a number apart behind a name, as they do an age ("Ahmad, 34, died")."""
    if grammar.age_apart is None or folded[core.end : core.end + 1] not in (",", ".", ")"):
        return False
    is_age = (core.value or 0) < _MAX_AGE and "," not in folded[core.start : core.end]
    return is_age and grammar.age_apart.search(head) is not None
