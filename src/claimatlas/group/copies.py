"""Which reports are copies of one story, and which uncommon words a piece of text holds.

Wire stories travel: forty outlets print one agency's text, shortened, retitled, with their own teasers around
it. They are found by the runs of words they share. Of all runs of five words a fixed share is kept by its hash
(Manber, 1994), so that the work grows with the text and no two reports are compared that share nothing.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence

import networkx as nx
import numpy as np
import numpy.typing as npt

from claimatlas.model import Report
from claimatlas.text.forms import fold

# Runs of five words seldom recur by chance; shorter ones are phrases of the trade.
RUN_LENGTH = 5
# One run in two is kept: a wire item of 30 words still leaves a dozen.
KEEP_ONE_IN = 2
# Copies share at least this part of the shorter text's runs. Chosen on reports of one event by several outlets:
# independent texts stay below 0.2 even when both quote one statement, shortened copies stay above 0.5.
COPIED_SHARE = 0.5
# With fewer kept runs than this in common nothing is said: a menu or a byline is shared by strangers.
MIN_SHARED_RUNS = 6
# Runs met further apart in time than a story lives are a site's own furniture.
STORY_LIVES_DAYS = 10
# Of a run that more reports share than this, each is paired with the first only: that joins them as well.
MAX_ALL_PAIRS = 40

_WORD = re.compile(r"\w+")
_MULTIPLIERS = np.array([pow(1_000_003, power, 2**64) for power in range(RUN_LENGTH)], dtype=np.uint64)

# Prefixes of one or two letters that Arabic writes onto the next word (and, in, to, as, the).
_PROCLITICS = ("وال", "بال", "فال", "كال", "لل", "ال")
# Endings of number, gender and person, in matching form.
_SUFFIXES = ("هما", "تها", "تهم", "ها", "هم", "ات", "ان", "ون", "ين", "يه", "ته", "ه", "ي")
_MIN_STEM = 3


def find_copies(reports: Sequence[Report]) -> dict[str, int]:
    """Put the copies of one story together.

    Args:
        reports: The reports, each id once.

    Returns:
        A number for each report id; reports with the same number carry one story. Numbers follow input order.
    """
    runs = [hash_runs(report) for report in reports]
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(reports)))
    for first, second, shared in _count_shared_runs(reports, runs):
        shorter = min(len(runs[first]), len(runs[second]))
        if shared >= MIN_SHARED_RUNS and shared >= COPIED_SHARE * shorter:
            graph.add_edge(first, second)
    stories = sorted((min(members), members) for members in nx.connected_components(graph))
    return {reports[index].id: story for story, (_, members) in enumerate(stories) for index in members}


def hash_runs(report: Report) -> npt.NDArray[np.uint64]:
    """Hashes of the kept runs of words of a report's title and text, sorted, each once."""
    words = _WORD.findall(fold(f"{report.title}\n{report.text}"))
    if len(words) < RUN_LENGTH:
        return np.empty(0, dtype=np.uint64)
    known = {word: zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in set(words)}
    values = np.fromiter((known[word] for word in words), dtype=np.uint64, count=len(words))
    n_runs = len(words) - RUN_LENGTH + 1
    hashes = np.zeros(n_runs, dtype=np.uint64)
    for offset in range(RUN_LENGTH):
        hashes += values[offset : offset + n_runs] * _MULTIPLIERS[offset]
    # The low bits of a sum of products are poor; the fold brings the high ones down.
    hashes ^= hashes >> np.uint64(29)
    return np.unique(hashes[hashes % np.uint64(KEEP_ONE_IN) == 0])


def _count_shared_runs(
    reports: Sequence[Report], runs: Sequence[npt.NDArray[np.uint64]]
) -> Iterator[tuple[int, int, int]]:
    """Pairs of reports that share runs, and how many; pairs are kept as one number each, which costs least."""
    if not runs:
        return
    owners = np.repeat(np.arange(len(runs), dtype=np.int64), [len(own) for own in runs])
    hashes = np.concatenate(list(runs))
    order = np.lexsort((owners, hashes))
    owners, hashes = owners[order], hashes[order]
    edges = np.flatnonzero(np.diff(hashes)) + 1
    starts = np.concatenate(([0], edges)).astype(np.int64)
    sizes = np.diff(np.concatenate((starts, [len(hashes)])))
    unknown = np.iinfo(np.int64).min
    days = np.array([unknown if r.published is None else r.published.toordinal() for r in reports], dtype=np.int64)
    codes: list[npt.NDArray[np.int64]] = [np.empty(0, dtype=np.int64)]
    # Runs held by equally many reports are taken together: the pairs of the k holders, k by k.
    for size in sorted({int(size) for size in np.unique(sizes) if size > 1}):
        members = owners[starts[sizes == size][:, None] + np.arange(size)]
        members = members[_live_briefly(days[members], unknown)]
        firsts, seconds = np.triu_indices(size, 1)
        if size > MAX_ALL_PAIRS:
            firsts, seconds = firsts[: size - 1], seconds[: size - 1]
        codes.append((members[:, firsts] * len(reports) + members[:, seconds]).ravel())
    pairs, counts = np.unique(np.concatenate(codes), return_counts=True)
    enough = counts >= MIN_SHARED_RUNS
    for code, count in zip(pairs[enough].tolist(), counts[enough].tolist(), strict=True):
        yield code // len(reports), code % len(reports), count


def _live_briefly(days: npt.NDArray[np.int64], unknown: int) -> npt.NDArray[np.bool_]:
    """Which rows of days of publication span no more than a story lives; unknown days do not count."""
    first = np.where(days == unknown, np.iinfo(np.int64).max, days).min(axis=1)
    last = days.max(axis=1)
    live: npt.NDArray[np.bool_] = (last == unknown) | (last - np.minimum(first, last) <= STORY_LIVES_DAYS)
    return live


class Lexicon:
    """Numbers the words of a collection, so that each is kept once."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._numbers: dict[str, int] = {}
        self._seen: dict[str, dict[str, int]] = {}

    def find_words(self, text: str, lang: str) -> npt.NDArray[np.int32]:
        """Numbers of the words of a text, sorted, each once.

        Words are taken in matching form, Arabic ones without article, conjunction and ending; figures and words of
        fewer than three letters are left out.
        """
        seen = self._seen.setdefault(lang, {})
        words = set(_WORD.findall(fold(text)))
        for word in words.difference(seen):
            seen[word] = self._number(word, lang)
        found = {seen[word] for word in words}
        found.discard(NO_WORD)
        return np.array(sorted(found), dtype=np.int32)

    def _number(self, word: str, lang: str) -> int:
        if len(word) < _MIN_STEM or word.isdigit():
            return NO_WORD
        stem = _stem(word) if lang == "ar" else word
        number = self._numbers.setdefault(stem, len(self.words))
        if number == len(self.words):
            self.words.append(stem)
        return number


NO_WORD = -1


def _stem(word: str) -> str:
    """An Arabic word without what is written onto it before and after: a light stem, good enough to compare."""
    for prefix in _PROCLITICS:
        if word.startswith(prefix) and len(word) - len(prefix) >= _MIN_STEM:
            word = word[len(prefix) :]
            break
    else:
        if word[0] in "وفبلك" and len(word) > _MIN_STEM + 1:
            word = word[1:]
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _MIN_STEM:
            return word[: -len(suffix)]
    return word


def weigh_words(
    texts: Sequence[npt.NDArray[np.int32]], langs: Sequence[str], lexicon: Lexicon
) -> list[dict[str, float]]:
    """Turn each text's words into a vector of unit length, rare words heavier.

    Args:
        texts: Numbers of the words of each text.
        langs: Language of each text; rarity is counted within a language.
        lexicon: The words behind the numbers.

    Returns:
        For each text its weightiest `WORDS_KEPT` words and their weights. Words that no other text holds count
        for the length of the vector, and are then left out: nothing can share them. So are words of more than a
        tenth of a language's texts. Where a language has fewer than `ENOUGH_TEXTS`, no vector has any words.
    """
    own = {lang: [text for text, other in zip(texts, langs, strict=True) if other == lang] for lang in set(langs)}
    weights = {lang: _weigh_lexicon(own[lang], lexicon) for lang in own}
    return [_weigh_text(words, *weights[lang], lexicon) for words, lang in zip(texts, langs, strict=True)]


def _weigh_lexicon(
    texts: Sequence[npt.NDArray[np.int32]], lexicon: Lexicon
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    counts = np.bincount(np.concatenate([*texts, np.empty(0, dtype=np.int32)]), minlength=len(lexicon.words))
    if len(texts) < ENOUGH_TEXTS:
        return np.zeros(len(lexicon.words)), counts
    weights = np.log((len(texts) + SMOOTHING) / (counts + 0.5))
    weights[counts > COMMON_SHARE * len(texts)] = 0
    return weights, counts


def _weigh_text(
    words: npt.NDArray[np.int32], weights: npt.NDArray[np.float64], counts: npt.NDArray[np.int64], lexicon: Lexicon
) -> dict[str, float]:
    own = weights[words]
    length = float(np.sqrt(np.sum(own * own)))
    shared = words[(counts[words] > 1) & (own > 0)]
    if not len(shared):
        return {}
    kept = shared[np.argsort(-weights[shared], kind="stable")[:WORDS_KEPT]].tolist()
    return {lexicon.words[word]: float(weights[word]) / length for word in kept}


# The rarest sixty words hold nearly all of a vector's length; more only cost memory.
WORDS_KEPT = 60
# Words of more texts than this are words of the trade ("killed", "bombardment").
COMMON_SHARE = 0.05
# A handful of texts cannot say which words are rare.
ENOUGH_TEXTS = 30
# Keeps a word met once or twice from outweighing all others in a small collection.
SMOOTHING = 50
