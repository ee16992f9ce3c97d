"""Place names that a report uses as people's ("Bara' Katerji")."""

from __future__ import annotations

import re

from claimatlas.mentions.document import Mentions

# Shorter words at the head of a name are articles.
_NAME_LETTERS = 3


def find_surnames(mentions: Mentions) -> frozenset[str]:
    """Place names that stand behind an unknown capitalised word inside a sentence: a first name, most likely."""
    if not mentions.vocabulary.grammar.cased_names:
        return frozenset()
    found = set()
    for index, hit in mentions.names.items():
        if index < 2 or mentions.names.get(index - 1) is hit or hit.strong or index in mentions.words:
            continue
        before, token = mentions.tokens[index - 1], mentions.tokens[index]
        if index - 1 in mentions.words or index - 1 in mentions.names or index - 1 in mentions.dates:
            continue
        gap, earlier = mentions.text[before.end : token.start], mentions.text[before.start - 2 : before.start]
        if mentions.text[before.start].isupper() and gap in (" ", "' ", " al-") and not re.search(r"[.!?\n:]", earlier):
            found.add(mentions.tokens[_behind_article(mentions, index)].norm)
    return frozenset(found)


def is_surname(mentions: Mentions, index: int) -> bool:
    """Whether a place name that begins at a token is one the report uses as a person's."""
    return mentions.tokens[_behind_article(mentions, index)].norm in mentions.surnames


def _behind_article(mentions: Mentions, index: int) -> int:
    """Index of the first word of a name that is more than an article ("al-Baghdadi")."""
    while mentions.tokens[index].end - mentions.tokens[index].start < _NAME_LETTERS and (
        mentions.names.get(index + 1) is mentions.names[index]
    ):
        index += 1
    return index
