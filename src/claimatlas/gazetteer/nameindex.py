"""The index over all spellings of a gazetteer: which places a spelling may mean.

Nothing here scans the gazetteer. A spelling is looked up under its skeleton (consonants by class) and
under every skeleton one consonant away (both sides are listed with each one of their letters left out),
then compared sound by sound.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, compress
from operator import not_

import msgspec
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from claimatlas.names import keys as namekeys
from claimatlas.names import spelling
from claimatlas.names.sounds import align


class Match(msgspec.Struct, frozen=True, gc=False):
    """A spelling of the gazetteer that lies near the one asked for.

    Attributes:
        owner: Number of the place that owns the spelling.
        name: The spelling.
        cost: What the differing sounds cost (`names.differ`), qualifiers not counted.
        reading: The reading of the gazetteer's spelling.
        asked: The reading of the name asked for.
        strong: Whether the spelling alone means its place.
        exact: Whether both are the same but for what every reader overlooks.
    """

    owner: int
    name: str
    cost: float
    reading: spelling.Reading
    asked: spelling.Reading
    strong: bool
    exact: bool


# Only so many spellings of one skeleton are compared sound by sound; the nearest by plain edit distance go first.
# With 18,000 places the true one stands among the first 12 in all but 1 of 500 pairs of OCHA's own names.
MAX_COMPARED = 12
MAX_NEIGHBOURS_COMPARED = 7
# Of those outside the governorate that is given, the nearest few are looked at in any case: the report may be wrong.
MIN_AWAY_COMPARED = 3
# A spelling that differs by no more has been found; a name with another consonant is then some other place's.
FITTING_COST = 1.0
# Spellings that differ by more, about two unexplained letters, are other names.
MOST_COST = 8.0
# Words of a text are taken for a name they only resemble if they have this many consonants and cost no more.
MIN_SKELETON_IN_TEXT = 4
MOST_COST_IN_TEXT = 2.0
# Beside a spelling that fits, those that cost so much more have no chance: their odds are below 1 in 1,000.
MOST_MORE = 5.0
# Deleting a letter from shorter skeletons would make everything a neighbour of everything.
MIN_SKELETON_FOR_NEIGHBOURS = 3


_COARSE = str.maketrans(
    {
        "A": "a",
        "3": "a",
        "4": "h",
        "e": "i",
        "o": "u",
        "y": "i",
        "w": "u",
        "E": "a",
        "q": "k",
        "T": "t",
        "D": "d",
        "1": "d",
        "2": "d",
        "c": "j",
        "g": "k",
        "v": "f",
        "C": "s",
        "V": "t",
        "M": "m",
    }
)


@dataclass
class NameIndex:
    """All spellings, as columns, with the keys to find them; made by `build_index`, plain enough to be cached.

    Attributes:
        names: Every distinct spelling of each place.
        owners: Number of the place that owns it.
        strong: Whether it alone means its place.
        sounds: Its phonemes; an empty string for spellings that cannot be read.
        skeletons: Its consonants by class.
        coarse: The same with what scripts and habits confuse made one, for the first comparison.
        bare_keys: Its key in running text, without words for villages and quarters.
        qualifiers: Its qualifiers.
        kinds: The kind a word of it names.
        arabic: Whether it is in Arabic script.
        by_skeleton: Numbers of the spellings under each skeleton.
        neighbours: Skeletons under each skeleton with one letter left out.
        by_text_key: Numbers of the owners under the key used in running text, the strong first.
        strong_text_keys: How many of those are strong owners.
    """

    names: list[str]
    owners: list[int]
    strong: list[bool]
    sounds: list[str]
    skeletons: list[str]
    coarse: list[str]
    bare_keys: list[str]
    qualifiers: list[str]
    kinds: list[str]
    arabic: list[bool]
    by_skeleton: dict[str, list[int]]
    neighbours: dict[str, list[str]]
    by_text_key: dict[str, list[int]]
    strong_text_keys: dict[str, int]

    def find(self, name: str, preferred: Sequence[bool] | None = None) -> list[Match]:
        """The spellings near a name, nearest first.

        Args:
            name: A place name in Latin or Arabic script, without words for its surroundings.
            preferred: For each owner, whether it is the likelier one for other reasons (its governorate): where
                very many spellings are alike, those are looked at first.
        """
        keys = {namekeys.text_key(name), namekeys.text_key(spelling.bare_name(name))}
        costs: dict[int, tuple[float, spelling.Reading]] = {}
        for reading in spelling.read_name(name):
            alike = self.by_skeleton.get(reading.skeleton, [])
            self._weigh(self._nearest(alike, reading, preferred, MAX_COMPARED), reading, costs)
            if len(reading.skeleton) < MIN_SKELETON_FOR_NEIGHBOURS or self._fits(costs, reading, preferred):
                continue
            near_skeletons = self._neighbour_skeletons(reading.skeleton)
            others = list(chain.from_iterable(map(self.by_skeleton.__getitem__, near_skeletons)))
            self._weigh(self._nearest(others, reading, preferred, MAX_NEIGHBOURS_COMPARED), reading, costs)
        if not costs:
            return []
        most = min(MOST_COST, min(cost for cost, _ in costs.values()) + MOST_MORE)
        near = [
            (cost, self.bare_keys[number] not in keys, not self.strong[number], self.names[number], number)
            for number, (cost, _) in costs.items()
            if cost <= most
        ]
        matches = []
        seen: set[tuple[int, str, str, bool]] = set()
        near.sort()
        for cost, _, _, _, number in near:
            # Of an owner's spellings that say the same, the nearest stands for all; what an Arabic name is like in
            # Latin letters is judged later.
            reading = costs[number][1]
            script = reading.arabic and self.arabic[number]
            what = (self.owners[number], self.qualifiers[number], self.kinds[number], script)
            if what not in seen:
                seen.add(what)
                matches.append(self._match(number, cost, reading, keys))
        return matches

    @cached_property
    def _arabic_keys(self) -> list[str]:
        """The keys used in running text that are in Arabic script, in order."""
        return sorted(key for key in self.by_text_key if key[0] >= "\u0600")

    def begins_arabic(self, key: str) -> bool:
        """Whether a known name in Arabic script begins so."""
        at = bisect_left(self._arabic_keys, key)
        return at < len(self._arabic_keys) and self._arabic_keys[at].startswith(key)

    def alike(self, parts: Sequence[spelling.WordPart]) -> list[int]:
        """The owners of strong spellings that sound like some words of a text ("Jisr al-Shaghour"), in order.

        Args:
            parts: What each of two words or more in Latin script adds to a name.
        """
        sounds = "".join(part.sounds for part in parts)
        skeleton = "".join(part.skeleton for part in parts)
        if (
            len(skeleton) < MIN_SKELETON_IN_TEXT
            or not (parts[-1].skeleton or parts[-1].qualifier)
            or not (parts[0].skeleton or parts[0].kind)
            or skeleton not in self.by_skeleton
        ):
            return []
        kinds = [part.kind for part in parts if part.kind]
        kind = kinds[0] if kinds else ""
        qualifiers = "".join(sorted({part.qualifier for part in parts}))
        return sorted(
            {
                self.owners[number]
                for number in self.by_skeleton[skeleton]
                if self.strong[number]
                and self.qualifiers[number] == qualifiers
                and self.kinds[number] == kind
                and align(sounds, False, self.sounds[number], self.arabic[number]) <= MOST_COST_IN_TEXT
            }
        )

    def _weigh(
        self, numbers: Iterable[int], reading: spelling.Reading, costs: dict[int, tuple[float, spelling.Reading]]
    ) -> None:
        """Note what each of some spellings costs as a spelling of a reading, if no other reading is nearer to it."""
        all_sounds, all_arabic = self.sounds, self.arabic
        sounds, arabic = reading.sounds, reading.arabic
        for number in numbers:
            cost = align(sounds, arabic, all_sounds[number], all_arabic[number])
            held = costs.get(number)
            if held is None or cost < held[0]:
                costs[number] = (cost, reading)

    def _fits(
        self,
        costs: dict[int, tuple[float, spelling.Reading]],
        reading: spelling.Reading,
        preferred: Sequence[bool] | None,
    ) -> bool:
        """Whether a likely owner of the very name has been found: then names with another consonant mean nothing."""
        for number, (cost, _) in costs.items():
            if (
                cost <= FITTING_COST
                and self.qualifiers[number] == reading.qualifiers
                and (preferred is None or preferred[self.owners[number]])
            ):
                return True
        return False

    def _neighbour_skeletons(self, skeleton: str) -> list[str]:
        found: set[str] = set(self.neighbours.get(skeleton, ()))
        for shorter in _one_left_out(skeleton):
            found.update(self.neighbours.get(shorter, ()))
            if shorter in self.by_skeleton:
                found.add(shorter)
        found.discard(skeleton)
        return sorted(found)

    def _nearest(
        self, numbers: list[int], reading: spelling.Reading, preferred: Sequence[bool] | None, most: int
    ) -> list[int]:
        if len(numbers) <= most:
            return numbers
        if preferred is None:
            return self._roughly_nearest(numbers, reading, most)
        likely = list(map(preferred.__getitem__, map(self.owners.__getitem__, numbers)))
        home = list(compress(numbers, likely))
        away = list(compress(numbers, map(not_, likely)))
        chosen = self._roughly_nearest(home, reading, most)
        return chosen + self._roughly_nearest(away, reading, max(MIN_AWAY_COMPARED, most - len(chosen)))

    def _roughly_nearest(self, numbers: list[int], reading: spelling.Reading, most: int) -> list[int]:
        if len(numbers) <= most:
            return numbers
        forms = list(map(self.coarse.__getitem__, numbers))
        # Spellings in the other script lack the short vowels: letters too few or too many cost less than wrong ones.
        found = process.extract(
            coarse_form(reading),
            list(dict.fromkeys(forms)),
            scorer=Levenshtein.distance,
            scorer_kwargs={"weights": (2, 2, 3)},
            limit=most,
        )
        alike: dict[str, list[int]] = {coarse: [] for coarse, _, _ in found}
        for number, coarse in zip(numbers, forms, strict=True):
            if coarse in alike:
                alike[coarse].append(number)
        chosen: list[int] = []
        for namesakes in alike.values():
            if len(chosen) < most:
                # Namesakes are all looked at, or none.
                chosen += namesakes
        return chosen

    def _match(self, number: int, cost: float, reading: spelling.Reading, keys: set[str]) -> Match:
        known = spelling.Reading(
            self.sounds[number],
            self.skeletons[number],
            self.qualifiers[number],
            self.kinds[number],
            self.arabic[number],
        )
        exact = reading.qualifiers == known.qualifiers and self.bare_keys[number] in keys
        return Match(self.owners[number], self.names[number], cost, known, reading, self.strong[number], exact)


def coarse_form(reading: spelling.Reading) -> str:
    """What is compared first: the sounds with those made one that scripts and habits confuse, behind the qualifiers."""
    return f"{reading.qualifiers}|{reading.sounds.translate(_COARSE)}"


def build_index(spellings: Iterable[tuple[int, str, bool]]) -> NameIndex:
    """Index spellings.

    Args:
        spellings: Owner's number, spelling, and whether it is strong.
    """
    index = NameIndex([], [], [], [], [], [], [], [], [], [], {}, {}, {}, {})
    text_owners: dict[str, dict[int, bool]] = {}
    seen: set[tuple[int, str, str, str]] = set()
    for owner, name, strong in spellings:
        key = namekeys.text_key(name)
        # "قرية مغارة" and "حي العائدين" are spelt like "مغارة" and "العائدين", which mean nothing in a running text.
        bare_key = namekeys.text_key(spelling.bare_name(name))
        if len(key) >= 2:
            held = text_owners.setdefault(key, {})
            held[owner] = held.get(owner, False) or (strong and not namekeys.is_common_word(key))
        for reading in spelling.read_known_name(name):
            what = (owner, reading.sounds, reading.qualifiers, reading.kind)
            if what in seen:
                continue
            seen.add(what)
            index.by_skeleton.setdefault(reading.skeleton, []).append(len(index.names))
            index.names.append(name)
            index.owners.append(owner)
            index.strong.append(strong)
            index.sounds.append(reading.sounds)
            index.skeletons.append(reading.skeleton)
            index.bare_keys.append(bare_key)
            index.coarse.append(coarse_form(reading))
            index.qualifiers.append(reading.qualifiers)
            index.kinds.append(reading.kind)
            index.arabic.append(reading.arabic)
    for skeleton in index.by_skeleton:
        if len(skeleton) >= MIN_SKELETON_FOR_NEIGHBOURS:
            for shorter in _one_left_out(skeleton):
                index.neighbours.setdefault(shorter, []).append(skeleton)
    for key, held in text_owners.items():
        index.by_text_key[key] = sorted(held, key=lambda owner: (not held[owner], owner))
        index.strong_text_keys[key] = sum(held.values())
    return index


def _one_left_out(skeleton: str) -> set[str]:
    return {skeleton[:i] + skeleton[i + 1 :] for i in range(len(skeleton))}
