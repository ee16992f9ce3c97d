"""The indexes over all spellings of a gazetteer: names in running text, and places a spelling may mean.

Nothing here scans the gazetteer. A spelling is looked up under its skeleton (consonants by class) and
under every skeleton one consonant away (both sides are listed with each one of their letters left out),
then compared sound by sound.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, chain, compress
from operator import not_
from typing import NamedTuple, TypeAlias

import msgspec
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from claimatlas import names as spelling
from claimatlas.sounds import align


class NameHit(msgspec.Struct, frozen=True):
    """A known name in a running text.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last character.
        text: The characters between.
        place_ids: The places it may mean; owners of the strong spelling first.
        strong: Whether the spelling alone means a place. A weak hit ("May", "Salam") needs words around it that say so.
    """

    start: int
    end: int
    text: str
    place_ids: tuple[str, ...]
    strong: bool


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
# A shorter key ("is" for al-Eis) counts in a text only behind its article.
MIN_KEY_IN_TEXT = 3
# Beside a spelling that fits, those that cost so much more have no chance: their odds are below 1 in 1,000.
MOST_MORE = 5.0
# Bounds the memory of a long run; words repeat, so forgetting all of them now and then costs little.
_MAX_REMEMBERED = 65_536
_MAX_ROWS = 16_384
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
        text_keys: Its key in running text.
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
    text_keys: list[str]
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
        text_keys = {spelling.text_key(name), spelling.text_key(spelling.without_generic(name))}
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
            (cost, self.text_keys[number] not in text_keys, not self.strong[number], self.names[number], number)
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
                matches.append(self._match(number, cost, reading, text_keys))
        return matches

    @cached_property
    def _arabic_keys(self) -> list[str]:
        """The keys used in running text that are in Arabic script, in order."""
        return sorted(key for key in self.by_text_key if key[0] >= "\u0600")

    @cached_property
    def known_rows(self) -> dict[tuple[str, ...], tuple[_Found, ...]]:
        """The names found before in rows of words in Latin script (`find_names`)."""
        return {}

    def begins_arabic(self, key: str) -> bool:
        """Whether a known name in Arabic script begins so."""
        at = bisect_left(self._arabic_keys, key)
        return at < len(self._arabic_keys) and self._arabic_keys[at].startswith(key)

    @cached_property
    def arabic_words(self) -> _ArabicWords:
        """What is known of the words of texts in Arabic script, by the word as it is written."""
        return _ArabicWords(self)

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

    def _match(self, number: int, cost: float, reading: spelling.Reading, text_keys: set[str]) -> Match:
        known = spelling.Reading(
            self.sounds[number],
            self.skeletons[number],
            self.qualifiers[number],
            self.kinds[number],
            self.arabic[number],
        )
        exact = reading.qualifiers == known.qualifiers and self.text_keys[number] in text_keys
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
        key = spelling.text_key(name)
        if len(key) >= 2:
            held = text_owners.setdefault(key, {})
            held[owner] = held.get(owner, False) or (strong and not spelling.is_common_word(key))
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
            index.text_keys.append(key)
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


# ---------------------------------------------------------------------------------------------
# Names in running text
# ---------------------------------------------------------------------------------------------

# No name in the gazetteer has more words than this, articles not counted.
_MAX_WORDS = 5
# A letter with a figure is the number of an airbase or a road: "T4", "T-4", "M5".
_NUMBERED = r"(?=[-0-9])(?<=\b[A-Z])-?[0-9]\b"
# With a group, so that splitting a text gives its words together with what stands between them.
_LATIN_RUN = re.compile(
    rf"([^\W\d_\u0600-\u06ff](?:{_NUMBERED}|[^\W\d_\u0600-\u06ff]*"
    r"(?:[\u0300-\u036f'’‘`´ʿʾʼ](?=[^\W\d_])[^\W\d_\u0600-\u06ff]*)*))"
)
_ASCII_RUN = re.compile(rf"([A-Za-z](?:{_NUMBERED}|[A-Za-z]*(?:['`](?=[A-Za-z])[A-Za-z]*)*))")
# What a word in Latin script has; texts in Arabic mostly have none, and their other characters need not be weighed.
_LATIN_LETTER = re.compile("[A-Za-z\u0080-\u05ff\u0700-\U0010ffff]")
_POSSESSIVE = re.compile(r"['’][sS]$")
# Words that stand small inside a name that is otherwise capitalised: "bin", and what kind of place it is.
_SMALL_WORDS = frozenset(
    [
        "bin",
        "ibn",
        "camp",
        "airbase",
        "airport",
        "village",
        "town",
        "dam",
        "bridge",
        "island",
        "oil",
        "field",
        "gas",
        "hospital",
        "mosque",
        "countryside",
        "neighborhood",
        "neighbourhood",
        "base",
        "prison",
        "crossing",
        "mountain",
        "desert",
        "district",
        "subdistrict",
        "eastern",
        "western",
        "northern",
        "southern",
    ]
)
_GLUED_ARTICLE = re.compile(r"^(?:[ae]l(?=[^l]{4,})|[ae](?=(ss|dd|nn|rr|zz|tt|shsh))|u[ls](?=.{5,}))")
_CLITICS = re.compile(r"[وف]?[بلك]?")
_ARABIC_RUN = re.compile(r"[\u0621-\u065f\u0670-\u06d3]+")
# What may stand between the words of one name: blanks or a line's end, a hyphen, an apostrophe.
_JOINED = re.compile(r"[ \t\u00a0]{0,3}\n?[ \t\u00a0]{0,2}[-‐‑–’']?[ \u00a0]?")


class _Run(msgspec.Struct, frozen=True, gc=False):
    """A word of a text that can be one of a name.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last, a possessive not counted.
        raw: The word as it is written.
        folded: Its folded form.
        opens: Whether a name can begin with it.
        capital: Whether it begins with a capital.
        acronym: Whether it is one ("SDF").
    """

    start: int
    end: int
    raw: str
    folded: str
    opens: bool
    capital: bool = True
    acronym: bool = False


class _Found(NamedTuple):
    """A name in a row of words: numbers of its first and last word, letters taken off, owners, whether strong."""

    first: int
    last: int
    cut: int
    owners: tuple[int, ...]
    strong: bool


def find_names(text: str, index: NameIndex, place_ids: list[str], *, arabic: bool) -> list[NameHit]:
    """All known names in a running text, longest first at each place, without overlaps.

    Args:
        text: The text; offsets count in it.
        index: The spellings.
        place_ids: Id of the place with each number.
        arabic: Whether to look for names in Arabic script too.
    """
    hits = []
    for runs in _rows(text, _latin_runs(text) if _LATIN_LETTER.search(text) is not None else ()):
        # The same few capitalised words stand together in report after report.
        words = tuple(run.raw for run in runs)
        found = index.known_rows.get(words)
        if found is None:
            found = tuple(_collect(runs, _longest_latin, index))
            if len(index.known_rows) > _MAX_ROWS:
                index.known_rows.clear()
            index.known_rows[words] = found
        hits += [_hit(name, runs, text, place_ids) for name in found]
    if arabic:
        for runs in _arabic_rows(text, index):
            hits += [_hit(name, runs, text, place_ids) for name in _collect(runs, _longest_arabic, index)]
        hits.sort(key=lambda hit: hit.start)
    return hits


def _rows(text: str, runs: Iterable[_Run]) -> Iterator[list[_Run]]:
    """The words that stand so near to one another that they can be of one name."""
    row: list[_Run] = []
    for run in runs:
        if row and not _is_joined(text, row[-1].end, run.start):
            yield row
            row = []
        row.append(run)
    if row:
        yield row


def _hit(found: _Found, runs: Sequence[_Run], text: str, place_ids: list[str]) -> NameHit:
    start, end = runs[found.first].start + found.cut, runs[found.last].end
    return NameHit(start, end, text[start:end], tuple(place_ids[owner] for owner in found.owners), found.strong)


_Longest: TypeAlias = Callable[[Sequence[_Run], int, "NameIndex"], _Found | None]


def _collect(runs: Sequence[_Run], longest: _Longest, index: NameIndex) -> Iterator[_Found]:
    i = 0
    while i < len(runs):
        found = longest(runs, i, index) if runs[i].opens else None
        if found is not None and _points_on(found, runs, index, longest):
            found = longest(runs[: found.last], i, index) or found
        if found is None or _is_overtaken(found, runs, i, index, longest):
            i += 1
            continue
        yield found
        i = found.last + 1


_DIRECTIONS = frozenset({"شمالي", "جنوبي", "شرقي", "غربي", "شمال", "جنوب", "شرق", "غرب"})


def _points_on(found: _Found, runs: Sequence[_Run], index: NameIndex, longest: _Longest) -> bool:
    """Whether the last word of a name tells on which side of the next one it lies: "قسطون غربي حماة".

    Of the village West Qastun that word would have its article (قسطون الغربي).
    """
    after = found.last + 1
    if found.last == found.first or after >= len(runs) or runs[found.last].folded not in _DIRECTIONS:
        return False
    return runs[after].opens and longest(runs, after, index) is not None


def _is_overtaken(found: _Found, runs: Sequence[_Run], i: int, index: NameIndex, longest: _Longest) -> bool:
    """Whether a name that starts inside this one ends after it: "Madinat Tal Rifat" is not Madinat al-Tal."""
    for k in range(i + 1, found.last + 1):
        later = longest(runs, k, index) if runs[k].opens else None
        if later is not None and later.last > found.last:
            return True
    return False


def _latin_runs(text: str) -> list[_Run]:
    """The words in Latin script that can be part of a name; any other word ends a name in front of it."""
    pieces = (_ASCII_RUN if text.isascii() else _LATIN_RUN).split(text)
    starts = list(accumulate(map(len, pieces)))[::2]
    words = list(map(_read_latin_word, pieces[1::2]))
    runs = []
    after_article = False  # the word behind it tells whether it is one
    for at, word in enumerate(words):
        if word.in_names or after_article:
            start, raw = starts[at], pieces[2 * at + 1]
            runs.append(_Run(start, start + word.length, raw, word.folded, word.opens, word.capital, word.acronym))
        after_article = word.is_article
    return runs


class _LatinWord(NamedTuple):
    """What is known of a word as it is written: the facts of `_Run`, and whether it stands in names at all."""

    length: int
    folded: str
    opens: bool
    capital: bool
    acronym: bool
    is_article: bool
    in_names: bool


# Every word of every report comes by here, and most are the same few thousand.
@lru_cache(maxsize=65536)
def _read_latin_word(raw: str) -> _LatinWord:
    word = _POSSESSIVE.sub("", raw)
    folded, capital = spelling.fold_latin(word.replace("-", "")), word[0].isupper()
    is_article = folded in spelling.ARTICLES
    opens = capital or is_article
    return _LatinWord(len(word), folded, opens, capital, is_acronym(word), is_article, opens or folded in _SMALL_WORDS)


class _ArabicWord(NamedTuple):
    """What is known of a word of a text in Arabic script.

    Attributes:
        folded: Its folded form.
        openings: Those of its readings (`clitic_readings`) that a known name begins with: mostly none.
        is_name: Whether one of them is a whole name.
    """

    folded: str
    openings: tuple[tuple[str, int], ...]
    is_name: bool


class _ArabicWords(dict[str, _ArabicWord]):
    """What is known of words, worked out when one is met for the first time."""

    def __init__(self, index: NameIndex) -> None:
        super().__init__()
        self._index = index

    def __missing__(self, word: str) -> _ArabicWord:
        if len(self) > _MAX_REMEMBERED:
            self.clear()
        folded = spelling.fold_arabic(word)
        openings = tuple(reading for reading in clitic_readings(folded) if self._index.begins_arabic(reading[0]))
        is_name = any(key in self._index.by_text_key for key, _ in openings)
        known = self[word] = _ArabicWord(folded, openings, is_name)
        return known


def _arabic_rows(text: str, index: NameIndex) -> Iterator[list[_Run]]:
    """The words in Arabic script that a name can begin with, each with those behind it that can be of the same name."""
    row: list[_Run] = []
    left = 0  # how many more words the last name that may have begun can have
    matches = list(_ARABIC_RUN.finditer(text))
    words = [index.arabic_words[match[0]] for match in matches]
    for at, (match, word) in enumerate(zip(matches, words, strict=True)):
        opens = bool(word.openings) and (word.is_name or _goes_on(text, matches, words, at, index))
        if row and ((left == 0 and not opens) or not _is_joined(text, row[-1].end, match.start())):
            yield row
            row = []
        if not row and not opens:
            continue
        left = _MAX_WORDS - 1 if opens else left - 1
        row.append(_Run(*match.span(), match[0], word.folded, opens))
    if row:
        yield row


def _goes_on(
    text: str, matches: Sequence[re.Match[str]], words: Sequence[_ArabicWord], at: int, index: NameIndex
) -> bool:
    """Whether a known name begins with a word and the one behind it."""
    if at + 1 == len(words) or not _is_joined(text, matches[at].end(), matches[at + 1].start()):
        return False
    following = spelling.without_article(words[at + 1].folded)
    return any(index.begins_arabic(key + following) for key, _ in words[at].openings)


def is_acronym(word: str) -> bool:
    """Whether a word is two or three capitals ("US", "SDF"); names of places are longer, also in headlines."""
    return 2 <= len(word) <= 3 and word.isupper() and word.isascii() and word.isalpha()


# The longest gap that `_JOINED` matches; most words of names stand much further apart.
_MAX_GAP = 8


def _is_joined(text: str, end: int, start: int) -> bool:
    """Whether the words that end and start there can be two of one name."""
    return start - end <= _MAX_GAP and _joins(text[end:start])


@lru_cache(maxsize=1024)
def _joins(between: str) -> bool:
    return _JOINED.fullmatch(between) is not None


def _longest_latin(runs: Sequence[_Run], i: int, index: NameIndex) -> _Found | None:
    """The longest name that starts with word `i`: an article or a capitalised word."""
    found: _Found | None = None
    keys = [""]
    parts: list[spelling.WordPart] = []
    content = 0
    for j in range(i, min(len(runs), i + 2 * _MAX_WORDS)):
        run = runs[j]
        following = runs[j + 1] if j + 1 < len(runs) else None
        if following is not None and spelling.is_article(run.folded, following.folded):
            continue
        if not run.capital and (content == 0 or run.folded not in _SMALL_WORDS):
            break
        if run.acronym:
            break
        content += 1
        if content > _MAX_WORDS:
            break
        keys = _extended(keys, run.folded)
        part = spelling.word_part(run.folded)
        parts.append(part)
        hit = next((key for key in keys if key in index.by_text_key), None)
        if hit is not None and (len(hit) >= MIN_KEY_IN_TEXT or hit[-1].isdigit() or (j > i and content == 1)):
            found = _Found(i, j, 0, tuple(index.by_text_key[hit]), index.strong_text_keys[hit] > 0)
        elif content >= 2:
            owners = index.alike(parts)
            if owners:
                found = _Found(i, j, 0, tuple(owners), True)
    return found


def _extended(keys: list[str], word: str) -> list[str]:
    """The keys with one word more, read as it stands and without an article grown together with it ("Ezzor")."""
    longer = [key + spelling.light_key(word) for key in keys]
    stripped = _GLUED_ARTICLE.sub("", word)
    if stripped != word and len(keys) < 4:
        longer += [key + spelling.light_key(stripped) for key in keys]
    return longer


def _longest_arabic(runs: Sequence[_Run], i: int, index: NameIndex) -> _Found | None:
    """The longest name that starts with word `i`, with as few clitics taken off as possible."""
    first = runs[i]
    best: _Found | None = None
    for key, cut in index.arabic_words[first.raw].openings:
        for j in range(i, min(len(runs), i + _MAX_WORDS)):
            if j > i:
                key += spelling.without_article(runs[j].folded)
                if not index.begins_arabic(key):
                    break
            if key in index.by_text_key and len(key) >= MIN_KEY_IN_TEXT and (best is None or j > best.last):
                # Vowel signs make the word longer than its folded form; then the clitic stays in the span.
                offset = cut if first.end - first.start == len(first.folded) else 0
                best = _Found(i, j, offset, tuple(index.by_text_key[key]), index.strong_text_keys[key] > 0)
    return best


# Tell, Umm, Jubb: "وتل رفعت", "بأم حوش".
_SHORT_HEADS = frozenset({"تل", "ام", "جب"})


@lru_cache(maxsize=65536)
def clitic_readings(word: str) -> tuple[tuple[str, int], ...]:
    """The ways to read a folded Arabic word as clitics plus name: (name, letters taken off), fewest taken off first.

    At least three letters must remain, else every short word would be a preposition with a village; of the shorter
    ones only those that names of two words open with can.
    """
    readings = [(word, 0)]
    for cut in range(1, 3):
        short = len(word) - cut < 3 and word[cut:] not in _SHORT_HEADS
        if _CLITICS.fullmatch(word[:cut]) is None or short:
            break
        rest = word[cut:]
        readings.append((rest, cut))
        if word[cut - 1] == "ل" and rest.startswith("ل"):
            readings.append(("ا" + rest, cut))
    without = [(name[2:], cut) for name, cut in readings if name.startswith("ال") and len(name) >= 6]
    return tuple(readings + without)
