"""The day a clause tells for its deed, and the day somebody said so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from claimatlas.claims.counts import Figure
from claimatlas.dates import DateKind, DateMention, says_published
from claimatlas.mentions.document import Mentions, Word

# What has gone on for longer than this is a campaign ("since 21 April").
CAMPAIGN_DAYS = 7
# "Date of publication" and the like reach this far back from the day.
_LABEL_CHARS = 30
COMMA_OR_STOP = re.compile(r"[,;:.!?،؛؟\n]")
# A day is a deed's the fewer words stand between them; a month is only where no day is told.
_NO_ANCHOR, _VAGUE_DAY = 50, 40
_DAY_KINDS = frozenset({DateKind.ABSOLUTE, DateKind.WEEKDAY, DateKind.RELATIVE, DateKind.VAGUE})


def dates_of(
    mentions: Mentions, first: int, last: int, deeds: Sequence[Word], figures: Sequence[Figure]
) -> tuple[DateMention | None, DateMention | None]:
    """The day of the deed and the day of the statement ("said on Wednesday")."""
    dates = mentions.dates_in(first, last)
    if not dates:
        return None, None
    anchors = [at for figure in figures for at in (figure.first, figure.last)]
    if not anchors:
        anchors = [word.first for word in deeds]
        anchors += [word.first for word in mentions.words_of(first, last, "outcome")]
    wounds = mentions.words_of(first, last, "wounded")
    seen: list[DateMention] = []
    best: tuple[int, DateMention] | None = None
    said: DateMention | None = None
    for index, date in dates:
        if date in seen or date.kind not in _DAY_KINDS or date is mentions.anchor_words:
            continue
        seen.append(date)
        if date.kind is DateKind.VAGUE and _is_span_of_campaign(mentions, index):
            continue
        if date.part == "after" and index > first + 1:
            if mentions.tokens[index - 1].norm not in _COMES:
                continue
            date = replace(date, part="came")
        if _counts_from(mentions, index, first) or "born" in [
            t.norm for t in mentions.tokens[max(0, index - 2) : index]
        ]:
            continue
        if _names_street(mentions, date):
            continue
        if says_published(mentions.text[max(0, date.start - _LABEL_CHARS) : date.start]):
            continue  # "… (updated 1731 29.10.2017) …": the page's own day, run into its first sentence
        if _dates_arrest(mentions, index, first) or _describes_denier(mentions, index, first, last):
            continue
        if _tells_saying(mentions, index, first, last):
            said = said or date
            continue
        if _tells_later(mentions, index, first, last, deeds, figures):
            said = said or date
            continue
        if (
            _dates_another(mentions, index, first)
            or _is_record_of(mentions, date, index, first)
            or _dates_beginning(mentions, index, date)
        ):
            continue
        distance = min((abs(index - anchor) for anchor in anchors), default=_NO_ANCHOR)
        if date.kind is DateKind.VAGUE:
            distance = 0 if figures and _belongs_to_deed(mentions, date, index) else distance + _VAGUE_DAY
        distance += _DAY_OF_DEATH if any(index < word.first for word in wounds) else 0
        if best is None or distance < best[0]:
            best = (distance, date)
    return (best[1] if best is not None else None), said


# "The raid came two days after gunmen killed …": the day of what it came after.
_COMES = frozenset({"come", "comes", "came", "coming", "just", "only"})
_BESIDE = frozenset({"on", "in", "of", "at", "from", "late", "early"})


def _belongs_to_deed(mentions: Mentions, date: DateMention, index: int) -> bool:
    """Whether a deed is told right with its day: "over a bombing last month that killed nine", "last year's raid"."""
    before, after = index - 1, mentions.token_at(date.end - 1) + 1
    if before > 0 and mentions.tokens[before].norm in _BESIDE:
        before -= 1
    beside = (mentions.words.get(at) for at in (before, after))
    return any(word is not None and word.get("event", "noun") is not None for word in beside)


# "Died today of wounds suffered on Monday" tells of Monday, however near the other day stands.
_DAY_OF_DEATH = 60
_ARREST = re.compile("[وب]?(?:اعتقال|اعتقل|توقيف|احتجاز)")
_ARREST_GAP = 3


def _dates_arrest(mentions: Mentions, index: int, first: int) -> bool:
    """Whether a day is that of an arrest: "قضى تحت التعذيب بعد اعتقاله في آب 2013"."""
    if mentions.vocabulary.grammar.cased_names:
        return False
    for at in range(index - 1, max(first - 1, index - _ARREST_GAP - 1), -1):
        if COMMA_OR_STOP.search(mentions.between(at, at + 1)) is not None:
            return False
        if _ARREST.match(mentions.tokens[at].norm) is not None:
            return True
    return False


def _describes_denier(mentions: Mentions, index: int, first: int, last: int) -> bool:
    """Whether a day only says of who denies what he once did: "the army, which gave up gas four years ago, denied"."""
    for verb in mentions.words_of(index, last, "reporting"):
        if verb.get("reporting", "deny") is None:
            continue
        if "," not in mentions.between(verb.first - 1, verb.first):
            return False
        return bool(mentions.words_of(first, index, "relative"))
    return False


def _names_street(mentions: Mentions, date: DateMention) -> bool:
    """Whether a day is the name of a street, a bridge or the like ("April 7th Street")."""
    after = mentions.token_at(date.end)
    word = mentions.words.get(after)
    if word is None or word.first != after or word.get("place") is None or mentions.between(after - 1, after) != " ":
        return False
    return mentions.vocabulary.grammar.cased_names and mentions.text[mentions.tokens[after].start].isupper()


def _is_span_of_campaign(mentions: Mentions, index: int) -> bool:
    """Whether a month or year is what a count runs over ("since the start of the year"), no day of a deed."""
    word = mentions.words.get(index)
    return word is not None and word.is_cue("campaign", "neutral")


def _counts_from(mentions: Mentions, index: int, first: int) -> bool:
    """Whether a day only says since when something goes on ("… since the offensive began nine days ago")."""
    if not mentions.words_of(max(0, index - 2 * SINCE_GAP), index, "since"):
        return False
    for at in range(index - 2, max(first - 1, index - SINCE_GAP), -1):
        word = mentions.words.get(at)
        if word is not None and word.is_cue("since"):
            return True
        if "," in mentions.between(at, at + 1):
            return False
    return False


# "Since" and the day it goes with, with the event in between that it dates.
SINCE_GAP = 10
# "Since 4 a.m. today" has no word this long in between, "since the offensive began last week" has.
_LONG_WORD = 5


_WORST = frozenset({"worst", "highest", "biggest", "largest", "longest"})


def is_superlative(norm: str) -> bool:
    """Whether a word in small letters says that nothing was worse ("deadliest", "worst")."""
    return norm in _WORST or norm.endswith("iest")


def _dates_another(mentions: Mentions, index: int, first: int) -> bool:
    """Whether a day is that of events only compared with: "the deadliest raid since the offensive of May"."""
    vague = mentions.dates[index].kind is DateKind.VAGUE
    before = mentions.tokens[max(first, index - SINCE_GAP) : index]
    if not vague and "since" not in [token.norm for token in before]:
        return False
    for at in range(index - 1, max(first - 1, index - SINCE_GAP - 1), -1):
        if COMMA_OR_STOP.search(mentions.between(at, at + 1)) is not None:
            return False
        norm = mentions.tokens[at].norm
        if vague and is_superlative(norm):
            return True  # "one of the deadliest attacks this year"
        if norm == "since" and at <= index - 3:
            return any(len(mentions.tokens[between].norm) >= _LONG_WORD for between in range(at + 1, index))
    return False


# "The fiercest attack for three years", "the first of its kind since …".
_RECORDS = frozenset({
    "اعنف", "الاعنف", "اضخم", "الاضخم", "اكبر", "الاكبر", "اول", "الاول", "الاولي", "لاول", "للمره", "اكثر", "الاكثر",
    "اعلي", "الاعلي", "اشد", "الاشد", "اسوا", "الاسوا", "ادمي", "اقوي", "الاقوي", "اخطر", "الاخطر", "نوعه", "نوعها",
})  # fmt: skip
_SINCE = "منذ"
_RECORD_GAP = 9


def _is_record_of(mentions: Mentions, date: DateMention, index: int, first: int) -> bool:
    """Whether a telling only says for how long nothing was like it: "أعنف هجوم للتنظيم منذ نحو ثلاث سنوات"."""
    if not date.words.startswith(_SINCE) and mentions.tokens[index - 1].norm != _SINCE:
        return False
    for at in range(index - 1, max(first - 1, index - _RECORD_GAP - 1), -1):
        if COMMA_OR_STOP.search(mentions.between(at, at + 1)) is not None:
            return False
        if mentions.tokens[at].norm in _RECORDS:
            return True
    return False


BEGAN = frozenset({"launched", "began", "begun", "started", "erupted", "broke"})


def _dates_beginning(mentions: Mentions, index: int, date: DateMention) -> bool:
    """Whether a day long past only says when something longer began ("an operation launched in late August")."""
    if mentions.anchor is None or date.end_day is None or (mentions.anchor - date.end_day).days < CAMPAIGN_DAYS:
        return False
    return any(mentions.tokens[at].norm in BEGAN for at in range(max(0, index - 3), index))


def _tells_later(
    mentions: Mentions, index: int, first: int, last: int, deeds: Sequence[Word], figures: Sequence[Figure]
) -> bool:
    """Whether a day is not the deed's, but that on which a toll rose or wounded people died of it.

    "By Monday the toll had climbed to 13", "rose to 40 on Tuesday", "two others died of their wounds the next day".
    """
    later = mentions.words_of(first, last, "wounds")
    if any(figure.updated for figure in figures):
        later = later or mentions.words_of(first, last, "update")
    if not later:
        return False
    return not deeds or (index > later[0].first and not any(later[0].first < word.first for word in deeds))


def _is_inverted(mentions: Mentions, verb: int, last: int) -> bool:
    """Whether who says so stands right behind the verb: "said the Observatory"."""
    word = mentions.words.get(verb)
    if word is None:
        return False
    behind = mentions.words_in(word.last, min(last, word.last + 2))
    return any(w.get("claimant") is not None or w.get("actor") is not None for w in behind)


# What may stand between "said" and the day it was said on, besides a place.
_BEFORE_DAY = frozenset({"target", "claimant", "actor"})
_ISSUED = frozenset({"released", "issued", "published", "posted"})
_PAPERS = frozenset({"statement", "statements", "report", "video", "footage", "release", "bulletin"})


def _tells_saying(mentions: Mentions, index: int, first: int, last: int) -> bool:
    """Whether a day is that of the statement: "said on Wednesday", "told Reuters on Monday", "on Monday claimed …"."""
    for at in range(index - 1, max(first - 1, index - 5), -1):
        if (
            mentions.tokens[at].norm in _ISSUED
            and {mentions.tokens[i].norm for i in range(max(0, at - 3), at)} & _PAPERS
        ):
            return True
        word = mentions.words.get(at)
        if word is None:
            continue
        keys = word.entries.keys
        if "reporting" in keys and (word.get("reporting", "said") or word.get("reporting", "own")):
            return "outcome" not in keys
        if mentions.tokens[index - 1].norm == "on" and word.get("reporting", "accuse") is not None:
            return True  # "accused the army on Sunday of"
        if keys.isdisjoint(_BEFORE_DAY) and "in" not in word.entries.places:
            break
    after = index
    while after < last and mentions.dates.get(after) is mentions.dates.get(index):
        after += 1
    if after < last and "," in mentions.between(after - 1, after) and _is_inverted(mentions, after, last):
        return False  # "… were shelled on Friday, said the Observatory"
    word = mentions.words.get(after) if after < last else None
    if word is None:
        return False
    accuses = mentions.vocabulary.grammar.cased_names and word.get("reporting", "accuse") is not None
    return accuses or (word.get("reporting", "own") or word.get("reporting", "said")) is not None
