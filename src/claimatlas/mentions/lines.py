"""What kind of line one of a page is: a sentence, a heading or link, a caption."""

from __future__ import annotations

import re

from claimatlas.mentions.document import Mentions

# A line without a final stop and with no more words than this is a heading, a link or a label.
_MAX_FRAGMENT_WORDS = 26
# A headline cut short ("مداهمات في ثلاث محافظات تسفر...").
_CUT_SHORT = re.compile(r"(?:\.\.\.|…)\W*$")
_STOP = re.compile(r"[.!?؟…:,;،؛—–-][\"')\]»”’]*\s*$")
# Captions are told by the credit in brackets at their end, or by the words they open with.
_CREDITED = re.compile(
    r"\((?:[^()]{0,60}\b)?(?:photo|file photo|reuters|ap|afp|getty|anadolu|aa|iha|image|credit)\b"
    r"[^()]{0,80}\)\W*$|\(photo by\b|\((?:الدفاع المدني|الخوذ البيضاء|رويترز|الأناضول|أ ?ف ?ب|فرانس برس|أسوشيتد برس|"
    r"عنب بلدي|تويتر|فيسبوك|إنترنت|الإنترنت|متداول|أرشيف|أرشيفية|Getty|وكالات)[^()]{0,40}\)\W*$",
    re.IGNORECASE,
)
# … but "وفق مصادر في الدفاع المدني (الخوذ البيضاء)" says whose the news is, and that they are called so.
_SOURCED = re.compile(r"(?:وفق|حسب|نقلا عن|قال|أفاد|ذكر|أعلن|أكد)")
_SOURCED_REACH = 60
_CAPTIONED = re.compile(
    r"file photo\b|\W*photo\b|in this (?:photo|image|picture|file)|\W*a (?:picture|photo) (?:taken|shows)",
    re.IGNORECASE,
)


def is_full(line: str) -> bool:
    """Whether a line is as long as a sentence, or ends as one does."""
    n_words = line.count(" ") + 1
    if n_words <= _MAX_FRAGMENT_WORDS and _CUT_SHORT.search(line) is not None:
        return False
    if n_words > _MAX_FRAGMENT_WORDS:
        return True
    if n_words <= 3 or _STOP.search(line[-3:]) is None:
        return False
    return n_words > 5 or any(letter.isdigit() for letter in line)  # "- Sarmin: artillery. 12 killed."


# "- ", "• " and the like in front of an item; "سرمين:" and "مدينة معرة النعمان:" open one as well.
_BULLET = re.compile(r"\s*(?:[-–—•●▪■◾*·▫◆➖✅🔴🔻🔹🔸]|\d{1,2}\s*[-.)])\s*")
_LABEL_TOKENS = 6


def is_item(mentions: Mentions, start: int, end: int) -> bool:
    """Whether a line is one of a list of what happened where: a place and what befell it ("سرمين: 3 شهداء").

    Told of a language without capitals, in which such lists stand for whole reports.
    """
    if mentions.vocabulary.grammar.cased_names:
        return False
    first, last = mentions.tokens_in(start, end)
    if first >= last or not mentions.words_of(first, last, "event", "outcome"):
        return False
    label = range(first, min(last - 1, first + _LABEL_TOKENS))
    colon = next((at for at in label if ":" in mentions.between(at, at + 1)), None)
    if colon is not None and any(at in mentions.names for at in range(first, colon + 1)):
        return not mentions.words_of(first, colon + 1, "event", "outcome", "reporting", "claimant")
    line = mentions.text.rfind("\n", 0, mentions.tokens[first].start) + 1
    return _BULLET.match(mentions.text, line, mentions.tokens[first].start) is not None


# A first line of so many words that also has a comma is a post's own sentence whose stop was left out.
_LONG_LINE = 14


def tells_at_length(mentions: Mentions, start: int, end: int) -> bool:
    """Whether a line without a stop is a sentence and no headline, in a language whose posts leave stops out."""
    line = mentions.text[start:end]
    return not mentions.vocabulary.grammar.cased_names and line.count(" ") >= _LONG_LINE and "،" in line


def goes_on(mentions: Mentions, start: int, end: int) -> bool:
    """Whether a line goes on with the one above it, by a word written in one with "and", or one like "whereas"."""
    first, last = mentions.tokens_in(start, end)
    if mentions.vocabulary.grammar.cased_names or not mentions.words_of(first, last, "event", "outcome"):
        return False
    opener = mentions.words.get(first)
    leads_on = opener is not None and opener.is_cue("clause", "join")
    return leads_on or mentions.vocabulary.begins_with_join(mentions.tokens[first].norm)


def is_caption(line: str) -> bool:
    """Whether a line tells what a picture shows."""
    if _CAPTIONED.match(line) is not None:
        return True
    credit = _CREDITED.search(line) if "(" in line else None
    return credit is not None and _SOURCED.search(line, max(0, credit.start() - _SOURCED_REACH), credit.start()) is None
