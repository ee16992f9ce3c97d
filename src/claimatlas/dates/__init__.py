"""Days in running text: "on Tuesday (May 1)", "24 hours earlier", فجر اليوم الثلاثاء, 15 آب/أغسطس.

Finding and resolving are two steps. `find_tellings` says what a text tells (`finding.py`, with the words of
`english.py`, `arabic.py` and `hijri.py`; `headers.py` knows the days of pages), `resolve` turns one telling into
days once there is a day to count from (`resolving.py`): the day of publication, or a dateline (`anchors.py`).
Without such a day a weekday stays unknown: no date is invented. Days are kept as wide as they were told.
"""

from __future__ import annotations

import datetime as dt

from claimatlas.dates.anchors import find_anchor, find_today, resolve_dates
from claimatlas.dates.finding import find_tellings
from claimatlas.dates.headers import says_published
from claimatlas.dates.resolving import resolve
from claimatlas.dates.tellings import DateKind, DateMention, Days

__all__ = [
    "DateKind",
    "DateMention",
    "Days",
    "find_anchor",
    "find_dates",
    "find_tellings",
    "find_today",
    "resolve",
    "resolve_dates",
    "says_published",
]


def find_dates(text: str, lang: str, published: dt.date | None) -> list[DateMention]:
    """All tellings of days in a cleaned text, in order, resolved as far as they can be.

    Args:
        text: A cleaned text.
        lang: `en` or `ar`; dates in the other language are found too where its letters occur.
        published: Day of publication, or None.

    Returns:
        The tellings, with `start_day` and `end_day` where the days can be known (`resolve_dates`).
    """
    return resolve_dates(find_tellings(text, lang), published)
