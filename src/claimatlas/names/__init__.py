"""How Arabic place names are written in two scripts, and what differing spellings have in common."""
