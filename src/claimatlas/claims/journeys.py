"""Places that somebody was only on the way to: the scene lies near them where a clause names no other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from claimatlas.claims.cast import PlaceRole
    from claimatlas.mentions.document import Mentions

# "قافلة متجهة إلى مدينة X", "كانت في طريقها إلى قرية Y": from the word for the journey to the name.
_ON_THE_WAY_GAP = 4
_ON_THE_WAY = frozenset({
    "متجهه", "متجها", "المتجهه", "المتجه", "متوجهه", "متوجها", "المتوجهه", "طريقها", "طريقه", "طريقهم", "متجهين",
    "متوجهين",
})  # fmt: skip


def with_aim(mentions: Mentions, places: Sequence[PlaceRole], first: int) -> list[PlaceRole]:
    """The places, with the aim of a journey as where the deed lies near to, if the clause names no scene.

    Args:
        mentions: The report's mentions.
        places: The places of a clause.
        first: Index of the clause's first token.
    """
    if not places or mentions.vocabulary.grammar.cased_names or any(place.event for place in places):
        return list(places)
    return [
        replace(place, event=True, relation="near") if _is_aim(mentions, place, first) else place for place in places
    ]


def _is_aim(mentions: Mentions, place: PlaceRole, first: int) -> bool:
    near = range(max(first, place.first - _ON_THE_WAY_GAP), place.first)
    return any(mentions.tokens[at].norm in _ON_THE_WAY for at in near)
