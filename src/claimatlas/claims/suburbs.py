"""Suburbs told with their city: "in a Damascus suburb", "on the suburbs of the capital", "the Damascus suburb of X"."""

from __future__ import annotations

from claimatlas.mentions.document import Mentions

# "Suburbs of the capital Damascus", "suburb of the town of".
SUBURB_GAP = 5
"""How many words a city and its suburb stand apart at most."""
_SUBURBS = frozenset({"suburb", "suburbs"})
_CITIES = frozenset({"aleppo", "homs", "hama", "idlib", "daraa", "deraa", "raqqa", "latakia", "lattakia"})


def has_suburbs(mentions: Mentions, last: int, *, capital: bool) -> bool:
    """Whether a name is that of one of the cities that have suburbs.

    Args:
        mentions: The report's mentions.
        last: Index after the name's last token.
        capital: It is the capital's.
    """
    return capital or mentions.tokens[last - 1].norm in _CITIES


def suburb_of(mentions: Mentions, first: int, last: int, end: int, *, capital: bool) -> int | None:
    """Where a suburb of a city is told beside the city's name.

    Args:
        mentions: The report's mentions.
        first: Index of the name's first token.
        last: Index after its last token.
        end: Index after the clause's last token.
        capital: The city is the capital, whose suburbs alone may be told in front of it.

    Returns:
        Index of the word for it; behind it the suburb's own name may stand. None where no suburb is told.
    """
    behind = last
    if behind < end and mentions.tokens[behind].norm in mentions.vocabulary.grammar.compass:
        behind += 1  # "Damascus's eastern suburbs"
    if behind < end and mentions.tokens[behind].norm in _SUBURBS:
        return behind
    if not capital:
        return None
    before = [mentions.tokens[at].norm for at in range(max(0, first - SUBURB_GAP), first)]
    return first if "of" in before and not _SUBURBS.isdisjoint(before) else None
