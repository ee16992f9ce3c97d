"""Whom "he", "the group", "the source" and "the extremists" mean: somebody a report has named before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from claimatlas.claims.cast import ActorRole, Role
from claimatlas.claims.roles import STATES
from claimatlas.claims.sourcenames import Speaker
from claimatlas.mentions.document import Mentions, Sentence, Word
from claimatlas.model import OUTLET, Actor, Victims
from claimatlas.outlets import find_own_names, is_own_name, voices_of
from claimatlas.vocabulary import Entry

_FORCES = re.compile("army|military|defen[cs]e", re.IGNORECASE)
_MONITORS = frozenset({"SOHR", "SNHR", "Airwars"})
_MILITANTS = frozenset({Actor.ISIS, Actor.HTS_NUSRA})
_GROUPS = _MILITANTS | {Actor.OPPOSITION, Actor.SDF_YPG, Actor.TURKISH_BACKED_OPPOSITION, Actor.IRAN_ALLIES}
# By what people's name "the army" and "the defence ministry" are a state's.
_PEOPLES = {
    Actor.SYRIAN_GOVERNMENT: "Syrian", Actor.TURKEY: "Turkish", Actor.RUSSIA: "Russian", Actor.ISRAEL: "Israeli",
    Actor.JORDAN: "Jordanian", Actor.IRAQ: "Iraqi", Actor.US_LED_COALITION: "US",
}  # fmt: skip
_MINISTRIES = ("defence ministry", "defense ministry", "interior ministry")
# "Turkish-backed", "Israeli-occupied", "the Turkish border": no word of what that state did.
_NOT_OF_STATE = frozenset({"backed", "occupied", "held", "controlled", "allied", "border", "town", "city", "side"})
# "They had also shelled".
_THEY_GAP = 4
# "The centre said": no armed group.
_UNARMED = frozenset({"centre", "center", "agency", "network", "report", "letter", "organization", "organisation"})
# A name this near to "said" is whom it says it of; one further off may only be spoken about.
_MAX_GAP = 2


@dataclass(frozen=True)
class Claimant:
    """Who says what a clause says, once it is known whom "he" means.

    Attributes:
        name: The claimant; `outlet` when the report says it in its own voice.
        actors: Who that is, when it is an actor.
        beside: Who says it too.
    """

    name: str
    actors: tuple[Actor, ...] = ()
    beside: tuple[str, ...] = ()


@dataclass
class Discourse:
    """Whom a report has named so far; it grows from clause to clause.

    Attributes:
        mentions: The report's mentions.
        own_names: The claimants that the outlet itself is.
        own_actors: The actors that the outlet speaks for.
        first_monitor: The first monitor named anywhere: whom "a monitoring group said" in the lead means.
        last_speaker: Who spoke last.
        named: Who each claimant is; the one named last stands last.
        spellings: How each claimant was first spelt, by the name in small letters.
        last_group: The armed group named last, which claims responsibility as "the group".
        last_militants: The group named last that is called "the extremists".
        speaking_group: The armed group that a clause names in front of "the group said".
        states: The states that the sentence, or the last one that names any, speaks of, in order of the text.
        opener: The side that the sentence names first, for which "its spokesman" speaks.
        bereft: Those of them whose soldiers or airmen it tells of.
        fights_group: It also speaks of an armed group, which those states fight.
        last_statement: The body that spoke last, as bodies do in statements, and monitors and medics do not.
        last_doer: Who did what was told last, and in which sentence.
        in_quote: The sentence begins within somebody's words, which an earlier one of its line has opened.
        heard: Where the text ends that has been looked through for quotation marks.
    """

    mentions: Mentions
    own_names: frozenset[str]
    own_actors: tuple[Actor, ...]
    first_monitor: str | None = None
    last_speaker: Speaker | None = None
    named: dict[str, tuple[Actor, ...]] = field(default_factory=dict)
    spellings: dict[str, str] = field(default_factory=dict)
    last_group: ActorRole | None = None
    last_militants: ActorRole | None = None
    speaking_group: Speaker | None = None
    states: tuple[Actor, ...] = ()
    opener: Speaker | None = None
    bereft: tuple[Actor, ...] = ()
    fights_group: bool = False
    last_statement: Speaker | None = None
    last_doer: tuple[ActorRole, Sentence] | None = None
    in_quote: bool = False
    heard: int = 0

    @classmethod
    def of(cls, mentions: Mentions) -> Discourse:
        """The beginning of a report: nobody is named but the outlet."""
        own_names = find_own_names(mentions.report)
        return cls(mentions, own_names, voices_of(own_names), _first_monitor(mentions))

    def listen(self, mentions: Mentions, sentence: Sentence) -> None:
        """Take note of the sides that a sentence speaks of; it may go on with "the army" or "its spokesman"."""
        found: list[Actor] = []
        bereft: list[Actor] = []
        self.opener = None
        self.in_quote = goes_on_quoting(mentions.text[self.heard : sentence.start], within=self.in_quote)
        self.heard = sentence.start
        for word in mentions.words_of(sentence.first, sentence.last, "actor"):
            entry, claimant = word.get("actor"), word.get("claimant")
            anaphor = claimant is not None and "anaphor" in claimant.flags  # "the army" itself
            behind = mentions.tokens[word.last].norm if word.last < sentence.last else ""
            anaphor = anaphor or (entry is not None and "tied" in entry.flags)  # "the defence ministry"
            if entry is not None and not anaphor and behind not in _NOT_OF_STATE:
                found += entry.actors
                bereft += entry.actors if _tells_of_men(mentions, word) else ()
                if entry.name and self.opener is None:
                    self.opener = Speaker(entry.name, word.first, word.last, entry.actors)
        states = tuple(dict.fromkeys(actor for actor in found if actor in _PEOPLES))
        if states:
            self.states, self.fights_group = states, len(states) < len(set(found))
            self.bereft = tuple(actor for actor in states if actor in bereft)

    def resolve(self, speaker: Speaker | None, *, quoted: bool) -> Claimant:
        """Who a speaker is, with pronouns and "the group" put back to whoever they mean.

        Args:
            speaker: Who a clause says it has from; None when it does not say.
            quoted: The clause stands in somebody's own words.
        """
        last = self.last_speaker
        if speaker is None:
            if quoted and last is not None:
                return Claimant(last.name, last.actors)
            return Claimant(OUTLET, self.own_actors)
        if speaker.name.casefold() in _MINISTRIES:
            speaker = self._resolve_ministry(speaker)
        if speaker.name:
            return self._resolve_name(speaker)
        if speaker.otherwise:
            return self._resolve_force(speaker)
        if speaker.means == "activists":
            return Claimant(speaker.means)  # "an activist group": not whoever spoke last
        meant = self._meant(speaker)
        if meant is None:
            return Claimant(speaker.means if speaker.means == "monitor" else OUTLET)
        return Claimant(self._own_voice(meant.name), meant.actors, self._beside(speaker, meant.name))

    def name_militants(self, mentions: Mentions, role: ActorRole) -> ActorRole:
        """An actor, or the group named before where it is called "the extremists"."""
        if not role.generic or self.last_militants is None or role.word.first == 0:
            return role
        at = role.word.first - 1
        if at > 0 and mentions.tokens[at].norm.endswith("ing"):
            at -= 1  # "the attacking terrorists"
        if mentions.tokens[at].norm not in mentions.vocabulary.grammar.definite:
            return role
        return replace(role, actors=self.last_militants.actors, generic=False)

    def name_army(self, role: ActorRole) -> ActorRole:
        """An actor, or the foreign army where "the army" is that of a report which tells of no Syrian one."""
        if not role.word.is_cue("army"):
            return role
        told = list(_armies_before(self.mentions, role.word.first))
        if any(Actor.SYRIAN_GOVERNMENT in entry.actors for entry, _ in told):
            return role
        army = next((entry for entry, said in told if _GROUND_FORCES.search(said)), None)
        return replace(role, actors=army.actors, name=army.name) if army is not None else role

    def remember(self, actors: Sequence[ActorRole]) -> None:
        """Take note of a clause's actors, which the next one may call "the group"."""
        for role in actors:
            if set(role.actors) <= _MILITANTS and not role.generic:
                self.last_militants = role
            if set(role.actors) <= _GROUPS:
                self.last_group = role

    def doers_meant(self, sentence: Sentence, first: int, roles: Sequence[ActorRole]) -> list[ActorRole]:
        """Whom "they" at the head of a sentence means: who did what the sentence before it told.

        Args:
            sentence: The sentence.
            first: Index of the clause's first token.
            roles: The clause's actors.
        """
        mentions, doing = self.mentions, [role for role in roles if role.role is Role.AGENT]
        told = self.last_doer
        if doing:
            self.last_doer = (doing[0], sentence)
        if doing or told is None or first != sentence.first or mentions.tokens[first].norm != "they":
            return []
        doer, before = told
        verbs = mentions.words_of(first + 1, min(sentence.last, first + _THEY_GAP), "event")  # "they also shelled"
        acts = any(verb.get("event", "verb") is not None for verb in verbs)
        near = "\n" not in mentions.text[before.end : sentence.start]
        return [replace(doer, role=Role.AGENT)] if acts and near and not doer.generic else []

    def foresee(self, mentions: Mentions, speaker: Speaker | None, first: int) -> None:
        """Take note of whom a clause names in front of "the group said", where nobody has spoken before."""
        self.speaking_group = None
        if speaker is not None and speaker.means == "ministry":
            self.speaking_group = _ministry_before(mentions, speaker, first)
            return
        if speaker is None or speaker.means != "group" or self.last_speaker is not None:
            return
        if not _UNARMED.isdisjoint(
            token.norm.removesuffix("'s") for token in mentions.tokens[speaker.first : speaker.last]
        ):
            return
        for word in mentions.words_of(first, speaker.first, "actor"):
            entry = word.get("actor")
            if entry is not None and entry.actors and set(entry.actors) <= _GROUPS and "terrorists" not in entry.flags:
                self.speaking_group = Speaker(entry.name, speaker.first, speaker.last, entry.actors)
                return

    def _resolve_name(self, speaker: Speaker) -> Claimant:
        # "The Darb brigade" is the "Darb Brigade" of the headline.
        name = self.spellings.setdefault(speaker.name.casefold(), speaker.name)
        if not speaker.actors or speaker.verb is None or abs(speaker.verb.first - speaker.last) <= _MAX_GAP:
            self.last_speaker = replace(speaker, name=name)
            if speaker.actors and name not in _MONITORS:
                self.last_statement = self.last_speaker
        self.named.pop(name, None)
        self.named[name] = speaker.actors
        return Claimant(self._own_voice(name), speaker.actors, self._beside(speaker, name))

    def _beside(self, speaker: Speaker, name: str) -> tuple[str, ...]:
        """Who says it too, by name; not the outlet, which says all that it prints."""
        others = map(self._own_voice, speaker.beside)
        return tuple([other for other in others if other not in (name, OUTLET)]) if speaker.beside else ()

    def _resolve_force(self, speaker: Speaker) -> Claimant:
        """The army that has spoken ("the military" is then the Turkish one), else that of the state spoken of."""
        forces = [name for name, actors in self.named.items() if actors and _FORCES.search(name)]
        if forces:
            speaker = replace(speaker, name=forces[-1], actors=self.named[forces[-1]])
        else:
            state = self._state_speaking()
            home = state is Actor.SYRIAN_GOVERNMENT
            name = speaker.means if state is None else f"{_PEOPLES[state]} {speaker.means}"
            speaker = replace(speaker, name=speaker.otherwise if home else name, actors=(state,) if state else ())
        self.last_speaker = speaker
        return Claimant(speaker.name, speaker.actors)

    def _resolve_ministry(self, speaker: Speaker) -> Speaker:
        """The ministry named before ("the Turkish Defence Ministry"), else that of the state spoken of."""
        named = [name for name in self.named if _spelt(name).endswith(_spelt(speaker.name))]
        if named:
            return replace(speaker, name=named[-1], actors=self.named[named[-1]])
        state = self.states[0] if speaker.means == "own" and self.states else self._state_speaking()
        if state is None:
            return replace(speaker, actors=())  # of two, nobody says which
        return replace(speaker, name=f"{_PEOPLES[state]} {speaker.name}", actors=(state,))

    def _state_speaking(self) -> Actor | None:
        """Whose army or ministry speaks where no word says it; None where it may be either of two.

        A foreign power tells of its own soldiers and of the militants it killed; of people and soldiers that it killed
        the country's own does.
        """
        if self.bereft == self.states and len(self.bereft) == 1:
            return self.bereft[0]
        first, *others = self.states or (Actor.SYRIAN_GOVERNMENT,)
        if not others:
            return first if self.fights_group else Actor.SYRIAN_GOVERNMENT
        return Actor.SYRIAN_GOVERNMENT if Actor.SYRIAN_GOVERNMENT in others else None

    def _meant(self, speaker: Speaker) -> Speaker | None:
        """Whom "it", "the group" or "the source" means: the last one named that can be called so."""
        if speaker.means == "monitor":
            named = [name for name in self.named if name in _MONITORS]
            name = named[-1] if named else self.first_monitor
            return Speaker(name, speaker.first, speaker.last) if name is not None else self.last_speaker
        if speaker.means == "spokesman" and self.opener is not None and self.opener.first < speaker.first:
            return self.opener
        if self.mentions.tokens[speaker.last - 1].norm == "statement" and self.last_statement is not None:
            return self.last_statement  # the army's, whoever spoke since
        if speaker.means in ("source", "official", "ministry"):
            said = [name for name in self.named if speaker.means in name.lower()]
            if said:
                return Speaker(said[-1], speaker.first, speaker.last, self.named[said[-1]])
        return self.speaking_group or self.last_speaker

    def _own_voice(self, name: str) -> str:
        return OUTLET if name in self.own_names or is_own_name(self.mentions.report, name) else name


_QUOTE_MARKS = re.compile(r"[\"“”\n]")
# Shorter words behind a quotation mark are no speech, but a name whose closing mark is lost.
_SHORT_SPEECH = 30


def goes_on_quoting(heard: str, *, within: bool) -> bool:
    """Whether a quotation is open at the end of a stretch of text; none goes on past the end of a line.

    Args:
        heard: The text.
        within: One is open at its beginning.
    """
    opened = 0
    for mark in _QUOTE_MARKS.finditer(heard):
        within = mark[0] == "“" or (mark[0] == '"' and not within)
        opened = mark.end()
    return within and (not opened or len(heard) - opened > _SHORT_SPEECH)


def _ministry_before(mentions: Mentions, speaker: Speaker, first: int) -> Speaker | None:
    """The ministry that a clause names in front of "the ministry said": "members of the Defence Ministry were …"."""
    for word in reversed(mentions.words_of(first, speaker.first, "actor", "claimant")):
        entry = word.get("actor") or word.get("claimant")
        at = next((at for at in range(word.first, word.last) if mentions.tokens[at].norm == "ministry"), None)
        if entry is not None and at is not None and mentions.text[mentions.tokens[at].start].isupper():
            start = word.first + (mentions.tokens[word.first].norm in mentions.vocabulary.grammar.articles)
            name = mentions.text[mentions.tokens[start].start : mentions.tokens[word.last - 1].end]
            return Speaker(name, speaker.first, speaker.last, entry.actors)
    return None


def _tells_of_men(mentions: Mentions, side: Word) -> bool:
    """Whether a side is named for its men: "a Turkish soldier", "two Russian pilots", "Turkish soldiers"."""
    noun = mentions.words.get(side.last)
    victims = noun.get("victims") if noun is not None else None
    if victims is not None and victims.victims is Victims.COMBATANTS:
        return True
    near = [token.norm for token in mentions.tokens[side.last - 1 : side.last + 1]]
    return _SOLDIERS.search(" ".join(near)) is not None


_SOLDIERS = re.compile("soldier|troop|pilot|airm[ae]n|marine")


def _spelt(name: str) -> str:
    return name.casefold().replace("defense", "defence")


# So many tokens back, a few sentences, whose men or arms a report told of says whose "the army" is.
_ARMY_REACH = 80
_GROUND_FORCES = re.compile(r"army|military|forces|troops|soldiers?\b|tanks?\b|gendarme", re.IGNORECASE)
_ARMED = frozenset({"victims", "event"})


def _armies_before(mentions: Mentions, index: int) -> Iterator[tuple[Entry, str]]:
    """The states whose men or arms were told of in front of a token, the nearest first, with the words that did.

    That is "a Turkish soldier", "Israeli jets", "the US military"; "the army" says nothing of whose it is.
    """
    for word in reversed(mentions.words_of(max(0, index - _ARMY_REACH), index, "actor")):
        actor = word.get("actor")
        if actor is None or not actor.actors or not STATES.issuperset(actor.actors) or word.is_cue("army"):
            continue
        if "tied" in actor.flags:
            continue
        following = mentions.words.get(word.last) if word.last < index else None
        armed = following is not None and not following.entries.keys.isdisjoint(_ARMED)
        end = following.last if following is not None and armed else min(word.last + 1, index)
        said = mentions.text[mentions.tokens[word.first].start : mentions.tokens[end - 1].end]
        if armed or _GROUND_FORCES.search(said):
            yield actor, said


def _first_monitor(mentions: Mentions) -> str | None:
    for word in mentions.words_of(0, len(mentions.tokens), "claimant"):
        claimant = word.get("claimant")
        if claimant is not None and "anaphor" not in claimant.flags and claimant.name in _MONITORS:
            return claimant.name
    return None
