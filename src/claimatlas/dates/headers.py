"""Days that say when a report was written: datelines and the date lines of pages."""

from __future__ import annotations

import re

from msgspec.structs import replace

from claimatlas.dates.tellings import DateKind, DateMention
from claimatlas.text.forms import fold

_CLOCK_WORDS = re.compile(
    r"\d{1,2}:\d{2}(?::\d{2})?|\b(?:gmt|utc|am|pm|updated?|published|posted|last|on|at|modified|date|by)\b|تاريخ"
    r"|النشر|نشر|اخر|تحديث|الساعه|توقيت|ال(?:يوم)?|[صم]\b|\d+"
)
_DATELINE_END = re.compile(r"[ ]?\)?[ ]?(?:\([\w .]{2,20}\)[ ]?)?[-–—:][ ]?")
_SAYS_PUBLISHED = re.compile(r"(?:updated|published|publication|posted)(?: at| on)?[: ]+(?:\d{4} )?$", re.IGNORECASE)
# A line with a date and fewer other letters than this is a page's date line, not a sentence.
_MAX_HEADER_LETTERS = 14
# "Date of publication" and the like reach this far back from the day.
_LABEL_REACH = 60
# A longer line has more on it than a date, a clock and the words beside them.
_MAX_HEADER_LINE = 240


def mark_header(mention: DateMention, text: str) -> DateMention:
    """The telling marked as a dateline or a page's date line where it is one."""
    if mention.kind is not DateKind.ABSOLUTE or mention.day is None:
        return mention
    line_start = text.rfind("\n", 0, mention.start) + 1
    line_end = text.find("\n", mention.end)
    line_end = len(text) if line_end < 0 else line_end
    before, after = text[line_start : mention.start], text[mention.end : line_end]
    if _DATELINE_END.match(after) is not None and len(after) > 30 and len(before) <= 40 and len(before.split()) <= 4:
        return replace(mention, kind=DateKind.DATELINE)
    short = len(before) + len(after) <= _MAX_HEADER_LINE
    if short and _letters_beside_clock(f"{before} {after}") < _MAX_HEADER_LETTERS:
        return replace(mention, kind=DateKind.HEADER)
    if mention.start == 0 and mention.year is not None and after[:1] == " " and after[1:2].isupper():
        return replace(mention, kind=DateKind.HEADER)
    if mention.year is not None and says_published(before):
        return replace(mention, kind=DateKind.HEADER)
    return mention


def _letters_beside_clock(line: str) -> int:
    return sum(map(str.isalpha, _CLOCK_WORDS.sub("", fold(line))))


def says_published(before: str) -> bool:
    """Whether the words in front of a day call it the report's own ("Last updated at …", "Date of publication …")."""
    return _SAYS_PUBLISHED.search(before[-_LABEL_REACH:]) is not None
