"""Names of places that are words of every day as well: which of both a known name is where it stands.

Arabic has no capitals, and its villages are called the White, the Church or the Visit.
"""

from __future__ import annotations

from claimatlas.mentions.document import Mentions, Word

_ATTACHED_PREPOSITIONS = frozenset("بلك")
# Longer words behind which a place stands are nouns, and can have "in X" behind them.
_MAX_PREPOSITION = 4
_ARTICLE_BEHIND_FOR = "لل"
_FEMININE = "ه"
# In a script without capitals a front or a square is called so as well.
_CALLED_IN_SCRIPT = ("village", "town", "neighbourhood", "camp", "area")


def is_homonym(mentions: Mentions, index: int) -> bool:
    """Whether a well-known name is also a form of a common verb, so that the words in front must say it is meant."""
    word = mentions.words.get(index)
    return word is not None and word.is_cue("homonym")


def is_twice_tied(mentions: Mentions, index: int, first: int) -> bool:
    """Whether a name would stand behind two prepositions ("على لسان"): then it is one word, and the name no name."""
    token = mentions.tokens[index]
    if index == first or mentions.names[index].start == token.start or mentions.between(index - 1, index) != " ":
        return False
    if mentions.text[mentions.names[index].start - 1] not in _ATTACHED_PREPOSITIONS:
        return False
    before = mentions.words.get(index - 1)
    if before is None or len(mentions.tokens[index - 1].norm) > _MAX_PREPOSITION or before.get("event") is not None:
        return False
    return before.get("place", "in") is not None or before.get("place", "from") is not None


def is_common(mentions: Mentions, word: Word, strong: bool, index: int, first: int) -> bool:
    """Whether a known word that is also some place's name is to be read as the word."""
    if mentions.vocabulary.grammar.cased_names:
        return not strong and not is_called(mentions, index, first)
    if word.get("foreign") is not None or word.get("place", "head") is not None:
        return not strong and not is_called(mentions, index, first)
    if word.is_cue("homonym"):
        return False
    may_be_name = word.is_cue("neutral") or (strong and word.get("victims") is not None)  # "مدينة الراعي"
    return not (may_be_name and _is_construct(mentions, index, first))


def _is_construct(mentions: Mentions, index: int, first: int) -> bool:
    """Whether a noun of place without an article owns the word behind it: a name ("قرية الجديدة", "مدينة جاسم").

    An adjective would agree with its noun ("قرية جديدة", "القرية الجديدة").
    """
    article = mentions.vocabulary.grammar.article
    if not article or index == first:
        return False
    if index - 1 in mentions.names:
        return is_listed(mentions, index, first)
    if not is_called(mentions, index, first, *_CALLED_IN_SCRIPT):
        return False
    noun, name = mentions.tokens[index - 1].norm, mentions.tokens[index].norm
    apart = noun.endswith(_FEMININE) and not name.endswith((_FEMININE, "ي"))
    return not has_article(mentions, index - 1) and (name.startswith(article) or apart)


def is_listed(mentions: Mentions, index: int, first: int) -> bool:
    """Whether a name goes on with a list that a noun in the dual or plural opens ("قريتي معربليت والطيبة")."""
    if not is_joined(mentions, index):
        return False
    at = index - 1
    while at > first and (
        at in mentions.names or mentions.tokens[at].norm == mentions.vocabulary.grammar.attached_join
    ):
        at -= 1
    return is_called(mentions, at + 1, first) and not mentions.tokens[at].norm.endswith(_FEMININE)


def has_article(mentions: Mentions, index: int) -> bool:
    """Whether a word has the article written in one with it, be it behind a preposition ("للقرية", "بالقرية")."""
    article = mentions.vocabulary.grammar.article
    norm = mentions.tokens[index].norm
    return bool(article) and (article in norm[:4] or norm.startswith(_ARTICLE_BEHIND_FOR))


def is_called(mentions: Mentions, index: int, first: int, *kinds: str) -> bool:
    """Whether the word right in front calls the name a village, a town or the like."""
    before = mentions.words.get(index - 1) if index > first else None
    kinds = kinds or ("village", "town", "neighbourhood", "camp")
    return before is not None and any(entry.kind == "place" and entry.role in kinds for entry in before.entries)


def is_village_here(mentions: Mentions, index: int, first: int) -> bool:
    """Whether a name that is also a foreign city's is called a village here, alone or in a list of them (القاهرة)."""
    before = mentions.words.get(index - 1) if index > first else None
    if index - 1 in mentions.names:
        return is_listed(mentions, index, first)
    return before is not None and before.get("place", "village") is not None


def is_joined(mentions: Mentions, index: int) -> bool:
    """Whether a name has "and" written in one with it, and so goes on with the list of places in front of it."""
    return mentions.vocabulary.begins_with_join(mentions.tokens[index].norm)


def is_of_group(mentions: Mentions, index: int) -> bool:
    """Whether a place's name is part of a group's ("هيئة تحرير الشام")."""
    word = mentions.words.get(index)
    return word is not None and word.get("actor") is not None
