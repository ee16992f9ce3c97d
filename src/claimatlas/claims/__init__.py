"""Claims: clause by clause, who says how many of whom suffered what, by whose deed, where and when.

`making.py` reads the sentences in order and asks, of each of their clauses:

- where it begins (`clauses.py`) and what is left to fill in: `statements.py` is what it ends as;
- who speaks: `speakers.py` finds the subject of a verb of saying (`saying.py`), `sources.py` and `sourcenames.py` who
  that is, and `anaphora.py` whom "he", "the group" or "the ministry" means;
- who did it: `roles.py` gives each actor its part in the cast (`cast.py`) by the words around it (`doers.py`), the verb
  it is the subject of (`subjects.py`), the other side of a clash (`sides.py`), words of blame (`blame.py`), deeds told
  as one's own (`announcing.py`), weapons and owners (`whose.py`), those who suffer (`suffering.py`), holders of ground
  (`ground.py`) and names that have changed hands (`offices.py`);
- what was done (`deeds.py`), and to how many of whom: `figures.py`, of numbers and nouns (`counts.py`), people told one
  by one (`persons.py`), figures side by side (`coordination.py`), parts of others (`parts.py`) and what became of them
  (`outcomes.py`);
- where: `placeroles.py`, by what ties a name to the clause (`ties.py`), for names no gazetteer has (`newnames.py`),
  words of every day (`homonyms.py`), suburbs, journeys and other countries (`suburbs.py`, `journeys.py`, `abroad.py`);
- when: `clausedays.py`, and the labels and headings of lists (`listlabels.py`, `headings.py`);
- what else its words make of it (`marks.py`): an older deed or a further one (`pointers.py`), one that was not done
  (`undone.py`), a campaign (`campaigns.py`).
"""

from claimatlas.claims.making import make_claims

__all__ = ["make_claims"]
