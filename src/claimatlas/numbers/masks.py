"""Numbers that count nobody, whatever stands around them: addresses, dates, times, designations, phone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimatlas.numbers.mentions import NumberKind

_ADDRESS = re.compile(
    r"(?:https?://|www\.|pic\.twitter)\S+|[\w.+-]+@[\w.-]+|[a-z][\w-]*(?:\.[\w-]+)*\.(?:com|org|net)(?:/\S*)?"
)
_ADDRESS_SIGNS = ("://", "www.", "@", ".com", ".org", ".net", "pic.")
_MASKED = re.compile(
    r"(?P<date>\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b|\b\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})\b|\b\d{1,2}/\d{1,2}\b)"
    r"|(?P<time>\b\d{1,2}:\d{2}(?::\d{2})?\b|\b\d{4}[ ]?(?:gmt|utc|hrs)\b|\b\d{1,2}[.]\d{2}[ ]?(?:am|pm|gmt)\b"
    r"|\b\d{1,2}[ ]?[ap]\.?m\b)"
    r"|(?P<designation>\b[a-z]{1,5}-?\d+(?:[a-z]{1,3})?\b(?!-year)|\b\d+[a-z]\d*\b|\[\d+\])"
    r"|(?P<other>\+\d[\d ()-]{6,}|\b\d{7,}\b|\b\d{2,4}[ -]\d{3}[ -]\d{3,4}\b|[$€£][ ]?\d[\d.,]*"
    r"|(?m:^)[ ]*\d{1,2}[.)][ ])"
)
# A short number or a year with a word on either side, as most are, is none of these.
_UNMASKED = re.compile(
    r"(?:(?<=[^\W\d_] )|(?<=[^\W\d_], ))(?:\d{1,3}[,.]?\s(?![ap]\.?m)|\d{4}[,.]?\s(?!gmt|utc|hrs))[^\W\d_]"
)
# How far in front of its first digits a masked number may begin ("pmr-7", "+ 963"), and go on behind them.
_REACH_BEFORE, _REACH_AFTER = 8, 24
_DIGIT_RUN = re.compile(r"\d+")
_KINDS = {
    "date": NumberKind.DATE, "time": NumberKind.TIME,
    "designation": NumberKind.DESIGNATION, "other": NumberKind.OTHER,
}  # fmt: skip


def find_masked(folded: str) -> Iterator[tuple[int, int, NumberKind]]:
    """Numbers that count nobody, with what they are instead."""
    covered = 0
    if any(sign in folded for sign in _ADDRESS_SIGNS):
        addresses = [match.span() for match in _ADDRESS.finditer(folded)]
        yield from ((start, end, NumberKind.DESIGNATION) for start, end in addresses)
    for digits in _DIGIT_RUN.finditer(folded):
        if digits.start() < covered or _UNMASKED.match(folded, digits.start()) is not None:
            continue
        start, end = max(covered, digits.start() - _REACH_BEFORE), digits.end() + _REACH_AFTER
        match = _MASKED.search(folded, start, end)
        while match is not None and match.end() <= digits.start():
            match = _MASKED.search(folded, match.end(), end)
        if match is None or match.start() > digits.start():
            continue
        covered = match.end()
        yield match.start(), match.end(), _KINDS[match.lastgroup or "other"]
