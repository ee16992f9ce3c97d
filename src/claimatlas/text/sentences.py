"""Where sentences and paragraphs begin and end."""

from __future__ import annotations

import re

from claimatlas.text.forms import ARABIC

_ABBREVIATIONS = frozenset({
    "mr", "mrs", "ms", "dr", "gen", "lt", "col", "maj", "capt", "cpt", "sgt", "st", "gov", "sen", "rep", "brig",
    "cmdr", "adm", "no", "vs", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    "inc", "co", "corp", "ltd", "approx", "incl", "km", "al", "p", "pp", "ref", "est", "prof", "rev", "hon", "pres",
    "min", "dept",
})  # fmt: skip
# After "U.S." or "a.m." a new sentence is only believed when it opens with one of these.
_OPENERS = frozenset({
    "the", "a", "an", "in", "on", "at", "it", "he", "she", "they", "we", "his", "her", "their", "this", "that",
    "these", "those", "but", "and", "however", "meanwhile", "as", "after", "before", "when", "while", "there", "for",
    "according", "earlier", "later", "since", "also", "although", "activists", "residents", "officials", "local",
    "sources",
})  # fmt: skip
# It begins with a set of characters, for which a text is looked through much faster than for a choice.
_STOP = re.compile(
    rf"(?P<stop>[.!?؟…](?:(?<!…)[.!?؟]+)?[\"')\]]*)"
    rf"(?:(?P<space>\s+|$)|(?=\s*[\"'(]*[{ARABIC}]{{2}})|(?=[A-Z][a-z]))"
)
_STOP_OR_LINE = re.compile(rf"{_STOP.pattern}|[ \t]*\n\s*")
_DOMAIN = re.compile(r"(?:نت|كوم|com|net|org)(?!\w)")
_TO_LAST_WORD = re.compile(r".*[\s\"'()\[\]]", re.DOTALL)
_NEXT_WORD = re.compile(r"[^\w]*(\w+)")
# A "sentence" longer than this lost its punctuation; it is cut at a comma or a space.
_MAX_SENTENCE = 1500


def split_sentences(text: str) -> list[tuple[int, int]]:
    """The spans (start, end) of the sentences of a cleaned text, without the spaces around them.

    Lines end sentences, except where a line was only wrapped. Abbreviations ("Gen.", "a.m.", "U.S.", أ.ف.ب) do not.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in (_STOP_OR_LINE if "\n" in text else _STOP).finditer(text):
        if match["stop"] is None:
            if _is_wrapped(text, start, match.start(), match.end()):
                continue
            cut = match.start()
        elif _is_abbreviation(text, match):
            continue
        else:
            cut = match.end("stop")
        _add_sentence(text, start, cut, spans)
        start = match.end()
    _add_sentence(text, start, len(text), spans)
    return spans


def split_paragraphs(text: str) -> list[tuple[int, int]]:
    """The spans (start, end) of the lines of a cleaned text that hold words; wrapped lines are one."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in re.finditer(r"[ \t]*\n\s*", text):
        if _is_wrapped(text, start, match.start(), match.end()):
            continue
        _add_trimmed(text, start, match.start(), spans)
        start = match.end()
    _add_trimmed(text, start, len(text), spans)
    return spans


def _is_wrapped(text: str, line_start: int, start: int, end: int) -> bool:
    """Whether a line break only wraps a sentence: a single break between a comma or letter and a small letter."""
    if text.count("\n", start, end) > 1 or start == line_start or end >= len(text):
        return False
    before, after = text[start - 1], text[end]
    if after in "،,;:)":
        return True
    long_enough = start - max(text.rfind("\n", 0, start), 0) > 40
    return long_enough and (before in ",،;-" or before.isalpha()) and after.islower()


def _is_abbreviation(text: str, match: re.Match[str]) -> bool:
    stop = match["stop"]
    if not stop.startswith("."):
        return False
    before = text[max(0, match.start() - 20) : match.start()]
    gap = _TO_LAST_WORD.match(before)
    word = before[gap.end() :] if gap is not None else before
    if len(stop) > 1 and stop[1] == ".":  # an ellipsis ends a sentence when a capital or Arabic follows
        return bool(match["space"]) and text[match.end() : match.end() + 1].islower()
    if not match["space"]:
        if match["space"] is not None:
            return False
        if _DOMAIN.match(text, match.end()) is not None:
            return True
        head = word.rsplit(".", 1)[-1]
        return len(head) < 2 or "/" in word or "@" in word or word.lower().startswith("www")
    following = text[match.end() : match.end() + 1]
    if following.islower():
        return True
    if word.lower() in _ABBREVIATIONS and not (word.lower() == "no" and not following.isdigit()):
        return True
    if len(word) == 1 and word.isalpha() and word.isupper():
        return True
    if re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word) is not None:
        next_word = _NEXT_WORD.match(text, match.end())
        return next_word is not None and next_word[1].lower() not in _OPENERS
    return False


def _add_sentence(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    while end - start > _MAX_SENTENCE:
        window = text[start : start + _MAX_SENTENCE]
        cut = max(window.rfind(", "), window.rfind("، "))
        if cut < _MAX_SENTENCE // 2:
            cut = window.rfind(" ")
        cut = start + (cut + 1 if cut > 0 else _MAX_SENTENCE)
        _add_trimmed(text, start, cut, spans)
        start = cut
    _add_trimmed(text, start, end, spans)


def _add_trimmed(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        spans.append((start, end))
