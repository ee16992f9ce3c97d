"""Which places of the gazetteer the names in a report mean.

All names of a report are read together: a governorate named once tells which of five villages of one name is meant.
"""

from __future__ import annotations

import dataclasses
import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from claimatlas.claims.cast import PlaceRole
from claimatlas.claims.placeroles import CAPITAL_ID, find_places
from claimatlas.claims.statements import Statement
from claimatlas.gazetteer.entries import AREAS
from claimatlas.geocode import locate
from claimatlas.geocode.candidates import Context
from claimatlas.geocode.descriptions import Segment, read_relation, say_relation
from claimatlas.geocode.relations import compass, place_precision, relate
from claimatlas.geodesy import distance_km
from claimatlas.incidents.landmarks import LANDMARK_KM, apart, governorates_of, landmark_of
from claimatlas.incidents.scenes import (
    AREA_LEVEL,
    BESIDE_AREA_KM,
    GOVERNORATE_LEVEL,
    LEVELS,
    SETTLEMENT_LEVEL,
    TOLD_WEIGHT,
    Scene,
    finest,
    is_capital,
)
from claimatlas.mentions.document import Mentions, Sentence, Zone
from claimatlas.model import GOVERNORATES, Candidate, Location, Place, Precision
from claimatlas.names.keys import text_key

if TYPE_CHECKING:
    from claimatlas.gazetteer import Gazetteer
    from claimatlas.reference import Reference

# Reporters put villages this near to a governorate's line on the wrong side of it, in km.
_BORDER_KM = 20.0
# A region this small is as good a place as a town; one this large lies in several governorates. In km.
_SMALL_REGION_KM, _LARGE_REGION_KM = 15.0, 70.0
# "The city" and "the area" mean a place named this many sentences before, at most.
_LOOK_BACK = 3
# A village "in the countryside of" a town lies no further from it than this, in km; one that does is another village.
_BESIDE_KM = 45.0
_BESIDE_TOKENS = 6
# A statement that names this many governorates tells of each name which one it goes with.
_SEVERAL = 2
# A village of a name that several have, told with a town or an area further away than this, is one more of them.
_ELSEWHERE_KM, _ELSEWHERE_TOKENS = 75.0, 4
# Of villages of one name that fit nearly as well as one another, this far apart (km), none is the one meant.
_NAMESAKE_KM, _CLEAR_FIT = 12.0, 0.1
# What is put at the town next to it lies within this many metres of it in two of three cases.
_BESIDE_RADIUS_M, _BESIDE_SCORE = 15_000, 0.66
# What is said of how a deed lies to a place stands right in front of it, within this many characters.
_RELATION_REACH = 48
_OTHER_WORDS = re.compile(
    r"[.,;:!?()\[\]\n،؛؟\"“”«»]|\s[-–—]\s|\s(?:in|inside|within|at|on|by|from|into|against|في|داخل|ضمن)\s",
    re.IGNORECASE,
)
_COUNTRYSIDE_BEHIND = re.compile(
    r"(?:['’]s?)?(?:\s+\w+ern)?\s+(?:countryside|hinterland|suburbs|outskirts)\b", re.IGNORECASE
)
# So many of the places a name may mean, beside the one it does, are kept.
_REJECTED = 5
# The larger a settlement, the more often its name means it; administrative areas are rarely meant.
_KIND_FIT = {"city": 2.5, "town": 1.0, "region": 0.5, "subdistrict": -1.0, "district": -1.0}


class Scenes:
    """The places of one report, read together."""

    def __init__(self, mentions: Mentions, statements: Sequence[Statement], reference: Reference) -> None:
        """Read all place names of the statements.

        Args:
            mentions: The report's mentions.
            statements: What its clauses tell.
            reference: Gazetteer and layers.
        """
        self._mentions = mentions
        self._reference = reference
        self._place = reference.gazetteer.place
        self._votes = self._count_votes()
        self._n_votes = sum(self._votes.values())
        self._landmarks = self._find_landmarks()
        self._landmarks_near: dict[str, list[int]] = {}
        self._known: dict[tuple[int, int], Scene | None] = {}
        self._fitting: dict[tuple[object, ...], list[float]] = {}
        self._by_sentence: dict[int, list[Scene]] = {}
        self._meant_otherwise: dict[tuple[str, ...], Scene] = {}
        self._told_in: dict[tuple[str, ...], Place] = {}  # which of its namesakes a village is, by its governorate told
        self._by_statement: dict[int, tuple[Scene, ...]] = {}
        self._said: dict[tuple[int, int], Segment | None] = {}  # asked again for every event that shares a place
        label: str | None = None
        told: str | None = None
        for statement in statements:
            if not statement.places:
                self._by_statement[id(statement)] = ()
                continue
            label = self._label(statement) or label
            named = self._governorates_told(statement)
            scope = (
                named[0][1] if named else label or (told if self.speaks_of_it(statement, ("governorate",)) else None)
            )
            told = named[0][1] if named else told
            read = (self._read(role, self._nearest(role, named) or scope) for role in statement.places)
            scenes = [scene for scene in read if scene is not None and scene.role.event]
            self._by_statement[id(statement)] = tuple(_set_back(_lend_governorates(scenes, scope)))

    def of(self, statement: Statement) -> tuple[Scene, ...]:
        """The places that a statement's deed can have happened at, in order of the text."""
        return self._by_statement[id(statement)]

    def rank(self, scenes: Iterable[Scene], groups: Sequence[Sequence[Scene]]) -> list[Scene]:
        """The places of one event, the most specific first, each once, with its location.

        Args:
            scenes: All places of the event's statements.
            groups: The same, statement by statement.
        """
        unique: list[Scene] = []
        for scene in _one_capital(scenes):
            at = next((i for i, other in enumerate(unique) if scene.same(other)), None)
            if at is None:
                unique.append(scene)
            elif scene.role.weight > unique[at].role.weight:
                unique[at] = scene
        best_weight = max((scene.role.weight for scene in unique), default=0)
        if best_weight >= TOLD_WEIGHT:
            unique = [scene for scene in unique if scene.role.weight >= 1]
        if len(unique) < 2:  # as mostly
            return [self._locate(scene, unique) for scene in unique]
        first = next((finest(group) for group in groups if any(scene.is_specific for scene in group)), [])
        ordered = sorted(
            unique,
            key=lambda scene: (
                not scene.is_specific,
                scene.is_specific and bool(first) and _is_aside(scene, first),
                _exactness(scene, unique),
            ),
        )
        located = [self._locate(scene, ordered) for scene in ordered]
        if located[0].location is None and located[0].is_specific:
            located[0] = self._put_beside(located[0], located)
        elif located[0].place is not None and located[0].level <= SETTLEMENT_LEVEL:
            beside = [other for other in located[1:] if _is_elsewhere(located[0], other)]
            if beside:
                located[0] = self._put_beside(replace(located[0], place=None, governorate_told=True), beside)
        return located

    def _put_beside(self, scene: Scene, others: Sequence[Scene]) -> Scene:
        """A place in no gazetteer, put where the town is that stands next to it in the text."""
        known = [
            other
            for other in others
            if other.location is not None
            and other.level < GOVERNORATE_LEVEL
            and (other.place is None or other.place.radius_km <= BESIDE_AREA_KM)
        ]
        if not known:
            return scene
        town = min(known, key=lambda other: abs(other.role.first - scene.role.first))
        assert town.location is not None
        location = dataclasses.replace(
            town.location,
            precision=Precision.SUBDISTRICT,
            radius_m=max(town.location.radius_m, _BESIDE_RADIUS_M),
            score=round(town.location.score * _BESIDE_SCORE, 4),
            reason=f"No {scene.name} near it is in the gazetteer; the point is that of {town.name}, named next to it.",
        )
        return replace(scene, location=location, governorate=town.governorate)

    def fallback(self, sentence_number: int, *, until: int = 0, towns: bool = False) -> list[Scene]:
        """Where an event without a place of its own is most likely ("another area of the city").

        That is the last place named shortly before, else the first one the report names, in the title or after.
        A place that the words around it do not tie to any event still tells the governorate.

        Args:
            sentence_number: Index of the sentence that first tells the event.
            until: Index of the token before which the places of that sentence are looked for first.
            towns: Whether it is a whole town ("the city"), and none of its quarters.
        """
        sentences = self._mentions.sentences
        before = range(sentence_number, max(-1, sentence_number - _LOOK_BACK - 1), -1)
        for number in [*before, *range(len(sentences))]:
            sentence = sentences[number]
            known = self._known_in(sentence) if sentence.zone is not Zone.BOILERPLATE else []
            if number == sentence_number and until:
                known = [scene for scene in known if scene.role.first < until]
            known = [s for s in known if s.place is not None and s.place.kind in ("city", "town")] if towns else known
            if known:
                return known
        return []

    def _known_in(self, sentence: Sentence) -> list[Scene]:
        """The places of the gazetteer that a sentence names, and that its deed can have happened at."""
        known = self._by_sentence.get(sentence.first)
        if known is None:
            roles = find_places(self._mentions, sentence.first, sentence.last)
            scope = next((g for g in map(self._governorate_named, roles) if g is not None), None)
            scenes = [self._read(role, scope) for role in roles if role.event]
            known = [scene for scene in scenes if scene is not None and scene.place is not None]
            self._by_sentence[sentence.first] = known
        return known

    # -- reading ---------------------------------------------------------------------------------

    def _count_votes(self) -> Counter[str]:
        """How often the report's names speak of each governorate."""
        votes: Counter[str] = Counter()
        seen: set[int] = set()
        sentences = (s for s in self._mentions.sentences if s.zone is Zone.BOILERPLATE)
        boilerplate = {index for sentence in sentences for index in range(sentence.first, sentence.last)}
        for index, hit in self._mentions.names.items():
            if id(hit) in seen or index in boilerplate:
                continue
            seen.add(id(hit))
            votes.update(governorates_of(self._reference.gazetteer, hit.place_ids, hit.strong))
        return votes

    def _find_landmarks(self) -> list[tuple[int, Place]]:
        """The towns and areas that the report names beyond doubt, each with the index of its token."""
        landmarks: list[tuple[int, Place]] = []
        for index, hit in self._mentions.names.items():
            if not hit.strong or (landmarks and landmarks[-1][0] == index - 1):
                continue
            landmark = landmark_of(self._reference.gazetteer, hit.place_ids)
            if landmark is not None:
                landmarks.append((index, landmark))
        return landmarks

    def _label(self, statement: Statement) -> str | None:
        """The governorate that a round-up's label names ("Idlib: …"), which holds up to the next one."""
        role = next(iter(statement.places), None)
        if role is None or role.kind != "governorate" or role.first != statement.first:
            return None
        opens = role.last < statement.last and self._mentions.between(role.last - 1, role.last).startswith(":")
        return self._governorate_named(role) if opens else None

    def _governorates_told(self, statement: Statement) -> list[tuple[PlaceRole, str]]:
        """The governorates a statement names for its deed: no home ("a man from Homs"), and a dateline only alone."""
        named = [
            (role, governorate)
            for role in statement.places
            if role.event and (governorate := self._governorate_named(role)) is not None
        ]
        return [told for told in named if told[0].weight or told[0].first > statement.first] or named

    def _nearest(self, role: PlaceRole, named: Sequence[tuple[PlaceRole, str]]) -> str | None:
        """Of several governorates of one statement the one a name goes with: "X in Hama", else the last one before."""
        if len(named) < _SEVERAL:
            return None
        behind = next((told for told in named if told[0].first >= role.last), None)
        if behind is not None and self._puts_by(role.last, behind[0].first):
            return behind[1]
        return next((governorate for other, governorate in reversed(named) if other.first <= role.first), None)

    def _puts_by(self, last: int, first: int) -> bool:
        """Whether the words between two names put the one by the other ("the Sinaa quarter in Qamishli")."""
        between = self._mentions.words_in(last, first)
        near = first - last <= _BESIDE_TOKENS
        return near and all(word.get("place") is not None or word.is_cue("partitive", "join") for word in between)

    def speaks_of_it(self, statement: Statement, kinds: Collection[str]) -> bool:
        """Whether a statement goes on with a place of some kind named before ("in the west of the province")."""
        tokens, definite = self._mentions.tokens, self._mentions.vocabulary.grammar.definite
        words = self._mentions.words_of(statement.first, statement.last, "place")
        return any(
            word.first > statement.first and tokens[word.first - 1].norm in (*definite, "same")
            for word in words
            if not word.entries.places.isdisjoint(kinds)
        )

    def _governorate_named(self, role: PlaceRole) -> str | None:
        return _governorate_of_name(self._reference.gazetteer, role.ids)

    def _read(self, role: PlaceRole, scope: str | None) -> Scene | None:
        key = (role.first, role.last)
        if key not in self._known:
            alike = self._read_before(role)
            scene = replace(alike, role=role) if alike is not None else self._resolve(role, scope)
            self._known[key] = scene
            place = scene.place if scene is not None and scope is not None and len(role.ids) > 1 else None
            if place is not None and place.governorate == scope and place.kind in ("village", "hamlet"):
                self._told_in.setdefault(role.ids, place)
            if scene is not None and role.kind != "feature" and (scene.place is None or scene.place.id not in role.ids):
                self._meant_otherwise.setdefault(role.ids, scene)
        return self._known[key]

    def _read_before(self, role: PlaceRole) -> Scene | None:
        """What a village's name meant where the report told it first, with a town beside it that tells which one.

        Only where that is none of the places of this very name: told again, alone, it would be taken for one of them.
        """
        if not role.ids or role.kind == "feature":  # "Deir Ezzor airbase" is not what "Deir Ezzor" means
            return None
        return self._meant_otherwise.get(role.ids)

    def _resolve(self, role: PlaceRole, scope: str | None) -> Scene | None:
        if not role.ids:
            level = SETTLEMENT_LEVEL if role.kind != "neighbourhood" else SETTLEMENT_LEVEL - 1
            return Scene(role, None, scope or self._main_governorate(), level, governorate_told=scope is not None)
        told = self._told_in.get(role.ids)
        again = told is not None and (self._lies_in(told, scope) if scope is not None else role.kind == "village")
        places = [told] if told is not None and again else [self._place(place_id) for place_id in role.ids]
        if places[0].kind == "region" and places[0].radius_km > _LARGE_REGION_KM:
            return Scene(role, places[0], None, GOVERNORATE_LEVEL)  # wherever in "northern Syria" something else lies
        if role.kind == "feature" and role.name[-1].islower():
            site = _locate_once(role.name, self._reference.gazetteer, Context(governorate=scope))
            if site is not None and site.place is not None and site.place.kind not in ("village", "city", "town"):
                return Scene(role, site.place, site.governorate, SETTLEMENT_LEVEL)
        if scope is not None and not any(self._lies_in(place, scope) for place in places):
            located = _locate_once(
                role.name, self._reference.gazetteer, Context(governorate=scope, kind=role.kind or None)
            )
            if located is not None and located.place is not None and located.governorate == scope:
                places = [located.place]
            elif all(p.kind in ("village", "hamlet", "neighbourhood") for p in places) and role.kind != "governorate":
                # No village of this name lies in the governorate that the sentence names: it is one we do not know.
                return Scene(role, None, scope, SETTLEMENT_LEVEL, governorate_told=True)
        if scope is not None:
            places = [place for place in places if self._lies_in(place, scope)] or places
        fits = [*zip(self._fits(places, role, scope), places, strict=True)] if len(places) > 1 else [(0.0, places[0])]
        fit, place = max(fits, key=lambda item: (item[0], item[1].id))
        if place.kind == "country":
            return None
        rivals = _rivals(place, [other for other_fit, other in fits if other_fit > fit - _CLEAR_FIT])
        if rivals:
            governorates = {rival.governorate for rival in (place, *rivals)}
            only = place.governorate if len(governorates) == 1 else scope or self._main_governorate()
            return Scene(role, None, only, SETTLEMENT_LEVEL)
        town = self._town_beside(role)
        reach = _BESIDE_KM if not any(p.id.startswith("ca:") for p in places) else 2 * _BESIDE_KM
        if town is not None and all(apart(town, p) > reach for p in places):
            return Scene(role, None, town.governorate, SETTLEMENT_LEVEL)
        level = LEVELS.get(place.kind, SETTLEMENT_LEVEL)
        if place.kind in ("region", "district") and place.radius_km <= _SMALL_REGION_KM:
            level = LEVELS["subdistrict"]
        if role.kind in ("governorate", "countryside") and place.kind == "city" and is_capital(place):
            level = GOVERNORATE_LEVEL
        # "East of Damascus", "Damascus countryside": the capital's own governorate ends where its houses do.
        if place.id == CAPITAL_ID and (role.relation or role.kind in ("countryside", "governorate")):
            return Scene(role, place, "Rural Damascus", AREA_LEVEL)
        if place.kind == "neighbourhood":
            level = SETTLEMENT_LEVEL - 1
        return Scene(role, place, place.governorate, level)

    def _lies_in(self, place: Place, governorate: str) -> bool:
        """Whether a place lies in a governorate, or so near that reporters may well put it there."""
        if place.governorate is None or _same_governorate(place.governorate, governorate):
            return True
        if place.kind == "neighbourhood":
            return False  # nobody takes a city for that of the next governorate
        if self._reference.gazetteer.km_to_governorate(place, governorate) <= _BORDER_KM:
            return True
        if not place.id.startswith("ca:"):
            return False
        circle = self._reference.layers.governorate_circle(governorate)
        return distance_km(place.latitude, place.longitude, circle.latitude, circle.longitude) <= circle.radius_km

    def _fits(self, places: Sequence[Place], role: PlaceRole, scope: str | None) -> list[float]:
        """How well each place fits what the report says around a name: asked for each of its mentions and events."""
        near = len(role.ids) > 1 and not any(self._place(place_id).kind == "city" for place_id in role.ids)
        asked = (role.ids, role.name, role.kind, scope, len(places), (role.first, role.last) if near else None)
        if asked not in self._fitting:
            self._fitting[asked] = [*self._weigh(places, role, scope, near=near)]
        return self._fitting[asked]

    def _weigh(self, places: Sequence[Place], role: PlaceRole, scope: str | None, *, near: bool) -> Iterator[float]:
        several = len(role.ids) > 1
        key = text_key(role.name) if several else ""
        for place in places:
            fit = self._fit(place, role, scope, self._nearness(place, role) if near else 0.0)
            # A strong name is one that reports mean a place by without more words.
            yield fit + 0.5 if several and key in self._reference.gazetteer.strong_keys(place.id) else fit

    def _fit(self, place: Place, role: PlaceRole, scope: str | None, nearness: float) -> float:
        fit, kind, governorate = 0.0, place.kind, place.governorate
        if governorate is not None:
            if scope is not None and _same_governorate(governorate, scope):
                fit += 3.0
            if self._n_votes:
                fit += 2.0 * self._votes[governorate] / self._n_votes
        fit += nearness
        if role.kind == "governorate":
            fit += 4.0 if kind == "governorate" else 0.0
        elif kind == "governorate":
            fit -= 1.0
        if role.kind:
            if role.kind == kind:
                fit += 1.5
            if role.kind == "village" and kind == "city":
                fit -= 2.0
            if role.kind == "neighbourhood" and kind in ("neighbourhood", "district"):
                fit += 1.0
        fit += _KIND_FIT.get(kind, 0.0)
        if place.id.startswith("ca:") and kind != "hamlet":
            fit += 1.0  # chosen because reports name it
        return fit

    def _town_beside(self, role: PlaceRole) -> Place | None:
        """The town that the words right behind a name put it by ("the Sinaa quarter in Qamishli"), if they do."""
        if any(LEVELS.get(self._place(i).kind, SETTLEMENT_LEVEL) > SETTLEMENT_LEVEL for i in role.ids):
            return None
        behind = bisect_left(self._landmarks, role.last, key=itemgetter(0))
        for index, landmark in self._landmarks[behind : behind + _BESIDE_TOKENS + 1]:
            if not is_capital(landmark) and self._puts_by(role.last, index):
                return landmark
        return None

    def _nearness(self, place: Place, role: PlaceRole) -> float:
        """How well a place lies to the towns named around it: most for the ones named next to it."""
        near = self._landmarks_near.get(place.id)
        if near is None:
            near = [index for index, landmark in self._landmarks if apart(place, landmark) <= LANDMARK_KM]
            self._landmarks_near[place.id] = near
        before, behind = bisect_left(near, role.first), bisect_left(near, role.last)
        gaps = [role.first - near[before - 1]] if before else []
        if behind < len(near):
            gaps.append(near[behind] - role.last)
        gap = min(gaps, default=None)
        return 0.0 if gap is None else 3.0 if gap <= 8 else 1.5 if gap <= 40 else 0.5

    def _main_governorate(self) -> str | None:
        return max(self._votes, key=self._votes.__getitem__) if self._votes else None

    # -- locating --------------------------------------------------------------------------------

    def _locate(self, scene: Scene, others: Sequence[Scene]) -> Scene:
        if scene.place is None and scene.role.ids:
            return scene  # the places of this name all lie elsewhere
        span = (scene.role.first, scene.role.last)
        if span not in self._said:
            self._said[span] = self._said_of(scene.role)
        said = self._said[span]
        if said is not None and (scene.place is None or scene.place.kind not in AREAS):
            scene = replace(scene, relation=say_relation(said))
        if scene.place is not None:
            return self._at(scene, scene.place, said if scene.relation else None)
        nearby = tuple(
            (other.place.latitude, other.place.longitude)
            for other in others
            if other is not scene and other.place is not None and other.level < GOVERNORATE_LEVEL
        )[:4]
        context = Context(
            governorate=scene.governorate, nearby=nearby, kind=scene.role.kind or None, relation=scene.role.relation,
            lang=self._mentions.report.lang,
        )  # fmt: skip
        location = _locate_once(scene.name, self._reference.gazetteer, context)
        if location is None:
            return scene
        return replace(scene, location=location, governorate=location.governorate or scene.governorate)

    def _at(self, scene: Scene, place: Place, said: Segment | None) -> Scene:
        """A scene at a place, near it, beyond it or around it, as docs/places.md counts that."""
        if said is None:
            return replace(scene, location=self._location(scene, place))
        if said.relation == "countryside" and is_capital(place) and place.id != CAPITAL_ID:
            wide = self._part_of(scene, place, said.bearing) or self.widen(scene)
            if wide is not scene:
                return wide
        location = self._location(scene, place)
        latitude, longitude, precision, radius_km, words = relate(place, said.relation, said.bearing, said.km)
        reason = f"{words}{location.reason}"
        located = dataclasses.replace(
            location, latitude=round(latitude, 6), longitude=round(longitude, 6), precision=precision,
            radius_m=int(radius_km * 1000), reason=reason[:1].upper() + reason[1:],
        )  # fmt: skip
        return replace(scene, location=located)

    def _said_of(self, role: PlaceRole) -> Segment | None:
        """How the deed lies to a place that the report names only to say so: "5 km south of X", "rural X"."""
        text, tokens = self._mentions.text, self._mentions.tokens
        start, end = tokens[role.first].start, tokens[role.last - 1].end
        before = _OTHER_WORDS.split(text[max(0, start - _RELATION_REACH) : start])[-1]
        named = _COUNTRYSIDE_BEHIND.match(text, end)
        if named is None and not before.strip():
            return None
        return read_relation(before + text[start : named.end() if named is not None else end], role.name)

    def _part_of(self, scene: Scene, capital: Place, bearing: float | None) -> Scene | None:
        """The part of a governorate called by its capital and a direction: "the eastern countryside of Hama"."""
        if bearing is None:
            return None
        part = f"{compass(bearing).title()}ern {capital.name} countryside"
        hit = next((h for h in self._reference.gazetteer.find_names(part, "en") if h.end - h.start == len(part)), None)
        if hit is None:
            return None
        # The city of the name, and what else may be called so, are not what "the northern countryside" means.
        location = dataclasses.replace(self._location(scene, self._place(hit.place_ids[0])), rejected=())
        return replace(scene, location=location)

    def widen(self, scene: Scene) -> Scene:
        """The governorate of a name that a city and its governorate share; other names stay what they are.

        "A village in Hasakah" names no village: the city's point would say more than the report does.
        """
        if scene.place is None or scene.place.kind != "city":
            return scene
        areas = [self._place(place_id) for place_id in scene.role.ids]
        area = next((place for place in areas if place.kind == "governorate"), None)
        if area is None:
            return scene
        location = self._location(scene, area)
        # Whichever place of the name is meant, one that lies in the governorate bears it out.
        inside = [rival for rival in location.rejected if rival.place.governorate == area.governorate]
        score = round(min(1.0, location.score + sum(rival.score for rival in inside)), 4)
        elsewhere = tuple(rival for rival in location.rejected if rival not in inside)
        location = dataclasses.replace(location, score=score, rejected=elsewhere)
        return replace(scene, place=area, level=GOVERNORATE_LEVEL, location=location)

    def _location(self, scene: Scene, place: Place) -> Location:
        """The location of a place that the report's words have already chosen among those of its name."""
        ids = scene.role.ids if scene.role.ids != (place.id,) else ()
        fits = self._fits([*map(self._place, ids)], scene.role, scene.governorate) if ids else ()
        return _location_among(self._reference.gazetteer, place.id, scene.name, ids, tuple(fits))


# Reports name the same towns over and over.
@lru_cache(maxsize=2048)
def _location_among(
    gazetteer: Gazetteer, place_id: str, name: str, ids: tuple[str, ...], fits: tuple[float, ...]
) -> Location:
    """The location of a place, chosen among all of its name by how well each fits."""
    place = gazetteer.place(place_id)
    weights = dict(zip(ids, map(math.exp, fits), strict=True))
    total = sum(weights.values()) or 1.0
    scores = [(-round(weight / total, 4), other) for other, weight in weights.items() if other != place.id]
    rejected = [Candidate(gazetteer.place(other), name, -score) for score, other in sorted(scores)[:_REJECTED]]
    where = f", {place.governorate}" if place.governorate else ""
    return Location(
        latitude=place.latitude, longitude=place.longitude, precision=place_precision(place),
        radius_m=int(place.radius_km * 1000), score=round(weights.get(place.id, total) / total, 4), place=place,
        matched_name=name, governorate=place.governorate,
        reason=f"{place.name} ({place.kind}{where}): the name as written, and what the report says around it.",
        rejected=tuple(rejected),
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _governorate_of_name(gazetteer: Gazetteer, place_ids: tuple[str, ...]) -> str | None:
    """The governorate that a name can stand for: it is one, or its capital, or a small region of it."""
    for place in map(gazetteer.place, place_ids):
        small = place.kind == "region" and place.radius_km <= BESIDE_AREA_KM
        capital = place.kind == "city" and is_capital(place)
        if place.kind == "governorate" or ((small or capital) and place.governorate in GOVERNORATES):
            return place.governorate
    return None


def _rivals(best: Place, fitting: Iterable[Place]) -> list[Place]:
    """Villages of the same name elsewhere, among those that fit what the report says as well as the best one does."""
    if LEVELS.get(best.kind, SETTLEMENT_LEVEL) != SETTLEMENT_LEVEL:
        return []
    return [place for place in fitting if apart(best, place) > _NAMESAKE_KM]


def _exactness(scene: Scene, others: Iterable[Scene]) -> int:
    """How exact a place of an event is; a quarter is more so than its own town, not than villages elsewhere."""
    towns = (other for other in others if other.level == SETTLEMENT_LEVEL)
    if scene.level < SETTLEMENT_LEVEL and not any(town.holds(scene) for town in towns):
        return SETTLEMENT_LEVEL
    return min(scene.level, GOVERNORATE_LEVEL)


def _same_governorate(one: str, other: str) -> bool:
    """Whether two governorates are one in reporters' use: "Damascus province" is Rural Damascus."""
    return one == other or (one.endswith("Damascus") and other.endswith("Damascus"))


def _one_capital(scenes: Iterable[Scene]) -> list[Scene]:
    """Without "Homs" the city where the report also says that "Homs" is meant as the governorate."""
    listed = list(scenes)
    areas = {s.governorate for s in listed if s.level == GOVERNORATE_LEVEL}
    if not areas:
        return listed
    finer = {s.governorate for s in listed if s.is_specific and not (s.place is not None and is_capital(s.place))}
    return [
        scene
        for scene in listed
        if not (
            scene.is_specific
            and scene.place is not None
            and is_capital(scene.place)
            and not scene.role.kind
            and scene.governorate in areas
            and scene.governorate in finer
        )
    ]


def _lend_governorates(scenes: Sequence[Scene], scope: str | None) -> list[Scene]:
    """Places in no gazetteer lie where the known one lies that the clause names nearest to them."""
    known = [scene for scene in scenes if scene.place is not None and scene.governorate is not None]
    if scope is not None or not known:
        return list(scenes)
    return [
        replace(scene, governorate=min(known, key=lambda other: abs(other.role.first - scene.role.first)).governorate)
        if scene.place is None
        else scene
        for scene in scenes
    ]


def _set_back(scenes: Sequence[Scene]) -> list[Scene]:
    """Towns that only say where another place lies ("X, northeast of Aleppo") count as areas."""
    if len(scenes) < 2:
        return list(scenes)
    exact = min((scene.level for scene in scenes if not scene.role.relation), default=AREA_LEVEL)
    best = min((scene.level for scene in scenes), default=AREA_LEVEL)
    return [
        replace(scene, level=AREA_LEVEL)
        if scene.role.relation and scene.is_specific and (exact <= scene.level or best < scene.level)
        else scene
        for scene in scenes
    ]


def _is_aside(scene: Scene, first: Sequence[Scene]) -> bool:
    """Whether a place neither is nor lies in the places an event was first told with: something came of it there."""
    return not any(
        scene.same(other)
        or other.holds(scene)
        or scene.holds(other)
        # "Strikes on Deir ez-Zor" is as often said of the governorate as of its capital.
        or (other.place is not None and is_capital(other.place) and scene.governorate == other.governorate)
        for other in first
    )


def _is_elsewhere(scene: Scene, other: Scene) -> bool:
    """Whether a village of a common name is told with a place right behind it that it is far from."""
    if scene.location is None or other.location is None or other.level >= GOVERNORATE_LEVEL:
        return False
    if other.place is not None and is_capital(other.place):
        return False  # the name is as often that of the governorate, told wrongly near its border
    behind = other.role.first - scene.role.last
    return (
        len(scene.role.ids) > 1
        and 0 <= behind <= _ELSEWHERE_TOKENS
        and scene.governorate != other.governorate
        and distance_km(
            scene.location.latitude, scene.location.longitude, other.location.latitude, other.location.longitude
        )
        > _ELSEWHERE_KM
    )


# Reports name the same towns over and over, in the same surroundings and beside the same others.
_locate_once = lru_cache(maxsize=2048)(locate)
