"""What the words around an actor make of it: doer, target, holder of the ground, speaker, or none of these.

Each actor is read alone here, by the grammar that the vocabulary gives; `roles` says what the actors of a clause make
of one another.
"""

from __future__ import annotations

from claimatlas.claims.blame import (
    accuses_back,
    accuses_behind,
    denies,
    is_blamed,
    is_laid_on,
    is_object_of_blame,
    is_of_other_things,
    owns,
)
from claimatlas.claims.cast import Role
from claimatlas.claims.ground import holds_prison, is_at_home, is_holder
from claimatlas.claims.sourcenames import Speaker
from claimatlas.claims.speakers import BREAK, COMMA
from claimatlas.claims.subjects import are_targets, belongs, has_no_object, verb_role
from claimatlas.claims.suffering import AMONG, is_downed, is_hit, is_hit_by_speaker, is_side_of_victim, is_struck
from claimatlas.claims.whose import (
    is_answered,
    is_attackers_side,
    is_one_who_did_it,
    is_predicate,
    is_ruled_out,
    is_whence,
)
from claimatlas.mentions.document import Mentions, Word
from claimatlas.model import EventType, Victims

_MODIFIER_GAP = 3
# Behind its noun an adjective may stand after others ("طائرة مسيرة مجهولة يرجح أنها تابعة للتحالف").
_MODIFIER_GAP_BEHIND = 5
# A unit and its adjectives between a verb and whom it belongs to ("مجموعة مسلحة").
_UNIT_WORDS = 3
_LANDS = frozenset({"border", "borders", "frontier"})


def role_of_actor(
    mentions: Mentions, word: Word, first: int, last: int, victims: set[int], speaker: Speaker | None
) -> Role:
    """The part an actor has in a clause by the words around it.

    Args:
        mentions: The report's mentions.
        word: The actor, with the noun that acts for it.
        first: Index of the clause's first token.
        last: Index after its last token.
        victims: Tokens of the clause's figures.
        speaker: Who speaks.
    """
    if word.first in victims or word.last - 1 in victims or is_side_of_victim(mentions, word, first, victims):
        return Role.VICTIM
    entry = word.get("actor")
    if entry is not None and "adjective" in entry.flags:
        following = mentions.words.get(word.last) if word.last < last else None
        flies = following is not None and following.get("event", "means") is not None
        if not flies or not is_hit(mentions, word, first, last):
            return Role.AGENT if flies else Role.OTHER
    if is_hit(mentions, word, first, last) or is_struck(mentions, word, first) or is_downed(mentions, word, first):
        return Role.TARGET
    if is_one_who_did_it(mentions, word, first, last):
        return Role.AGENT
    if is_ruled_out(mentions, word, first, last) or accuses_behind(mentions, word, first):
        return Role.OTHER
    speaks = speaker is not None and entry is not None and bool(set(entry.actors) & set(speaker.actors))
    if is_whence(mentions, word, first):
        return Role.AGENT
    if holds_prison(mentions, word, first, last):
        return Role.AGENT
    if is_attackers_side(mentions, word, first):
        return Role.ACCUSED
    if word.last < last and mentions.tokens[word.last].norm in _LANDS:
        return Role.OTHER  # "… near the Turkish border killed three"
    if is_holder(mentions, word, first, last) or (not speaks and is_at_home(mentions, word, first, last)):
        return Role.HOLDER
    if is_object_of_blame(mentions, word, first):  # "accused Russia of backing the government"
        return Role.OTHER if is_of_other_things(mentions, word) else Role.ACCUSED
    if accuses_back(mentions, word, first, last):
        return Role.ACCUSED
    if is_laid_on(mentions, word, first):
        return Role.ACCUSED
    if mentions.vocabulary.grammar.subject == "after" and denies(mentions, word, first):
        behind = next_word(mentions, word.last, last)
        deed = behind is not None and (behind.is_cue("responsible") or behind.get("event", "noun") is not None)
        return Role.ACCUSED if deed else Role.SPEAKER  # "نفت قسد مسؤوليتها", "نفى التحالف استهداف مدنيين"
    if is_blamed(mentions, word, first, last):
        return Role.ACCUSED
    if owns(mentions, word, first, last) and not _is_target(mentions, word, first):
        return Role.OWNER
    if is_predicate(mentions, word, first, last):
        return Role.AGENT
    if is_answered(mentions, word, first, last):
        return Role.OTHER
    behind = next(
        (mentions.words[at] for at in range(word.last, min(last, word.last + 2)) if at in mentions.words), None
    )
    if behind is not None and behind.is_cue("responsible"):
        return Role.ACCUSED  # "said that the Islamic State group was behind it"
    armed = word.get("event") is not None and not _is_target(mentions, word, first)  # not in "shelled gunmen near A"
    if armed or _modifies_deed(mentions, word, first, last):
        return Role.AGENT
    if _carries_out(mentions, word, first, last):
        return Role.AGENT
    by = _by_phrase(mentions, word, first)
    if by is not None:
        return by
    owned = mentions.words.get(word.last) if word.last < last else None
    if owned is not None and owned.is_cue("asset") and mentions.vocabulary.grammar.modifier == "before":
        return Role.TARGET  # "an army bus", "regime positions"
    if are_targets(mentions, word, last):
        return Role.TARGET
    if _drops(mentions, word, first):
        return Role.AGENT
    if _leads_unit(mentions, word, first):
        return Role.AGENT
    if _is_target(mentions, word, first):
        return Role.TARGET
    if speaker is not None and speaker.first <= word.first < speaker.last:
        return Role.SPEAKER
    return verb_role(mentions, word, first, last, victims)


def _modifies_deed(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """As in "Russian air strikes", "regime warplanes", غارات روسية."""
    before = mentions.vocabulary.grammar.modifier == "before"
    reach = (
        range(word.last, min(last, word.last + _MODIFIER_GAP))
        if before
        else range(word.first - 1, max(first - 1, word.first - _MODIFIER_GAP_BEHIND - 1), -1)
    )
    apart = fires = sided = False
    for index in reach:
        left, right = (index - 1, index) if before else (index, index + 1)
        gap = mentions.between(left, right)
        if BREAK.search(gap) is not None or (COMMA.search(gap) is not None and not belongs(mentions, word)):
            return False
        other = mentions.words.get(index)
        if other is None:
            if before and mentions.tokens[index].norm in mentions.vocabulary.grammar.articles:
                return False  # "Russia called the attack a crime"
            apart = True
            continue
        event = other.get("event")
        far = apart and not (word.first - other.last == 1 and _relates(mentions, other.last))
        if far and event is not None and event.role != "verb" and not (before or _agrees(mentions, word)):
            return False  # "بعد الانفجار فرضت قوات النظام", "قصف منازل عناصر الفصائل"
        if (
            event is not None
            and event.type is EventType.CLASH
            and other.is_cue("target")
            and not belongs(mentions, word)
        ):
            return False  # "the coalition fighting ISIS"
        keys = other.entries.keys
        named = event is not None or "actor" in keys
        if not (named or before) and (_fights(other) or "unit" in keys or _is_post(mentions, other)):
            fires = True  # "برصاص عناصر حاجز لقوات النظام"
            continue
        if fires and event is not None and (event.type is not EventType.SHOOTING or other.get("outcome") is not None):
            return False  # "استهداف عناصر قسد", but not "برصاص عناصر قسد"
        if event is not None and not before and belongs(mentions, word):
            if apart and (event.role == "verb" or sided):
                return False  # "استهدفت رادارات لقوات النظام", "قصف الجيش الوطني غرفة اتصالات لقسد"
            if event.role == "means" and is_hit_by_speaker(mentions, other, first):
                return False
        if event is not None:
            return event.role in ("noun", "means") or (not before and event.role == "verb")
        if keys.isdisjoint(_PASSABLE) and (before or "neutral" not in keys):
            return False
        sided = sided or named
    return False


# What may stand between an actor and the deed it is said of.
_PASSABLE = frozenset({"join", "hedge", "suspect", "partitive", "actor"})


def _fights(word: Word) -> bool:
    soldiers = word.get("victims")
    return soldiers is not None and soldiers.victims is Victims.COMBATANTS


_POSTS = frozenset({"حاجز", "نقطه", "مخفر", "قناص", "قناصه", "قناصي"})


def _is_post(mentions: Mentions, word: Word) -> bool:
    """Whether a word means where soldiers stand, who shoot from there ("برصاص حاجز لقوات النظام")."""
    return word.last - word.first == 1 and mentions.tokens[word.first].norm in _POSTS


def _relates(mentions: Mentions, index: int) -> bool:
    """Whether a word that nobody knows is a verb with its object's pronoun: "كمين نصبه داعش" (but not حافلة)."""
    token = mentions.tokens[index]
    return mentions.text[token.start : token.end].endswith(("ه", "ها"))


def _agrees(mentions: Mentions, word: Word) -> bool:
    """Whether an actor is an adjective of its people (روسية) or has "of" attached (لقوات), and so may stand apart."""
    norm = mentions.tokens[word.first].norm
    return belongs(mentions, word) or norm.endswith(("ي", "يه", "ين", "يان"))


def _by_phrase(mentions: Mentions, word: Word, first: int) -> Role | None:
    """The part of an actor behind "by": the doer, where the passive hangs on a deed or an outcome ("carried out by
    rebels"), nobody where it hangs on something else ("used as a prison by"); None where there is no "by".
    """  # noqa: D205
    for index in range(word.first - 1, max(first - 1, word.first - 4), -1):
        before = mentions.words.get(index)
        if before is None:
            continue
        keys = before.entries.keys
        if "owned_by" in keys:
            return Role.OWNER
        if "blamed_on" in keys:
            return Role.ACCUSED
        if "by" in keys:
            near = list(mentions.words_in(max(first, before.first - 4), before.first))
            near += [
                other  # "bombing of Aleppo on Friday by"; a verb further off has its own subject
                for other in mentions.words_of(max(first, before.first - 9), max(first, before.first - 4), "event")
                if other.get("event", "noun") is not None
            ]
            previous = mentions.words.get(before.first - 1)
            if previous is not None and previous.is_cue("conditional") and previous.get("event") is None:
                return Role.OTHER  # "ahead of preparations by the government"
            held = previous is not None and previous.is_cue("holder", "backed", "survivor")
            if previous is None and _is_participle(mentions, before.first - 1, first):
                return Role.OTHER  # "a blast at a depot used by militiamen"
            carried = mentions.tokens[before.first].norm != mentions.tokens[before.last - 1].norm  # "carried out by"
            deed = carried or any(other.get("event") or other.get("outcome") for other in near)
            deed = deed or (previous is None and _goes_on_to_kill(mentions, word, before, first))
            deed = deed or _suffered_before(mentions, before, first)
            return Role.AGENT if deed and not held else Role.OTHER
        if keys.isdisjoint(_BEHIND_BY):
            return None
    return None


# What may stand between "by" and one of those who did it.
_BEHIND_BY = frozenset({"suspect", "hedge", "join", "country", "actor"})
_PARTICIPLES = frozenset({"run", "built", "known", "driven", "seen", "taken", "worn", "manned"})


def _is_participle(mentions: Mentions, index: int, first: int) -> bool:
    """Whether a word nobody knows describes something, and "by" hangs on it; "bombs were dropped by" is no such."""
    told = mentions.words.get(index - 1) if index > first else None
    if mentions.vocabulary.grammar.subject == "after" or index in mentions.names or (told and told.is_cue("be")):
        return False
    norm = mentions.tokens[index].norm
    return norm in _PARTICIPLES or (norm.endswith("ed") and mentions.text[mentions.tokens[index].start].islower())


# "Were executed in the main square of the town of Salqin on Tuesday by".
_SUFFERED_GAP = 14


def _suffered_before(mentions: Mentions, by: Word, first: int) -> bool:
    """Whether "by" hangs on what somebody suffered, past where and when: "was killed in Homs on Monday by Israel"."""
    at = by.first - 1
    told = at in mentions.names or at in mentions.dates or at in mentions.words or at in mentions.numbers
    if mentions.vocabulary.grammar.subject == "after" or not told:
        return False  # "was killed on a road used by the army"
    for at in range(by.first - 1, max(first, by.first - _SUFFERED_GAP), -1):
        word = mentions.words.get(at)
        if BREAK.search(mentions.between(at, at + 1)) is not None:
            return False
        if word is None or word.first != at or at in mentions.names or word.is_cue("partitive", "target"):
            continue
        outcome, done = word.get("outcome"), word.get("event", "verb")
        if outcome is not None or done is not None:
            before = mentions.words.get(word.first - 1)
            suffered = done is not None or (outcome is not None and outcome.side == "either")
            return suffered and before is not None and before.is_cue("be")
        if word.get("place") is None:
            return False
    return False


# "A push by the army and its allies to take the town killed nine": the subject of the clause and its verb.
_HEAD_WORDS, _PUSH_WORDS = 6, 20


def _goes_on_to_kill(mentions: Mentions, word: Word, by: Word, first: int) -> bool:
    """Whether what is done "by" somebody opens the clause and kills further on, whatever it is called."""
    if by.first - first > _HEAD_WORDS or mentions.vocabulary.grammar.subject == "after":
        return False
    for other in mentions.words_of(word.last, min(len(mentions.tokens), word.last + _PUSH_WORDS), "outcome", "be"):
        outcome = other.get("outcome")
        if outcome is None or BREAK.search(mentions.between(word.last - 1, other.first)) is not None:
            return False
        return outcome.side != "left" and not has_no_object(mentions, other, len(mentions.tokens))
    return False


def _leads_unit(mentions: Mentions, word: Word, first: int) -> bool:
    """As in "نفذت دورية عسكرية تابعة لقسد مداهمة": a unit right behind a verb of doing does it for whom it belongs to.

    Right behind "hit" it may be what was hit ("استهدفت سيارة تابعة لقسد").
    """
    of = mentions.words.get(word.first - 1) if word.first > first else None
    if mentions.vocabulary.grammar.subject != "after" or of is None:
        return False
    if not of.is_cue("partitive") and mentions.tokens[of.first].norm not in AMONG:  # "أطلق عنصر في قسد النار"
        return False
    for index in range(of.first - 1, max(first - 1, of.first - _UNIT_WORDS - 2), -1):
        if COMMA.search(mentions.between(index, index + 1)) is not None or index in mentions.names:
            return False
        other = mentions.words.get(index)
        verb = other.get("event", "verb") if other is not None else None
        if verb is not None:
            return "aimed" not in verb.flags and index < of.first - 1
        soldiers = other.get("victims") if other is not None else None
        if soldiers is not None and soldiers.victims is Victims.COMBATANTS and other is not None:
            if other.get("actor") is not None:
                return False
            continue  # "عناصر الشرطة العسكرية التابعة ل"
        if other is not None and (other.get("actor") is not None or not other.is_cue("neutral", "unit")):
            return False
    return False


# "… against the so-called Nusra Front insurgents".
_TARGET_REACH = 8


def _is_target(mentions: Mentions, word: Word, first: int) -> bool:
    steps = 0
    for index in range(word.first - 1, max(first - 1, word.first - _TARGET_REACH), -1):
        if index in mentions.dates:
            return False
        before = mentions.words.get(index)
        keys = before.entries.keys if before is not None else frozenset[str]()
        if "actor" not in keys and COMMA.search(mentions.between(index, index + 1)) is not None:
            return False  # "in a statement put on its site, ISIS said", but "against ISIS, the Nusra Front and"
        if before is None:
            steps += mentions.between(index, index + 1) != "-"  # "the so-called"
            if steps > 2:
                return False
            continue
        if "target" in keys:
            return True
        if "event" in keys and before.get("event", "verb") is None:
            return False
        if "partitive" in keys:
            return steps < 2 and not _is_force(mentions, before.first - 1, first)
        if keys.isdisjoint(_LISTED):
            return False
    return False


# What may stand between "against" and one of those whom a deed is done to.
_LISTED = frozenset({"actor", "holder", "join"})
_WHICH = frozenset({"that", "which"})
_SETS = frozenset({"set", "laid", "planted", "prepared", "threw", "placed"})
_CARRYING_GAP = 4


def _carries_out(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """As in "the bombardment the regime is carrying out", "an ambush that rebels set": a deed, and who does it."""
    grammar = mentions.vocabulary.grammar
    at = word.first - 1
    if at <= first or not (mentions.tokens[at].norm in grammar.articles or mentions.tokens[at].norm in _WHICH):
        return False
    if mentions.tokens[at].norm in grammar.articles and mentions.tokens[at - 1].norm in _WHICH:
        at -= 1
    deed = mentions.words.get(at - 1)
    if deed is None or not (deed.get("event", "noun") or deed.get("event", "means")):
        return False
    reach = min(last, word.last + _CARRYING_GAP)
    if any(mentions.tokens[index].norm in _SETS for index in range(word.last, min(reach, word.last + 2))):
        return True
    verb = next((w for w in mentions.words_in(word.last, reach) if not w.is_cue("be", "have")), None)
    return verb is not None and verb.get("event", "verb") is not None


def _drops(mentions: Mentions, word: Word, first: int) -> bool:
    """As in "… were killed by the bombs of the coalition", "… in the sniper fire of rebels"."""
    of = next(
        (mentions.words[at] for at in (word.first - 1, word.first - 2) if at > first and at in mentions.words), None
    )
    if of is None or not of.is_cue("partitive"):
        return False
    means = mentions.words.get(of.first - 1)
    event = means.get("event") if means is not None else None
    if means is None or event is None or not (_is_arm(mentions, means) or event.type is EventType.SHOOTING):
        return False
    at = means.first - 1
    if at > first and mentions.tokens[at].norm in mentions.vocabulary.grammar.articles:
        at -= 1
    before = mentions.words.get(at) if at >= first else None
    return before is not None and (before.is_cue("by") or (event.role == "noun" and bool(before.get("place", "in"))))


# "Two unmanned suicide drones of": so many words stand between the article or the number and the means.
_ADJECTIVES = 2


def _phrase_start(mentions: Mentions, index: int, first: int) -> int:
    """Where a noun's phrase begins, with adjectives nobody knows and an article or a number: "three suicide drones"."""
    start = index
    while (
        start > max(first, index - _ADJECTIVES) and start - 1 not in mentions.words and start - 1 not in mentions.names
    ):
        token = mentions.tokens[start - 1]
        if start - 1 in mentions.numbers or token.norm in mentions.vocabulary.grammar.articles:
            break
        if mentions.between(start - 1, start) not in (" ", "-") or not token.norm.isalpha():
            return index
        start -= 1
    before = start - 1
    counted = before in mentions.numbers
    if before >= first and (counted or mentions.tokens[before].norm in mentions.vocabulary.grammar.articles):
        return before
    return start if start == first else index


def _is_force(mentions: Mentions, index: int, first: int) -> bool:
    """As in "Fighters of ISIS shelled": the noun before "of" fights, and is the subject, or stands behind "by".

    So does a number ("Dozens of rebels attacked").
    """
    if index >= first and index in mentions.numbers:
        return all(at in mentions.numbers for at in range(first, index))
    head = mentions.words.get(index) if index >= first else None
    if head is None:
        return False
    soldiers = head.get("victims")
    fights = soldiers is not None and soldiers.victims is Victims.COMBATANTS
    if not fights and head.get("actor") is None and not _is_arm(mentions, head):
        return False
    start = _phrase_start(mentions, head.first, first)
    before = mentions.words.get(start - 1) if start > first else None
    if _is_subject(mentions, start, first):
        return True
    return before is not None and (before.is_cue("by", "that") or before.get("reporting") is not None)


# "… were killed when jets of the army bombed …".
_CONJUNCTIONS = frozenset({"when", "after", "as", "while", "because", "before"})


def _is_subject(mentions: Mentions, start: int, first: int) -> bool:
    """Whether the noun at `start` opens its clause, perhaps behind a day ("On Tuesday jets of …")."""
    if start == first or BREAK.search(mentions.between(start - 1, start)) is not None:
        return True
    return start - 1 in mentions.dates or mentions.tokens[start - 1].norm in _CONJUNCTIONS


_ARMS = frozenset({"artillery", "tanks", "guns", "cannons", "launchers", "gunners"})


def _is_arm(mentions: Mentions, word: Word) -> bool:
    """Whether a word means what is fired with, and not the firing: "artillery of the army", "jets of the coalition"."""
    return word.get("event", "means") is not None or mentions.tokens[word.last - 1].norm in _ARMS


def next_word(mentions: Mentions, index: int, last: int) -> Word | None:
    """The next known phrase but for auxiliaries ("had"), at most one unknown word away."""
    for at in range(index, min(last, index + 4)):
        word = mentions.words.get(at)
        if word is None and at > index:
            return None
        if word is not None and not word.is_cue("have", "that", "hedge_past"):
            return word
    return None
