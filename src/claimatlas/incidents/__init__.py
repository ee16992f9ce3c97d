"""The incidents of one report: which statements tell of one event, and what they say of it together.

`events.py` puts statements together by their likeness (`likeness.py`) to what an event tells so far (`telling.py`),
parts what only adds up (`sums.py`) and lends what is told once for several (`lending.py`). `resolving.py`, with
`landmarks.py`, says which places the names mean, and `scenes.py` at which of them it happened; `tolls.py` what the
claims come to; `making.py` makes the incidents.
"""

from claimatlas.incidents.making import make_incidents

__all__ = ["make_incidents"]
