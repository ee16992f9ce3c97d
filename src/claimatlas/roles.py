"""Roles in a clause: who is said to have done it, where it is said to have happened.

The same name can be the doer, the target, the holder of the ground, the source, or the home of the reporter. Only the
words around it tell. Word order comes from the vocabulary's grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from claimatlas.figures import Figure
from claimatlas.mentions import Mentions, Word, is_surname
from claimatlas.model import Actor, EventType, Outcome, Victims
from claimatlas.speakers import BREAK as _BREAK
from claimatlas.speakers import Speaker

_END_OF_QUOTE = re.compile(r"[.,]?[\"”] ")
_COMMA = re.compile(r"[,،]")
_OPENS_SPEECH = re.compile(r"\s*(?::|\")")
CAPITAL_ID = "ca:damascus"
"""The gazetteer's id of the country's capital."""
# How far (in tokens) a doer stands from the verb, an adjective from its noun.
_SUBJECT_GAP = 9
_MODIFIER_GAP = 3
# Behind its noun an adjective may stand after others ("طائرة مسيرة مجهولة يرجح أنها تابعة للتحالف").
_MODIFIER_GAP_BEHIND = 5
# Powers that tell of nobody's dead but their enemies', and how far behind a figure its side is named.
_ANNOUNCERS = frozenset({Actor.US_LED_COALITION, Actor.ISRAEL, Actor.JORDAN, Actor.TURKEY})
_ENEMY_GAP = 4
_FLOWN_BEFORE = 80
_FOES = frozenset({Actor.ISIS, Actor.HTS_NUSRA, Actor.OPPOSITION})
# Shorter names in capitals are those of groups ("SDF (…)").
_DATELINE_LETTERS = 6
# Words between whom one blames and the deed ("responsible for the large number of …").
_BLAME_GAP = 6
# A unit and its adjectives between a verb and whom it belongs to ("مجموعة مسلحة").
_UNIT_WORDS = 3


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


# ---------------------------------------------------------------------------------------------
# Actors
# ---------------------------------------------------------------------------------------------


def find_actors(
    mentions: Mentions, first: int, last: int, figures: Sequence[Figure], speaker: Speaker | None
) -> list[ActorRole]:
    """The actors named in a clause, each with its part.

    Args:
        mentions: The report's mentions.
        first: Index of the clause's first token.
        last: Index after its last token.
        figures: The clause's figures; an actor inside one is the victims' side.
        speaker: Who speaks.

    Returns:
        Actors in order of the text.
    """
    victims = {index for figure in figures for index in range(figure.first, figure.last)}
    found: list[ActorRole] = []
    for word in mentions.words_of(first, last, "actor"):
        entry = word.get("actor")
        if entry is None or _is_dateline(mentions, word):
            continue
        role = _actor_role(mentions, _with_head(mentions, word, first), first, last, victims, speaker)
        suspected = any(
            before is not None and before.is_cue("suspect", "hedge")
            for before in (mentions.words.get(index) for index in range(max(first, word.first - 3), word.first))
        )
        actors = entry.actors or _called_alike(mentions, word)
        if actors:
            found.append(ActorRole(word, actors, entry.name, role, suspected, "terrorists" in entry.flags))
    found = [role for role in _spread_roles(mentions, found) if not _is_adjective(role)]
    found = _both_sides(mentions, found, first, last)
    found = _opponents(mentions, _repelled(mentions, found, first, last), first, last)
    found = _far_subject(mentions, found, figures, first)
    own = [*_pronouns(mentions, first, last, speaker)]
    if not own and not any(role.role in (Role.AGENT, Role.ACCUSED, Role.OWNER) for role in found):
        own = [*_announced_kills(mentions, found, figures, speaker)]
    return [*found, *own]


def _is_dateline(mentions: Mentions, word: Word) -> bool:
    """Whether a capital only says where a report was filed: "MOSCOW (Sputnik)", "WASHINGTON — "."""
    token = mentions.tokens[word.first]
    name = mentions.text[token.start : token.end]
    if word.last - word.first > 1 or len(name) < _DATELINE_LETTERS or not (name.isupper() and name.isascii()):
        return False
    return re.match(r"\s*[(–—-]", mentions.text[token.end : token.end + 3]) is not None


def _is_adjective(role: ActorRole) -> bool:
    """Whether a people's adjective does nothing itself ("Syrian Kurdish fighters")."""
    entry = role.word.get("actor")
    return role.role is Role.OTHER and entry is not None and "adjective" in entry.flags


def _called_alike(mentions: Mentions, word: Word) -> tuple[Actor, ...]:
    """Whom the report first calls by the last word of a phrase of no name ("الاحتلال", once "الاحتلال التركي")."""
    called = mentions.vocabulary.forms(mentions.tokens[word.last - 1].norm)[-1:]
    for other in mentions.words_of(0, len(mentions.tokens), "actor"):
        entry = other.get("actor")
        if entry is not None and entry.actors:
            forms = (mentions.vocabulary.forms(mentions.tokens[at].norm)[-1:] for at in range(other.first, other.last))
            if called in forms:
                return entry.actors[:1]  # of "the occupation and its mercenaries" the first
    return ()


def _with_head(mentions: Mentions, word: Word, first: int) -> Word:
    """An actor with the noun that acts for it: "forces loyal to the government", but not "a town loyal to …"."""
    at = word.first - 1
    if at > first and mentions.tokens[at].norm in mentions.vocabulary.grammar.articles:
        at -= 1
    tie = mentions.words.get(at) if at > first else None
    if tie is None or not tie.is_cue("holder") or tie.last - tie.first == 1:
        return word
    head = mentions.words.get(tie.first - 1) if tie.first > first else None
    if head is None or not (head.get("actor") or head.get("victims")):
        return word
    return Word(head.first, word.last, word.entries)


def _far_subject(mentions: Mentions, roles: list[ActorRole], figures: Sequence[Figure], first: int) -> list[ActorRole]:
    """As in "IS fighters overran two villages, killing at least 70": who opens the clause did it."""
    acting = (Role.AGENT, Role.ACCUSED, Role.OWNER)
    if mentions.vocabulary.grammar.subject == "after" or not figures or any(role.role in acting for role in roles):
        return roles
    opener = next((role for role in roles if role.role is Role.OTHER and role.word.first - first <= 3), None)
    if opener is None:
        return roles
    for word in mentions.words_of(opener.word.last, figures[0].first, "outcome", "be", "reporting"):
        outcome = word.get("outcome")
        if word.is_cue("be") or (outcome is None and word.get("reporting") is not None):
            return roles
        if outcome is not None and outcome.side == "right" and figures[0].first - word.last <= 4:
            return [replace(role, role=Role.AGENT) if role is opener else role for role in roles]
    return roles


def _pronouns(mentions: Mentions, first: int, last: int, speaker: Speaker | None) -> Iterator[ActorRole]:
    """As in "Turkey said it launched strikes": the pronoun does what the speaker owns."""
    if speaker is None or not speaker.actors:
        return
    if mentions.vocabulary.grammar.subject == "after":
        yield from _own_deeds(mentions, max(first, speaker.last), last, speaker)
        return
    for word in mentions.words_of(max(first, speaker.last), last, "claimant"):
        claimant = word.get("claimant")
        if claimant is None or "anaphor" not in claimant.flags or word.last - word.first > 1:
            continue
        following = _next_word(mentions, word.last, last)
        if following is not None and following.is_cue("blamed"):
            yield ActorRole(word, speaker.actors, speaker.name, Role.OWNER)
            return
        fate = following.get("outcome") if following is not None else None
        slays = fate is not None and fate.side != "left" and "bears" not in fate.flags  # "it had killed six"
        if following is not None and (following.get("event", "verb") is not None or slays):
            yield ActorRole(word, speaker.actors, speaker.name, Role.AGENT)
            return
    for index in range(max(first, speaker.last), last):
        if mentions.tokens[index].norm in mentions.vocabulary.grammar.owns:
            forces = _next_word(mentions, index + 1, last)
            if forces is None or not (forces.get("victims") or forces.get("actor") or forces.get("event", "means")):
                continue
            deed = _next_word(mentions, forces.last, last)
            if deed is not None and deed.is_cue("blamed"):
                yield ActorRole(forces, speaker.actors, speaker.name, Role.OWNER)
                return
            outcome = deed.get("outcome") if deed is not None else None
            kills = outcome is not None and outcome.side != "left"  # not "its fighter lost his life"
            if deed is not None and (deed.get("event", "verb") is not None or kills):
                yield ActorRole(forces, speaker.actors, speaker.name, Role.AGENT)
                return


def _next_word(mentions: Mentions, index: int, last: int) -> Word | None:
    """The next known phrase but for auxiliaries ("had"), at most one unknown word away."""
    for at in range(index, min(last, index + 4)):
        word = mentions.words.get(at)
        if word is None and at > index:
            return None
        if word is not None and not word.is_cue("have", "that"):
            return word
    return None


def _repelled(mentions: Mentions, roles: list[ActorRole], first: int, last: int) -> list[ActorRole]:
    """As in "the army repelled an attack by rebels": who holds an attack off is not its doer."""
    for word in mentions.words_of(first, last, "event"):
        if any("repels" in entry.flags for entry in word.entries):
            roles = [
                replace(role, role=Role.TARGET) if role.role is Role.AGENT and role.word.last <= word.first else role
                for role in roles
            ]
    return roles


def _both_sides(mentions: Mentions, roles: list[ActorRole], first: int, last: int) -> list[ActorRole]:
    """As in "Clashes between A and B": both fight."""
    between = next(iter(mentions.words_of(first, last, "between")), None)
    if between is None or not any(
        entry.type is EventType.CLASH or word.last == between.first  # "shelling between A and B"
        for word in mentions.words_of(first, last, "event")
        for entry in word.entries
    ):
        return roles
    return [
        replace(role, role=Role.AGENT)
        if role.word.first > between.first and role.role in (Role.OTHER, Role.TARGET)
        else role
        for role in roles
    ]


def _opponents(mentions: Mentions, roles: list[ActorRole], first: int, last: int) -> list[ActorRole]:
    """As in "killed in clashes with B", where B fights, and "A clashed with B, killing 9", where A does the killing."""
    if mentions.vocabulary.grammar.subject == "after":
        return roles
    for clash in mentions.words_of(first, last, "event"):
        behind = mentions.words.get(clash.last)
        event = clash.get("event")
        if event is None or event.type is not EventType.CLASH or behind is None or behind.is_cue("join"):
            continue
        if not behind.is_cue("with"):
            continue
        verb = clash.get("event", "verb") is not None
        roles = [
            _as_opponent(role, verb=verb) if 0 <= role.word.first - behind.last <= _OPPONENT_GAP else role
            for role in roles
        ]
    return roles


# Words between "clashes with" and the name of the other side ("with fighters of the …").
_OPPONENT_GAP = 3


def _as_opponent(role: ActorRole, *, verb: bool) -> ActorRole:
    if verb:
        return replace(role, role=Role.TARGET) if role.role is Role.AGENT else role
    return replace(role, role=Role.AGENT) if role.role in (Role.OTHER, Role.TARGET) else role


def _actor_role(
    mentions: Mentions, word: Word, first: int, last: int, victims: set[int], speaker: Speaker | None
) -> Role:
    if word.first in victims or word.last - 1 in victims:
        return Role.VICTIM
    entry = word.get("actor")
    if entry is not None and "adjective" in entry.flags:
        following = mentions.words.get(word.last) if word.last < last else None
        flies = following is not None and following.get("event", "means") is not None
        if not flies or not _is_hit(mentions, word, first, last):
            return Role.AGENT if flies else Role.OTHER
    if _is_hit(mentions, word, first, last):
        return Role.TARGET
    speaks = speaker is not None and entry is not None and bool(set(entry.actors) & set(speaker.actors))
    if _is_holder(mentions, word, first, last) or (not speaks and _is_at_home(mentions, word, first, last)):
        return Role.HOLDER
    accused = _is_accused(mentions, word, first)
    if accused:
        return Role.ACCUSED
    if mentions.vocabulary.grammar.subject == "after" and _denies(mentions, word, first):
        behind = _next_word(mentions, word.last, last)
        deed = behind is not None and (behind.is_cue("responsible") or behind.get("event", "noun") is not None)
        return Role.ACCUSED if deed else Role.SPEAKER  # "نفت قسد مسؤوليتها", "نفى التحالف استهداف مدنيين"
    if _is_blamed(mentions, word, first, last):
        return Role.ACCUSED
    if _owns(mentions, word, first, last):
        return Role.OWNER
    behind = next(
        (mentions.words[at] for at in range(word.last, min(last, word.last + 2)) if at in mentions.words), None
    )
    if behind is not None and behind.is_cue("responsible"):
        return Role.ACCUSED  # "said that the Islamic State group was behind it"
    if word.get("event") is not None or _modifies_deed(mentions, word, first, last):
        return Role.AGENT
    if _carries_out(mentions, word, first, last):
        return Role.AGENT
    by = _by_phrase(mentions, word, first)
    if by is not None:
        return by
    owned = mentions.words.get(word.last) if word.last < last else None
    if owned is not None and owned.is_cue("asset") and mentions.vocabulary.grammar.modifier == "before":
        return Role.TARGET  # "an army bus", "regime positions"
    if _drops(mentions, word, first):
        return Role.AGENT
    if _leads_unit(mentions, word, first):
        return Role.AGENT
    if _is_target(mentions, word, first):
        return Role.TARGET
    if speaker is not None and speaker.first <= word.first < speaker.last:
        return Role.SPEAKER
    return _verb_role(mentions, word, first, last, victims)


def _is_holder(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """As in "rebel-held", "held by rebels", "Russian-backed forces": who holds the ground or helps is no doer."""
    after = mentions.words.get(word.last) if word.last < last else None
    if after is not None and after.is_cue("holder", "backed", "based"):
        # "Groups affiliated with it" act themselves.
        single = after.is_cue("holder", "backed") and after.last - after.first == 1
        helped = mentions.words.get(after.last)
        if single and helped is not None and helped.is_cue("by") and after.last < last:
            return False  # "units backed by the air force" act themselves
        return single or "-" in mentions.between(word.last - 1, word.last)
    index = word.first - 1
    steps = 0
    while index >= first and steps < 3:
        before = mentions.words.get(index)
        if before is None:
            steps += 1
            index -= 1
            continue
        if before.is_cue("backed") and steps == 0 and index == word.first - 1 and before.last - before.first == 1:
            return False  # "allied Russian warplanes": who is helped acts
        if before.is_cue("holder", "backed"):
            return True
        if not before.is_cue("by"):
            return False
        index = before.first - 1
    return False


_HELD = ("village", "town", "neighbourhood", "area", "camp")
_COUNTRIES = frozenset({Actor.RUSSIA, Actor.TURKEY, Actor.ISRAEL, Actor.JORDAN, Actor.IRAQ, Actor.US_LED_COALITION})


def _is_at_home(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """As in "people from the rebel enclave", "crossing from Turkey": whose ground it is, or the country itself."""
    if mentions.vocabulary.grammar.modifier != "before":
        return False
    entry, behind = word.get("actor"), mentions.words.get(word.last) if word.last < last else None
    gap = mentions.between(word.last - 1, word.last) if word.last < last else ""
    if behind is not None and gap == " " and any(behind.get("place", kind) for kind in _HELD):
        return behind.get("event") is None and behind.get("actor") is None
    before = mentions.words.get(word.first - 1) if word.first > first else None
    place = before is not None and (before.get("place", "from") or before.get("place", "in"))
    if entry is None or not place or before is None or before.is_cue("target", "partitive", "by"):
        return False
    beside = behind is not None and (
        behind.get("event", "noun")
        or behind.get("event", "means")
        or behind.get("actor")
        or behind.is_cue("join", "holder")
    )
    alone = word.last - word.first == 1 and (gap != " " or not beside)
    return alone and bool(entry.actors) and set(entry.actors) <= _COUNTRIES


def _is_accused(mentions: Mentions, word: Word, first: int) -> bool:
    """As in "SANA accused the coalition", "held the coalition responsible"."""
    cased = mentions.vocabulary.grammar.cased_names
    for index in range(word.first - 1, max(first - 1, word.first - 7), -1):
        if cased and _END_OF_QUOTE.match(mentions.between(index, index + 1)) is not None:
            return False
        before = mentions.words.get(index)
        if before is None:
            continue
        if before.get("reporting", "accuse") is not None:
            return not _is_of_other_things(mentions, word)
        accuser = mentions.vocabulary.grammar.subject == "after" and (before.get("claimant") or before.get("victims"))
        if before.get("actor") is None and not accuser and not before.is_cue("partitive", "join"):
            return False
    return False


def _is_of_other_things(mentions: Mentions, word: Word) -> bool:
    """Whether somebody is held responsible for something else than a deed: "responsible for the delay of the talks"."""
    if mentions.vocabulary.grammar.subject == "after":
        return False
    last = min(len(mentions.tokens), word.last + _BLAME_GAP)
    charge = [at for at in range(word.last, last) if mentions.tokens[at].norm == "responsible"]
    if not charge or charge[0] + 1 >= last or mentions.tokens[charge[0] + 1].norm != "for":
        return False
    return not mentions.words_of(
        charge[0] + 2, min(len(mentions.tokens), charge[0] + 2 + _BLAME_GAP), "event", "outcome"
    )


def _announced_kills(
    mentions: Mentions, roles: Sequence[ActorRole], figures: Sequence[Figure], speaker: Speaker | None
) -> Iterator[ActorRole]:
    """As in "أعلن التحالف الدولي مقتل قيادي في تنظيم داعش": a power of the air that tells of its enemies' dead."""
    behind = mentions.vocabulary.grammar.subject != "after"
    if speaker is None or not set(speaker.actors) <= (_ANNOUNCERS | {Actor.RUSSIA} if behind else _ANNOUNCERS):
        return
    if Actor.RUSSIA in speaker.actors and not _flew_before(mentions, figures):
        return  # it tells of whom its allies killed, too
    foes = _FOES | {Actor.SDF_YPG} if Actor.TURKEY in speaker.actors else _FOES
    if behind and any(not set(role.actors) <= foes for role in roles if role.role is Role.VICTIM):
        return  # of the dead of its friends it tells, too
    for figure in figures:
        if not speaker.actors or figure.victims is not Victims.COMBATANTS or Outcome.KILLED not in figure.outcomes:
            continue
        for role in roles:
            near = figure.first <= role.word.first <= figure.last + _ENEMY_GAP
            if near and (role.generic or not set(role.actors) & set(speaker.actors)):
                word = mentions.words.get(speaker.first, role.word)
                yield ActorRole(word, speaker.actors, speaker.name, Role.OWNER)
                return


def _flew_before(mentions: Mentions, figures: Sequence[Figure]) -> bool:
    """Whether the report has just told of aircraft or of strikes from the air."""
    near = figures[0].first if figures else 0
    told = mentions.words_of(max(0, near - _FLOWN_BEFORE), near, "event")
    return any(entry.type is EventType.AIRSTRIKE for word in told for entry in word.entries)


def _own_deeds(mentions: Mentions, first: int, last: int, speaker: Speaker) -> Iterator[ActorRole]:
    """As in "قالت وزارة الدفاع التركية إنها استهدفت" and "إن قواته قصفت": "that" and its pronoun are one word."""
    for that in mentions.words_of(first, last, "that"):
        index = that.last
        if index < last and mentions.tokens[index].norm in mentions.vocabulary.grammar.owns:
            index += 1
        pronoun = mentions.tokens[that.last - 1].norm in mentions.vocabulary.grammar.owns
        deed = mentions.words.get(index) if index < last else None
        if (pronoun or index > that.last) and deed is not None and deed.get("event", "verb") is not None:
            yield ActorRole(that, speaker.actors, speaker.name, Role.AGENT)
            return


def _denies(mentions: Mentions, word: Word, first: int) -> bool:
    """Whether an actor is the subject of a denial in front of it ("نفى متحدث باسم التحالف")."""
    before = mentions.words_of(max(first, word.first - 5), word.first, "reporting")
    return any(other.get("reporting", "deny") is not None for other in before)


def _is_blamed(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """As in "… said that ISIS was responsible", "ISIS was behind the attack", "Israel blamed for the strike"."""
    if mentions.vocabulary.grammar.subject == "after":
        return False
    after = mentions.words.get(word.last) if word.last < last else None
    return after is not None and after.is_cue("blamed")


_NOBODY = frozenset({"no", "nobody", "none", "neither", "not", "yet"})
_NOBODY_GAP = 6


def is_denied(mentions: Mentions, own: Word, first: int) -> bool:
    """Whether nobody owns a deed ("no individual or group claimed responsibility")."""
    if mentions.vocabulary.grammar.subject == "after":
        return False
    return any(mentions.tokens[at].norm in _NOBODY for at in range(max(first, own.first - _NOBODY_GAP), own.first))


def _owns(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """As in "ISIS claimed responsibility"."""
    reach = range(word.last, min(last, word.last + 12))
    if mentions.vocabulary.grammar.subject == "after":
        reach = range(max(first, word.first - 6), word.first)
    for index in reach:
        other = mentions.words.get(index)
        if other is None:
            continue
        if other.get("reporting", "own") is not None:
            return not is_denied(mentions, other, first)
        if other.get("outcome") is not None or (other.get("actor") is not None and other is not word):
            return False
    return False


def _modifies_deed(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """As in "Russian air strikes", "regime warplanes", غارات روسية."""
    before = mentions.vocabulary.grammar.modifier == "before"
    reach = (
        range(word.last, min(last, word.last + _MODIFIER_GAP))
        if before
        else range(word.first - 1, max(first - 1, word.first - _MODIFIER_GAP_BEHIND - 1), -1)
    )
    for index in reach:
        left, right = (index - 1, index) if before else (index, index + 1)
        gap = mentions.between(left, right)
        if _BREAK.search(gap) is not None or (_COMMA.search(gap) is not None and not _belongs(mentions, word)):
            return False
        other = mentions.words.get(index)
        if other is None:
            continue
        event = other.get("event")
        if event is not None and event.type is EventType.CLASH and other.is_cue("target"):
            return False  # "the coalition fighting ISIS"
        if event is not None:
            return event.role in ("noun", "means") or (not before and event.role == "verb")
        passable = ("join", "hedge", "suspect", "partitive", *(() if before else ("neutral",)))
        if other.get("actor") is None and not other.is_cue(*passable):
            return False
    return False


def _is_hit(mentions: Mentions, owner: Word, first: int, last: int) -> bool:
    """Whether an aircraft or a gun is hit: "a Russian helicopter was shot down", "they downed a Syrian jet"."""
    means = mentions.words.get(owner.last) if owner.last < last else None
    if means is None or means.get("event", "means") is None or mentions.vocabulary.grammar.modifier != "before":
        return False
    behind = mentions.words.get(means.last) if means.last < last else None
    if behind is not None and behind.is_cue("have") and behind.last < last:
        behind = mentions.words.get(behind.last)
    if behind is not None and behind.is_cue("be"):
        deed = mentions.words.get(behind.last) if behind.last < last else None
        told = deed is not None and (deed.get("event", "verb") is not None or deed.get("outcome") is not None)
        return told and not mentions.tokens[behind.last].norm.endswith("ing")
    if behind is not None and any("downs" in entry.flags for entry in behind.entries):
        return True
    at = owner.first - 1
    if at > first and mentions.tokens[at].norm in mentions.vocabulary.grammar.articles:
        at -= 1
    verb = mentions.words.get(at) if at >= first else None
    if verb is None or _BREAK.search(mentions.between(at, at + 1)) is not None:
        return False
    downs = any("downs" in entry.flags for entry in verb.entries)
    return downs or (verb.is_cue("target") and verb.get("event", "verb") is not None)


def _belongs(mentions: Mentions, word: Word) -> bool:
    """Whether "of" is attached to an actor (لجيش), which then belongs to a noun in front, even past a comma."""
    of = mentions.vocabulary.grammar.attached_of
    return bool(of) and mentions.tokens[word.first].norm.startswith(of)


def _by_phrase(mentions: Mentions, word: Word, first: int) -> Role | None:
    """The part of an actor behind "by": the doer, where the passive hangs on a deed or an outcome ("carried out by
    rebels"), nobody where it hangs on something else ("used as a prison by"); None where there is no "by".
    """  # noqa: D205
    for index in range(word.first - 1, max(first - 1, word.first - 4), -1):
        before = mentions.words.get(index)
        if before is None:
            continue
        if before.is_cue("owned_by"):
            return Role.OWNER
        if before.is_cue("blamed_on"):
            return Role.ACCUSED
        if before.is_cue("by"):
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
            carried = mentions.tokens[before.first].norm != mentions.tokens[before.last - 1].norm  # "carried out by"
            deed = carried or any(other.get("event") or other.get("outcome") for other in near)
            deed = deed or (previous is None and _goes_on_to_kill(mentions, word, before, first))
            return Role.AGENT if deed and not held else Role.OTHER
        if not before.is_cue("suspect", "hedge", "join") and before.get("actor") is None:
            return None
    return None


# "A push by the army and its allies to take the town killed nine": the subject of the clause and its verb.
_HEAD_WORDS, _PUSH_WORDS = 6, 20


def _goes_on_to_kill(mentions: Mentions, word: Word, by: Word, first: int) -> bool:
    """Whether what is done "by" somebody opens the clause and kills further on, whatever it is called."""
    if by.first - first > _HEAD_WORDS or mentions.vocabulary.grammar.subject == "after":
        return False
    for other in mentions.words_of(word.last, min(len(mentions.tokens), word.last + _PUSH_WORDS), "outcome", "be"):
        outcome = other.get("outcome")
        if outcome is None or _BREAK.search(mentions.between(word.last - 1, other.first)) is not None:
            return False
        return outcome.side != "left" and not _has_no_object(mentions, other, len(mentions.tokens))
    return False


def _leads_unit(mentions: Mentions, word: Word, first: int) -> bool:
    """As in "نفذت دورية عسكرية تابعة لقسد مداهمة": a unit right behind a verb of doing does it for whom it belongs to.

    Right behind "hit" it may be what was hit ("استهدفت سيارة تابعة لقسد").
    """
    of = mentions.words.get(word.first - 1) if word.first > first else None
    if mentions.vocabulary.grammar.subject != "after" or of is None or not of.is_cue("partitive"):
        return False
    for index in range(of.first - 1, max(first - 1, of.first - _UNIT_WORDS - 2), -1):
        if _COMMA.search(mentions.between(index, index + 1)) is not None or index in mentions.names:
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
        if before is None:
            steps += mentions.between(index, index + 1) != "-"  # "the so-called"
            if steps > 2:
                return False
            continue
        if before.is_cue("target"):
            return True
        if before.get("event") is not None and before.get("event", "verb") is None:
            return False
        if before.is_cue("partitive"):
            return steps < 2 and not _is_force(mentions, before.first - 1, first)
        if before.get("actor") is None and not before.is_cue("holder", "join"):
            return False
    return False


def _carries_out(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """As in "the bombardment the regime is carrying out": a deed, and who does it in a clause without "which"."""
    articles = mentions.vocabulary.grammar.articles
    at = word.first - 1
    if at <= first or mentions.tokens[at].norm not in articles:
        return False
    deed = mentions.words.get(at - 1)
    if deed is None or deed.get("event", "noun") is None:
        return False
    verb = next((w for w in mentions.words_in(word.last, min(last, word.last + 4)) if not w.is_cue("be", "have")), None)
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
    if means is None or event is None or not (event.role == "means" or event.type is EventType.SHOOTING):
        return False
    at = means.first - 1
    if at > first and mentions.tokens[at].norm in mentions.vocabulary.grammar.articles:
        at -= 1
    before = mentions.words.get(at) if at >= first else None
    return before is not None and (before.is_cue("by") or (event.role == "noun" and bool(before.get("place", "in"))))


def _is_force(mentions: Mentions, index: int, first: int) -> bool:
    """As in "Fighters of ISIS shelled": the noun before "of" fights, and opens the clause or follows "that" or "by".

    So does a number ("Dozens of rebels attacked").
    """
    if index >= first and index in mentions.numbers:
        return all(at in mentions.numbers for at in range(first, index))
    head = mentions.words.get(index) if index >= first else None
    if head is None or (head.get("actor") is None and head.get("event", "means") is None):
        return False
    start = head.first
    if (
        start > first
        and start - 1 not in mentions.words
        and mentions.tokens[start - 1].norm in mentions.vocabulary.grammar.articles
    ):
        start -= 1  # "A drone of …"
    before = mentions.words.get(start - 1) if start > first else None
    opens = start == first or _BREAK.search(mentions.between(start - 1, start)) is not None
    return opens or (before is not None and before.is_cue("by", "that"))


_USING = frozenset({"used", "uses", "using", "employed", "fielded"})


def _verb_role(mentions: Mentions, word: Word, first: int, last: int, victims: set[int]) -> Role:
    """What the verb makes of an actor: the subject of "bombed" does it, the subject of "were killed" suffers it."""
    if mentions.vocabulary.grammar.subject == "after":
        return _verb_role_before(mentions, word, first, last, victims)
    left = mentions.words.get(word.first - 1) if word.first > first else None
    if left is not None and left.is_cue("leave"):
        return Role.VICTIM  # "leaving rebel fighters wounded"
    passive = spoken = False
    for index in _behind_subject(mentions, word.last, last):
        article = mentions.tokens[index].norm in mentions.vocabulary.grammar.articles
        if index in mentions.numbers and index not in mentions.dates and not article:
            return Role.OTHER
        other = mentions.words.get(index)
        if other is None or other.first != index:
            continue
        outcome, event = other.get("outcome"), other.get("event")
        spoken = spoken or other.get("claimant") is not None
        if other.is_cue("be"):
            passive = True
        elif outcome is not None and "bears" in outcome.flags:
            return Role.VICTIM
        elif outcome is not None and outcome.side == "right" and _tells_result(mentions, index, first, word.first):
            return Role.OTHER
        elif outcome is not None and outcome.side != "left":
            suffers = passive or (outcome.side == "either" and _has_no_object(mentions, other, last))
            return Role.VICTIM if suffers else Role.AGENT
        elif outcome is not None:
            return Role.VICTIM
        elif event is not None and event.role == "verb":
            goes_on = mentions.tokens[index].norm.endswith("ing")  # "were shelling"
            return Role.TARGET if passive and not goes_on else Role.AGENT
        elif other.get("reporting") is not None:
            return Role.OTHER if spoken else Role.SPEAKER  # "fighters near X, a monitor said"
        elif event is not None and event.role == "means" and _uses(mentions, word.last, index):
            return Role.AGENT
        elif event is not None and event.role == "noun" and passive:
            goes_on = mentions.tokens[index].norm.endswith("ing") and mentions.words.get(index - 1) is not None
            return Role.AGENT if goes_on and mentions.words[index - 1].is_cue("be") else Role.OTHER
    return Role.OTHER


def _uses(mentions: Mentions, start: int, weapon: int) -> bool:
    """Whether an actor is said to use a weapon ("used a guided missile")."""
    return any(mentions.tokens[at].norm in _USING for at in range(start, weapon))


def _tells_result(mentions: Mentions, index: int, first: int, until: int) -> bool:
    """Whether "killing" says what came of the verb before an actor: "struck a rebel group's offices killing six"."""
    if not mentions.tokens[index].norm.endswith("ing"):
        return False
    return any(word.get("event", "verb") is not None for word in mentions.words_of(first, until, "event"))


def _has_no_object(mentions: Mentions, outcome: Word, last: int) -> bool:
    """Whether "killed" says what befell the words in front of it: "fighters killed in a strike", not "killed two"."""
    if outcome.last >= last:
        return True
    behind = mentions.words.get(outcome.last)
    if any(at in mentions.numbers and at not in mentions.dates for at in range(outcome.last, outcome.last + 4)):
        return False  # "killed at least 10"
    return behind is not None and (behind.is_cue("by", "clause") or behind.get("place", "in") is not None)


def _behind_subject(mentions: Mentions, start: int, last: int) -> Iterator[int]:
    """The words in which a subject's verb is looked for, without what stands between brackets."""
    steps, inside = 0, False
    for index in range(start, last):
        gap = mentions.between(index - 1, index)
        if inside and ")" in gap:
            inside = False
        elif inside or ("(" in gap and ")" not in gap):
            inside = True
            continue
        elif _BREAK.search(gap) is not None:
            return
        steps += 1
        if steps > _SUBJECT_GAP:
            return
        yield index


def _verb_role_before(mentions: Mentions, word: Word, first: int, last: int, victims: set[int]) -> Role:
    """The same where the verb comes first ("قصفت قوات النظام"), or right behind its subject ("أن قوات النظام قصفت")."""
    passed = False
    for index in range(word.first - 1, max(first - 1, word.first - 6), -1):
        if _BREAK.search(mentions.between(index, index + 1)) is not None:
            break
        other = mentions.words.get(index)
        if other is None or other.first != index:
            continue
        if other.get("event", "verb") is not None:
            return Role.TARGET if passed else Role.AGENT
        outcome = other.get("outcome")
        if outcome is not None and "weak" in outcome.flags:
            return Role.VICTIM  # "خسرت قوات النظام 7 عناصر"
        if outcome is not None:
            killer = other.last >= word.first - 1 and any(at in victims for at in range(word.last, word.last + 3))
            return Role.AGENT if killer else Role.VICTIM
        if other.get("reporting") is not None:
            return Role.SPEAKER if not _acts_next(mentions, word, last) else Role.AGENT
        soldiers = other.get("victims")
        if soldiers is not None and soldiers.victims is Victims.COMBATANTS and other.last == word.first:
            continue  # "قيام جنود الجيش التركي"
        if other.get("actor") is None:
            break
        passed = passed or not mentions.vocabulary.begins_with_join(mentions.tokens[word.first].norm)
    return Role.AGENT if _acts_next(mentions, word, last) else Role.OTHER


def _acts_next(mentions: Mentions, word: Word, last: int) -> bool:
    """Whether a verb follows close behind an actor that stands in front of it, or a deed it sets about (باستهداف)."""
    index = word.last
    while index < min(last, word.last + 8):
        gap = mentions.between(index - 1, index)
        other = mentions.words.get(index)
        # A comma between a subject and its verb is no rule of grammar, but common: "إن قوات النظام، قصفت".
        verb = index == word.last and other is not None and other.get("event", "verb") is not None
        if _BREAK.search(gap) is not None or (_COMMA.search(gap) is not None and not verb):
            return False
        if other is None:
            index += 1
            continue
        event, outcome = other.get("event"), other.get("outcome")
        if event is not None:
            token = mentions.tokens[index].norm
            # "قصف" is written alike as verb and as noun; right behind its subject it is the verb.
            acts = event.role == "verb" or (event.role == "noun" and index == word.last and len(token) == 3)
            return acts and not mentions.vocabulary.begins_with_join(token)
        if outcome is not None:  # "قسد تقتل"
            return index == word.last and outcome.side == "right" and "counted" not in outcome.flags
        if other.get("actor") is None and other.get("place") is None and not other.is_cue("join", "be", "partitive"):
            return False
        index = other.last
    return False


# "Rebel groups including the powerful faction A".
_MEMBER_GAP = 4


def _spread_roles(mentions: Mentions, found: list[ActorRole]) -> list[ActorRole]:
    """Coordinated actors share their part: "Syrian and Russian warplanes", "by regime or Russian jets"."""
    roles = list(found)
    for at in range(len(roles) - 1, 0, -1):
        left, right = roles[at - 1], roles[at]
        between = list(mentions.words_in(left.word.last, right.word.first))
        attached = mentions.vocabulary.begins_with_join(mentions.tokens[right.word.first].norm)
        named = bool(between) and between[0].is_cue("include")  # "rebel groups including A and B"
        close = (
            right.word.first - left.word.last <= (_MEMBER_GAP if named else 2)
            and all(word.is_cue("join", "include") for word in between)
            and (between or (attached and right.word.first == left.word.last))
        )
        if not close:
            continue
        if left.role is Role.OTHER or (right.role is Role.AGENT and left.role in (Role.VICTIM, Role.SPEAKER)):
            roles[at - 1] = ActorRole(left.word, left.actors, left.name, right.role, left.suspected, left.generic)
        elif right.role is Role.OTHER:
            roles[at] = ActorRole(right.word, right.actors, right.name, left.role, right.suspected, right.generic)
    return roles


# ---------------------------------------------------------------------------------------------
# Places
# ---------------------------------------------------------------------------------------------


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


def find_places(mentions: Mentions, first: int, last: int) -> list[PlaceRole]:
    """The place names of a clause, each with its part.

    Args:
        mentions: The report's mentions.
        first: Index of the clause's first token.
        last: Index after its last token.

    Returns:
        Places in order of the text, known ones and those that only the words around them show to be places.
    """
    found: list[PlaceRole] = []
    done = first
    for index in mentions.openers_in(first, last):
        if index < done:
            continue
        hit = mentions.names.get(index)
        if hit is not None:
            after = index + 1
            while after < last and mentions.names.get(after) is hit:
                after += 1
            place = _known_place(mentions, index, after, first, last, hit.place_ids, hit.strong)
            if place is not None:
                found.append(place)
            done = max(after, place.last) if place is not None else after
            continue
        capital = _capital(mentions, index, first, last)
        if capital is not None:
            found.append(capital)
            done = capital.last
            continue
        unknown = _unknown_place(mentions, index, first, last)
        if unknown is not None:
            found.append(unknown)
            done = unknown.last
    return _spread_places(mentions, found)


def _capital(mentions: Mentions, index: int, first: int, last: int) -> PlaceRole | None:
    """The country's capital where it is not called by its name ("in the Syrian capital")."""
    word = mentions.words.get(index)
    if word is None or word.first != index or word.get("place", "capital") is None:
        return None
    if word.last < last and word.last in mentions.words and mentions.words[word.last].is_cue("partitive", "backed"):
        return None  # "the capital of the province"
    if any(at in mentions.names for at in range(index, word.last)):
        return None
    relation, event, weight = _relation(mentions, index, word.last, first, last)
    name = mentions.text[mentions.tokens[index].start : mentions.tokens[word.last - 1].end]
    return PlaceRole(name, index, word.last, (CAPITAL_ID,), "town", relation, event, weight)


def _known_place(
    mentions: Mentions, index: int, after: int, first: int, last: int, ids: tuple[str, ...], strong: bool
) -> PlaceRole | None:
    word = mentions.words.get(index)
    speaks = word.get("claimant") if word is not None else None
    is_capital = speaks is not None and "capital" in speaks.flags
    if word is not None and not is_capital and (speaks is not None or word.get("actor")):
        if word.last > after or word.first < index or not _called(mentions, index, first):
            return None
    elif word is not None and word.last >= after and _is_common(mentions, word, strong, index, first):
        return None  # a common word that is also a village's name somewhere
    if word is not None and word.get("foreign") is not None:
        return None
    if index > first and mentions.between(index - 1, index) == "-" and _is_prefix(mentions, index - 1):
        return None
    if index in mentions.dates or _is_person(mentions, index, after, first, last):
        return None
    if index - 1 >= first and is_surname(mentions, index) and not _called(mentions, index, first):
        return None
    if word is not None and word.get("place") is not None and after - index == 1 and after < last:
        cased = mentions.vocabulary.grammar.cased_names
        # "Tel Dahab", "الشيخ ناصر": only its first word is a known name
        longer = _name_end(mentions, after, last) if cased else _headed_end(mentions, word, after, last)
        if longer is not None and mentions.between(index, after) in (" ", "-"):
            relation, event, weight = _relation(mentions, index, longer, first, last)
            return _unknown(mentions, index, longer, "", relation, event, weight)
    if _is_street(mentions, index, first):
        return None
    kind = _kind_inside(mentions, index, after) or _kind_around(mentions, index, after, first, last)
    if index == first and after < last and mentions.between(after - 1, after).startswith(":"):
        kind = "governorate"  # a round-up's label: "Idlib: …"
    relation, event, weight = _relation(mentions, index, after, first, last)
    site = _site_end(mentions, after, last)
    if site > after:
        kind = "feature"
    if not strong and not kind and (weight < 2 or _goes_on(mentions, after, last)):
        return None
    if not strong and index > first and mentions.tokens[index - 1].norm in mentions.vocabulary.grammar.definite:
        return None  # "the Iraqi frontier", and Iraqi is also some hamlet's name
    introduced = _introduced(mentions, index, first) or _kind_inside(mentions, index, after) != ""
    if not strong and not mentions.vocabulary.grammar.cased_names and not introduced:
        return None
    if _is_speaking_capital(mentions, after, last, weight) or _ends_headline(mentions, index, after, last):
        event = False
    hit = mentions.names[index]
    start = index + 1 if _kind_inside(mentions, index, after) == "village" else index
    name = mentions.text[max(hit.start, mentions.tokens[start].start) : mentions.tokens[site - 1].end]
    return PlaceRole(_bare(name), index, site, ids, kind, relation, event, weight + (1 if kind else 0))


def _headed_end(mentions: Mentions, head: Word, after: int, last: int) -> int | None:
    """Where a name ends that opens with a word many names open with (شيخ), in a script without capitals."""
    if head.get("place", "head") is None or mentions.between(after - 1, after) != " ":
        return None
    if after in mentions.names or after in mentions.dates or after in mentions.numbers:
        return None
    word, token = mentions.words.get(after), mentions.tokens[after]
    joined = mentions.vocabulary.begins_with_join(token.norm)
    known = word is not None and not word.is_cue("neutral")
    return None if known or joined or len(token.norm) < _MIN_NAME_LETTERS else after + 1


def _is_street(mentions: Mentions, index: int, first: int) -> bool:
    """Whether a name is that of a street, which lies elsewhere than the town it is called after."""
    before = mentions.words.get(index - 1) if index > first else None
    return before is not None and before.get("place", "street") is not None


def _is_common(mentions: Mentions, word: Word, strong: bool, index: int, first: int) -> bool:
    """Whether a known word that is also some place's name is to be read as the word."""
    if mentions.vocabulary.grammar.cased_names:
        return not strong and not _called(mentions, index, first)
    if word.get("foreign") is not None or word.get("place", "head") is not None:
        return not strong and not _called(mentions, index, first)
    return not (word.is_cue("neutral") and _is_construct(mentions, index, first))


def _goes_on(mentions: Mentions, after: int, last: int) -> bool:
    """Whether an unknown capitalised word stands right behind a name: then it is a person's, or a longer one."""
    if after >= last or mentions.between(after - 1, after) not in (" ", "-", " al-"):
        return False
    if after in mentions.words or after in mentions.names or after in mentions.dates or after in mentions.numbers:
        return False
    start = after + 1 if mentions.tokens[after].end - mentions.tokens[after].start <= 2 and after + 1 < last else after
    return mentions.text[mentions.tokens[start].start].isupper()


def _site_end(mentions: Mentions, after: int, last: int) -> int:
    """Where a name ends that a site carries on ("Deir Ezzor air base")."""
    word = mentions.words.get(after) if after < last and mentions.between(after - 1, after) == " " else None
    if word is None or word.first != after or word.get("place", "site") is None:
        return after
    return word.last


def _is_prefix(mentions: Mentions, index: int) -> bool:
    """Whether a token in front of a hyphen makes the name behind it an attitude ("pro-Damascus")."""
    token = mentions.tokens[index]
    return mentions.text[token.start].islower() and token.end - token.start > 2 and index not in mentions.names


def _is_construct(mentions: Mentions, index: int, first: int) -> bool:
    """Whether a noun of place without an article owns the word behind it that has one: a name ("قرية الجديدة").

    An adjective would agree with its noun ("قرية جديدة", "القرية الجديدة").
    """
    article = mentions.vocabulary.grammar.article
    if not article or not _called(mentions, index, first):
        return False
    return mentions.tokens[index].norm.startswith(article) and article not in mentions.tokens[index - 1].norm[:4]


def _introduced(mentions: Mentions, index: int, first: int) -> bool:
    """Whether a preposition, a noun of place or another place stands right in front, in a script without capitals.

    Every adjective is the name of some village there ("the white", "the middle").
    """
    if index == first or len(mentions.between(index - 1, index)) > 2:
        return False
    before = mentions.words.get(index - 1)
    if index - 1 in mentions.names:
        return mentions.vocabulary.begins_with_join(mentions.tokens[index].norm)
    return before is not None and before.get("place") is not None


def _called(mentions: Mentions, index: int, first: int) -> bool:
    """Whether the word right in front calls the name a village, a town or the like."""
    before = mentions.words.get(index - 1) if index > first else None
    return before is not None and any(
        entry.kind == "place" and entry.role in ("village", "town", "neighbourhood", "camp") for entry in before.entries
    )


def _bare(name: str) -> str:
    return re.sub(r"['’]s?$", "", name)


def _is_person(mentions: Mentions, index: int, after: int, first: int, last: int) -> bool:
    """Whether a place name is part of a person's ("Rami Abdel Rahman", "Abu Omar al-Bukamali")."""
    if index <= first:
        return False
    token = mentions.tokens[index - 1]
    initial = mentions.tokens[index - 1].end - mentions.tokens[index - 1].start == 1
    if mentions.between(index - 1, index) not in (" ", "-", " al-", " Al-", " el-", ". " if initial else " "):
        return False
    if not mentions.text[token.start].isupper() or token.norm.isdigit():
        return False
    if mentions.text[token.start : token.end].isupper() and token.end - token.start > 3:
        return False
    known = mentions.words.get(index - 1)
    if known is not None or index - 1 in mentions.names or index - 1 in mentions.dates:
        return False
    # At the head of a sentence any word is capitalised; elsewhere an unknown capitalised word is a first name.
    if index - 1 == first:
        return False
    following = mentions.words.get(after) if after < last else None
    return following is None or following.get("place") is None


def _kind_inside(mentions: Mentions, index: int, after: int) -> str:
    """What a name's own first word calls it, where the gazetteer has it with that word ("مدينة دوما")."""
    word = mentions.words.get(index)
    if word is None or word.last >= after or mentions.vocabulary.grammar.cased_names:
        return ""
    roles = [e.role for e in word.entries if e.kind == "place"]
    return next((role for role in roles if role in ("village", "town", "neighbourhood", "camp")), "")


def _kind_around(mentions: Mentions, index: int, after: int, first: int, last: int) -> str:
    """What the words around a name call it: "the village of X", "X province"."""
    if after < last and mentions.between(after - 1, after) in (" ", "-", "'s ", "’s "):
        word = mentions.words.get(after)
        entry = word.get("place") if word is not None else None
        if entry is not None and entry.role not in ("in", "from"):
            return entry.role
        if word is None and after + 1 < last:  # "Hasaka's northern countryside", "Idlib's southern province"
            following = mentions.words.get(after + 1)
            entry = following.get("place") if following is not None else None
            if entry is not None and entry.role in ("countryside", "governorate"):
                return entry.role
    for at in range(index - 1, max(first - 1, index - 4), -1):
        word = mentions.words.get(at)
        if word is None:
            continue
        entry = next((e for e in word.entries if e.kind == "place" and e.role not in ("in", "from")), None)
        if entry is not None:
            return entry.role
        if word.is_cue("partitive"):
            continue
        break
    return ""


# "From the regime-held, predominantly Shia towns of …".
_ORIGIN_GAP = 8


def _relation(mentions: Mentions, index: int, after: int, first: int, last: int) -> tuple[str, bool, int]:
    """How the words in front of a name tie the clause to it: relation, whether it can be the scene, how strongly."""
    following = mentions.words.get(after) if after < last else None
    if following is not None and following.is_cue("based"):
        return "", False, 0
    relation = ""
    weight = 0
    before = mentions.words.get(index - 1) if index > first else None
    if before is not None and before.get("reporting") is not None:
        return "", False, 0  # "according to Damascus"
    if after < len(mentions.tokens) and index - first <= 2 and mentions.between(after - 1, after).strip() == ":":
        return "", True, 3  # "• Binnish: air strikes."
    if (
        following is not None
        and following.get("event", "noun") is not None
        and mentions.between(after - 1, after) in (" ", "'s ")
    ):
        return "", True, 3  # "the Aleppo bombing"
    for at in range(index - 1, max(first - 1, index - 7), -1):
        if at + 1 < index and _BREAK.search(mentions.between(at, at + 1)) is not None:
            break
        word = mentions.words.get(at)
        if word is None:
            continue
        if word.get("place", "from") is not None:
            taken = _are_taken(mentions, first, word.first)
            return relation, taken, 2 if taken else 0
        if word.get("place", "stationed") is not None:
            return relation, _is_target_site(mentions, word, first), 2
        if word.get("place", "countryside") is not None and not relation:
            relation = "countryside"
        if word.get("place", "in") is not None:
            if word.is_cue("partitive") and _is_origin(mentions, word.first, first):
                taken = _are_taken(mentions, first, word.first)
                return relation, taken, 2 if taken else 0
            if mentions.words_of(max(first, word.first - 4), word.last, "born"):
                return relation, False, 0
            if _is_speakers_home(mentions, word, first, after, last):
                return relation, True, 0
            if _fires_from(mentions, word, first):
                return relation, False, 0
            text = mentions.text[mentions.tokens[word.first].start : mentions.tokens[word.last - 1].end].lower()
            cased = mentions.vocabulary.grammar.cased_names
            spatial = cased and not word.is_cue("target") and word.get("event") is None and len(text) > 3
            return relation or (text if spatial else ""), True, 2
        if word.get("event") is not None or word.get("outcome") is not None:
            break
        if word.get("reporting") is not None:
            break
    return relation, True, weight


def _are_taken(mentions: Mentions, first: int, until: int) -> bool:
    """Whether people are abducted: then the place they are from is the scene."""
    types = (word.get("event") for word in mentions.words_of(first, until, "event"))
    return any(entry is not None and entry.type is EventType.ABDUCTION for entry in types)


def _is_origin(mentions: Mentions, of: int, first: int) -> bool:
    """Whether "the towns of X" is where somebody comes from or goes to ("evacuees from the besieged towns of X")."""
    noun = mentions.words.get(of - 1) if of > first else None
    if noun is None or noun.get("place") is None:
        return False
    for at in range(noun.first - 1, max(first - 1, noun.first - _ORIGIN_GAP), -1):
        word = mentions.words.get(at)
        if word is not None and word.get("place") is not None:
            return word.get("place", "from") is not None
        if word is not None and (word.get("event") is not None or word.get("outcome") is not None):
            return False
    return False


_FIRED = frozenset({"fired", "launched", "shot", "lobbed"})
_FIRED_GAP = 7


def _fires_from(mentions: Mentions, preposition: Word, first: int) -> bool:
    """Whether a place is where those stand who fired ("both rounds had been fired by insurgents in X")."""
    actor = mentions.words.get(preposition.first - 1) if preposition.first > first else None
    if actor is None or actor.get("actor") is None or mentions.vocabulary.grammar.subject == "after":
        return False
    if preposition.is_cue("target"):
        return False  # "launched by rebels on X"
    by = mentions.words_of(max(first, actor.first - 3), actor.first, "by")
    return bool(by) and any(
        mentions.tokens[at].norm in _FIRED for at in range(max(first, actor.first - _FIRED_GAP), actor.first)
    )


def _is_speakers_home(mentions: Mentions, preposition: Word, first: int, after: int, last: int) -> bool:
    """Whether a place is where those who speak are ("a medic at Kobani hospital said that …")."""
    if not mentions.words_of(max(first, preposition.first - 2), preposition.first, "claimant"):
        return False
    if mentions.vocabulary.grammar.subject == "after":  # the verb comes first there: "said a source in X that …"
        return bool(mentions.words_of(max(first, preposition.first - 4), preposition.first, "reporting"))
    return after < last and bool(mentions.words_of(after, min(last, after + 2), "reporting"))


def _is_target_site(mentions: Mentions, word: Word, first: int) -> bool:
    """Whether those stationed at a place are shot at there ("على مواقع قوات النظام المتمركزة في"), not from there."""
    return bool(mentions.words_of(max(first, word.first - 6), word.first, "target"))


def _is_speaking_capital(mentions: Mentions, after: int, last: int, weight: int) -> bool:
    """Whether a capital stands for its government ("Damascus said")."""
    following = mentions.words.get(after) if after < last else None
    return weight == 0 and following is not None and following.get("reporting") is not None


def _ends_headline(mentions: Mentions, index: int, after: int, last: int) -> bool:
    """Whether a name behind a colon ends a headline: then it is whoever says so ("… victories: Damascus")."""
    return (
        index > 0
        and ":" in mentions.between(index - 1, index)
        and (after >= last or "\n" in mentions.text[mentions.tokens[after - 1].end : mentions.tokens[after].start])
    )


def _unknown_place(mentions: Mentions, index: int, first: int, last: int) -> PlaceRole | None:
    """A name that no gazetteer has but that is called a place: "the village of X", "X neighbourhood"."""
    word = mentions.words.get(index)
    if word is not None and word.first == index:
        entry = next((e for e in word.entries if e.kind == "place" and e.role in _NAMED_KINDS), None)
        if entry is None or entry.role == "site" or word.last >= last:
            return None
        article = mentions.vocabulary.grammar.article
        if article and mentions.tokens[word.last - 1].norm.startswith(article):
            return None  # "the village" has been named before
        start = word.last
        of = mentions.words.get(start)
        if of is not None and of.is_cue("partitive"):
            start = of.last
        cased = mentions.vocabulary.grammar.cased_names
        end = _name_end(mentions, start, last) if cased else _caseless_name_end(mentions, start, last)
        if end is None:
            return None
        relation, event, weight = _relation(mentions, index, end, first, last)
        return _unknown(mentions, start, end, entry.role, relation, event, weight)
    if word is None and index not in mentions.dates and mentions.vocabulary.grammar.modifier == "before":
        end = _name_end(mentions, index, last)
        if end is None or end >= last or mentions.between(end - 1, end) != " ":
            return None
        if all(mentions.tokens[at].norm in mentions.vocabulary.grammar.compass for at in range(index, end)):
            return None  # "the Old City"
        following = mentions.words.get(end)
        entry = following.get("place") if following is not None else None
        if entry is None or following is None or entry.role not in _NAMED_KINDS:
            return None
        if entry.role == "site":
            end = following.last
        relation, event, weight = _relation(mentions, index, end, first, last)
        return _unknown(mentions, index, end, entry.role, relation, event, weight)
    return None


_NAMED_KINDS = frozenset({"village", "town", "neighbourhood", "camp", "site"})


def _unknown(mentions: Mentions, start: int, end: int, kind: str, relation: str, event: bool, weight: int) -> PlaceRole:
    name = mentions.text[mentions.tokens[start].start : mentions.tokens[end - 1].end]
    return PlaceRole(_bare(name), start, end, (), kind, relation, event, weight + 1)


def _name_end(mentions: Mentions, start: int, last: int) -> int | None:
    """Where a capitalised name ends that begins at a token, or None when there is none."""
    index = start
    if start < last and mentions.tokens[start].norm in mentions.vocabulary.grammar.definite:
        return None
    while index < min(last, start + 4):
        token = mentions.tokens[index]
        word = mentions.words.get(index)
        generic = word is not None and all(e.kind == "place" and e.role not in ("in", "from") for e in word.entries)
        opens = generic and index == start and mentions.text[token.start].isupper()
        known = (word is not None or index in mentions.names) and not opens
        if known or index in mentions.dates or index in mentions.numbers:
            break
        gap = mentions.between(index - 1, index) if index > start else " "
        article = index + 1 < last and mentions.between(index, index + 1) == "-"
        if gap not in (" ", "-") or not (mentions.text[token.start].isupper() or article or gap == "-"):
            break
        index += 1
    if index == start or not any(mentions.text[mentions.tokens[at].start].isupper() for at in range(start, index)):
        return None
    return index


_CASELESS_GAP = re.compile(r" [\"'(]?")
# Shorter words are particles.
_MIN_NAME_LETTERS = 3


def _caseless_name_end(mentions: Mentions, start: int, last: int) -> int | None:
    """Where a name ends in a script without capitals: one unknown word behind the words that names begin with."""
    quoted = _quoted_end(mentions, start, last)
    if quoted is not None:
        return quoted
    index = start
    while index < min(last, start + 3):
        token = mentions.tokens[index]
        if _CASELESS_GAP.fullmatch(mentions.between(index - 1, index)) is None:
            return None
        if index in mentions.names or index in mentions.dates or index in mentions.numbers:
            return None
        word = mentions.words.get(index)
        is_head = word is not None and word.get("place", "head") is not None
        named_so = index > start and word is not None and word.is_cue("neutral")
        if word is not None and not is_head and not named_so:
            return None
        index += 1
        if is_head:
            continue
        join = mentions.vocabulary.grammar.attached_join
        if len(token.norm) < _MIN_NAME_LETTERS or (join and token.norm.startswith(join)):
            return None
        return index + 1 if _completes_name(mentions, index, last) else index
    return None


def _quoted_end(mentions: Mentions, start: int, last: int) -> int | None:
    """Where a name in quotation marks ends (`قرية "قرف مغار"`), or None when there is none."""
    if not mentions.between(start - 1, start).endswith('"'):
        return None
    for index in range(start, min(last, start + 3)):
        known = index in mentions.names or (index == start and index in mentions.words)
        if known or index in mentions.dates or index in mentions.numbers:
            return None
        if index + 1 >= last or mentions.between(index, index + 1).startswith('"'):
            return index + 1
    return None


def _completes_name(mentions: Mentions, index: int, last: int) -> bool:
    """Whether an unknown word with an article ends the name before it ("كويت الرحمة")."""
    if index >= last or mentions.between(index - 1, index) != " " or index in mentions.words or index in mentions.names:
        return False
    return mentions.tokens[index].norm.startswith(mentions.vocabulary.grammar.article or "\0")


def _spread_places(mentions: Mentions, found: list[PlaceRole]) -> list[PlaceRole]:
    """Names in a list share what ties the first of them to the event: "in X, Y and Z"."""
    spread: list[PlaceRole] = []
    for place in found:
        previous = spread[-1] if spread else None
        if previous is not None and place.weight < 2 and place.event:
            between = list(mentions.words_in(previous.last, place.first))
            small = place.first - previous.last <= 2 and all(
                word.is_cue("join") or word.get("place") is not None for word in between
            )
            if small:
                place = PlaceRole(
                    place.name, place.first, place.last, place.ids, place.kind, place.relation or previous.relation,
                    previous.event, previous.weight,
                )  # fmt: skip
        spread.append(place)
    return spread
