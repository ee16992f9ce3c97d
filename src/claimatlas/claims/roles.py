"""The part each actor has in a clause: who did it, to whom, and who only holds the ground.

The same name can be the doer, the target, the holder of the ground, the source, or the home of the reporter. Only the
words around it tell. Word order comes from the vocabulary's grammar; `placeroles` does the same for places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from claimatlas.claims.announcing import announced, retaliates
from claimatlas.claims.blame import find_denier, is_accused_capital, is_of_other_things
from claimatlas.claims.cast import ACTING, ActorRole, Role
from claimatlas.claims.counts import Figure
from claimatlas.claims.doers import next_word, role_of_actor
from claimatlas.claims.offices import fights_for_fallen, holders_of
from claimatlas.claims.sides import OPENS, both_sides, opponents, repelled, takes_ground
from claimatlas.claims.sourcenames import Speaker
from claimatlas.claims.whose import is_one_who_did_it
from claimatlas.mentions.document import Mentions, Word
from claimatlas.model import Actor, EventType, Victims

# Words between a doubt and whom it is of, but for "carried out by" and the like.
_SUSPECT_GAP = 3
_REPORTEDLY = frozenset({"reportedly", "allegedly", "purportedly", "alleged", "unconfirmed"})
# Shorter names in capitals are those of groups ("SDF (…)").
_DATELINE_LETTERS = 6


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
    named = mentions.words_of(first, last, "actor")
    victims = {index for figure in figures for index in range(figure.first, figure.last)} if named else set()
    found: list[ActorRole] = []
    called: Word | None = None
    for word in named:
        entry = word.get("actor")
        if entry is None or _is_dateline(mentions, word):
            continue
        head = _with_head(mentions, word, first)
        if called is not None and word.first - called.last <= (
            _CLANS_BEHIND if "tied" in entry.flags else _NAMED_BEHIND
        ):
            head = Word(called.first, word.last, word.entries)
        called = word if _is_named_behind(mentions, word, last) else None
        if called is not None or ("tied" in entry.flags and head is word):
            continue
        role = role_of_actor(mentions, head, first, last, victims, speaker)
        suspected = _is_suspected(mentions, word, first) or is_one_who_did_it(mentions, word, first, last)
        actors = entry.actors or _called_alike(mentions, word)
        if "office" in entry.flags:
            actors = holders_of(mentions, word, actors)
        elif actors == _GOVERNMENT and fights_for_fallen(mentions, word):
            actors = (Actor.OTHER,)
        if speaker is not None and speaker.actors and speaker.first <= word.first < speaker.last:
            actors = speaker.actors  # "the army said", of whichever state that is
        elif speaker is not None and _is_speakers_army(word, speaker):
            actors = speaker.actors if all(f.victims is Victims.COMBATANTS for f in figures) else ()
        if actors:
            found.append(ActorRole(word, actors, entry.name, role, suspected, "terrorists" in entry.flags))
    found += _accused_capitals(mentions, first, last)
    found = _read_together(mentions, found, figures, first, last) if found else found
    denier = find_denier(mentions, first, last)
    if denier is not None and denier.verb is not None:
        found = [role for role in found if not (role.role is Role.SPEAKER and role.actors == denier.actors)]
        found.append(ActorRole(denier.verb, denier.actors, denier.name, Role.ACCUSED))
        return found
    found = _without_accuser(found, speaker)
    found = _fought_by_speaker(mentions, found, first, last, speaker)
    own = [*_pronouns(mentions, first, last, speaker)] or [*_speakers_deeds(mentions, found, last, speaker)]
    if not own and not any(role.role in ACTING for role in found):
        own = announced(mentions, found, figures, speaker) or [*retaliates(mentions, figures, speaker, last)]
    return [*found, *own]


def _read_together(
    mentions: Mentions, roles: list[ActorRole], figures: Sequence[Figure], first: int, last: int
) -> list[ActorRole]:
    """The actors of a clause, each with the part that it has beside the others."""
    roles = [role for role in _spread_roles(mentions, roles) if not _is_adjective(role)]
    roles = _without_bystanders(mentions, both_sides(mentions, roles, first, last), first, last)
    roles = opponents(mentions, repelled(mentions, roles, first, last), first, last)
    roles = _owners_hit(mentions, _managing(mentions, roles, first, last), first, last)
    return _far_subject(mentions, roles, figures, first)


_GOVERNMENT = (Actor.SYRIAN_GOVERNMENT,)
STATES = frozenset({
    Actor.SYRIAN_GOVERNMENT, Actor.RUSSIA, Actor.US_LED_COALITION, Actor.TURKEY, Actor.ISRAEL, Actor.IRAQ, Actor.JORDAN,
})  # fmt: skip


def _is_speakers_army(word: Word, speaker: Speaker) -> bool:
    """Whether "the army" may be that of a foreign state that speaks: "Israel said the army had struck a convoy".

    That it killed fighters it says of its own; of whose civilians or soldiers it speaks no word tells.
    """
    claimant = word.get("claimant")
    army = claimant is not None and claimant.name == "army" and "anaphor" in claimant.flags
    return army and bool(speaker.actors) and set(speaker.actors) <= STATES - {Actor.SYRIAN_GOVERNMENT}


def _speakers_deeds(
    mentions: Mentions, roles: Sequence[ActorRole], last: int, speaker: Speaker | None
) -> Iterator[ActorRole]:
    """As in "ISIS said its fighters carried out the attack, which killed six, the Observatory said": who owns it."""
    if mentions.vocabulary.grammar.subject == "after" or speaker is None or speaker.actors:
        return
    for role in roles:
        if role.role is Role.SPEAKER and role.actors:
            own = Speaker(role.name, role.word.first, role.word.last, role.actors)
            yield from (replace(r, role=Role.OWNER) for r in _pronouns(mentions, role.word.last, last, own))


def _accused_capitals(mentions: Mentions, first: int, last: int) -> Iterator[ActorRole]:
    """Capitals that stand for their governments where they are accused ("Turkey blamed Damascus for the strike")."""
    for word in mentions.words_of(first, last, "claimant"):
        entry = word.get("claimant")
        if (
            entry is not None
            and "capital" in entry.flags
            and is_accused_capital(mentions, word.first, first)
            and not is_of_other_things(mentions, word)
        ):
            yield ActorRole(word, entry.actors, entry.name, Role.ACCUSED)


def _without_accuser(roles: list[ActorRole], speaker: Speaker | None) -> list[ActorRole]:
    """Whoever accuses somebody of a deed did not do it: "the army accused rebels of shelling A after its advance"."""
    if speaker is None or not roles:
        return roles
    accused = {actor for role in roles if role.role is Role.ACCUSED for actor in role.actors}
    own = set(speaker.actors)
    if not accused or accused & own:
        return roles
    return [
        replace(role, role=Role.OTHER) if role.role is Role.AGENT and set(role.actors) <= own else role
        for role in roles
    ]


def _is_suspected(mentions: Mentions, word: Word, first: int) -> bool:
    """Whether the text doubts an actor: "suspected Israeli jets", "believed to have been carried out by Israel"."""
    behind = mentions.words.get(word.last)
    if behind is not None and behind.is_cue("be"):
        behind = mentions.words.get(behind.last)  # "are thought to have struck"
    if behind is not None and behind.is_cue("suspect", "hedge") and _acts(mentions, behind.last):
        return True  # "Israel probably carried out the raid"
    if not mentions.words_of(max(0, first - _SUSPECT_GAP), word.first, "suspect", "hedge", "blamed_on"):
        return False
    reach = _SUSPECT_GAP
    for index in range(word.first - 1, first - 1, -1):
        before = mentions.words.get(index)
        if before is not None and before.is_cue("suspect", "hedge", "blamed_on"):
            # "Rockets allegedly fired by rebels"; further off, past other words, "reportedly" hedges the deed.
            near = reach == _SUSPECT_GAP or word.first - index <= _SUSPECT_GAP
            return near or mentions.tokens[before.first].norm not in _REPORTEDLY
        if before is None or not (before.is_cue("by", "be", "have") or before.get("event", "verb") is not None):
            reach -= mentions.tokens[index].norm not in mentions.vocabulary.grammar.articles
        if reach <= 0:
            return False
    return False


def _acts(mentions: Mentions, index: int) -> bool:
    """Whether a verb of doing stands at a token."""
    word = mentions.words.get(index)
    if word is None:
        return False
    outcome = word.get("outcome")
    return word.get("event", "verb") is not None or (outcome is not None and outcome.side != "left")


def _is_dateline(mentions: Mentions, word: Word) -> bool:
    """Whether a capital only says where a report was filed: "MOSCOW (Sputnik)", "WASHINGTON — "."""
    token = mentions.tokens[word.first]
    if word.last - word.first > 1 or token.end - token.start < _DATELINE_LETTERS:
        return False
    name = mentions.text[token.start : token.end]
    if not (name.isupper() and name.isascii()):
        return False
    return re.match(r"\s*[(–—-]", mentions.text[token.end : token.end + 3]) is not None


def _is_adjective(role: ActorRole) -> bool:
    """Whether a people's adjective does nothing itself ("Syrian Kurdish fighters")."""
    entry = role.word.get("actor")
    return role.role is Role.OTHER and entry is not None and "adjective" in entry.flags


def _called_alike(mentions: Mentions, word: Word) -> tuple[Actor, ...]:
    """Whom the report first calls by the last word of a phrase of no name ("الاحتلال", once "الاحتلال التركي")."""
    entry = word.get("actor")
    if entry is not None and "latter" in entry.flags:
        return _named_last(mentions, word)
    called = mentions.vocabulary.forms(mentions.tokens[word.last - 1].norm)[-1:]
    found: tuple[Actor, ...] = ()
    for other in mentions.words_of(0, len(mentions.tokens), "actor"):
        entry = other.get("actor")
        if found and other.first > word.first:
            break
        if entry is not None and entry.actors:
            forms = (mentions.vocabulary.forms(mentions.tokens[at].norm)[-1:] for at in range(other.first, other.last))
            if called in forms:
                found = entry.actors[:1]  # of "the occupation and its mercenaries" the first
    return found


# "The latter" is somebody named in the same sentence, or in the one before.
_LATTER_REACH = 40


def _named_last(mentions: Mentions, word: Word) -> tuple[Actor, ...]:
    """Whom "the latter" means: who was named last; nobody where it describes its noun ("الأيام الأخيرة")."""
    article = mentions.vocabulary.grammar.article
    of = mentions.vocabulary.grammar.attached_of
    if not mentions.tokens[word.first].norm.startswith(of) and mentions.vocabulary.has_article(
        mentions.tokens[max(0, word.first - 1)].norm
    ):
        return ()
    before = [
        other
        for other in mentions.words_of(max(0, word.first - _LATTER_REACH), word.first, "actor")
        if (tie := mentions.words.get(other.first - 1)) is None or not tie.is_cue("backed", "holder")
    ]
    named = [entry.actors for other in before if (entry := other.get("actor")) is not None and entry.actors]
    return named[-1] if article and named else ()


_UNITS = frozenset({"factions", "faction", "groups", "group", "units", "unit", "formations", "divisions", "convoy"})


def _with_head(mentions: Mentions, word: Word, first: int) -> Word:
    """An actor with the noun that acts for it: "forces loyal to the government", but not "a town loyal to …"."""
    at = word.first - 1
    if at > first and mentions.tokens[at].norm in mentions.vocabulary.grammar.articles:
        at -= 1
    tie = mentions.words.get(at) if at > first else None
    entry = word.get("actor")
    tied = entry is not None and "tied" in entry.flags
    if tied and mentions.tokens[word.last - 1].norm in _CLANS:
        return _clan(mentions, word, first)
    of = tied and tie is not None and tie.is_cue("partitive")
    if not of and (tie is None or not tie.is_cue("holder") or tie.last - tie.first == 1):
        if not (tied and mentions.tokens[at].norm == "to" and mentions.tokens[at - 1].norm == "belonging"):
            return word
        tie = Word(at - 1, at + 1, word.entries)
    if tie is None:
        return word
    head = mentions.words.get(tie.first - 1) if tie.first > first else None
    if tied and tie.first > first and mentions.tokens[tie.first - 1].norm in _UNITS:
        return Word(tie.first - 1, word.last, word.entries)
    if head is None or not (head.get("actor") or head.get("victims")):
        return word
    return Word(head.first, word.last, word.entries)


_CLANS = frozenset({"tribe", "tribes", "clan", "clans"})


def _clan(mentions: Mentions, word: Word, first: int) -> Word:
    """A tribe with its men in front of it, or as one of two that fight; alone it does nothing.

    "Members of the Shaitat tribe attacked", "clashes between the Baggara and Shaitat tribes".
    """
    at = word.first - 1
    while at > first and (mentions.text[mentions.tokens[at].start].isupper() or mentions.tokens[at].norm == "and"):
        at -= 1
    tie = mentions.words.get(at)
    if tie is None or at == first:
        return word
    if tie.is_cue("between") or ((before := mentions.words.get(at - 1)) is not None and before.is_cue("between")):
        return Word(at, word.last, word.entries)
    head = mentions.words.get(tie.first - 1)
    men = head is not None and head.get("victims") is not None and tie.first - 2 not in mentions.numbers
    return Word(head.first, word.last, word.entries) if head is not None and men and tie.is_cue("partitive") else word


# "Gunmen loyal to the ousted", "militants from the"; "gunmen of the Al-Bakir and Al-Bouizz clans".
_NAMED_BEHIND, _CLANS_BEHIND = 4, 8


def _is_named_behind(mentions: Mentions, word: Word, last: int) -> bool:
    """Whether the words behind "gunmen" say whose they are, so that they are nobody else's: "gunmen loyal to X"."""
    entry = word.get("actor")
    if entry is None or mentions.vocabulary.grammar.article or word.last >= last:
        return False
    tie = mentions.words.get(word.last)
    affiliated = tie is not None and tie.is_cue("holder") and tie.last - tie.first > 1
    if "terrorists" not in entry.flags and not (affiliated and mentions.tokens[word.last - 1].norm in _UNITS):
        return False
    whose = affiliated or (tie is not None and tie.is_cue("partitive"))
    if not whose and mentions.tokens[word.last].norm not in ("from", "belonging"):
        return False
    other = next(iter(mentions.words_of(word.last, min(last, word.last + _CLANS_BEHIND), "actor")), None)
    owner = other.get("actor") if other is not None else None
    if other is None or owner is None:
        return False
    return other.first - word.last < _NAMED_BEHIND or "tied" in owner.flags


def _far_subject(mentions: Mentions, roles: list[ActorRole], figures: Sequence[Figure], first: int) -> list[ActorRole]:
    """As in "IS fighters overran two villages, killing at least 70": who opens the clause did it."""
    if mentions.vocabulary.grammar.subject == "after" or not figures or any(role.role in ACTING for role in roles):
        return roles
    opener = next((role for role in roles if role.role is Role.OTHER and role.word.first - first <= OPENS), None)
    if opener is None:
        return roles
    if takes_ground(mentions, opener.word, figures[0].first) and _fights(mentions, opener.word, figures[0].first):
        return [replace(role, role=Role.AGENT) if role is opener else role for role in roles]
    for word in mentions.words_of(opener.word.last, figures[0].first, "outcome", "be", "reporting"):
        outcome = word.get("outcome")
        if word.is_cue("be") or (outcome is None and word.get("reporting") is not None):
            return roles
        if outcome is not None and outcome.side == "right" and figures[0].first - word.last <= 4:
            return [replace(role, role=Role.AGENT) if role is opener else role for role in roles]
    return roles


def _fights(mentions: Mentions, word: Word, end: int) -> bool:
    """Whether a fight or an assault is told behind an actor, as what the dead died in."""
    entries = (entry for fight in mentions.words_of(word.last, end, "event") for entry in fight.entries)
    return any(entry.type is EventType.CLASH or (entry.type is None and entry.role == "noun") for entry in entries)


def _pronouns(mentions: Mentions, first: int, last: int, speaker: Speaker | None) -> Iterator[ActorRole]:
    """As in "Turkey said it launched strikes", "… its jets hit Azaz": the pronoun does what the speaker owns."""
    if speaker is None or not speaker.actors:
        return
    if mentions.vocabulary.grammar.subject == "after":
        yield from _own_deeds(mentions, max(first, speaker.last), last, speaker)
        return
    if speaker.verb is not None and speaker.last <= speaker.verb.first and _is_boast(mentions, speaker.verb):
        yield ActorRole(speaker.verb, speaker.actors, speaker.name, Role.AGENT)
        return
    for word in _speakers_own(mentions, max(first, speaker.last), last):
        deed = next_word(mentions, word.last, last)
        if deed is None:
            continue
        if deed.is_cue("blamed", "responsible"):
            yield ActorRole(word, speaker.actors, speaker.name, Role.OWNER)
            return
        outcome = deed.get("outcome")
        kills = outcome is not None and outcome.side != "left" and "bears" not in outcome.flags  # not "it lost six"
        if kills or deed.get("event", "verb") is not None:
            yield ActorRole(word, speaker.actors, speaker.name, Role.AGENT)
            return


def _is_boast(mentions: Mentions, verb: Word) -> bool:
    """Whether somebody says what it did itself: "ISIS claimed to have killed two soldiers"."""
    if mentions.tokens[verb.last - 1].norm != "have" or verb.last - verb.first == 1:
        return False
    deed = mentions.words.get(verb.last)
    outcome = deed.get("outcome") if deed is not None else None
    kills = outcome is not None and outcome.side != "left" and "bears" not in outcome.flags
    return deed is not None and (kills or deed.get("event", "verb") is not None)


# "A bomber from the group", "one of the group".
_MEMBER_OF = frozenset({"from", "of"})


def _speakers_own(mentions: Mentions, start: int, last: int) -> Iterator[Word]:
    """Words for the speaker behind "said": "it" and "they", and then "its fighters", "their warplanes"."""
    for word in mentions.words_of(start, last, "claimant"):
        claimant = word.get("claimant")
        anaphor = claimant is not None and "anaphor" in claimant.flags
        before = mentions.words.get(word.first - 1)
        if before is not None and before.get("reporting", "deny") is not None:
            continue  # "the army denied it and blamed rebels"
        if anaphor and (word.last - word.first == 1 or mentions.tokens[word.first - 1].norm in _MEMBER_OF):
            yield word
    for index in range(start, last):
        if mentions.tokens[index].norm in mentions.vocabulary.grammar.owns:
            joiner = mentions.words.get(index - 1)
            if (
                joiner is not None
                and joiner.is_cue("join")
                and mentions.words_of(joiner.first - 1, joiner.first, "actor")
            ):
                continue  # "Turkey said the PKK and its affiliate"
            forces = next_word(mentions, index + 1, last)
            if forces is not None and (forces.get("victims") or forces.get("actor") or forces.get("event")):
                yield forces


def _without_bystanders(mentions: Mentions, roles: list[ActorRole], first: int, last: int) -> list[ActorRole]:
    """As in "استهدفت قوات النظام قرية X، بالتزامن مع قصف الطائرات الروسية للمنطقة": what others do meanwhile."""
    if len(roles) == 1:
        return roles
    if mentions.vocabulary.grammar.subject != "after":
        return _without_others_meanwhile(mentions, roles)
    aside = next((word for word in mentions.words_of(first, last, "amid") if word.first > first), None)
    if aside is None or not any(role.role is Role.AGENT and role.word.last <= aside.first for role in roles):
        return roles
    return [
        replace(role, role=Role.OTHER) if role.role is Role.AGENT and role.word.first >= aside.last else role
        for role in roles
    ]


def _without_others_meanwhile(mentions: Mentions, roles: list[ActorRole]) -> list[ActorRole]:
    """As in "ISIS killed 15 men in A as Kurdish forces tried to halt it": what others do meanwhile is not the deed."""
    doer = next((role for role in roles if role.role is Role.AGENT), None)
    aside = next(
        (
            role.word.first
            for role in roles
            if doer is not None
            and role.word.first > doer.word.last
            and mentions.tokens[role.word.first - 1].norm == "as"
        ),
        None,
    )
    if aside is None:
        return roles
    return [
        replace(role, role=Role.OTHER) if role.role is Role.AGENT and role.word.first >= aside else role
        for role in roles
    ]


_MANAGES = frozenset({"تمكن", "تمكنت", "تمكنوا", "نجح", "نجحت", "نجحوا", "استطاع", "استطاعت"})
# "Managed" and whoever did so, and this one and the noun of what was managed ("تمكنت … من قنص").
_MANAGED_GAP = 4


def _managing(mentions: Mentions, roles: list[ActorRole], first: int, last: int) -> list[ActorRole]:
    """As in "تمكنت الفصائل من قنص عنصر لقوات النظام": who managed a deed did it, whoever comes behind suffered it."""
    if mentions.vocabulary.grammar.subject != "after":
        return roles
    join = mentions.vocabulary.grammar.attached_join
    for at, role in enumerate(roles):
        verb = mentions.tokens[max(first, role.word.first - 1)].norm.removeprefix(join)
        end = min(last, role.word.last + _MANAGED_GAP)
        if verb not in _MANAGES or not mentions.words_of(role.word.last, end, "event", "outcome"):
            continue
        suffering = [
            replace(other, role=Role.TARGET) if other.role is Role.AGENT else other for other in roles[at + 1 :]
        ]
        return [*roles[:at], replace(role, role=Role.AGENT), *suffering]
    return roles


_THEREUPON = frozenset({"بعد", "عقب", "اثر", "جراء", "نتيجه"})
_ITS = ("ها", "هم", "هما")


def _owners_hit(mentions: Mentions, roles: list[ActorRole], first: int, last: int) -> list[ActorRole]:
    """As in "أطلقت قسد حملة عقب استهداف حاجزها": who acts after a strike on what is its own was struck."""
    if mentions.vocabulary.grammar.subject != "after" or not any(role.role is Role.AGENT for role in roles):
        return roles
    for deed in mentions.words_of(first + 1, last, "event"):
        if mentions.tokens[deed.first - 1].norm not in _THEREUPON or deed.get("event", "noun") is None:
            continue
        goods = mentions.words.get(deed.last)
        own = deed.last < last and deed.last not in mentions.names and mentions.tokens[deed.last].norm.endswith(_ITS)
        if own and (goods is None or goods.is_cue("target")):
            return [
                replace(role, role=Role.TARGET) if role.role is Role.AGENT and role.word.last <= deed.first else role
                for role in roles
            ]
    return roles


def _fought_by_speaker(
    mentions: Mentions, roles: list[ActorRole], first: int, last: int, speaker: Speaker | None
) -> list[ActorRole]:
    """As in "قالت الهيئة إن معارك مع قوات النظام أسفرت عن مقتل 40 من عناصر النظام": whoever tells of it did it."""
    if speaker is None or not speaker.actors or mentions.vocabulary.grammar.subject != "after":
        return roles
    for clash in mentions.words_of(first, last, "event"):
        behind = mentions.words.get(clash.last)
        event = clash.get("event", "noun")
        if event is None or event.type is not EventType.CLASH or behind is None or not behind.is_cue("with"):
            continue
        if behind.is_cue("between") or clash.first < speaker.last:
            continue
        foes = [role for role in roles if role.role is Role.AGENT and behind.last <= role.word.first]
        against = {actor for role in foes for actor in role.actors}
        lost = {actor for r in roles if r.role in (Role.VICTIM, Role.TARGET) for actor in r.actors}
        if against & lost and not against & set(speaker.actors):
            hit = [replace(role, role=Role.TARGET) if role in foes else role for role in roles]
            return [*hit, ActorRole(clash, speaker.actors, speaker.name, Role.AGENT)]
    return roles


# Deeds that whoever announces them by these nouns has done: "أعلنت الفصائل قتل عشرة", not "مقتل عشرة".
_DONE = frozenset({"قتل", "قتلها", "قتله", "تحييد", "استهداف", "استهدافها", "استهدافه", "قصفها", "قصفه", "تدمير", "شن"})
_ANNOUNCES = ("اعلن", "تبن")
_ANNOUNCED_GAP = 2


def _announced_deed(mentions: Mentions, first: int, last: int, speaker: Speaker) -> Word | None:
    """The deed whose noun stands right behind whoever announces it, unless somebody else's name follows that."""
    verb = speaker.verb
    if verb is None or not mentions.tokens[verb.first].norm.removeprefix("و").startswith(_ANNOUNCES):
        return None
    for index in range(first, min(last, first + _ANNOUNCED_GAP)):
        word = mentions.words.get(index)
        if word is not None and mentions.tokens[index].norm in _DONE:
            other = mentions.words.get(word.last)
            kills = word.get("outcome") is not None
            return word if kills or other is None or other.get("actor") is None else None
    return None


def _own_deeds(mentions: Mentions, first: int, last: int, speaker: Speaker) -> Iterator[ActorRole]:
    """As in "قالت وزارة الدفاع التركية إنها استهدفت" and "إن قواته قصفت": "that" and its pronoun are one word."""
    announced = _announced_deed(mentions, first, last, speaker)
    if announced is not None:
        yield ActorRole(announced, speaker.actors, speaker.name, Role.AGENT)
        return
    for that in mentions.words_of(first, last, "that"):
        index = that.last
        if index < last and mentions.tokens[index].norm in mentions.vocabulary.grammar.owns:
            index += 1
        pronoun = mentions.tokens[that.last - 1].norm in mentions.vocabulary.grammar.owns
        deed = mentions.words.get(index) if index < last else None
        outcome = deed.get("outcome") if deed is not None else None
        kills = outcome is not None and outcome.side == "right" and "weak" not in outcome.flags  # "أنها قتلت"
        acts = kills or (deed is not None and deed.get("event", "verb") is not None)
        acts = acts or mentions.tokens[min(index, last - 1)].norm == "قصف"  # "أنه قصف": behind its subject, the verb
        if (pronoun or index > that.last) and acts:
            yield ActorRole(that, speaker.actors, speaker.name, Role.AGENT)
            return


def _is_listed(mentions: Mentions, word: Word) -> bool:
    """Whether an actor is the first that "including" names of a larger group."""
    return bool(mentions.words_of(max(0, word.first - _MEMBER_GAP), word.first, "include"))


def _holds_too(mentions: Mentions, left: Word, right: Word, between: Sequence[Word]) -> bool:
    """Whether fire comes from the ground of two: "من مناطق سيطرة النظام ومناطق سيطرة قسد"."""
    ground = mentions.words.get(left.first - 1)
    if ground is None or not ground.is_cue("by") or not between:
        return False
    joined = between[0].is_cue("join") or mentions.vocabulary.begins_with_join(mentions.tokens[left.last].norm)
    return joined and right.first - left.last <= _MEMBER_GAP and all(w.is_cue("join", "holder") for w in between)


# "Rebel groups including the powerful faction A".
_MEMBER_GAP = 4
_ALLY = frozenset({"ally", "allies", "backer", "backers"})


def _are_allies(mentions: Mentions, first: int, last: int) -> bool:
    """Whether "and its (main) ally" and nothing else stands between two actors: "by the regime and its ally Russia"."""
    word = mentions.words.get(first)
    if word is None or not word.is_cue("join") or not 1 < last - first <= _MEMBER_GAP:
        return False
    if mentions.tokens[first + 1].norm not in mentions.vocabulary.grammar.owns:
        return False
    gaps = (mentions.between(at, at + 1) for at in range(first, last))
    return mentions.tokens[last - 1].norm in _ALLY and all(gap == " " for gap in gaps)


def _spread_roles(mentions: Mentions, found: list[ActorRole]) -> list[ActorRole]:
    """Coordinated actors share their part: "Syrian and Russian warplanes", "by regime or Russian jets"."""
    roles = list(found)
    for at in range(len(roles) - 1, 0, -1):
        left, right = roles[at - 1], roles[at]
        between = list(mentions.words_in(left.word.last, right.word.first))
        attached = mentions.vocabulary.begins_with_join(mentions.tokens[right.word.first].norm)
        hyphen = mentions.between(right.word.first - 1, right.word.first) in ("-", "–", "/")  # "Syrian-Russian raids"
        attached = attached or (hyphen and mentions.vocabulary.grammar.cased_names)
        # "Rebel groups including the powerful A faction and its former affiliate B fired …".
        named = bool(between) and (between[0].is_cue("include") or _is_listed(mentions, left.word))
        if (
            right.role is Role.HOLDER
            and left.role is Role.AGENT
            and _holds_too(mentions, left.word, right.word, between)
        ):
            roles[at] = replace(right, role=Role.AGENT)
            continue
        close = (
            right.word.first - left.word.last <= (_MEMBER_GAP if named else 2)
            and all(word.is_cue("join", "include") for word in between)
            and (between or (attached and right.word.first == left.word.last))
        ) or _are_allies(mentions, left.word.last, right.word.first)
        if not close:
            continue
        if left.role is Role.OTHER or (right.role is Role.AGENT and left.role in (Role.VICTIM, Role.SPEAKER)):
            roles[at - 1] = ActorRole(left.word, left.actors, left.name, right.role, left.suspected, left.generic)
        elif right.role is Role.OTHER or (right.role is Role.TARGET and left.role is Role.AGENT and not between):
            roles[at] = ActorRole(right.word, right.actors, right.name, left.role, right.suspected, right.generic)
    return roles
