"""Words of blame: who is accused of a deed, who denies it, and who says that it was theirs."""

from __future__ import annotations

import re

from claimatlas.claims.saying import OWN_PRONOUNS, accuser_of, admits_of_others, is_charged_with, says_that
from claimatlas.claims.sourcenames import Speaker
from claimatlas.claims.speakers import find_denying
from claimatlas.mentions.document import Mentions, Word
from claimatlas.model import Victims

_END_OF_QUOTE = re.compile(r"[.,]?[\"”] ")
# Words between whom one blames and the deed ("responsible for the large number of …").
_BLAME_GAP = 6
# Words from a word of blame to whom it is laid on ("accused the armed forces of the regime").
_BLAMER_GAP = 6
# Words from "blamed" to whom it is laid on ("blamed the shelling of the market in Douma on rebels"), and from there.
_LAID_GAP, _LAID_ON_GAP = 18, 3
# Words between two sides and what they say of each other ("the government and the armed opposition have accused").
_MUTUAL_GAP = 8
_STOP = re.compile(r"[.;:\n]")


def is_object_of_blame(mentions: Mentions, word: Word, first: int) -> bool:
    """As in "SANA accused the coalition", "held the coalition responsible", be it of a deed or of something else."""
    start = max(first, word.first - _BLAMER_GAP)
    # A longer phrase may have begun before.
    if not mentions.words_of(max(0, start - _BLAMER_GAP), word.first, "reporting"):
        return False
    cased = mentions.vocabulary.grammar.cased_names
    charged = False
    for index in range(word.first - 1, start - 1, -1):
        if cased and _END_OF_QUOTE.match(mentions.between(index, index + 1)) is not None:
            return False
        before = mentions.words.get(index)
        if charged and before is not None and before.get("actor") is not None:
            return False  # the government, in "accused Russia of backing the government"
        charged = charged or mentions.tokens[index].norm in ("of", "for")
        if before is None:
            continue
        if before.get("reporting", "accuse") is not None:
            return accuser_of(mentions, before) is not word
        accuser = mentions.vocabulary.grammar.subject == "after" and (before.get("claimant") or before.get("victims"))
        side = before.get("actor") is not None or _is_capital(before)
        if not side and not accuser and not before.is_cue("partitive", "join") and not _is_man_of(mentions, before):
            break
    return _is_charged_at_length(mentions, word, first)


# "اتهمت المنظمة السورية للإغاثة والتنمية (رحمة)، السبت، "قسد" والنظام السوري باستهداف": how far apart these stand.
_ACCUSER_WORDS = 16
_CHARGES = ("اتهم", "تتهم", "يتهم", "متهم")


def _is_charged_at_length(mentions: Mentions, word: Word, first: int) -> bool:
    """Whether somebody told at length accuses an actor of a deed, in a language that puts the verb first."""
    if mentions.vocabulary.grammar.subject != "after" or not is_charged_with(mentions, word):
        return False
    for index in range(word.first - 1, max(first, word.first - _ACCUSER_WORDS) - 1, -1):
        before = mentions.words.get(index)
        if _STOP.search(mentions.between(index, index + 1)) is not None:
            return False
        if before is None or before.first != index:
            continue
        if before.get("reporting", "accuse") is not None:
            norm = mentions.tokens[index].norm.removeprefix(mentions.vocabulary.grammar.attached_join)
            return norm.startswith(_CHARGES) and before.last < word.first and accuser_of(mentions, before) is not word
        if before.get("event") or before.get("outcome") or before.get("reporting"):
            return False
    return False


def _is_man_of(mentions: Mentions, word: Word) -> bool:
    """Whether a noun only says that one of a side's men is blamed ("blamed a member of the Islamic State group")."""
    behind = mentions.words.get(word.last)
    return word.get("victims") is not None and behind is not None and behind.is_cue("partitive", "holder")


def is_accused_capital(mentions: Mentions, index: int, first: int) -> bool:
    """Whether a capital stands for its government, which somebody blames ("blamed Damascus for the strike")."""
    word = mentions.words.get(index)
    return word is not None and _is_capital(word) and is_object_of_blame(mentions, word, first)


def _is_capital(word: Word) -> bool:
    claimant = word.get("claimant")
    return claimant is not None and "capital" in claimant.flags


_ON = frozenset({"on", "upon"})


def is_laid_on(mentions: Mentions, word: Word, first: int) -> bool:
    """As in "blamed the shelling on rebels", "the attack was blamed by state media on insurgents"."""
    if mentions.vocabulary.grammar.subject == "after":
        return False
    on, reach = word.first - 1, max(first, word.first - 1 - _LAID_ON_GAP)
    while on > reach and mentions.tokens[on].norm not in _ON:
        on -= 1
    if on <= reach:
        return False
    if any(other is not word for other in mentions.words_of(on, word.first, "actor")):
        return False
    before = range(max(first, on - _LAID_GAP + 1), on)
    blamed = next((at for at in reversed(before) if mentions.tokens[at].norm.startswith("blam")), None)
    if blamed is None or _blames_right_away(mentions, blamed):
        return False
    return not any(_STOP.search(mentions.between(at, at + 1)) for at in range(blamed, on))


def _blames_right_away(mentions: Mentions, blamed: int) -> bool:
    """Whether who is blamed stands right behind the verb, and not the deed: "blamed the army and called on Russia"."""
    at = blamed + 1
    while at < len(mentions.tokens) and mentions.tokens[at].norm in mentions.vocabulary.grammar.articles:
        at += 1
    side = mentions.words.get(at)
    if side is None or side.get("actor") is None or side.get("event") is not None:
        return False
    behind = mentions.words.get(side.last)
    return behind is None or behind.get("event") is None


def accuses_behind(mentions: Mentions, word: Word, first: int) -> bool:
    """Whether somebody stands behind "was accused by", and so accuses: "X was accused by the SDF of shelling A"."""
    at = word.first - 1
    if at > first and mentions.tokens[at].norm in mentions.vocabulary.grammar.articles:
        at -= 1
    by = mentions.words.get(at) if at > first else None
    blamed = mentions.words.get(by.first - 1) if by is not None and by.is_cue("by") and by.first > first else None
    return blamed is not None and blamed.is_cue("blamed")


def accuses_back(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """Whether an actor is one of two that lay a deed to each other ("A and B accused each other of shelling C")."""
    for other in mentions.words_of(word.last, min(last, word.last + _MUTUAL_GAP), "reporting"):
        if other.get("reporting", "mutual") is None:
            return False
        between = mentions.words_in(word.last, other.first)
        return all(w.get("actor") is not None or w.is_cue("join", "have", "both") for w in between)
    return False


# What is denied, where it is a deed of one's own: "denied having bombed", "denied reports that its jets had hit".
# Who only denies "any involvement", without a word in what, may have been accused by nobody.
_REPORTED = frozenset({
    "that", "having", "reports", "claims", "accusations", "allegations", "any", "the", "being", "saying", "of",
    "such", "all",
})  # fmt: skip
_PART_IN_IT = frozenset({"responsibility", "involvement", "role", "part", "hand"})
_PART_GAP = 5


def find_denier(mentions: Mentions, first: int, last: int) -> Speaker | None:
    """Who denies a deed of its own in a clause: "Turkey denied hitting the market", "… that its planes had struck".

    Args:
        mentions: The report's mentions.
        first: Index of the clause's first token.
        last: Index after its last token.

    Returns:
        Who denies, as far as that is an actor, with the verb.
    """
    if mentions.vocabulary.grammar.subject == "after":
        return None
    for verb in mentions.words_of(first, last, "reporting"):
        if verb.get("reporting", "deny") is None or not _denies_own_deed(mentions, verb.last, last):
            continue
        denier = find_denying(mentions, verb, first)
        if denier is not None and denier.actors:
            return denier
    return None


def _is_whose(mentions: Mentions, index: int) -> bool:
    """Whether a token only says whose report is denied: "denied Turkish claims that", "a report by a monitor that"."""
    word, behind = mentions.words.get(index), mentions.words.get(index + 1)
    if mentions.tokens[index].norm in ("a", "an", "report", "claim", "accusation", "allegation", "by"):
        return True
    by = mentions.words.get(index - 1)
    after_by = by is not None and by.is_cue("by")
    if word is None or not (word.get("actor") or (word.get("claimant") and after_by)):
        return False
    if after_by or (behind is not None and behind.first == index):
        return True
    return index + 1 < len(mentions.tokens) and mentions.tokens[index + 1].norm in _REPORTED


def _denies_own_deed(mentions: Mentions, start: int, last: int) -> bool:
    at = start
    while at < last and (mentions.tokens[at].norm in _REPORTED or _is_whose(mentions, at)):
        at += 1
    if at >= last:
        return False
    norm, word = mentions.tokens[at].norm, mentions.words.get(at)
    if norm in _PART_IN_IT:
        return mentions.tokens[min(at + 1, last - 1)].norm in ("in", "for") and bool(
            mentions.words_of(at, min(last, at + _PART_GAP), "event", "outcome")
        )
    if norm in OWN_PRONOUNS:
        return True
    done = word is not None and (word.get("event") is not None or word.get("outcome") is not None)
    return norm.endswith("ing") and (done or norm in ("using", "carrying"))


# What is said against somebody, which may be denied without a word of what it is.
_CHARGED = frozenset({
    "accusation", "accusations", "allegation", "allegations", "charge", "charges", "claim", "claims", "report",
    "reports", "responsibility", "involvement", "blame", "suggestion", "suggestions", "complicity", "culpability",
})  # fmt: skip
_SAID_OF = frozenset({"in", "for", "of", "on", "that"})
_SUCH = frozenset({"it", "this", "them", "these", "that", "so", "involvement"})
# "Denied the use of such weapons", "denied it was involved".
_DONE = frozenset({"use", "used", "using", "involved", "behind", "responsible"})
# From a verb of denying to the deed that it denies, and past adjectives to its object ("denied the Turkish claims").
_DENIED_REACH, _OBJECT_REACH = 14, 6
_CLAUSE_END = re.compile(r"[.;:!?\n]|, (?!who|which)")


def denies_deed(mentions: Mentions, verb: Word) -> bool:
    """Whether what is denied is a deed or the blame for one: not "denied them food", "rejected a truce".

    Only asked of a verb alone: "called the reports false" says what it denies.
    """
    if mentions.vocabulary.grammar.subject == "after" or verb.last - verb.first > 1:
        return True
    last = _end_of_clause(mentions, verb.last)
    if verb.last >= last:
        return True  # "…, which Russia denied."
    if not mentions.tokens[verb.first].norm.startswith(("den", "dismiss", "reject")):
        return True
    behind = mentions.words.get(verb.last + 1)
    if mentions.tokens[verb.last].norm in _SUCH and behind is not None and behind.is_cue("join"):
        return True  # "denied it and blamed rebels"
    found = mentions.words_of(verb.last, last, "event", "outcome", "responsible", "blamed")
    for at in range(verb.last, min(last, verb.last + _OBJECT_REACH)):
        norm = mentions.tokens[at].norm
        if norm in _CHARGED or norm in _PART_IN_IT:
            told = at + 1 < last and mentions.tokens[at + 1].norm in _SAID_OF
            return not told or bool(found) or not _SUCH.isdisjoint(t.norm for t in mentions.tokens[at + 2 : last])
        if norm in _DONE:
            return True
        if norm.endswith("ing") and norm not in ("being", "having", "anything"):
            return norm in _SETTING_ABOUT or bool(mentions.words_of(at, min(last, at + 2), "event", "outcome"))
    return bool(found) or mentions.tokens[last - 1].norm in _SUCH  # "having anything to do with it"


def _end_of_clause(mentions: Mentions, start: int) -> int:
    """The index after the last token of the clause that goes on from a token."""
    at = start
    while at < min(len(mentions.tokens), start + _DENIED_REACH):
        if at > 0 and _CLAUSE_END.search(mentions.between(at - 1, at)) is not None:
            break
        at += 1
    return at


# Verbs that are no deeds themselves but set one about.
_SETTING_ABOUT = frozenset({
    "carrying", "committing", "using", "conducting", "launching", "staging", "mounting", "planting", "placing",
    "setting", "laying", "ordering", "orchestrating", "masterminding", "directing", "trying", "attempting",
    "perpetrating", "dropping", "sending", "executing", "causing", "opening",
})  # fmt: skip
# Words between whom one accuses and "of" or "for" ("accused Russia and its allies of").
_CHARGE_GAP = 4


# What else one is accused of: making a deed up, backing those who did it, standing by.
_OTHER_THINGS = frozenset({
    "فبركه", "تلفيق", "اختلاق", "افتعال", "تمثيل", "كذب", "تضليل", "دعم", "تمويل", "تسليح", "ايواء", "حمايه", "عرقله",
    "منع", "تعاون", "تنسيق", "تواطو", "تقاعس", "صمت", "تهاون", "فشل", "اهمال", "نهب", "سرقه", "تهجير", "تجويع",
    "اعاقه", "تسهيل", "تحريض",
})  # fmt: skip


def is_of_other_things(mentions: Mentions, word: Word) -> bool:
    """Whether what one is blamed for is no deed: "blamed Turkey for failing to act", "responsible for the delay"."""
    reach = range(word.last, min(len(mentions.tokens), word.last + _CHARGE_GAP))
    if mentions.vocabulary.grammar.subject == "after":
        charge = next((mentions.tokens[at].norm for at in reach if mentions.tokens[at].norm.startswith("ب")), "")
        return charge.removeprefix("ب").removeprefix("ال") in _OTHER_THINGS
    of = next((at for at in reach if mentions.tokens[at].norm in ("of", "for", "over", "responsible")), None)
    if of is None or any(_STOP.search(mentions.between(at - 1, at)) is not None for at in range(word.last, of + 1)):
        return False
    responsible = mentions.tokens[of].norm == "responsible"
    at = of + 1 + responsible
    if responsible and (at > len(mentions.tokens) or mentions.tokens[of + 1].norm != "for"):
        return False
    while at < len(mentions.tokens) and mentions.tokens[at].norm.endswith("ly"):
        at += 1  # "of deliberately targeting"
    last = min(len(mentions.tokens), at + _BLAME_GAP)
    if at >= last:
        return False
    deed = mentions.words_of(at, last, "event", "outcome")
    norm = mentions.tokens[at].norm
    if norm.endswith("ing") and norm not in ("being", "having"):
        return norm not in _SETTING_ABOUT and not mentions.words_of(at, at + 1, "event", "outcome")
    return norm == "not" or not (deed or mentions.has_name(at, last))


def denies(mentions: Mentions, word: Word, first: int) -> bool:
    """Whether an actor is the subject of a denial in front of it ("نفى متحدث باسم التحالف")."""
    before = mentions.words_of(max(first, word.first - 5), word.first, "reporting")
    return any(other.get("reporting", "deny") is not None for other in before)


def is_blamed(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """As in "… said that ISIS was responsible", "ISIS was behind the attack", "Israel blamed for the strike"."""
    if mentions.vocabulary.grammar.subject == "after":
        return word.last + 1 < last and _is_behind(mentions, word.last)
    after = mentions.words.get(word.last) if word.last < last else None
    fighter = after.get("victims") if after is not None else None
    if after is not None and fighter is not None and fighter.victims is Victims.COMBATANTS and after.last < last:
        after = mentions.words.get(after.last)  # "said an Islamic State fighter carried out the attack"
    return after is not None and after.is_cue("blamed")


def _is_behind(mentions: Mentions, index: int) -> bool:
    """Whether "behind" and a deed stand at a token: "رجح ناشطون أن تكون قسد وراء تفجير السيارة".

    Behind "stands" the deed may be told in any word: "يرجح أن خلايا داعش تقف وراء تصفيتهم".
    """
    stands = mentions.tokens[index].norm in _STANDS
    at = index + stands
    if at + 1 >= len(mentions.tokens) or mentions.tokens[at].norm not in ("وراء", "خلف"):
        return False
    deed = mentions.words.get(at + 1)
    return stands or (deed is not None and deed.get("event", "noun") is not None)


_STANDS = frozenset({"تقف", "يقف", "يقفون", "وقفت", "وقف"})


def owns(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """As in "ISIS claimed responsibility"."""
    reach = range(word.last, min(last, word.last + 12))
    if mentions.vocabulary.grammar.subject == "after":
        reach = range(max(first, word.first - 6), word.first)
    elif _shows_own_deed(mentions, word, last):
        return True
    elif not mentions.words_of(reach.start, reach.stop, "reporting"):
        return False
    inside = False
    for index in reach:
        gap = mentions.between(index - 1, index) if mentions.vocabulary.grammar.cased_names else ""
        inside = ("(" in gap or inside) and ")" not in gap
        other = mentions.words.get(index)
        if other is None or inside:
            continue  # "the Islamic State group (outlawed in Russia) claimed"
        if other.get("reporting", "own") is not None:
            return not is_denied(mentions, other, first) and not admits_of_others(mentions, other)
        claims = mentions.tokens[other.first].norm == "claimed" and says_that(mentions, other)  # "… it was behind"
        if (other.get("outcome") is not None and not claims) or not _is_passed_over(mentions, word, other):
            return False
    return False


# "The Islamic State group has released a gruesome new video purporting to show".
_PUTS_OUT = frozenset({"released", "releases", "posted", "published", "issued", "circulated", "distributed"})
_FILMS = frozenset({"video", "videos", "footage", "images", "photos", "photographs", "pictures", "clip", "film"})
_SHOWS = frozenset({"show", "shows", "showed", "showing", "depicting"})
_FILM_GAP, _SHOW_GAP, _SHOWN_GAP = 8, 9, 3


def _shows_own_deed(mentions: Mentions, word: Word, last: int) -> bool:
    """Whether a group has put out pictures of what it did: "IS released a video that shows the killing of …"."""
    if _FILMS.isdisjoint(mentions.norms):
        return False
    norms = [token.norm for token in mentions.tokens[word.last : min(last, word.last + _FILM_GAP)]]
    puts_out = next((at for at, norm in enumerate(norms[:3]) if norm in _PUTS_OUT), None)
    film = next((at for at, norm in enumerate(norms) if norm in _FILMS), None)
    if puts_out is None or film is None or film < puts_out:
        return False
    start = word.last + film + 1
    shows = next((at for at in range(start, min(last, start + _SHOW_GAP)) if mentions.tokens[at].norm in _SHOWS), None)
    if shows is None or mentions.words_of(shows, min(last, shows + 1 + _SHOWN_GAP), "actor"):
        return False  # "… showing Turkish jets"
    return bool(mentions.words_of(shows, last, "event", "outcome"))


def _is_passed_over(mentions: Mentions, word: Word, other: Word) -> bool:
    """Whether an actor between another one and its verb belongs to it: "the militant group A fighting the army has"."""
    if other.get("actor") is None or other is word or mentions.vocabulary.grammar.subject == "after":
        return other.get("actor") is None or other is word
    at = other.first - 1
    fought = mentions.words.get(at - (mentions.tokens[at].norm in mentions.vocabulary.grammar.articles))
    return other.first == word.last or (fought is not None and fought.is_cue("target"))


_NOBODY = frozenset({"no", "nobody", "none", "neither", "not", "yet"})
_NOBODY_GAP = 6


def is_denied(mentions: Mentions, own: Word, first: int) -> bool:
    """Whether nobody owns a deed ("no individual or group claimed responsibility")."""
    if mentions.vocabulary.grammar.subject == "after":
        return False
    return any(mentions.tokens[at].norm in _NOBODY for at in range(max(first, own.first - _NOBODY_GAP), own.first))
