"""Words that point back to a deed told before, or say that it is a new one."""

from __future__ import annotations

from collections.abc import Sequence

from claimatlas.claims.counts import Figure
from claimatlas.claims.homonyms import is_of_group
from claimatlas.claims.statements import LIKE_IT
from claimatlas.claims.suffering import brings_down
from claimatlas.claims.whose import is_spoken_of
from claimatlas.mentions.document import Mentions, Sentence, Word
from claimatlas.model import Victims


def _counts_known_men(mentions: Mentions, figures: Sequence[Figure]) -> bool:
    """Whether those counted are fighters spoken of as known: "وأضاف أن مقتل القيادي سيعطل التنظيم"."""
    return bool(figures) and all(
        figure.named
        and figure.victims is Victims.COMBATANTS
        and mentions.vocabulary.has_article(mentions.tokens[figure.first].norm)
        for figure in figures
    )


def is_definite(mentions: Mentions, deeds: Sequence[Word], figures: Sequence[Figure], first: int, last: int) -> bool:
    """Whether a deed is spoken of as known: "the attack", "Monday's fighting"."""
    article = mentions.vocabulary.grammar.article
    if article:  # attached: "القصف", "بالقصف"
        known = any(
            word.get("event", "noun") is not None and article in mentions.tokens[word.first].norm[: len(article) + 2]
            for word in deeds
        )
        if not known and (deeds or not _counts_known_men(mentions, figures)):
            return False
        return not any(index in mentions.names and not is_of_group(mentions, index) for index in range(first, last))
    if not figures and any(_befalls_known_men(mentions, word, first) for word in deeds):
        return True
    if [mentions.tokens[at].norm for at in range(first, min(last, first + 2))] in _THE_DEAD:
        return True
    return any(_is_known(mentions, word, deeds, first, last) for word in deeds)


_THE_DEAD = [["the", noun] for noun in ("dead", "bodies", "victims")]


def _befalls_known_men(mentions: Mentions, deed: Word, first: int) -> bool:
    """Whether a deed is said to have befallen people counted before: "the soldiers were hit near A"."""
    was = mentions.words.get(deed.first - 1) if deed.first > first else None
    if was is None or not was.is_cue("be") or deed.get("event", "verb") is None:
        return False
    noun = mentions.words.get(was.first - 1)
    if noun is None or noun.get("victims") is None or noun.first <= first:
        return False
    return mentions.tokens[noun.first - 1].norm in mentions.vocabulary.grammar.definite


def _is_known(mentions: Mentions, deed: Word, deeds: Sequence[Word], first: int, last: int) -> bool:
    """Whether a word for a deed says that it was told of before."""
    if deed.last - deed.first > 2 and mentions.tokens[deed.last - 2].norm in _POINTS_BACK:
        return True  # "carried them out"
    if deed.last < last and _is_object(mentions, deed.last) and deed.get("event", "verb") is not None:
        return True  # "insurgents had fired it"
    if deed.first - first <= _VERB_GAP and mentions.tokens[first].norm in _POINTS_BACK:
        return True  # "It was carried out by"
    if deed.first <= first or deed.get("event", "noun") is None:
        return False
    before = _before_name(mentions, deed) in mentions.vocabulary.grammar.definite
    known = before or deed.first - 1 in mentions.dates or _points_back(mentions, deed)
    return known and not _is_own_deed(mentions, deed, first) and not _is_introduced(mentions, deed, deeds, first)


_HAPPENED = frozenset({"took", "happened", "occurred"})


def tells_where(mentions: Mentions, deeds: Sequence[Word], first: int, last: int) -> bool:
    """Whether a clause opens with where a known deed happened: "The attack took place near the town of X"."""
    deed = next(iter(deeds), None)
    if deed is None or deed.first - first > 1 or mentions.tokens[first].norm not in ("the", "this", "that"):
        return False
    behind = range(deed.last, min(last, deed.last + 2))
    return any(mentions.tokens[at].norm in _HAPPENED for at in behind)


def _is_introduced(mentions: Mentions, deed: Word, deeds: Sequence[Word], first: int) -> bool:
    """Whether the clause itself has told of a deed as a new one before: "a bomb exploded and 12 died in the blast"."""
    new = mentions.vocabulary.grammar.articles - mentions.vocabulary.grammar.definite
    told = (word for word in deeds if first < word.first < deed.first)
    return any(mentions.tokens[word.first - 1].norm in new for word in told)


def _is_object(mentions: Mentions, index: int) -> bool:
    """Whether a pronoun stands here that means what was told before, at the end of what is said of it."""
    if mentions.tokens[index].norm not in ("it", "them"):
        return False
    return index + 1 >= len(mentions.tokens) or mentions.between(index, index + 1) != " "


_POINTERS = frozenset({"in", "of", "from", "by", "during", "after", "behind", "for"})


def _points_back(mentions: Mentions, deed: Word) -> bool:
    """Whether "that" in front of a deed points at it ("died in that assault"), and does not open what somebody said."""
    before = [mentions.tokens[at].norm for at in range(max(0, deed.first - 2), deed.first)]
    if before[-1:] != ["that"]:
        return False
    verb = mentions.words.get(deed.first - 2)
    done = verb is not None and verb.get("event", "verb") is not None  # "had carried out that bombing"
    return done or before[0] in _POINTERS


_POINTS_BACK = frozenset({"it", "they", "them", "this"})
_VERB_GAP = 3


def _before_name(mentions: Mentions, deed: Word) -> str:
    """The word in front of a deed, or of the place it is called after ("the Khan Sheikhun attack")."""
    at = deed.first - 1
    while at > 0 and at in mentions.names:
        at -= 1
    return mentions.tokens[at].norm


def _is_own_deed(mentions: Mentions, deed: Word, first: int) -> bool:
    """Whether a deed is its doer's, and not known from before: "the army renewed its shelling"."""
    owned = mentions.tokens[deed.first - 1].norm in mentions.vocabulary.grammar.owns
    return owned and bool(mentions.words_of(first, deed.first - 1, "actor"))


def is_further(mentions: Mentions, word: Word) -> bool:
    """Whether a deed goes on from the ones told before to one more: "other shells", "further strikes", قصف مماثل."""
    if mentions.tokens[min(word.last, len(mentions.tokens) - 1)].norm in LIKE_IT:
        return word.get("event", "noun") is not None
    before = mentions.words.get(word.first - 1)
    return before is not None and before.is_cue("other") and mentions.between(word.first - 1, word.first) == " "


_AFTER = frozenset({"بعد", "وبعد", "عقب", "وعقب", "قبل", "وقبل", "قبيل"})


def without_references(mentions: Mentions, deeds: list[Word]) -> list[Word]:
    """The deeds that a clause tells, without those it only counts from: "وعقب التفجير بساعة قصفت قوات النظام".

    Nor what was "brought down" where no aircraft is: "غارة أسقطت قتلى"; nor what people fled from or planned.
    """
    if mentions.vocabulary.grammar.subject != "after":
        return deeds
    told = [
        word
        for word in deeds
        if not is_spoken_of(mentions, word) and ("downs" not in word.entries.flags or brings_down(mentions, word))
    ]
    own = [
        word
        for word in told
        if mentions.tokens[max(0, word.first - 1)].norm not in _AFTER
        or not mentions.tokens[word.first].norm.startswith(mentions.vocabulary.grammar.article)
    ]
    return own if any(word.get("event", "verb") is not None for word in own) else told


def opens_with_deed(mentions: Mentions, first: int, last: int) -> bool:
    """Whether a sentence goes on with what a strike that is known also hit: "كما طال القصف قرية X", "وطال القصف"."""
    if not mentions.vocabulary.grammar.attached_join or first + 1 >= last:
        return False
    opener = mentions.words.get(first)
    joined = mentions.vocabulary.begins_with_join(mentions.tokens[first].norm)
    verb = opener if joined or opener is None else mentions.words.get(opener.last)
    leads = joined or (opener is not None and opener.is_cue("join", "clause"))
    if not leads or verb is None or verb.get("event", "verb") is None or verb.last >= last:
        return False
    deed = mentions.words.get(verb.last)
    known = deed is not None and deed.get("event", "noun") is not None
    return known and mentions.tokens[verb.last].norm.startswith(mentions.vocabulary.grammar.article)


def opens_story(mentions: Mentions, sentence: Sentence) -> bool:
    """Whether a sentence opens a paragraph without a word that goes on from the one before it.

    Only where such sentences do open with one, as "and" written in one with their first word.
    """
    if not mentions.vocabulary.grammar.attached_join or mentions.text[max(0, sentence.start - 1)] != "\n":
        return False
    opener = mentions.words.get(sentence.first)
    goes_on = opener is not None and opener.is_cue("clause", "join", "elsewhere", "earlier")
    return not goes_on and not mentions.vocabulary.begins_with_join(mentions.tokens[sentence.first].norm)
