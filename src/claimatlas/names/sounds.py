"""What differing sounds cost: how far two names lie apart once they are read (`names`).

A name is read into a string with one character per phoneme. `align` lays two such strings side by side with the
costs that the habits of spelling suggest: q for k is cheap, b for m is not. A `skeleton` keeps only the consonants,
by class, and serves as the key of the index.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from itertools import accumulate

# One character per phoneme, the same alphabet for both scripts.
# Latin readings use  b t T j c h x d D r z s S f v q k g G l m n w y  and the vowels  a e i o u;  7 is a second a.
# Arabic readings add A (long a), E (ʿayn), 1 (ض), 2 (ظ), 3 (ta marbuta), 4 (a final ح, which Latin spellings often
# drop), 5 (alef at the front, which carries any vowel), C (ص), V (ط), M (n before b) and use w, y for the long vowels.
# No Latin habit tells ط and ت or ص and س apart, but no Arabic one takes them for one another.

_CLASSES = str.maketrans({
    **dict.fromkeys("aeiouAE3457wy"),
    "T": "t", "D": "d", "1": "d", "2": "d", "q": "k", "g": "G", "c": "j", "v": "f", "C": "s", "V": "t", "M": "m",
})  # fmt: skip


def skeleton(sounds: str) -> str:
    """The consonants of a word by class, without weak letters (vowels, w, y, ʿayn, hamza, a final h, ta marbuta)."""
    return sounds.translate(_CLASSES)


# A cost is minus the natural logarithm of how often a sound is written so, compared with its commonest spelling: 0
# is the rule, 1 every third time, 3 every twentieth. The first two tables were learned by benchmarks/fit_sounds.py
# from some 30,000 pairs of spellings of one place in OCHA's and Who's On First's lists (not from reports), rounded
# to quarters, and made no cheaper than `_LEAST_GAP` for consonants that only bad pairs lack. "-" stands for
# nothing.

_LATIN_FOR_ARABIC = """
    0.0: a5 e5 i5 o5 u5 -4 -E 4- a- e- o- iy uw 7- 7E sC tV mM nM
    0.25: aA i- u- 7A
    0.5: -5
    0.75: a3 ow 73
    1.0: eA T2 TD d1 e3
    1.5: gk gG kq vw
    1.75: -y D2 Ss SC cj z2
    2.0: ey
    2.25: -3 -h D1 iA oA aE iE eE uE
    2.5: dD yi
    2.75: -A Dd gq 3- l- h-
    3.0: Tt TV qk qG uA y- w- i3 a4 oy
    3.25: gj
    3.5: -w zD vf G- Gx xG xh hx
    3.75: tT d2 3t
    4.0: Sj hq bf fb rd lr rl nl ln mn nm tn bn nb by jx xj jh hj qf fq kx xk td dt dV rz zr
    4.25: ck jy vb z1 Dz
    4.5: sT cS sz zs zC nr rn qx yn
    """
_LATIN_FOR_LATIN = """
    0.0: -e
    0.25: -o -7
    0.5: ou 7a
    0.75: -u -i
    1.0: ae ea DT iy uw
    1.25: ei
    1.5: -y -a
    1.75: Gg Ss gk kq vw
    2.0: Sc cj -h
    2.25: Dd ow qg eo
    2.75: Tt ck -w
    3.0: ai ao au iu eu
    3.25: jg
    3.5: Dz bv jy -t xh -l
    4.0: Gx kx 3t Sj hx fv bf mn ln rl dt rn fq zs
    """
# Arabic spellings of one place differ by hamza, final alif and ta marbuta, and by dots; set by hand on the same scale,
# and compared with the 734 pairs in which OCHA, Who's On First and the Syrian Archive write one place otherwise.
_ARABIC_FOR_ARABIC = """
    0.0: Mn Mm
    0.25: 5A -4
    0.5: A3
    0.75: 12 -3
    1.0: -5 -E -A 4h sC tV
    1.25: 5E yA -y -w AE 3y wA
    1.5: 2D 1d Dd 2z
    1.75: qk
    2.0: fq jx xh jh bt bn tn by ny bT nT Mt MT My rz dD sS EG V2 1C hx CV tT TD Dz zj
    2.5: td kx gk dr rw nl qG bm mn nb lr Gx jk -h
    """
_LEAST_GAP = 3.0
_UNEXPLAINED = 5.0
# Slips of the keyboard in Arabic names, on the same scale.
_SLIP = 2.0
_WRITTEN_TWICE = 0.75
_Costs = tuple[dict[str, dict[str, float]], dict[str, float], dict[str, float]]


def _read_costs(text: str, *, mirror: bool) -> _Costs:
    """(cost of each pair by the first's sound, cost of leaving out a sound of the first, of the second)."""
    pairs: dict[str, dict[str, float]] = {}
    gaps: dict[str, float] = {}
    other_gaps: dict[str, float] = {}
    cost = 0.0
    for pair in text.split():
        if pair.endswith(":"):
            cost = float(pair[:-1])
            continue
        for both in (pair, pair[::-1]) if mirror else (pair,):
            x, y = both[0], both[1]
            if x == "-":
                other_gaps[y] = cost
            elif y == "-":
                gaps[x] = cost
            else:
                pairs.setdefault(x, {})[y] = cost
    return pairs, gaps, other_gaps


_COSTS: dict[tuple[bool, bool], _Costs] = {
    (False, True): _read_costs(_LATIN_FOR_ARABIC, mirror=False),
    (False, False): _read_costs(_LATIN_FOR_LATIN, mirror=True),
    (True, True): _read_costs(_ARABIC_FOR_ARABIC, mirror=True),
}


def align(sounds: str, arabic: bool, other: str, other_arabic: bool) -> float:
    """How unlikely two strings of sounds are to be one name: 0 for usual spellings, about 3 for each unexplained.

    Args:
        sounds: The sounds of a name.
        arabic: Whether they were read from Arabic script.
        other: The sounds of the other.
        other_arabic: Whether those were.
    """
    if arabic and not other_arabic:
        return _align(other, sounds, False, True)
    return _align(sounds, other, arabic, other_arabic)


@lru_cache(maxsize=131072)
def _align(sounds: str, other: str, arabic: bool, other_arabic: bool) -> float:
    """The cost of the cheapest alignment of two strings of sounds in which like consonants stand opposite one another.

    Where their skeletons agree, from the beginning and from the end, each consonant with its vowels is compared with
    its like; only what lies between is tried in every way. The same parts come back in other names, so most costs
    are known already.
    """
    bones, parts = _parted(sounds)
    other_bones, other_parts = _parted(other)
    cost_of = _PART_COSTS[arabic, other_arabic]
    if bones == other_bones:
        return sum(map(cost_of, parts, other_parts))
    shorter = min(len(bones), len(other_bones))
    front = 0
    while front < shorter and bones[front] == other_bones[front]:
        front += 1
    back = 0
    while back < shorter - front and bones[-1 - back] == other_bones[-1 - back]:
        back += 1
    end, other_end = len(parts) - back, len(other_parts) - back
    # The last part that agrees belongs to the middle: a consonant left out leaves its vowel behind there.
    return (
        sum(map(cost_of, parts[:front], other_parts[:front]))
        + cost_of("".join(parts[front:end]), "".join(other_parts[front:other_end]))
        + sum(map(cost_of, parts[end:], other_parts[other_end:]))
    )


_PART = re.compile(r"^[aeiouAE3457wy]*|[^aeiouAE3457wy][aeiouAE3457wy]*")


@lru_cache(maxsize=131072)
def _parted(sounds: str) -> tuple[str, tuple[str, ...]]:
    """The skeleton, and the sounds before its first consonant, then each consonant with the weak sounds behind it."""
    return skeleton(sounds), tuple(_PART.findall(sounds))


def _align_parts(costs: _Costs, slips: bool, sounds: str, other: str) -> float:
    """The cost of the cheapest alignment of two strings of sounds; equal beginnings and ends cost nothing.

    Args:
        costs: What each difference costs.
        slips: Whether a letter written twice and two letters in the wrong order are slips of the keyboard. Those of
            Latin spellings are habits, and have been undone.
        sounds: The first string.
        other: The second.
    """
    pairs, gaps, other_gaps = costs
    drops = _gap_costs(sounds, gaps, slips)
    inserts = _gap_costs(other, other_gaps, slips)
    start = 0
    while start < len(sounds) and start < len(other) and sounds[start] == other[start]:
        start += 1
    end, other_end = len(sounds), len(other)
    while end > start and other_end > start and sounds[end - 1] == other[other_end - 1]:
        end -= 1
        other_end -= 1
    sounds, other, drops, inserts = (
        sounds[start:end],
        other[start:other_end],
        drops[start:end],
        inserts[start:other_end],
    )
    above: list[float] = []
    previous = [0.0, *accumulate(inserts)]
    for i, (char, drop) in enumerate(zip(sounds, drops, strict=True)):
        same = pairs.get(char, _NO_PAIRS)
        least = previous[0] + drop
        current = [least]
        for j, (match, insert) in enumerate(zip(other, inserts, strict=True)):
            # Plain comparisons: this is where most of the time goes, and `min` takes several times as long.
            inserted, dropped = least + insert, previous[j + 1] + drop
            least = previous[j] if char == match else previous[j] + same.get(match, _UNEXPLAINED)
            if dropped < least:
                least = dropped
            if inserted < least:
                least = inserted
            if slips and i and j and char == other[j - 1] and match == sounds[i - 1]:
                least = min(least, above[j - 1] + _SLIP)
            current.append(least)
        above, previous = previous, current
    return previous[-1]


def _gap_costs(sounds: str, gaps: dict[str, float], slips: bool) -> list[float]:
    """What leaving out each sound costs."""
    costs = [gaps.get(char, _LEAST_GAP) for char in sounds]
    if slips:
        for i in range(1, len(sounds)):
            if sounds[i] == sounds[i - 1]:
                costs[i] = min(costs[i], _WRITTEN_TWICE)
    return costs


_NO_PAIRS: dict[str, float] = {}
_PART_COSTS = {
    scripts: lru_cache(maxsize=65536)(partial(_align_parts, costs, scripts == (True, True)))
    for scripts, costs in _COSTS.items()
}
