"""The cast of a clause: its actors and its places, each with the part it plays."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from claimatlas.mentions.document import Word
from claimatlas.model import Actor


class Role(StrEnum):
    """What part an actor plays in a clause."""

    AGENT = "agent"
    ACCUSED = "accused"
    OWNER = "owner"
    TARGET = "target"
    HOLDER = "holder"
    VICTIM = "victim"
    SPEAKER = "speaker"
    OTHER = "other"


ACTING = (Role.AGENT, Role.ACCUSED, Role.OWNER)
"""The parts of those who did a deed, or are said to have."""


class ActorRole(msgspec.Struct, frozen=True):
    """An actor and its part in a clause.

    Attributes:
        word: The phrase.
        actors: Who it is.
        name: What it is called when it speaks.
        role: Its part.
        suspected: The text itself doubts it ("believed to be").
        generic: A word like "terrorists" that says little of who it is.
    """

    word: Word
    actors: tuple[Actor, ...]
    name: str
    role: Role
    suspected: bool = False
    generic: bool = False


class PlaceRole(msgspec.Struct, frozen=True):
    """A place name and its part in a clause.

    Attributes:
        name: The name as written.
        first: Index of its first token.
        last: Index after its last token.
        ids: Places of the gazetteer it may mean; empty for a name it does not know.
        kind: What the words around it call it (`village`, `governorate`, …); empty when they do not.
        relation: How the event lies to it ("near", "outskirts", "countryside"); empty for at it.
        event: Whether the clause can have happened there; False for "from X", "X-based", homes and aims of journeys.
        weight: How strongly the words say so.
    """

    name: str
    first: int
    last: int
    ids: tuple[str, ...]
    kind: str = ""
    relation: str = ""
    event: bool = True
    weight: int = 0
