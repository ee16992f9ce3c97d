"""Places and their names: the curated gazetteer, joined with whatever outside gazetteers the user imported."""

from claimatlas.gazetteer.lookup import Gazetteer, load_gazetteer

__all__ = ["Gazetteer", "load_gazetteer"]
