"""How the lines of lists and tables begin: their marks, and the places in front of a colon."""

from __future__ import annotations

import re

from claimatlas.mentions.document import Mentions, Sentence

# "•", "-", "3)", "12."; a number of victims has a space behind it.
_ITEM_MARK = re.compile(r"[-–—•·*▪●◦]|\(?\d{1,3}[.)]\s|\d{1,2}-\s")


def opens_item(mentions: Mentions, sentence: Sentence) -> bool:
    """Whether a sentence opens an item of a list."""
    return _ITEM_MARK.match(mentions.text, sentence.start) is not None


# "2. Binnish, eastern Idlib countryside: …": from the item's beginning to the name, and to the colon.
LABEL_HEAD, _LABEL_REACH = 2, 9
_LABEL_GAPS = frozenset({"", ",", "-", "("})


def heads_line(mentions: Mentions, after: int, first: int, last: int) -> bool:
    """Whether nothing but where it lies stands between a name that opens a clause and a colon ("Ariha, Idlib: …").

    Args:
        mentions: The report's mentions.
        after: Index after the name's last token.
        first: Index of the clause's first token.
        last: Index after its last token.
    """
    for at in range(after, min(len(mentions.tokens), max(last, after + 1), first + _LABEL_REACH)):
        gap = mentions.between(at - 1, at).strip()
        if gap.endswith(":"):
            return True
        word = mentions.words.get(at)
        where = at in mentions.names or (word is not None and word.get("place") is not None)
        if gap not in _LABEL_GAPS or not (where or mentions.tokens[at].norm in mentions.vocabulary.grammar.compass):
            return False
    return False
