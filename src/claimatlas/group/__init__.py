"""Incidents across reports: which tellings are of one event, what they agree on, and how well it is attested.

`grouping.py` is the order of it: tellings made ready (`profiles.py`), copies of one story (`copies.py`), pairs weighed
(`compare.py`), what people decided (`rulings.py`), what the tellings agree on (`agree.py`), a sentence on it
(`headlines.py`), how well it is attested (`grading.py`), and ids that hold between runs (`identity.py`, `file.py`).
"""

from claimatlas.group.grouping import group_incidents

__all__ = ["group_incidents"]
