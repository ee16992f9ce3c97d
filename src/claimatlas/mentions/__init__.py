"""Everything in a report that an incident can be told with, each at its place in the text.

`finding.py` finds it and lays it into a document (`document.py`); before that the page is divided into its parts
(`zones.py`, line by line: `lines.py`), its own day is read (`own_day.py`), and names of people are told from names of
places (`surnames.py`).
"""

from claimatlas.mentions.finding import find_mentions

__all__ = ["find_mentions"]
