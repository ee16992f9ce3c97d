"""Making claims: clause by clause, who says how many of whom suffered what, by whose deed, where and when.

A `Statement` is what one clause tells. It holds figures (the casualty claims to be), the deed's type, the actors by
their part in the sentence, the places that can be its scene, its day, and who says so. Statements that tell of no
deed at all (plans, threats, diplomacy, tolls of a whole war) are marked and never become incidents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from msgspec.structs import replace

from claimatlas.clausedays import dates_of
from claimatlas.clauses import find_elided_tolls, split_clauses
from claimatlas.counts import Figure
from claimatlas.deeds import find_type
from claimatlas.doers import Role
from claimatlas.figures import find_figures, name_others
from claimatlas.marks import (
    counts_attacks,
    describes_side,
    drop_campaign,
    in_headline,
    is_bounded,
    is_definite,
    is_further,
    is_lasting,
    is_name,
    is_planned,
    is_possible,
    is_tally,
    kills_some,
    names_no_village,
    opens_story,
    read_marks,
    runs_on,
    spans_campaign,
)
from claimatlas.mentions import Mentions, Sentence, Zone
from claimatlas.model import Actor, Outcome
from claimatlas.placeroles import find_places
from claimatlas.roles import ActorRole, find_actors
from claimatlas.speakers import Speaker, find_speaker
from claimatlas.statements import (
    OUTLET,
    Statement,
    carry_campaign,
    carry_doer,
    carry_on,
    carry_sources,
    count_back,
    drop_sums_of_campaigns,
    join_sides,
)

# "In another district": elsewhere than what was told before.
_QUARTERS = ("neighbourhood", "town", "village")
# Behind the lead, a crowd without a day is a campaign's.
_CROWD, _THRONG, _LEAD_SENTENCES = 200, 500, 6
_OWN_SITES = {
    "SOHR": ("syriahr", "sohr"), "SNHR": ("snhr", "sn4hr"), "SANA": ("sana",), "SDF": ("sdf-press",),
    "White Helmets": ("syriacivildefence", "syriacivildefense", "whitehelmets"),
    "Hawar News Agency": ("hawarnews",), "North Press": ("npasyria",), "Enab Baladi": ("enabbaladi",),
    "Shaam Network": ("shaam",), "Euphrates Post": ("euphratespost",), "Al-Mayadeen": ("almayadeen",),
    "Al Jazeera": ("aljazeera",), "Syria TV": ("syria.tv",), "Orient News": ("orient-news",), "Reuters": ("reuters",),
    "Anadolu Agency": ("aa.com.tr",), "Horan Free League": ("horanfree",), "Nedaa al-Furat": ("furat-sy",),
    "Suwayda 24": ("suwayda24",), "Deir Ezzor 24": ("deirezzor24",), "Response Coordinators Group": ("sy-sic",),
    "Step News": ("stepagency",), "Jesr Press": ("jesrpress",), "Baladi News": ("baladi-news",),
    "Thiqa Agency": ("thiqa-agency",), "Zaytun Agency": ("zaitunagency",), "Qasioun": ("qasioun",),
    "Halab Today": ("halabtodaytv",), "Nahr Media": ("nahermedia",), "ANF": ("anfarabic", "anf-news"),
    "Ronahi": ("ronahi",), "Rudaw": ("rudaw", "rudawarabia"), "Kurdistan 24": ("kurdistan24",),
    "Al-Araby Al-Jadeed": ("alaraby",), "Zaman al-Wasl": ("zamanalwsl",), "Sham FM": ("shamfm",),
}  # fmt: skip
_VOICES = {"SANA": Actor.SYRIAN_GOVERNMENT, "SDF": Actor.SDF_YPG}
_QUOTE = re.compile(r"[\"“”«»]")
# A clause with one of these marks tells something without a deed, a doer or a figure.
_TELLING = frozenset({"denial", "none_killed", "none_injured"})


_GROUPS = frozenset({
    Actor.ISIS, Actor.HTS_NUSRA, Actor.OPPOSITION, Actor.SDF_YPG, Actor.TURKISH_BACKED_OPPOSITION, Actor.IRAN_ALLIES,
})  # fmt: skip


_MILITANTS = frozenset({Actor.ISIS, Actor.HTS_NUSRA})


@dataclass
class _Talk:
    """Who has spoken so far, to resolve "the group" and "he"."""

    outlet_names: frozenset[str]
    outlet_actors: tuple[Actor, ...]
    first_named: str | None = None
    last: Speaker | None = None
    names: dict[str, tuple[Actor, ...]] = field(default_factory=dict)
    spellings: dict[str, str] = field(default_factory=dict)
    last_group: ActorRole | None = None
    last_militants: ActorRole | None = None


def make_claims(mentions: Mentions) -> tuple[Statement, ...]:
    """Say what each clause of a report tells.

    Args:
        mentions: The report's mentions.

    Returns:
        Statements in order of the text; clauses that tell of no deed and no blame are left out.
    """
    own_names = _own_names(mentions)
    voices = tuple(sorted({_VOICES[name] for name in own_names if name in _VOICES}))
    talk = _Talk(own_names, voices, _first_named(mentions))
    statements: list[Statement] = []
    for number, sentence in enumerate(mentions.sentences):
        if sentence.zone is Zone.BOILERPLATE:
            continue
        sentence_speaker = find_speaker(mentions, sentence.first, sentence.last)
        found: list[Statement | None] = []
        for clause_number, (first, last) in enumerate(split_clauses(mentions, sentence)):
            ends = [*find_elided_tolls(mentions, first, last), last]
            clause = _read_clause(mentions, number, sentence, first, ends[0], sentence_speaker, talk, clause_number)
            found.append(clause)
            found += [_read_elided(mentions, clause, start, end) for start, end in pairwise(ends)]
        found = carry_doer(mentions, carry_on(found))
        found = carry_campaign(found)
        abroad = any("foreign" in s.marks for s in found if s is not None) and not any(
            "country" in s.marks for s in found if s is not None
        )
        statements.extend(replace(s, marks=s.marks | {"foreign"}) if abroad else s for s in found if s is not None)
    statements = carry_sources(mentions, count_back(mentions, statements))
    statements = drop_sums_of_campaigns(mentions, statements)
    join_sides(mentions, statements)
    if mentions.vocabulary.grammar.others_alike:
        name_others(figure for statement in statements for figure in statement.figures)
    return tuple(statements)


def _own_names(mentions: Mentions) -> frozenset[str]:
    """Claimants that are the outlet itself: what they say on their own site is said by the outlet."""
    where = f"{mentions.report.publisher or ''} {mentions.report.url or ''}".lower()
    host = where.split("/")[0] if "://" not in where else where
    return frozenset(
        name
        for name, sites in _OWN_SITES.items()
        if any(site in host and re.search(rf"(?<![a-z]){site}(?![a-z])", host) for site in sites)
    )


def _first_named(mentions: Mentions) -> str | None:
    """The first monitor or agency the report names: whom "a monitoring group said" in the lead means."""
    for word in mentions.words_of(0, len(mentions.tokens), "claimant"):
        claimant = word.get("claimant")
        if claimant is not None and "anaphor" not in claimant.flags and claimant.name in _MONITORS:
            return claimant.name
    return None


# ---------------------------------------------------------------------------------------------
# One clause
# ---------------------------------------------------------------------------------------------


def _read_elided(mentions: Mentions, clause: Statement | None, first: int, last: int) -> Statement | None:
    """What a toll without a verb tells: the deed, the day and the source are those of the clause in front of it."""
    number = mentions.numbers[first]
    told = [f for f in clause.figures if Outcome.KILLED in f.outcomes and not f.part] if clause is not None else []
    if clause is None or not told or mentions.words_of(told[-1].last, first, "include", "among"):
        return None  # "40 died, among them 15 in A and ten in B"
    figure = replace(
        told[-1], first=first, last=first + 1, start=number.start, end=number.end, min=number.min, max=number.max,
        named=False, article=False, together=False, additional=number.additional, bare=True, vague=number.vague,
    )  # fmt: skip
    places = tuple(find_places(mentions, first, last))
    marks = clause.marks | {"clause"}
    return replace(clause, first=first, last=last, figures=(figure,), deeds=(), means=(), places=places, marks=marks)


def _accuses_of_it(mentions: Mentions, actors: Sequence[ActorRole], marks: set[str], last: int) -> bool:
    """Whether somebody is accused without a word of what, which then is the deed just told ("X accused the army.")."""
    accused = [role.word.last for role in actors if role.role is Role.ACCUSED]
    if not accused or mentions.vocabulary.grammar.subject == "after":
        return False
    if max(accused) < last and mentions.words_of(max(accused), last, "partitive", "clause"):
        return False
    marks.add("definite")
    return True


def _speaks_of_another(mentions: Mentions, speaker: Speaker | None, until: int, last: int) -> bool:
    """Whether who speaks in a later clause only says what stands there ("…, while the Observatory said 12 died")."""
    if speaker is None or speaker.verb is None or speaker.first < until or speaker.verb.first < speaker.first:
        return False
    return bool(mentions.words_of(speaker.verb.last, last, "event", "outcome"))


def _read_clause(
    mentions: Mentions,
    number: int,
    sentence: Sentence,
    first: int,
    last: int,
    sentence_speaker: Speaker | None,
    talk: _Talk,
    clause_number: int,
) -> Statement | None:
    figures = find_figures(mentions, first, last)
    whole = (first, last) == (sentence.first, sentence.last)
    own_speaker = sentence_speaker if whole else find_speaker(mentions, first, last)
    speaker = own_speaker
    if speaker is None and not _speaks_of_another(mentions, sentence_speaker, last, sentence.last):
        speaker = sentence_speaker
    quoted = _is_quoted(mentions, sentence, figures)
    claimant, speaker_actors = _resolve_speaker(speaker, talk, quoted=quoted)
    known = replace(speaker, name=claimant, actors=speaker_actors) if speaker is not None else None
    actors = find_actors(mentions, first, last, figures, known)
    actors = [_named_militants(mentions, role, talk) for role in actors]
    deeds = [word for word in mentions.words_of(first, last, "event") if not describes_side(mentions, word, first)]
    marks = read_marks(mentions, first, last, figures)
    if "owned" in marks and talk.last_group is not None and not any(role.actors for role in actors):
        actors = [replace(talk.last_group, role=Role.OWNER)]  # "the group claimed responsibility"
    if any(role.role is Role.OWNER for role in actors):
        marks.add("owned")
    talk.last_militants = next(
        (r for r in reversed(actors) if set(r.actors) <= _MILITANTS and not r.generic), talk.last_militants
    )
    talk.last_group = next((r for r in reversed(actors) if set(r.actors) <= _GROUPS), talk.last_group)
    if clause_number:
        marks.add("clause")
    elif opens_story(mentions, sentence):
        marks.add("fresh")
    if speaker is not None:
        marks.add("sourced")
    if "conditional" in marks and not is_planned(mentions, first, last):
        marks.discard("conditional")
    if is_definite(mentions, deeds, first, last):
        marks.add("definite")
    tallied = bool(mentions.words_of(first, last, "tally"))
    if not (figures or deeds or actors or tallied or marks & _TELLING) or is_tally(mentions, sentence):
        return None
    if "toll" in mentions.text[mentions.tokens[first].start : mentions.tokens[last - 1].end]:
        marks.add("toll")
    since = mentions.words_of(first, last, "since")
    if any(spans_campaign(mentions, word, first) for word in since):
        marks.add("campaign")
    if any(word.last in mentions.dates for word in since):
        marks.add("since")
    sites = [w for w in mentions.words_of(first, last, "place") if any(w.get("place", kind) for kind in _QUARTERS)]
    if any(mentions.tokens[word.first - 1].norm == "another" for word in [*deeds, *sites] if word.first > first):
        marks.add("elsewhere")
    if names_no_village(mentions, first, last):
        marks.add("unnamed")
    opener = mentions.words.get(first)
    opened = opener is not None and opener.is_cue("also", "further") and mentions.vocabulary.grammar.subject == "before"
    if opened or any(is_further(mentions, word) for word in deeds if word.first > first):
        marks.add("further")
    if "goes_on" in marks and not is_bounded(mentions, actors, deeds, first, last):
        marks.add("campaign")
    if "country" in marks:
        marks.discard("foreign")
    if "unarmed" in marks and not deeds:
        marks.add("campaign")  # the dead of an earthquake or of the cold are nobody's deed
    if tallied:
        marks.add("campaign")  # "the number of drone attacks has risen to 37"
        figures = []
    if "campaign" in marks and (sentence.zone is Zone.TITLE or counts_attacks(mentions, first, last)):
        figures = []  # "11 killed in separate incidents", says a headline
    if any(f.some for f in figures) and not deeds and not any(at in mentions.names for at in range(first, last)):
        for figure in figures:
            # "14 of the dead were fighters", but "15 of the dead came in the strike on A".
            figure.part = figure.part or figure.some
    figures = drop_campaign([f for f in figures if not is_possible(mentions, f, first)], marks)
    if sentence.zone is Zone.BODY:
        figures = [f for f in figures if not in_headline(mentions, f, first, last)]
    if number > _LEAD_SENTENCES and not mentions.dates_in(first, last):
        # "The group has reported hundreds of civilians killed in operations against …"
        vague = any(f.vague for f in figures) and "definite" not in marks
        crowd = 0 if vague and is_lasting(mentions, first, last) else _CROWD
        figures = [f for f in figures if (f.min or f.max or 0) < (crowd if f.vague else _THRONG)]
    if not figures and kills_some(mentions, first, last):
        marks.add("kills")
    charges = [
        word for word in mentions.words_of(first, last, "reporting") if word.get("reporting", "accuse") is not None
    ]
    weak = all("weak" in e.flags for w in charges for e in w.entries if e.role == "accuse")
    if charges and not deeds and not figures and weak and not _accuses_of_it(mentions, actors, marks, last):
        return None  # accused of something else than a deed of violence
    if not (figures or deeds or actors or tallied or marks & _TELLING):
        return None  # what it counted is no figure of an event
    type_, weight = find_type(mentions, deeds, actors)
    date, said_date = dates_of(mentions, first, last, deeds, figures)
    if date is not None and runs_on(mentions, date):
        figures = []
        marks.add("campaign")
    return Statement(
        sentence=number,
        first=first,
        last=last,
        zone=sentence.zone,
        figures=tuple(figures),
        type=type_,
        type_weight=weight,
        deeds=tuple(deeds),
        means=tuple(word for word in deeds if word.get("event", "means") is not None),
        actors=tuple(actors),
        # "Abu al-Hassan al-Qurayshi was killed": a place that opens a victim's name is no place.
        places=tuple(
            place
            for place in find_places(mentions, first, last)
            if not any(f.first <= place.first and place.last <= f.last and is_name(f) for f in figures)
        ),
        date=date,
        said_date=said_date,
        claimant=claimant,
        speaker_actors=speaker_actors,
        marks=frozenset(marks),
    )


def _named_militants(mentions: Mentions, role: ActorRole, talk: _Talk) -> ActorRole:
    """Whom "the extremists" means: the group of theirs named before."""
    if not role.generic or talk.last_militants is None or role.word.first == 0:
        return role
    at = role.word.first - 1
    if at > 0 and mentions.tokens[at].norm.endswith("ing"):
        at -= 1  # "the attacking terrorists"
    if mentions.tokens[at].norm not in mentions.vocabulary.grammar.definite:
        return role
    return replace(role, actors=talk.last_militants.actors, generic=False)


# Shorter words between quotation marks are names and doubts ("de-escalation zone").
_QUOTED = re.compile(r"[\"“«][^\"“”«»]{30,}(?:[\"”»]|$)")


def _is_quoted(mentions: Mentions, sentence: Sentence, figures: Sequence[Figure]) -> bool:
    """Whether a sentence, or one of a clause's figures in it, stands in somebody's own words."""
    text = mentions.text[sentence.start : sentence.end]
    if _QUOTE.search(text[:2]) is not None:
        return True
    spans = [(sentence.start + m.start(), sentence.start + m.end()) for m in _QUOTED.finditer(text)]
    return any(start < figure.start and figure.end <= end for start, end in spans for figure in figures)


def _resolve_speaker(speaker: Speaker | None, talk: _Talk, *, quoted: bool) -> tuple[str, tuple[Actor, ...]]:
    """The claimant's name, with pronouns and "the group" put back to whoever they mean."""
    if speaker is None:
        if quoted and talk.last is not None:
            return talk.last.name, talk.last.actors
        return OUTLET, talk.outlet_actors
    if speaker.name:
        # "The Darb brigade" is the "Darb Brigade" of the headline.
        speaker = replace(speaker, name=talk.spellings.setdefault(speaker.name.casefold(), speaker.name))
        if not speaker.actors or speaker.verb is None or abs(speaker.verb.first - speaker.last) <= 2:
            talk.last = speaker
        talk.names.pop(speaker.name, None)
        talk.names[speaker.name] = speaker.actors  # the last one named stands last
        return (OUTLET if speaker.name in talk.outlet_names else speaker.name), speaker.actors
    if speaker.otherwise:
        forces = [name for name, who in talk.names.items() if who and _FORCES.search(name)]
        if forces and (talk.last is None or not talk.last.actors):
            # "The military" is the Turkish one where that has spoken.
            talk.last = replace(speaker, name=forces[-1], actors=talk.names[forces[-1]])
            return forces[-1], talk.last.actors
    if speaker.otherwise and (talk.last is None or not talk.last.actors):
        talk.last = replace(speaker, name=speaker.otherwise)
        return speaker.otherwise, speaker.actors
    if speaker.means == "activists":
        return speaker.means, ()  # "an activist group": not whoever spoke last
    meant = _meant(speaker, talk)
    if meant is None:
        return (speaker.means if speaker.means == "monitor" else OUTLET), ()
    return (OUTLET if meant.name in talk.outlet_names else meant.name), meant.actors


_FORCES = re.compile("army|military|defen[cs]e", re.IGNORECASE)
_MONITORS = frozenset({"SOHR", "SNHR", "Airwars"})


def _meant(speaker: Speaker, talk: _Talk) -> Speaker | None:
    """Whom "it", "the group" or "the source" means: the last one named that can be called so."""
    if speaker.means == "monitor":
        named = [name for name in talk.names if name in _MONITORS]
        name = named[-1] if named else talk.first_named
        return Speaker(name, speaker.first, speaker.last) if name is not None else talk.last
    if speaker.means in ("source", "official", "ministry"):
        said = [name for name in talk.names if speaker.means in name.lower()]
        if said:
            return Speaker(said[-1], speaker.first, speaker.last, talk.names[said[-1]])
    return talk.last
