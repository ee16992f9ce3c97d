"""Claims: clause by clause, who says how many of whom suffered what, by whose deed, where and when.

`making.py` reads the sentences in order and asks, of each of their clauses:

- where it begins (`clauses.py`) and what is left to fill in: `statements.py` is what it ends as;
- who speaks: `speakers.py`, with the verbs of saying (`saying.py`), sources no list knows (`sourcenames.py`) and whom
  "he", "the group" or "the ministry" means (`anaphora.py`);
- who did it: `roles.py` gives each actor its part by the words around it (`doers.py`), by words of blame (`blame.py`),
  weapons and owners (`whose.py`), what powers announce of themselves (`announcing.py`), those who suffer
  (`suffering.py`), holders of ground (`ground.py`) and names that have changed hands (`offices.py`);
- what was done (`deeds.py`), and to how many of whom: `figures.py`, of numbers and nouns (`counts.py`), people told one
  by one (`persons.py`), figures side by side (`coordination.py`) and what became of them (`outcomes.py`);
- where and when: `placeroles.py`, `suburbs.py`, `homonyms.py`, `journeys.py`, `abroad.py`, `listlabels.py`,
  `headings.py` and `clausedays.py`;
- what else its words make of it (`marks.py`): a plan, a denial, an older deed, a campaign (`campaigns.py`).
"""

from claimatlas.claims.making import make_claims

__all__ = ["make_claims"]
