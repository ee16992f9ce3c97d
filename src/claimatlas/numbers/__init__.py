"""Numbers in running text: "at least 12", "half a dozen", "30 to 40", خمسة وعشرون, ما لا يقل عن 20.

Bounds are read as the codebook reads them (section 4): "at least 16" is 16 and open, "more than 30" is 31 and open,
"nearly 50" is 50, "up to 50" is open and 50, "dozens" is 24 and open. Numbers that count nobody (years, ages, clock
times, calibres, "T-72") are found too and say what they are (`masks.py` and `reading.py`, with the words of
`english.py` and `arabic.py`).
"""

from __future__ import annotations

from claimatlas.numbers.arabic import ARABIC
from claimatlas.numbers.english import ENGLISH
from claimatlas.numbers.masks import find_masked
from claimatlas.numbers.mentions import NumberKind, NumberMention
from claimatlas.numbers.reading import read_number
from claimatlas.text.forms import fold

__all__ = ["NumberKind", "NumberMention", "find_numbers"]


def find_numbers(text: str, lang: str) -> list[NumberMention]:
    """All numbers of a cleaned text, in order, without overlaps.

    Args:
        text: A cleaned text.
        lang: `en` or `ar`.

    Returns:
        Numbers with their bounds and kinds. "a number of" has neither bound; "both" is two.
    """
    folded = fold(text)
    masked = list(find_masked(folded))
    grammar = ARABIC if lang == "ar" else ENGLISH
    covered = {at for start, end, _ in masked for at in range(start, end)}
    cores = [core for core in grammar.find_cores(folded) if core.start not in covered]
    mentions = [NumberMention(start, end, text[start:end], None, None, kind, start, end) for start, end, kind in masked]
    index = 0
    previous_end = 0
    while index < len(cores):
        following = cores[index + 1] if index + 1 < len(cores) else None
        mention, used = read_number(text, folded, cores[index], following, grammar, previous_end)
        mentions.append(mention)
        previous_end = mention.end
        index += used
    return sorted(mentions, key=lambda mention: mention.start)
