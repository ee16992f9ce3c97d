"""Names of places in running text: all known ones, the longest first at each place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import TypeAlias, TypeVar

import msgspec

from claimatlas.gazetteer.nameindex import NameIndex
from claimatlas.names import keys as namekeys
from claimatlas.names import spelling

# A shorter key ("is" for al-Eis) counts in a text only behind its article.
MIN_KEY_IN_TEXT = 3
# Bounds the memory of a long run; words repeat, so forgetting all of them now and then costs little.
_MAX_REMEMBERED = 65_536
_MAX_ROWS = 16_384
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
# Articles where a hyphen or a capital follows ("at-Tabqa", "As Suwayda"), English words where a blank does.
_PREPOSITIONS = frozenset({"at", "as"})
_POSSESSIVE = re.compile(r"['’][sS]$")
# Words that stand small inside a name that is otherwise capitalised: "bin", and what kind of place it is.
_SMALL_WORDS = frozenset({
    "bin", "ibn", "camp", "airbase", "airport", "village", "town", "dam", "bridge", "island", "oil", "field", "gas",
    "hospital", "mosque", "countryside", "neighborhood", "neighbourhood", "base", "prison", "crossing", "mountain",
    "desert", "district", "subdistrict", "eastern", "western", "northern", "southern",
})  # fmt: skip
_GLUED_ARTICLE = re.compile(r"^(?:[ae]l(?=[^l]{4,})|[ae](?=(ss|dd|nn|rr|zz|tt|shsh))|u[ls](?=.{5,}))")
_CLITICS = re.compile(r"[وف]?[بلك]?")
_ARABIC_RUN = re.compile(r"[\u0621-\u065f\u0670-\u06d3]+")
# What may stand between the words of one name: blanks or a line's end, a hyphen, an apostrophe.
_JOINED = re.compile(r"[ \t\u00a0]{0,3}\n?[ \t\u00a0]{0,2}[-‐‑–’']?[ \u00a0]?")


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


class _ArabicRun(msgspec.Struct, frozen=True, gc=False):
    """A word of a text in Arabic script that can be one of a name.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last.
        folded: Its folded form.
        opens: Whether a name can begin with it.
        openings: Those of its readings that a known name begins with.
    """

    start: int
    end: int
    folded: str
    opens: bool
    openings: tuple[tuple[str, int], ...]


class _Found(msgspec.Struct, frozen=True, gc=False):
    """A name in a row of words: numbers of its first and last word, letters taken off, owners, whether strong."""

    first: int
    last: int
    cut: int
    owners: tuple[int, ...]
    strong: bool


class NameFinder:
    """Finds the names of a gazetteer in running texts, and remembers what it has read: words and names recur."""

    def __init__(self, index: NameIndex, place_ids: Sequence[str]) -> None:
        """Take the names.

        Args:
            index: The spellings.
            place_ids: Id of the place with each number.
        """
        self._index = index
        self._place_ids = place_ids
        self._arabic_words = _ArabicWords(index)
        self._latin_words = _LatinWords()
        # The same few capitalised words stand together in report after report.
        self._known_rows: dict[tuple[str, ...], tuple[_Found, ...]] = {}

    def find(self, text: str, *, arabic: bool) -> list[NameHit]:
        """All known names in a running text, longest first at each place, without overlaps.

        Args:
            text: The text; offsets count in it.
            arabic: Whether to look for names in Arabic script too.
        """
        hits = list(self._find_latin(text)) if _LATIN_LETTER.search(text) is not None else []
        if arabic:
            for runs in _arabic_rows(text, self._index, self._arabic_words):
                for found in _collect(runs, _longest_arabic, self._index):
                    start, end = runs[found.first].start + found.cut, runs[found.last].end
                    hits.append(self._hit(found, start, end, text))
            hits.sort(key=lambda hit: hit.start)
        return hits

    def _find_latin(self, text: str) -> Iterator[NameHit]:
        pieces = (_ASCII_RUN if text.isascii() else _LATIN_RUN).split(text)
        words = list(map(self._latin_words.__getitem__, pieces[1::2]))
        starts: Sequence[int] = ()
        for first, last in _latin_rows(words, pieces):
            row = tuple(pieces[2 * first + 1 : 2 * last : 2])
            names = self._known_rows.get(row)
            if names is None:
                names = self._read_row(row, words[first:last])
            if names and not starts:
                starts = list(accumulate(map(len, pieces)))[::2]
            for found in names:
                end = starts[first + found.last] + words[first + found.last].length
                yield self._hit(found, starts[first + found.first], end, text)

    def _read_row(self, row: tuple[str, ...], words: Sequence[_LatinWord]) -> tuple[_Found, ...]:
        if len(self._known_rows) > _MAX_ROWS:
            self._known_rows.clear()
        found = self._known_rows[row] = tuple(_collect(words, _longest_latin, self._index))
        return found

    def _hit(self, found: _Found, start: int, end: int, text: str) -> NameHit:
        ids = tuple(map(self._place_ids.__getitem__, found.owners))
        return NameHit(start, end, text[start:end], ids, found.strong)


def _latin_rows(words: Sequence[_LatinWord], pieces: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The words in Latin script that stand so near to one another that they can be of one name: first, and behind last.

    Args:
        words: All words of a text.
        pieces: The same as they are written, and what stands in front of each and behind the last.
    """
    first = last = 0
    for at in _of_names(words, pieces):
        possessive = words[at - 1].length < len(pieces[2 * at - 1])
        gap = pieces[2 * at]
        if last < at or possessive or not (gap == " " or _is_gap(gap)):
            if first < last:
                yield first, last
            first = at
        last = at + 1
    if first < last:
        yield first, last


def _of_names(words: Sequence[_LatinWord], pieces: Sequence[str]) -> Iterator[int]:
    """Which words can be of a name: those like names, and any behind an article, which tells whether it is one."""
    for at in [at for at, word in enumerate(words) if word.in_names]:
        word = words[at]
        if word.is_preposition and pieces[2 * at + 2][:1] == " ":
            continue
        yield at
        behind = at + 1
        if word.is_article and behind < len(words) and not words[behind].in_names:
            yield behind


_W = TypeVar("_W", "_ArabicRun", "_LatinWord")
_Longest: TypeAlias = Callable[[Sequence[_W], int, NameIndex], _Found | None]


def _collect(runs: Sequence[_W], longest: _Longest[_W], index: NameIndex) -> Iterator[_Found]:
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


def _points_on(found: _Found, runs: Sequence[_W], index: NameIndex, longest: _Longest[_W]) -> bool:
    """Whether the last word of a name tells on which side of the next one it lies: "قسطون غربي حماة".

    Of the village West Qastun that word would have its article (قسطون الغربي).
    """
    after = found.last + 1
    if found.last == found.first or after >= len(runs) or runs[found.last].folded not in _DIRECTIONS:
        return False
    # With a preposition before it ("دير شرقي بريف إدلب") the next name tells where the whole of this one lies.
    following = longest(runs, after, index) if runs[after].opens else None
    return following is not None and following.cut == 0


def _is_overtaken(found: _Found, runs: Sequence[_W], i: int, index: NameIndex, longest: _Longest[_W]) -> bool:
    """Whether a name that starts inside this one ends after it: "Madinat Tal Rifat" is not Madinat al-Tal.

    A noun of area may go with the whole: "the Tariq al-Bab district" is a quarter, and not in the district of al-Bab.
    """
    for k in range(i + 1, found.last + 1):
        later = longest(runs, k, index) if runs[k].opens else None
        if later is not None and later.last > found.last:
            return any(run.folded not in _AREA_NOUNS for run in runs[found.last + 1 : later.last + 1])
    return False


_AREA_NOUNS = frozenset({"district", "subdistrict", "governorate", "province"})


class _LatinWord(msgspec.Struct, frozen=True, gc=False):
    """What is known of a word in Latin script as it is written.

    Attributes:
        length: Of how many characters it is, a possessive not counted.
        folded: Its folded form.
        opens: Whether a name can begin with it.
        capital: Whether it begins with a capital.
        acronym: Whether it is one ("SDF").
        is_article: Whether it can be the Arabic article.
        is_preposition: Whether it is an English word instead, where a space follows it.
        in_names: Whether it can be part of a name; any other word ends a name in front of it.
    """

    length: int
    folded: str
    opens: bool
    capital: bool
    acronym: bool
    is_article: bool
    is_preposition: bool
    in_names: bool


class _LatinWords(dict[str, _LatinWord]):
    """What is known of words, worked out when one is met for the first time: most are the same few thousand."""

    def __missing__(self, raw: str) -> _LatinWord:
        if len(self) > _MAX_REMEMBERED:
            self.clear()
        word = _POSSESSIVE.sub("", raw)
        folded, capital = namekeys.fold_latin(word.replace("-", "")), word[0].isupper()
        is_article, acronym = folded in namekeys.ARTICLES, is_acronym(word)
        opens = capital or is_article
        in_names = opens or folded in _SMALL_WORDS
        facts = (opens, capital, acronym, is_article, raw in _PREPOSITIONS, in_names)
        known = self[raw] = _LatinWord(len(word), folded, *facts)
        return known


class _ArabicWord(msgspec.Struct, frozen=True, gc=False):
    """What is known of a word of a text in Arabic script.

    Attributes:
        folded: Its folded form.
        bare: The same without its article.
        openings: Those of its readings (`clitic_readings`) that a known name begins with: mostly none.
        is_name: Whether one of them is a whole name.
    """

    folded: str
    bare: str
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
        folded = namekeys.fold_arabic(word)
        openings = tuple(reading for reading in clitic_readings(folded) if self._index.begins_arabic(reading[0]))
        is_name = any(key in self._index.by_text_key for key, _ in openings)
        known = self[word] = _ArabicWord(folded, namekeys.without_article(folded), openings, is_name)
        return known


def _arabic_rows(text: str, index: NameIndex, known: _ArabicWords) -> Iterator[list[_ArabicRun]]:
    """The words in Arabic script that a name can begin with, each with those behind it that can be of the same name."""
    row: list[_ArabicRun] = []
    left = 0  # how many more words the last name that may have begun can have
    matches = list(_ARABIC_RUN.finditer(text))
    words = [known[match[0]] for match in matches]
    for at, (match, word) in enumerate(zip(matches, words, strict=True)):
        opens = bool(word.openings) and (word.is_name or _goes_on(text, matches, words, at, index))
        if row and ((left == 0 and not opens) or not _is_joined(text, row[-1].end, match.start())):
            yield row
            row = []
        if not row and not opens:
            continue
        left = _MAX_WORDS - 1 if opens else left - 1
        row.append(_ArabicRun(*match.span(), word.folded, opens, word.openings))
    if row:
        yield row


def _goes_on(
    text: str, matches: Sequence[re.Match[str]], words: Sequence[_ArabicWord], at: int, index: NameIndex
) -> bool:
    """Whether a known name begins with a word and the one behind it."""
    if at + 1 == len(words) or not _is_joined(text, matches[at].end(), matches[at + 1].start()):
        return False
    return any(index.begins_arabic(key + words[at + 1].bare) for key, _ in words[at].openings)


def is_acronym(word: str) -> bool:
    """Whether a word is two or three capitals ("US", "SDF"); names of places are longer, also in headlines."""
    return 2 <= len(word) <= 3 and word.isupper() and word.isascii() and word.isalpha()


# The longest gap that `_JOINED` matches; most words of names stand much further apart.
_MAX_GAP = 8


def _is_joined(text: str, end: int, start: int) -> bool:
    """Whether the words that end and start there can be two of one name."""
    return start - end <= _MAX_GAP and _joins(text[end:start])


def _is_gap(between: str) -> bool:
    """Whether this may stand between two words of one name."""
    return len(between) <= _MAX_GAP and _joins(between)


@lru_cache(maxsize=1024)
def _joins(between: str) -> bool:
    return _JOINED.fullmatch(between) is not None


def _longest_latin(runs: Sequence[_LatinWord], i: int, index: NameIndex) -> _Found | None:
    """The longest name that starts with word `i`: an article or a capitalised word."""
    found: _Found | None = None
    keys = [""]
    parts: list[spelling.WordPart] = []
    content = 0
    behind_article = False
    for j in range(i, min(len(runs), i + 2 * _MAX_WORDS)):
        run = runs[j]
        following = runs[j + 1] if j + 1 < len(runs) else None
        if following is not None and namekeys.is_article(run.folded, following.folded):
            behind_article = True
            continue
        # "Deir az-zor" has its second capital lost.
        small = run.folded in _SMALL_WORDS or behind_article
        behind_article = False
        if not run.capital and (content == 0 or not small):
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
    longer = [key + namekeys.light_key(word) for key in keys]
    stripped = _GLUED_ARTICLE.sub("", word)
    if stripped != word and len(keys) < 4:
        longer += [key + namekeys.light_key(stripped) for key in keys]
    return longer


def _longest_arabic(runs: Sequence[_ArabicRun], i: int, index: NameIndex) -> _Found | None:
    """The longest name that starts with word `i`, with as few clitics taken off as possible."""
    first = runs[i]
    best: _Found | None = None
    for key, cut in first.openings:
        for j in range(i, min(len(runs), i + _MAX_WORDS)):
            if j > i:
                if runs[j].folded in _NO_NAME_PARTS:
                    break
                key += namekeys.without_article(runs[j].folded)
                if not index.begins_arabic(key):
                    break
            if key in index.by_text_key and len(key) >= MIN_KEY_IN_TEXT and (best is None or j > best.last):
                # Vowel signs make the word longer than its folded form; then the clitic stays in the span.
                offset = cut if first.end - first.start == len(first.folded) else 0
                best = _Found(i, j, offset, tuple(index.by_text_key[key]), index.strong_text_keys[key] > 0)
    return best if best is None else _with_namesakes(best, runs, index)


# "أعلنت قوى الأمن في حلب أن": with the small word behind it a name could be read as a longer one ("حلبان").
_NO_NAME_PARTS = frozenset({"ان", "من", "في", "عن"})
# "The village of X" in one with a name ("قرية الطيبة"): so the gazetteer calls the hamlets among those of one name.
_VILLAGE = "قريه"


def _with_namesakes(found: _Found, runs: Sequence[_ArabicRun], index: NameIndex) -> _Found:
    """What is called "the village of X", which may be any place called X, and not only a hamlet that is listed so."""
    if found.last == found.first or not runs[found.first].folded.endswith(_VILLAGE) or not runs[found.first + 1].opens:
        return found
    named = _longest_arabic(runs[: found.last + 1], found.first + 1, index)
    if named is None or named.last != found.last:
        return found
    owners = tuple(dict.fromkeys((*named.owners, *found.owners)))
    return msgspec.structs.replace(found, owners=owners, strong=named.strong or found.strong)


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
