"""Texts as they come from the web, made fit to be read.

Cleaning never loses the way back: every character of a cleaned text knows the raw characters it stands for, so that
quotes are always cut from what the publisher wrote.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from claimatlas.text.forms import ARABIC
from claimatlas.text.mojibake import undo_mojibake

_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff"
_INVISIBLE = (
    "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f"
)
_BREAKERS = r"[-–._*/\\|·•~]"  # put between letters to get past word filters, next to a tatweel
# Where a link of Markdown leads; "[sic](see below)" is none.
_TARGET = r"\([^()\s]{0,300}[/.:#][^()\s]{0,300}(?: \"[^\"\n]{0,200}\")?\)"
# Links, pictures and emphasis. "At least **15** people" is a bound, and "the [Bustan](…) neighbourhood" one name.
_MARKDOWN = (
    rf"\[(?=[^\[\]\n]{{1,300}}\]{_TARGET})|\]{_TARGET}"
    r"|(?<![\w*])\*{1,3}(?=[\w\"“«'‘\[])|(?<=[\w.,;:!?%\"”»'’\])])\*{1,3}(?![\w*])"
    r"|(?<![\w_])_{1,3}(?=[^\W_])|(?<=[^\W_])_{1,3}(?!\w)"
)
_PICTURE = rf"!\[[^\[\]\n]{{0,300}}\]{_TARGET}"

# Tried first at each character, since only these can begin one of the patterns behind it.
_MAY_BE_DIRT = (
    rf"(?=[{_MARKS}{_INVISIBLE}\u0640\r\u2028\u2029\u0085<\[\]!&0-9\u0660-\u0669\ufb00-\ufb06\ufb50-\ufdfb\ufe70-\ufefc]"
    rf"|{_BREAKERS}| &|(?<=[0-9\u0660-\u0669])[{ARABIC}])"
)
_DIRT = re.compile(
    rf"{_MAY_BE_DIRT}"
    rf"(?:(?P<marks>[{_MARKS}]+)"
    rf"|(?P<tie>(?<=[{ARABIC}{_MARKS}])\u0640+(?=[0-9\u0660-\u0669]))"
    rf"|(?P<gone>[{_INVISIBLE}]+"
    rf"|(?<=[{ARABIC}{_MARKS}])(?:\u0640+(?:{_BREAKERS}{{1,3}} ?\u0640*)?|{_BREAKERS}{{1,3}}\u0640+"
    rf"|\*{{1,3}})(?=[{ARABIC}{_MARKS}])"
    rf"|(?<=[{ARABIC}{_MARKS}])\u0640+|\u0640+(?=[{ARABIC}])"
    r"|</?(?:a|b|i|u|em|strong|span|font|sup|sub|small|img|mark)\b[^<>]{0,400}>"
    rf"|{_MARKDOWN})"
    r"|(?P<dash>\u0640+)"
    r"|(?P<newline>\r\n?|\u2028|\u2029|\u0085"
    r"|</?(?:p|br|div|li|ul|ol|h[1-6]|table|tr|td|figure|figcaption|blockquote|iframe|section|article)\b[^<>]{0,400}>"
    rf"|{_PICTURE}"
    r"|\[(?:ad_\d{1,3}|\d{6,12})\]|\[/?(?:caption|gallery|embed|video|audio|vc_\w+|et_pb_\w+)\b[^\]\n]{0,400}\])"
    r"|(?P<apostrophe> ?& # ?(?:0?39|8217|x27) ?;? ?)"
    r"|(?P<entity>& ?(?:amp ?; ?)?(?:# ?(?:\d{2,6}|[xX] ?[0-9a-fA-F]{2,5})|nbsp|quot|apos|amp|lt|gt|laquo|raquo"
    r"|[lr][sd]quo|[mn]dash"
    r"|hellip|shy|zwn?j|[lr]rm|eacute|middot|bull)\b ?(?:;|(?=[\s\w]|$)))"
    rf"|(?P<glue>(?<=[{ARABIC}{_MARKS}])(?=[0-9\u0660-\u0669])|(?<=[0-9\u0660-\u0669])(?=[{ARABIC}]))"
    r"|(?P<ligature>[\ufb00-\ufb06\ufb50-\ufdfb\ufe70-\ufefc]))"
)
# Whether there is any dirt at all. It begins with a set of characters, for which a text is looked through much faster
# than for a choice: what is dirt beside certain others only looks back at itself.
_ALWAYS_DIRT = rf"{_MARKS}{_INVISIBLE}\u0640\r\u2028\u2029\u0085<\ufb00-\ufb06\ufb50-\ufdfb\ufe70-\ufefc"
_FIRST_DIRT = re.compile(
    rf"[{_ALWAYS_DIRT}&*_\[\]0-9\u0660-\u0669]"
    rf"(?:(?<=[{_ALWAYS_DIRT}])|(?<=&)[ #a-z]|(?<=\[)(?:ad_|\d|/?[a-z])|(?<=\])\(|(?<=\*)[\w\"]|(?<=[\w.,]\*)"
    r"|(?<=_)(?<!\w_)|(?<=[\u0621-\u064a][0-9\u0660-\u0669])|(?<=[0-9\u0660-\u0669])[\u0621-\u064a])"
)
# What dirt in plain ASCII begins with.
_MAY_BE_ASCII_DIRT = re.compile(r"[<&\[*_\r\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

_ONE_TO_ONE = {
    ord(space): " "
    for space in "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
}
_ONE_TO_ONE |= {first + digit: str(digit) for first in (0x660, 0x6F0) for digit in range(10)}
_ONE_TO_ONE |= {ord(quote): "'" for quote in "‘’‚‛ʼ`´′"} | {ord(quote): '"' for quote in "“”„‟«»″"}
_ONE_TO_ONE |= {
    ord("ک"): "ك",
    ord("ی"): "ي",
    ord("ھ"): "ه",
    ord("٪"): "%",
    ord("٫"): ".",
    ord("٬"): ",",
    ord("−"): "-",
    ord("‑"): "-",
    ord("‐"): "-",
}
_ODD = re.compile(f"[{''.join(re.escape(chr(code)) for code in _ONE_TO_ONE)}]")
_HASHTAG = re.compile(rf"#(?=[\w])|(?<=[{ARABIC}])_+(?=[{ARABIC}])")
# Words that filters of social networks look for; outlets write them with gaps, dots or hyphens inside.
_FILTERED = re.compile(
    "قتل|قتيل|قصف|شهد|شهيد|شهداء|جرح|جريح|انفجار|تفجير|مجزر|مجازر|دماء|داعش|قسد|يليشي|اغتيال|جثث|جثة|ارهاب|إرهاب"
    "|صاروخ|صواريخ|استهداف"
    "|احتلال|مخدرات|سلاح|أسلح|تعذيب|عبوة|حشيش|قوات|نظام|الأسد|روسي|مسيرة|غارة|غارات"
)
_BROKEN = re.compile(rf"\u0640 \u0640|(?<![{ARABIC}])[{ARABIC}]{{1,5}}[-.][{ARABIC}]{{1,4}}(?![{ARABIC}])")
_MAY_BE_BROKEN = re.compile(rf"\u0640 |[-.][{ARABIC}]")
_PIECES = re.compile(
    rf"(?<![{ARABIC}{_MARKS}\u0640])[{ARABIC}{_MARKS}]{{1,8}}\u0640+"
    rf"(?: \u0640*[{ARABIC}{_MARKS}]{{1,5}}\u0640*(?![{ARABIC}{_MARKS}]))+"
)
_HYPHENED = re.compile(rf"(?<![{ARABIC}])[{ARABIC}]{{1,5}}(?P<gap>[-.])[{ARABIC}]{{1,4}}(?![{ARABIC}])")


@dataclass(frozen=True, slots=True)
class CleanText:
    """A cleaned text that knows where each of its characters stood in the raw one.

    Attributes:
        text: What is to be read.
        raw: What was written.
        starts: Raw offset of each cleaned character; None when nothing moved.
        ends: Raw offset after each cleaned character; None when nothing moved.
    """

    text: str
    raw: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw offsets of a cleaned span (start and end in code points, end exclusive).

        Raises:
            IndexError: The span does not lie within the text.
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"Span {start}..{end} is outside a text of {len(self.text)} characters.")
        if self.starts is None or self.ends is None:
            return start, end
        if start == end:
            at = self.starts[start] if start < len(self.starts) else len(self.raw)
            return at, at
        return self.starts[start], self.ends[end - 1]


def clean(raw: str) -> CleanText:
    """Make a text readable without losing the way back to what was written.

    Undone are: mojibake (UTF-8 read as cp1252, latin-1, cp437 or cp1256, also twice; cp1256 read as latin-1),
    HTML entities (broken ones too: `& # 39`), leftover tags and shortcodes, the links and stars of Markdown,
    zero-width and direction marks, tashkeel and tatweel, letters broken up to pass word filters, Arabic presentation
    forms, odd spaces, Arabic-Indic digits, curly quotes, and the signs of hashtags.

    Args:
        raw: The text as published.

    Returns:
        The cleaned text with its alignment.
    """
    if raw.isascii() and (_MAY_BE_ASCII_DIRT.search(raw) is None or _FIRST_DIRT.search(raw) is None):
        return CleanText(_HASHTAG.sub(" ", raw) if "#" in raw else raw, raw)
    text, starts, ends = undo_mojibake(raw)
    if _MAY_BE_BROKEN.search(text) is not None and _BROKEN.search(text) is not None:
        text, joined = _join_broken(text)
        starts = joined if starts is None else [starts[at] for at in joined]
        ends = [at + 1 for at in joined] if ends is None else [ends[at] for at in joined]
    if _FIRST_DIRT.search(text) is not None:
        text, new_starts, new_ends = _remove_dirt(text)
        if starts is not None and ends is not None:
            starts, ends = [starts[at] for at in new_starts], [ends[at - 1] for at in new_ends]
        else:
            starts, ends = new_starts, new_ends
    # Most characters stay what they are, and a pattern passes over them much faster than a translation does.
    text = _ODD.sub(lambda match: _ONE_TO_ONE[ord(match[0])], text)
    if "#" in text or "_" in text:
        text = _HASHTAG.sub(lambda match: " " * len(match[0]), text)
    if starts is None or ends is None:
        return CleanText(text, raw)
    return CleanText(text, raw, tuple(starts), tuple(ends))


def _join_broken(text: str) -> tuple[str, list[int]]:
    """Join words broken by spaces between tatweels ("قـ ـتـ ـل") or by a hyphen; and say where the letters stood."""
    gone: set[int] = set()
    for match in _PIECES.finditer(text):
        gone.update(_gaps_inside(match))
    for match in _HYPHENED.finditer(text):
        if _FILTERED.search(match[0].replace(match["gap"], "")) is not None:
            gone.add(match.start("gap"))
    kept = [at for at in range(len(text)) if at not in gone]
    return "".join(map(text.__getitem__, kept)), kept


def _gaps_inside(match: re.Match[str]) -> Iterator[int]:
    """The spaces that break one word: next to tatweels on both sides, or around a single letter after such a one."""
    start, words = match.start(), match[0]
    inside = False
    for at, letter in enumerate(words):
        if letter != " ":
            continue
        before, after = words[:at], words[at + 1 :]
        single = len(after.split(" ", 1)[0].strip("\u0640")) == 1
        was_single = len(before.rsplit(" ", 1)[-1].strip("\u0640")) == 1
        linked = before.endswith("\u0640") and after.startswith("\u0640")
        inside = linked or (inside and (single or (was_single and after.split(" ", 1)[0].endswith("\u0640"))))
        if inside:
            yield start + at


def _remove_dirt(text: str) -> tuple[str, list[int], list[int]]:
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for match in _DIRT.finditer(text):
        start, end = match.span()
        if start > position:
            pieces.append(text[position:start])
            starts.extend(range(position, start))
            ends.extend(range(position + 1, start + 1))
        position = end
        if match.lastgroup == "marks":
            if ends:  # a quote that ends in a vowelled letter keeps the vowel
                ends[-1] = end
            continue
        replacement = _replacement(match)
        pieces.append(replacement)
        starts.extend([start] * len(replacement))
        ends.extend([end] * len(replacement))
    pieces.append(text[position:])
    starts.extend(range(position, len(text)))
    ends.extend(range(position + 1, len(text) + 1))
    return "".join(pieces), starts, ends


def _replacement(match: re.Match[str]) -> str:
    words = match[0]
    if match.lastgroup == "gone":
        return ""
    if match.lastgroup == "dash":
        return "-"
    if match.lastgroup in ("glue", "tie"):  # a word written in one with a figure ("إصابة10", "لـ3")
        return " "
    if match.lastgroup == "newline":
        return "\n"
    if match.lastgroup == "apostrophe":
        return "'"
    if match.lastgroup == "ligature":
        return unicodedata.normalize("NFKC", words)
    meant = html.unescape(html.unescape(words.replace(" ", "").rstrip(";") + ";"))
    if len(meant) > 2:  # not an entity after all
        return words
    return "".join(letter for letter in meant if letter.isprintable() or letter in "\n\u00a0")
