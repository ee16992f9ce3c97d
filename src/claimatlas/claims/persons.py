"""People told one by one: "a woman", "his son", "NAME, a commander", "a man aged 40". None is named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from claimatlas.claims.counts import BREAK, Figure, finish_noun, is_plural, parts_clauses, victims_of
from claimatlas.mentions.document import Mentions, Word
from claimatlas.model import Outcome, Victims


def told_relative(mentions: Mentions, word: Word, first: int) -> Figure | None:
    """A relative who counts one: "a schoolgirl and her mother"."""
    entry = word.get("victims")
    owner = _owner(mentions, word)
    if entry is None or entry.victims is None or owner <= first or is_plural(mentions, word):
        return None
    if mentions.tokens[owner].norm not in mentions.vocabulary.grammar.possessives:
        return None
    start, end = mentions.tokens[owner].start, mentions.tokens[word.last - 1].end
    return Figure(owner, word.last, start, end, 1, 1, entry.victims, named=True, article=True)


def _owner(mentions: Mentions, word: Word) -> int:
    """Where "his" would stand in front of a relative, with an adjective between or none: "his pregnant wife"."""
    before = word.first - 1
    adjective = before > 0 and before not in mentions.words and before not in mentions.numbers
    if adjective and mentions.tokens[before].norm not in mentions.vocabulary.grammar.possessives:
        return before - 1
    return before


def one_more(mentions: Mentions, index: int, last: int) -> Figure | None:
    """One victim more, told by an ordinal behind the article at `index`: "a fourth was shot", "a fifth man"."""
    if index + 2 >= last:
        return None
    if mentions.tokens[index + 1].norm not in ORDINALS:
        return None
    end = index + 2
    word = mentions.words.get(end)
    entry = word.get("victims") if word is not None else None
    victims = entry.victims if entry is not None and entry.victims is not None else Victims.PEOPLE
    if word is not None and entry is not None:
        end = word.last
    elif not _suffers_too(mentions, index, end):
        return None
    start, stop = mentions.tokens[index].start, mentions.tokens[end - 1].end
    return Figure(index, end, start, stop, 1, 1, victims, named=True, additional=True, together=True, too=True)


def _suffers_too(mentions: Mentions, index: int, end: int) -> bool:
    """Whether "a third" is one more victim: "a third was hurt", "wounded a third", "the wounding of a third"."""
    word = mentions.words.get(end)
    if word is not None and (word.is_cue("be", "have") or word.get("outcome") is not None):
        return True
    before = mentions.words.get(index - 1)
    outcome = before.get("outcome") if before is not None else None
    part = word is not None and word.is_cue("partitive")  # "killed a third of them"
    return outcome is not None and outcome.side != "left" and not part and mentions.between(index - 1, index) == " "


def another_person(mentions: Mentions, word: Word) -> Figure | None:
    """One victim on top of others: "another man"."""
    entry = word.get("victims")
    before = word.first - 1
    if entry is None or entry.victims is None or before < 0 or is_plural(mentions, word):
        return None
    if mentions.tokens[before].norm != "another":
        return None
    start, end = mentions.tokens[before].start, mentions.tokens[word.last - 1].end
    return Figure(before, word.last, start, end, 1, 1, entry.victims, named=True, additional=True)


def another_alone(mentions: Mentions, index: int, last: int) -> Figure | None:
    """One victim more of the kind told before: "killed one fighter and wounded another", "and another was hurt".

    "Another" stands at `index`.
    """
    if not mentions.vocabulary.grammar.singular_be:
        return None
    behind = mentions.words.get(index + 1) if index + 1 < last else None
    suffers = behind is not None and (behind.is_cue("be", "have") or behind.get("outcome") is not None)
    if behind is not None and behind.last in mentions.numbers:
        return None  # "another killed three"
    before = mentions.words.get(index - 1) if index else None
    hit = before is not None and before.last == index and before.get("outcome") is not None
    ends = (
        index + 1 >= last or BREAK.search(mentions.between(index, index + 1)) is not None or index + 1 in mentions.dates
    )
    ends = ends or (
        behind is not None and (behind.get("place", "in") is not None or behind.is_cue("by", "clause", "join"))
    )
    if not suffers and not (hit and (ends or mentions.tokens[index + 1].norm in _BEHIND_NAMES)):
        return None
    token = mentions.tokens[index]
    return Figure(index, index + 1, token.start, token.end, 1, 1, Victims.PEOPLE, named=True, additional=True)


def read_persons(mentions: Mentions, first: int, last: int) -> Iterator[Figure]:
    """Single victims without a number: "kills senior al-Qaeda leader", "the businessman was killed"."""
    singular = mentions.vocabulary.grammar.singular_be
    if not singular:
        return
    for word in mentions.words_of(first, last, "outcome"):
        entry = word.get("outcome")
        if entry is not None and "counted" in entry.flags and _is_ones_death(mentions, word, first):
            yield person_figure(
                mentions, word.first - 1, word.last, _kind_told(mentions, first, word.first), entry.outcomes
            )
        if entry is None or "counted" in entry.flags or len(entry.outcomes) != 1:
            continue
        before = word.first - 1
        if before > first and mentions.tokens[before].norm in singular:
            figure = _person_before(mentions, before, first, entry.outcomes)
            if figure is not None:
                yield figure
        elif entry.side == "either" and (bare := _person_in_headline(mentions, word, first, last)) is not None:
            yield bare
        elif entry.side in ("right", "either"):
            figure = _name_behind(mentions, word, first, last, entry.outcomes) or _person_behind(
                mentions, word.last, last, entry.outcomes
            )
            if figure is not None:
                yield figure


# "Former SDF commander killed in": so many words stand in front of a noun without an article.
_HEADLINE_WORDS = 4
_HEAD_BREAK = re.compile(r"[,;:|\n]|\s[-–—]\s")


def _person_in_headline(mentions: Mentions, word: Word, first: int, last: int) -> Figure | None:
    """One person told without an article, as headlines do: "Child killed in blast", "…, woman wounded"."""
    noun = mentions.words.get(word.first - 1) if word.first > first else None
    victims = victims_of(mentions, noun) if noun is not None else None
    entry = word.get("outcome")
    if noun is None or victims is None or entry is None or is_plural(mentions, noun) or noun.get("outcome") is not None:
        return None
    if "family" in noun.entries.flags or mentions.between(word.first - 1, word.first) != " ":
        return None
    behind = mentions.words.get(word.last) if word.last < last else None
    ends = word.last >= last or word.last in mentions.dates or BREAK.search(mentions.between(word.last - 1, word.last))
    where = behind is not None and (
        behind.get("place", "in") is not None or behind.is_cue("by", "clause", "join", "also")
    )
    if not ends and not where and mentions.tokens[word.last].norm not in _BEHIND_NAMES:
        return None  # "gunman killed two"
    at = noun.first
    while at > first and _HEAD_BREAK.search(mentions.between(at - 1, at)) is None:
        at -= 1
        before = mentions.words.get(at)
        told = before is not None and any(before.get(kind) for kind in ("outcome", "event", "reporting", "place"))
        counted = at in mentions.numbers or mentions.tokens[at].norm in _NO_HEADLINE
        if told or counted or noun.first - at > _HEADLINE_WORDS:
            return None
    return person_figure(mentions, noun.first, noun.last, victims, entry.outcomes)


_NO_HEADLINE = frozenset({
    "a", "an", "the", "his", "her", "their", "its", "no", "any", "every", "each", "this", "that", "another", "other",
    "and", "or", "of", "as", "is", "was", "were", "be", "been", "are", "had", "has", "have", "to", "for", "with",
})  # fmt: skip
_PRONOUNS = frozenset({"him", "her"})
KUNYAS = frozenset({"abu", "abou", "umm"})
_NAME_PARTICLES = frozenset({"al", "el", "bin", "ibn", "abu", "abd", "ul", "aka", "alias"})
_LISTED = re.compile(r"\s*,\s*")
_BEHIND_NAMES = frozenset(
    {"in", "on", "at", "near", "when", "as", "who", "with", "during", "inside", "outside", "alongside"}
)
ORDINALS = frozenset({"second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"})
# A person is named by two words at least, and what he was is said within this many.
_MIN_NAME_WORDS, _APPOSITION = 2, 6
_POSSESSIVES = frozenset({"his", "her", "their"})


def read_kin(mentions: Mentions, first: int, last: int) -> Iterator[Figure]:
    """A single relative beside another victim: "a schoolgirl and her mother"."""
    if not mentions.vocabulary.grammar.singular_be:
        return
    for word in mentions.words_of(first + 3, last, "victims"):
        entry = word.get("victims")
        if entry is None or entry.victims not in (Victims.WOMEN, Victims.CHILDREN) or is_plural(mentions, word):
            continue
        join = mentions.words.get(word.first - 2)
        if mentions.tokens[word.first - 1].norm not in _POSSESSIVES or join is None or not join.is_cue("join"):
            continue
        beside = mentions.words.get(join.first - 1)
        if beside is not None and (beside.get("victims") is not None or beside.get("actor") is not None):
            start, end = mentions.tokens[word.first - 1].start, mentions.tokens[word.last - 1].end
            yield Figure(word.first - 1, word.last, start, end, 1, 1, entry.victims, named=True)


# "إصابة سعيد خلف الحمد (22 عاما)، وأحمد الجاسم (41 عاما)": names have this many words at most, all of them unknown.
_AGED_NAME = 8
_AGE_UNITS = frozenset({"عاما", "عام", "اعوام", "سنه", "سنوات", "ربيعا"})


def read_aged(mentions: Mentions, first: int, last: int) -> Iterator[Figure]:
    """Victims told by name and age behind the word for what befell them, in a language without capitals."""
    if mentions.vocabulary.grammar.cased_names:
        return
    for word in mentions.words_of(first, last, "outcome"):
        entry = word.get("outcome")
        if entry is None or len(entry.outcomes) != 1 or entry.side not in ("right", "either"):
            continue
        count, at, end = 0, word.last, word.last
        while (age := _age_behind(mentions, at, min(last, at + _AGED_NAME))) is not None:
            count, at, end = count + 1, age + 2, age + 2
        if count:
            person = person_figure(mentions, word.last, end, Victims.PEOPLE, entry.outcomes)
            person.min = person.max = count
            yield person


# "اغتال مجهولون أيضا "عزيزة أبو حشيش"": from the deed to the name, and how long a name is.
_QUOTED_WITHIN, _MIN_QUOTED, _MAX_QUOTED = 7, 2, 5
_MURDERED = ("اغتال", "اغتيل", "اعدم", "واغتال", "واغتيل", "واعدم")
_NO_NAMES = ("victims", "outcome", "event", "actor", "claimant", "reporting")


def read_quoted(mentions: Mentions, first: int, last: int) -> Iterator[Figure]:
    """Victims told by a name in quotation marks alone, behind the word for what befell them, where it comes first."""
    if mentions.vocabulary.grammar.cased_names:
        return
    for word in mentions.words_of(first, last, "outcome"):
        entry = word.get("outcome")
        if entry is None or entry.outcomes != (Outcome.KILLED,):
            continue
        if entry.side != "either" and not mentions.tokens[word.first].norm.startswith(_MURDERED):
            continue  # "موت "فلان" في أحد السجون", say other stories' headlines
        span = _quoted_name(mentions, word.last, last)
        if span is not None:
            yield person_figure(mentions, span[0], span[1], Victims.PEOPLE, entry.outcomes)


def name_quoted_behind(mentions: Mentions, figure: Figure, last: int) -> tuple[int, int] | None:
    """The tokens of a name in quotation marks right behind a person counted: "القيادي السابق "أبو علي الحمد""."""
    if mentions.vocabulary.grammar.cased_names or figure.max != 1:
        return None
    for index in range(figure.last, min(last, figure.last + _TITLE_WORDS)):
        if mentions.between(index - 1, index).strip() == '"':
            end = next(
                (at for at in range(index + 1, min(last, index + _MAX_QUOTED + 1)) if _closes(mentions, at)), None
            )
            return (index, end) if end is not None and _is_name(mentions, index, end) else None
    return None


# "القيادي السابق": so many words stand between a person and the name.
_TITLE_WORDS = 3


def _quoted_name(mentions: Mentions, start: int, last: int) -> tuple[int, int] | None:
    """Where a name in quotation marks stands behind a word, past who did it (first token and end), if one does."""
    for index in range(start, min(last, start + _QUOTED_WITHIN)):
        gap = mentions.between(index - 1, index)
        if gap.strip() == '"':
            ends = (at for at in range(index + 1, min(last, index + _MAX_QUOTED + 1)) if _closes(mentions, at))
            end = next(ends, None)
            named = end is not None and end - index >= _MIN_QUOTED
            return (index, end) if named and end is not None and _is_name(mentions, index, end) else None
        if BREAK.search(gap) is not None:
            return None
        word = mentions.words.get(index)
        if word is None:
            if mentions.tokens[index].norm not in _ALSO:
                return None
            continue
        if word.get("reporting", "unclaimed") is None:
            return None
    return None


_ALSO = frozenset({"ايضا", "كذلك", "اليوم", "امس"})


def _closes(mentions: Mentions, index: int) -> bool:
    return '"' in mentions.between(index - 1, index)


def _is_name(mentions: Mentions, first: int, end: int) -> bool:
    """Whether nothing but a person is told between two tokens; a name may be made of words of every day."""
    words = (mentions.words.get(at) for at in range(first, end))
    return not any(word is not None and any(word.get(kind) for kind in _NO_NAMES) for word in words)


def _age_behind(mentions: Mentions, first: int, last: int) -> int | None:
    """Where the age stands behind a name that begins at a token, or None where it is no name."""
    for index in range(first, last):
        if mentions.tokens[index].norm.isdigit():
            is_age = index + 1 < len(mentions.tokens) and mentions.tokens[index + 1].norm in _AGE_UNITS
            return index if is_age and index > first else None
        word = mentions.words.get(index)
        if word is not None and any(e.kind in ("victims", "outcome", "event", "reporting") for e in word.entries):
            return None
    return None


def is_aged(mentions: Mentions, first: int, last: int) -> bool:
    """Whether a name and an age stand between two victims: "الطفل حسن علي (7 أعوام)، والطفل فارس"."""
    if mentions.vocabulary.grammar.cased_names or not mentions.vocabulary.begins_with_join(mentions.tokens[last].norm):
        return False
    age = _age_behind(mentions, first, min(last, first + _AGED_NAME))
    return age is not None and not mentions.words_of(age + 2, last, "outcome", "event", "victims", "reporting")


def _person_before(mentions: Mentions, be: int, first: int, outcomes: tuple[Outcome, ...]) -> Figure | None:
    """The person in front of "was killed": a singular noun, or a name of two words and more."""
    start = be - 1
    if start < first or start in mentions.numbers:
        return None
    if "," in mentions.between(start, be):
        start = _before_apposition(mentions, start, first)
    elif BREAK.search(mentions.between(start, be)) is not None:
        return None
    if start < first:
        return None
    word = mentions.words.get(start)
    if word is not None and word.last - word.first == 1 and _is_national(mentions, word, first):
        return person_figure(mentions, start - 1, start + 1, Victims.PEOPLE, outcomes)
    if word is not None:
        entry = word.get("victims")
        if entry is None or entry.victims is None or is_plural(mentions, word) or "family" in entry.flags:
            return None
        if mentions.has_number(max(first, word.first - 4), word.first):
            return None
        return person_figure(mentions, word.first, word.last, entry.victims, outcomes)
    victims, index = Victims.PEOPLE, start
    while index >= first and index not in mentions.words and index not in mentions.numbers:
        token = mentions.tokens[index]
        joined = index < start and mentions.between(index, index + 1) in (" ", "-")
        if index < start and not joined:
            break
        if not mentions.text[token.start].isupper() and not (joined and mentions.between(index, index + 1) == "-"):
            break
        index -= 1
    if start - index < 2 or mentions.tokens[start].norm in _BODIES:
        return None
    title = mentions.words.get(index) if index >= first else None
    entry = title.get("victims") if title is not None else None
    if entry is not None and entry.victims is not None and mentions.between(index, index + 1) == " ":
        victims = entry.victims
    return person_figure(mentions, index + 1, start + 1, victims, outcomes)


def _is_national(mentions: Mentions, word: Word, first: int) -> bool:
    """Whether a people's adjective behind an article is somebody of it ("a Syrian was shot dead")."""
    entry = word.get("actor")
    people = (entry is not None and "adjective" in entry.flags) or word.is_cue("country") or word.is_cue("neutral")
    name = mentions.text[mentions.tokens[word.first].start].isupper()
    return people and name and word.first > first and mentions.tokens[word.first - 1].norm in ("a", "an")


# "(A leader of a group working for) Military Security was shot dead": the last words of no person's name.
_BODIES = frozenset({
    "security", "council", "army", "brigade", "division", "corps", "forces", "front", "branch", "agency", "police",
    "party", "movement", "battalion", "command", "directorate", "intelligence", "committee", "committees", "militia",
    "group", "administration", "guard", "guards", "sham", "faction", "factions", "regiment", "legion",
})  # fmt: skip


def _before_apposition(mentions: Mentions, end: int, first: int) -> int:
    """The last token in front of what is said of a person between commas ("X, born in Raqqa, was killed"), or -1."""
    for index in range(end - 1, max(first, end - 14) - 1, -1):
        if "," in mentions.between(index, index + 1):
            return index
    return -1


def _person_behind(mentions: Mentions, after: int, last: int, outcomes: tuple[Outcome, ...]) -> Figure | None:
    """The person behind "kills": a singular noun among the next words ("senior al-Qaeda leader")."""
    side = next(
        iter(mentions.words_of(after, min(last, after + 2), "actor")), None
    )  # "kills former Ahrar al-Sham commander"
    reach = 4 if side is None else 3 + side.last - side.first
    for index in range(after, min(last, after + max(4, reach))):
        if index in mentions.numbers or index in mentions.dates:
            return None
        if index > after and parts_clauses(mentions, index - 1, index):
            return None
        word = mentions.words.get(index)
        if word is None and mentions.tokens[index].norm in _BEHIND_NAMES:
            return None  # "14 wounded during rebel fire"
        if word is None or word.first != index:
            continue
        victims = victims_of(mentions, word)
        if victims is not None:
            following = mentions.words.get(word.last) if word.last < last else None
            more = following is not None and victims_of(mentions, following) is not None
            if more or is_plural(mentions, word) or (word.get("victims") or word.get("actor")) is None:
                return None
            entry = word.get("victims")
            if entry is None or "family" in entry.flags or entry.victims is Victims.PEOPLE:
                return None
            return person_figure(mentions, word.first, word.last, victims, outcomes)
        if word.get("actor") is None and not word.is_cue("country"):
            return None
    return None


_AT_ONCE = frozenset({"instantly", "immediately", "outright", "seriously", "severely", "critically", "and"})


def _is_alone(mentions: Mentions, pronoun: int, last: int) -> bool:
    """Whether a pronoun owns nobody behind it: "killing her on the spot", but not "wounding her husband"."""
    behind = pronoun + 1
    if mentions.tokens[pronoun].norm != "her" or behind >= last or behind in mentions.dates:
        return True
    norm = mentions.tokens[behind].norm
    return parts_clauses(mentions, pronoun, behind) or norm in _BEHIND_NAMES or norm in _AT_ONCE


_LEADS_TO = frozenset({"to", "in", "causing", "caused"})


def _is_ones_death(mentions: Mentions, word: Word, first: int) -> bool:
    """Whether a deed is told to have brought on one person's death ("which led to his death")."""
    whose = word.first - 1
    whose -= mentions.tokens[whose].norm in ("immediate", "instant")
    if whose <= first or mentions.tokens[word.first].norm != "death":
        return False
    return mentions.tokens[whose].norm in ("his", "her") and mentions.tokens[whose - 1].norm in _LEADS_TO


def _kind_told(mentions: Mentions, first: int, last: int) -> Victims:
    """Of what kind the last person is that a clause has named before "him" ("… at a former commander, killing him")."""
    for word in reversed(list(mentions.words_of(first, last, "victims"))):
        entry = word.get("victims")
        fires = word.get("event") is not None or word.get("actor") is not None  # "gunmen"
        if entry is not None and entry.victims is not None and not fires and not is_plural(mentions, word):
            return entry.victims
    return Victims.PEOPLE


def _name_behind(mentions: Mentions, word: Word, first: int, last: int, outcomes: tuple[Outcome, ...]) -> Figure | None:
    """The person named behind "killing", with what is said of him: "killing Samir al-Hamad, a field commander, and …".

    A pronoun counts behind "killing", and elsewhere where others follow it ("killed him and two companions").
    """
    end = word.last
    if end >= last or end in mentions.words or parts_clauses(mentions, end - 1, end):
        return None
    if mentions.tokens[end].norm in _PRONOUNS:
        joiner = mentions.words.get(end + 1) if end + 1 < last else None
        joined = joiner is not None and joiner.is_cue("join")
        if not joined and not (mentions.tokens[word.last - 1].norm.endswith("ing") and _is_alone(mentions, end, last)):
            return None
        return person_figure(mentions, end, end + 1, _kind_told(mentions, first, word.first), outcomes)
    names = _read_names(mentions, end, last)
    if not names or not _ends_name(mentions, names[-1], last):
        return None
    person = person_figure(mentions, word.last, names[-1], Victims.PEOPLE, outcomes)
    person.min = person.max = len(names)
    return _with_apposition(mentions, person, last) if len(names) == 1 else person


def _read_names(mentions: Mentions, first: int, last: int) -> list[int]:
    """Where each of the persons' names ends that are listed from here on, with their ages or without."""
    ends: list[int] = []
    start = first
    while (end := name_end(mentions, start, last)) is not None:
        ends.append(end)
        start = end
        if start < last and mentions.tokens[start].norm.isdigit():
            start += 1  # "Samir Hamad, 32"
        if start < last and (joiner := mentions.words.get(start)) is not None and joiner.is_cue("join"):
            start = joiner.last
        elif start >= last or _LISTED.fullmatch(mentions.between(start - 1, start)) is None:
            break
    return ends


def name_end(mentions: Mentions, first: int, last: int) -> int | None:
    """Where a name of two words and more ends that begins at a token, or None."""
    end, capitals = first, 0
    while end < last and end not in mentions.numbers and (end == first or not parts_clauses(mentions, end - 1, end)):
        capital = mentions.text[mentions.tokens[end].start].isupper()
        if not capital and (mentions.tokens[end].norm not in _NAME_PARTICLES or end in mentions.words):
            break
        capitals += capital
        end += 1
    people = mentions.words.get(end - 1)
    if people is not None and people.get("victims") is not None and is_plural(mentions, people):
        return None  # "Claiming Lives of Returning Syrians"
    place = mentions.names.get(first)
    is_place = place is not None and place is mentions.names.get(end - 1) and mentions.tokens[first].norm not in KUNYAS
    return end if capitals >= _MIN_NAME_WORDS and not is_place else None


def _ends_name(mentions: Mentions, end: int, last: int) -> bool:
    """Whether what stands behind a name shows that it is a person's, and not a group's ("… fighters")."""
    if end >= last or BREAK.search(mentions.between(end - 1, end)) is not None or end in mentions.dates:
        return True
    norm = mentions.tokens[end].norm
    word = mentions.words.get(end)
    return (
        norm in mentions.vocabulary.grammar.articles
        or norm in _BEHIND_NAMES
        or (word is not None and word.is_cue("join", "by", "clause"))
    )


def _with_apposition(mentions: Mentions, person: Figure, last: int) -> Figure:
    """A named person with what he was: "…, a field commander of the group,"."""
    at = person.last
    if at >= last or mentions.tokens[at].norm not in mentions.vocabulary.grammar.articles:
        return person
    for index in range(at + 1, min(last, at + _APPOSITION)):
        if parts_clauses(mentions, index - 1, index):
            break
        word = mentions.words.get(index)
        victims = victims_of(mentions, word) if word is not None else None
        if word is not None and victims is not None and not is_plural(mentions, word):
            end = mentions.tokens[word.last - 1].end
            return replace(person, last=word.last, end=end, victims=victims)
    return person


def person_figure(mentions: Mentions, first: int, last: int, victims: Victims, outcomes: tuple[Outcome, ...]) -> Figure:
    """One person, told by the tokens of a stretch."""
    start, end = mentions.tokens[first].start, mentions.tokens[last - 1].end
    return Figure(first, last, start, end, 1, 1, victims, outcomes, named=True)


def _kind_of_one(mentions: Mentions, index: int, count: int, last: int) -> Victims | None:
    """Of what kind a noun that counts by its form says itself to be: "شخصا مدنيا", "رجلان مدنيان"."""
    word = mentions.words.get(index) if index < last else None
    if word is None or word.last - word.first > 1 or mentions.between(index - 1, index) != " ":
        return None
    if mentions.vocabulary.grammar.cased_names or mentions.vocabulary.begins_with_join(mentions.tokens[index].norm):
        return None
    entry = next((e for e in word.entries if e.kind == "victims" and e.count == count), None)
    told = entry is not None and entry.victims in (Victims.CIVILIANS, Victims.COMBATANTS)
    return entry.victims if entry is not None and told else None


# "… a leader of the group …, which led to his death": the one meant stands in the sentence, or right before it.
_MEANT_GAP = 40
_STOP = re.compile(r"[.؟!\n]")


def _meant_kind(mentions: Mentions, index: int, count: int) -> Victims | None:
    """Of what kind those are whom a pronoun means ("استهدفت قياديا …، ما أدى إلى مقتله"): the last counted alike."""
    for word in reversed(list(mentions.words_of(max(0, index - _MEANT_GAP), index, "victims"))):
        if _STOP.search(mentions.text[mentions.tokens[word.first].start : mentions.tokens[index].start]) is not None:
            return None
        entry = word.get("victims")
        if entry is not None and entry.count == count:
            return entry.victims
    return None


_OTHERS = {"اخر": 1, "اخران": 2}


def other_wounded(mentions: Mentions, word: Word, last: int) -> Figure | None:
    """Who was wounded beside one killed, where both verbs stand between them: "مدنيا قتل وأصيب آخر"."""
    entry = word.get("outcome")
    if entry is None or len(entry.outcomes) != _BOTH or word.last >= last:
        return None
    count = _OTHERS.get(mentions.tokens[word.last].norm)
    if count is None or word.last - word.first != _BOTH:
        return None
    start, end = mentions.tokens[word.last - 1].start, mentions.tokens[word.last].end
    return Figure(
        word.last - 1, word.last + 1, start, end, count, count, Victims.PEOPLE, entry.outcomes[1:],
        named=True, additional=True,
    )  # fmt: skip


_BOTH = 2


_ONE_OF_THEM = frozenset({"احدهم", "احدهما", "احداهن"})


def one_of_them(mentions: Mentions, word: Word, first: int) -> Figure | None:
    """One of those told before, right behind what befell him: "وقضى أحدهم تحت التعذيب"."""
    told = mentions.words.get(word.first - 1) if word.first > first else None
    if mentions.tokens[word.first].norm not in _ONE_OF_THEM or told is None or told.get("outcome") is None:
        return None
    token = mentions.tokens[word.first]
    return Figure(word.first, word.last, token.start, token.end, 1, 1, Victims.PEOPLE, named=True)


def _are_fields(mentions: Mentions, word: Word) -> bool:
    """Whether "farmer" is to be read as "farms", written alike: "استهدف مزارع قرية X"."""
    behind = mentions.words.get(word.last)
    noun = mentions.tokens[word.first].norm.removeprefix("و").endswith("مزارع")
    return noun and behind is not None and behind.first == word.last and behind.get("place", "village") is not None


def _leads_to_kin(mentions: Mentions, word: Word, last: int) -> bool:
    """Whether others of the family stand right behind somebody's mother or father: "أم وابنها", "أب وثلاثة من أولاده".

    Alone such a word is part of a name as often ("أم الكراميل").
    """
    if word.last >= last or mentions.between(word.last - 1, word.last) != " ":
        return False
    if mentions.tokens[word.last - 1].norm.endswith("ا"):
        return False  # "أما", "أبا زيد"
    if word.last in mentions.numbers:
        return True
    behind = mentions.words.get(word.last)
    joined = mentions.vocabulary.begins_with_join(mentions.tokens[word.last].norm)
    return joined and behind is not None and behind.get("victims") is not None


def _is_counted_with(mentions: Mentions, word: Word) -> bool:
    """Whether a number counts a noun with the one in front of it: "12 متطوعا وعاملا", but "12 متطوعا وعامل"."""
    noun = mentions.words.get(word.first - 1)
    if noun is None or noun.get("victims") is None or noun.first - 1 not in mentions.numbers:
        return False
    norms = mentions.tokens[noun.last - 1].norm, mentions.tokens[word.last - 1].norm
    return mentions.vocabulary.begins_with_join(mentions.tokens[word.first].norm) and all(
        norm.endswith(_COUNTED_ENDING) for norm in norms
    )


# The singular behind numbers from eleven on ends so.
_COUNTED_ENDING = "ا"
_SCALES = frozenset({"مليون", "مليونا", "الف", "الفا", "ميه", "مايه"})


def named_figure(mentions: Mentions, word: Word, last: int) -> Figure | None:
    """A noun that counts by its form alone: a bare singular is one (مدني), a dual two (طفلان, جريحان)."""
    entry = next((e for e in word.entries if e.count is not None and e.kind in ("victims", "outcome")), None)
    if entry is None or entry.count is None or _are_fields(mentions, word):
        return None
    if "anaphor" in entry.flags and entry.outcomes == (Outcome.INJURED,) and word.last - word.first == 1:
        cause = mentions.words.get(word.first - 1)
        if cause is None or not cause.is_cue("leave"):
            return None  # "ما أدى إلى إصابته", but not "نقل بعد إصابته"
    if entry.kind == "outcome" and mentions.vocabulary.has_article(mentions.tokens[word.first].norm):
        return None  # "the wounded man" has been counted before
    if "kin" in entry.flags and not _leads_to_kin(mentions, word, last):
        return None
    if entry.count == 1 and _is_counted_with(mentions, word):
        return None
    if word.first > 0 and mentions.tokens[word.first - 1].norm in _SCALES:
        return None  # "نصف مليون قتيل"
    noun = finish_noun(mentions, word, entry.victims or Victims.PEOPLE, last, False, False)
    kind = _kind_of_one(mentions, noun.last, entry.count, last)
    if kind is not None:
        noun.last += 1
        noun.victims = kind if (noun.victims or Victims.PEOPLE) is Victims.PEOPLE else noun.victims
    number = mentions.numbers.get(noun.last) if noun.last < last else None
    if number is not None and number.min == number.max == entry.count:  # "عنصر واحد", "مدنيان اثنان"
        noun.last += 1
    start, end = mentions.tokens[word.first].start, mentions.tokens[noun.last - 1].end
    outcomes = entry.outcomes or noun.outcomes
    victims = noun.victims or Victims.PEOPLE
    if "anaphor" in entry.flags:
        victims = _meant_kind(mentions, word.first, entry.count) or victims
    return Figure(
        word.first, noun.last, start, end, entry.count, entry.count, victims, outcomes,
        named=True, additional="additional" in entry.flags,
    )  # fmt: skip
