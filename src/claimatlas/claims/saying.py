"""Verbs of saying: which of them tell something, which accuse, and which only sound like it."""

from __future__ import annotations

import re

from claimatlas.mentions.document import Mentions, Word

# "A report by the Observatory": no verb behind an article.
_ALSO_NOUNS = frozenset({"report", "reports", "claims", "counts"})
_SPEAKING_VERBS = frozenset({("reporting", "said"), ("reporting", "accuse"), ("reporting", "deny")})


def tells(mentions: Mentions, verb: Word) -> bool:
    """Whether a verb has somebody say, accuse, deny or admit something."""
    if not _SPEAKING_VERBS.isdisjoint(verb.entries.first):
        noun = mentions.tokens[verb.first].norm in _ALSO_NOUNS and verb.first > 0
        return not (noun and mentions.tokens[verb.first - 1].norm in mentions.vocabulary.grammar.articles)
    return verb.get("reporting", "own") is not None and admits_of_others(mentions, verb)


_CHARGES = ("اتهم", "تتهم", "يتهم", "ادان", "ندد", "استنكر", "حمل", "تحمل", "يحمل")
_WHO = frozenset({"الذي", "التي", "الذين", "اللذان"})
_PAUSE = re.compile(r"[,،;؛:.!?؟\n]")
# A comma between two names in quotation marks is no pause: اتهم "الجيش الوطني"، "قسد".
_BETWEEN_QUOTES = re.compile('["”»][ ]?[،,][ ]?["“«]')
# From a verb of accusing to who accuses, and from there to who is accused.
_ACCUSER_GAP, _ACCUSED_GAP = 6, 7


def accuser_of(mentions: Mentions, verb: Word) -> Word | None:
    """Who accuses, of those that stand behind the verb in a language that puts it first ("اتهمت قسد تركيا بقصف").

    Where only one side stands there, it is the accused ("اتهمت قسد بالوقوف خلفه").
    """
    norm = mentions.tokens[verb.first].norm.removeprefix(mentions.vocabulary.grammar.attached_join or "\0")
    if mentions.vocabulary.grammar.subject != "after" or not norm.startswith(_CHARGES):
        return None
    if verb.first > 0 and mentions.tokens[verb.first - 1].norm in _WHO:
        return None  # "the television, which accused the rebels"
    sides: list[Word] = []
    for word in mentions.words_of(verb.last, min(len(mentions.tokens), verb.last + _ACCUSER_GAP), "actor", "claimant"):
        if word.get("actor") is None:
            return word  # "اتهم ناشطون قوات النظام"
        sides.append(word)
        break
    if not sides:
        return None
    first = sides[0]
    until = min(len(mentions.tokens), first.last + _ACCUSED_GAP)
    for word in mentions.words_of(first.last, until, "actor"):
        joined = mentions.vocabulary.begins_with_join(mentions.tokens[word.first].norm)
        gap = mentions.between(first.last - 1, word.first)
        parted = _PAUSE.search(gap) is not None and _BETWEEN_QUOTES.fullmatch(gap) is None
        if parted and not (is_charged_with(mentions, word) and _stands_for(mentions, verb, first)):
            return None
        if not (joined and word.first == first.last):
            return first
        first = word
    return None


def _stands_for(mentions: Mentions, verb: Word, side: Word) -> bool:
    """Whether somebody speaks for a side that accuses ("اتهم الناطق باسم الجيش الوطني، سامر الأحمد، قسد")."""
    return any(mentions.tokens[at].norm in _ON_BEHALF for at in range(verb.last, side.first))


_ON_BEHALF = frozenset({"باسم", "في", "لدي", "قايد", "وزير", "المتحدث", "الناطق", "متحدث", "ناطق"})
# "قسد" والنظام السوري بقصف: words from who is accused to the deed.
_CHARGE_WORDS = 5


_BY_DOING = frozenset({"بتنفيذ", "بشن", "بارتكاب", "بتدبير", "بالمسووليه", "بالمسيوليه", "بقيامها", "بقيامه"})


def is_charged_with(mentions: Mentions, word: Word) -> bool:
    """Whether "of" and a deed stand behind an actor, or behind one joined with it ("قسد" والنظام السوري بقصف)."""
    for index in range(word.last, min(len(mentions.tokens), word.last + _CHARGE_WORDS)):
        other = mentions.words.get(index)
        if other is None and mentions.tokens[index].norm in _BY_DOING:
            return True
        if other is None or other.first != index:
            continue
        told = other.get("event") or other.get("outcome") or other.get("reporting", "accuse")  # "بالوقوف وراء"
        if mentions.tokens[index].norm.startswith("ب") and (told or mentions.tokens[index].norm in _BY_DOING):
            return True
        if other.get("actor") is None and not other.is_cue("join", "holder", "partitive", "earlier"):
            return False  # but "الجيش الوطني سابقا بقصف"
    return False


def is_charge(mentions: Mentions, word: Word) -> bool:
    """Whether a word of accusing is no verb but what one is accused of ("اتهمت قسد بالوقوف خلفه")."""
    if mentions.vocabulary.grammar.subject != "after" or word.get("reporting", "accuse") is None:
        return False
    norm = mentions.tokens[word.first].norm.removeprefix(mentions.vocabulary.grammar.attached_join or "\0")
    return not norm.startswith((*_CHARGES, "متهم", "محمل"))


def is_belonging(mentions: Mentions, verb: Word) -> bool:
    """Whether "went on" is to be read as "belonging", written alike: "حاجز تابع لقوات النظام"."""
    of = mentions.vocabulary.grammar.attached_of
    if not of or not verb.is_cue("partitive") or verb.last >= len(mentions.tokens):
        return False
    return mentions.tokens[verb.last].norm.startswith(of)


def is_charged(mentions: Mentions, verb: Word, at: int) -> bool:
    """Whether who stands behind a verb of accusing is the accused, because nobody else does."""
    if verb.get("reporting", "accuse") is None or mentions.vocabulary.grammar.subject != "after":
        return False
    accuser = accuser_of(mentions, verb)
    return accuser is None or not accuser.first <= at < accuser.last


_QUOTING = frozenset({"quoted", "quotes", "cited", "cites"})


def quotes(mentions: Mentions, verb: Word) -> bool:
    """Whether somebody else's words are passed on ("quoted", "cited")."""
    return mentions.tokens[verb.first].norm in _QUOTING


def is_of_one_quoted(mentions: Mentions, verb: Word, first: int) -> bool:
    """Whether a verb only says what somebody is quoted to say: "the agency cited an officer as adding that …"."""
    if verb.first <= first or mentions.tokens[verb.first - 1].norm != "as":
        return False
    return any(quotes(mentions, word) for word in mentions.words_of(first, verb.first, "reporting"))


def says_that(mentions: Mentions, verb: Word) -> bool:
    """Whether what is said begins right behind a verb: "claimed that", "claimed it was"."""
    behind = mentions.words.get(verb.last)
    if behind is not None and behind.is_cue("that"):
        return True
    return verb.last < len(mentions.tokens) and mentions.tokens[verb.last].norm in ("it", "they")


def tells_deaths(mentions: Mentions, verb: Word, first: int, last: int) -> bool:
    """Whether a side "claimed" that people died, and took no lives itself: "ISIS claimed 14 soldiers were killed"."""
    side = mentions.words.get(verb.first - 1) if verb.first > first else None
    if side is None or (side.get("actor") is None and side.get("claimant") is None):
        return False
    return any(
        mentions.words.get(word.first - 1, word).is_cue("be") for word in mentions.words_of(verb.last, last, "outcome")
    )


_PACTS = frozenset(
    {"deal", "truce", "ceasefire", "agreement", "plan", "plans", "opening", "withdrawal", "talks", "pause"}
)
_PACT_GAP = 4


def announces_pact(mentions: Mentions, verb: Word, last: int) -> bool:
    """Whether what is announced is no statement on a deed ("hours after the two powers announced a deal")."""
    if not mentions.tokens[verb.first].norm.startswith("announce"):
        return False
    return any(token.norm in _PACTS for token in mentions.tokens[verb.last : min(last, verb.last + _PACT_GAP)])


# "Admitted on Sunday in a statement that a Turkish raid".
_ADMITTED_GAP, _ADMITTED_SUBJECT = 6, 3
OWN_PRONOUNS = frozenset({"it", "they", "its", "their"})


# "اعترفت وزارة الدفاع الروسية بمقتل أحد جنودها": from the verb to the death, and from there to whose man it was.
_LOSS_GAP, _MAN_GAP = 5, 4
_ADMITS = ("اعترف", "واعترف", "اقر", "واقر")


def _admits_loss(mentions: Mentions, own: Word) -> bool:
    """Whether what is admitted is the death of one's own men, where the verb comes first."""
    if not mentions.tokens[own.first].norm.startswith(_ADMITS):
        return False
    end = min(len(mentions.tokens), own.last + _LOSS_GAP)
    death = next(iter(mentions.words_of(own.last, end, "outcome", "event")), None)
    if death is None or death.get("outcome") is None:
        return False
    men = mentions.words_of(death.last, min(len(mentions.tokens), death.last + _MAN_GAP), "victims")
    return any(mentions.tokens[man.last - 1].norm.endswith(("ها", "ه", "هم")) for man in men)


def admits_of_others(mentions: Mentions, own: Word) -> bool:
    """Whether what is admitted is another's deed: "the army admitted that Turkish jets had killed two of its men"."""
    if mentions.vocabulary.grammar.subject == "after":
        return _admits_loss(mentions, own)
    end = min(len(mentions.tokens), own.last + _ADMITTED_GAP)
    that = next((at for at in range(own.last - 1, end) if mentions.tokens[at].norm == "that"), None)
    if that is None or not mentions.tokens[own.first].norm.startswith(("admit", "acknowledg")):
        return False
    subject = range(that + 1, min(len(mentions.tokens), that + 1 + _ADMITTED_SUBJECT))
    if any(mentions.tokens[at].norm in OWN_PRONOUNS for at in subject):
        return False
    return bool(mentions.words_of(subject.start, subject.stop, "actor"))


def quoting_its_own(mentions: Mentions, word: Word, first: int) -> Word | None:
    """The word of quoting in front of somebody's own reporter, who says nothing else than who quotes him."""
    if word.first - 2 < first or mentions.tokens[word.first - 1].norm not in mentions.vocabulary.grammar.owns:
        return None
    quoting = mentions.words.get(word.first - 2)
    according = quoting.get("reporting", "according") if quoting is not None else None
    return quoting if according is not None and "relay" in according.flags else None


def is_in_statement(mentions: Mentions, word: Word, first: int) -> bool:
    """As in "the army in a statement said": by what means somebody speaks."""
    at = word.first - 1
    if mentions.tokens[word.first].norm != "statement" or at <= first:
        return False
    return mentions.tokens[at - (mentions.tokens[at].norm in mentions.vocabulary.grammar.articles)].norm == "in"


def is_told_of(mentions: Mentions, word: Word) -> bool:
    """Whether an actor right behind "said" begins what is said: "reports say Turkish shelling killed …"."""
    behind = mentions.words.get(word.last)
    if mentions.vocabulary.grammar.subject == "after":
        return False
    if behind is not None and behind.is_cue("have", "be"):
        behind = mentions.words.get(behind.last)  # "said rebels had shelled"
    if word.first - 1 in mentions.numbers:
        return True  # "said three Syrian soldiers were killed"
    if behind is None or behind.get("claimant") is not None:
        return False  # "according to Kurdish officials"
    return any(entry.kind in ("event", "outcome", "victims") for entry in behind.entries)
