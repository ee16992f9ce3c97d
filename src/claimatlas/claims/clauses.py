"""Where a sentence's clauses begin: each that tells of a deed of its own, or of a toll that leaves out its verb."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimatlas.claims.counts import figure_of_number
from claimatlas.claims.homonyms import has_article, is_of_group
from claimatlas.dates import DateKind
from claimatlas.mentions.document import Mentions, Sentence, Word
from claimatlas.model import EventType, Outcome
from claimatlas.numbers import NumberKind, NumberMention

# A strike's place stands among this many words behind its verb.
_STRIKE_REACH = 16
# Between a doer and its verb stand few words ("forces of the regime also shelled").
_SUBJECT_GAP = 5
# What may open a clause besides, where "and" is written in one with the word behind it.
_ATTACHED_OPENERS = (
    "event",
    "outcome",
    "amid",
    "campaign",
    "sum",
    "update",
    "rises",
    "reporting",
    "earlier",
    "reach",
    "actor",
)
# "And" and "or" are no longer; between "besides" and its noun stands "with" at most.
_SMALL_JOIN, _NOUN_GAP = 2, 2


ORDINAL = r"(?:\d{1,3}(?:st|nd|rd|th)|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
"""Which one of several something is, as a part of a pattern."""
# "…, the sixth such killing there since the beginning of May": the last words of a sentence.
_TALLY = re.compile(
    rf",\s+(?:the|its|their|at least the)\s+{ORDINAL}\s[^,;]*"
    r"\s(?:since|this|in (?:a|as many|less than|under)|within|in the (?:past|last))\s[^,;]*"
    r"(?:,[^,;]*\b(?:said|says|reported|according)\b[^,;]*)?$"
)


def _without_tally(mentions: Mentions, sentence: Sentence) -> int:
    """The index after a sentence's last token, or after those in front of the count of like deeds that ends it.

    The days and years of that count are no day of the deed, and it makes no campaign of it.
    """
    text = mentions.text[sentence.start : sentence.end]
    tally = _TALLY.search(text) if ", the " in text or ", at " in text or ", its " in text else None
    return sentence.last if tally is None else mentions.token_at(sentence.start + tally.start() + 1)


def split_clauses(mentions: Mentions, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """A sentence's clauses, cut where a new one with a deed of its own begins ("while", "a day after").

    Args:
        mentions: The report's mentions.
        sentence: The sentence.

    Yields:
        Index of each clause's first token, and the one after its last.
    """
    start = sentence.first
    last = _without_tally(mentions, sentence)
    attached = mentions.vocabulary.grammar.attached_join
    if ";" in mentions.text[sentence.start : sentence.end]:
        openers = mentions.words_in(sentence.first, last)
    else:
        deeds = _ATTACHED_OPENERS if attached else ()
        openers = mentions.words_of(sentence.first, last, "clause", "before", "join", "raises", *deeds)
    for word in openers:
        if (
            _joins_strikes(mentions, word, start, last)
            or _joins_sources(mentions, word, start, last)
            or (attached and _joins_attached(mentions, word, start, last))
        ):
            yield start, word.first
            start = word.first
            continue
        keys = word.entries.keys
        if "before" in keys and "," in mentions.text[(end := mentions.tokens[word.last - 1].end) : end + 1]:
            continue  # "in B the day after, killing three"
        if "raises" in keys:
            if word.first > start and adds_up(mentions, word.first, last):
                yield start, word.first
                start = word.first
            continue
        if "before" in keys and word.first > start and _goes_on_behind(mentions, word, last):
            continue
        cut = word.first
        if "clause" not in keys and "before" not in keys:
            semicolon = _after_semicolon(mentions, word, start)
            joined = (
                _joins_tolls(mentions, word, start, last)
                or _joins_deeds(mentions, word, start, last)
                or _leads_elsewhere(mentions, word, last)
            )
            if semicolon is None and not joined:
                continue
            cut = cut if semicolon is None else semicolon
        told = _counts(mentions, start, cut) or _accuses(mentions, start, cut) or _contrasts(mentions, word, start)
        if told and (_says_more(mentions, word, last) or _counts(mentions, word.last, last)):
            yield start, cut
            start = cut
    second = _second_headline(mentions, start, last)
    if second is not None:
        yield start, second
        start = second
    yield start, last


_HEADLINE_KILLS = re.compile(r", (?=(?:[a-z-]+ ){1,3}(?:kills|wounds|injures)\b)")


def _second_headline(mentions: Mentions, first: int, last: int) -> int | None:
    """Where a headline's second half tells of another place: "Fighter killed in A, shelling kills four in B"."""
    start, end = mentions.tokens[first].start, mentions.tokens[last - 1].end
    if mentions.text.find(", ", start, end) < 0:
        return None
    comma = _HEADLINE_KILLS.search(mentions.text, start, end)
    at = mentions.token_at(comma.end()) if comma is not None else first
    told = at > first and bool(mentions.words_of(first, at, "outcome")) and bool(mentions.words_of(at, at + 2, "event"))
    return at if told and mentions.has_name(first, at) and mentions.has_name(at, last) else None


def _joins_attached(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """Whether a word leads on to another place or to a sum, where "and" is written in one with the word behind it."""
    return (
        joins_strike_nouns(mentions, word, first, last)
        or joins_harm(mentions, word, first, last)
        or _joins_sum(mentions, word, first, last)
        or _joins_saying(mentions, word, first, last)
        or _joins_tally(mentions, word, first, last)
        or _joins_doer(mentions, word, first, last)
    )


def _joins_doer(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """Whether "and" leads on to what somebody does elsewhere ("قتلى في A والتحالف يقتل قياديا في B"): headlines."""
    if word.get("actor") is None or word.first == first or word.last >= last:
        return False
    if not mentions.vocabulary.begins_with_join(mentions.tokens[word.first].norm):
        return False
    beside, verb = mentions.words.get(word.first - 1), mentions.words.get(word.last)
    if beside is not None and beside.get("actor") is not None:
        return False  # "قوات النظام وقسد استهدفت"
    outcome = verb.get("outcome") if verb is not None else None
    kills = outcome is not None and outcome.side == "right" and "counted" not in outcome.flags
    if verb is None or not (kills or verb.get("event", "verb") is not None):
        return False
    left, right = range(first, word.first), range(verb.last, min(last, verb.last + _STRIKE_REACH))
    placed = all(any(index in mentions.names for index in side) for side in (left, right))
    return placed and has_deed(mentions, first, word.first)


def _joins_tally(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """Whether "and" leads on to the toll of another deed: "… بقصف على A اليوم وبلغت حصيلة غارات أمس على B 11 قتيلا"."""
    if not word.is_cue("reach", "update") or word.first == first:
        return False
    if not mentions.vocabulary.begins_with_join(mentions.tokens[word.first].norm):
        return False
    left, right = range(first, word.first), range(word.last, min(last, word.last + _STRIKE_REACH))
    placed = all(any(index in mentions.names for index in side) for side in (left, right))
    return placed and all(has_deed(mentions, side.start, side.stop) for side in (left, right))


# Between a verb of saying and who says it, or between both and "had" in front of them, stand few words.
_SAYER_GAP, _HAD_GAP = 3, 7


def _joins_saying(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """Whether a verb of saying with "and" written in one with it gives the floor to another source.

    As in "قتل خمسة مدنيين في A، وقالت سانا إن سبعة قتلوا", "…، وكان الدفاع المدني قد أعلن مقتل ثلاثة".
    """
    if word.first == first or not mentions.vocabulary.begins_with_join(mentions.tokens[word.first].norm):
        return False
    verb: Word | None = word
    at = word.last
    if word.get("reporting") is None:  # "وكان"
        sayer = mentions.words.get(at)
        if sayer is None or sayer.get("claimant") is None:
            return False
        verbs = mentions.words_of(sayer.last, min(last, sayer.last + _HAD_GAP), "reporting", "event", "outcome")
        verb = verbs[0] if verbs else None
    elif not mentions.words_of(at, min(last, at + _SAYER_GAP), "claimant", "actor"):
        return False
    if verb is None or not has_deed(mentions, first, word.first):
        return False
    if verb.get("reporting", "accuse") is not None or verb.get("reporting", "deny") is not None:
        return True
    return verb.get("reporting", "said") is not None and has_deed(mentions, verb.last, last)


def _says_more(mentions: Mentions, word: Word, last: int) -> bool:
    """Whether "and that" goes on with another place: "… died in shelling of A, and that the hospital in B was shut"."""
    said = [mentions.tokens[at].norm for at in range(word.first, word.last)]
    return said == ["and", "that"] and mentions.has_name(word.last, last)


_CONTRASTS = frozenset({"while", "whereas"})


def _contrasts(mentions: Mentions, word: Word, first: int) -> bool:
    """Whether "while" behind a comma turns to something else: "… arrested a man in A, while gunmen killed one"."""
    behind_comma = word.first > first and "," in mentions.between(word.first - 1, word.first)
    return behind_comma and mentions.tokens[word.first].norm in _CONTRASTS


_RESULTS = frozenset({"killing", "wounding", "injuring", "leaving"})


def _goes_on_behind(mentions: Mentions, before: Word, last: int) -> bool:
    """Whether what was answered is told in passing: "shelled A in response to rebel fire, killing six"."""
    after = mentions.tokens[before.last - 1].norm == "after"
    for at in range(before.last, last - 1):
        if "," in mentions.between(at, at + 1):
            return mentions.tokens[at + 1].norm in _RESULTS
        word = mentions.words.get(at)
        if word is not None and (word.get("outcome") is not None or word.is_cue("be", "have")):
            return False
        if after and word is not None and word.get("event", "verb") is not None:
            return False  # "a day after two shells hit a school in B, killing 14"
    return False


def adds_up(mentions: Mentions, first: int, last: int) -> bool:
    """Whether a toll is raised to that of a time or a whole offensive: "raising to 130 the number killed this week"."""
    opener = mentions.words.get(first)
    if opener is None or not opener.is_cue("raises"):
        return False
    if mentions.words_of(first, last, "since", "campaign"):
        return True
    if any(date.start_day != date.end_day or date.kind is DateKind.VAGUE for _, date in mentions.dates_in(first, last)):
        return True
    deeds = mentions.words_of(first, last, "event")
    return any(entry.type is EventType.CLASH for word in deeds for entry in word.entries)


# Between a semicolon and the first word we know stand an article, an adjective and the like.
_SEMICOLON_GAP = 2


def _after_semicolon(mentions: Mentions, word: Word, first: int) -> int | None:
    """Where a clause begins behind a semicolon, if a word is the first that we know behind it.

    Behind an article only if people were hurt in front of it: "… killed 30 men; the rebels said", but "A house in X was
    struck; a man and his wife died" tells one thing.
    """
    if word.first > first and ";" in mentions.between(word.first - 1, word.first):
        return word.first
    if not mentions.words_of(first, word.first, "outcome"):
        return None
    for at in range(word.first - 1, max(first, word.first - _SEMICOLON_GAP - 1), -1):
        if ";" in mentions.between(at - 1, at):
            return at
        if at - 1 in mentions.words:
            return None
    return None


def _joins_strikes(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """Whether a verb with "and" written in one with it tells of a strike on another place (…، واستهدفت قرية …)."""
    if word.get("event", "verb") is None or word.first == first:
        return False
    norm = mentions.tokens[word.first].norm
    if "replies" in word.entries.flags and has_deed(mentions, first, word.first):
        return norm.startswith(mentions.vocabulary.grammar.attached_join)  # "…، ورد الجيش التركي بقصف مصادر النيران"
    if not mentions.vocabulary.begins_with_join(norm):
        return False
    strike_end = min(last, word.last + _STRIKE_REACH)
    placed = mentions.has_name(first, word.first) and mentions.has_name(word.last, strike_end)
    return placed and bool(mentions.words_of(first, word.first, "event"))


# "And state media in the capital said".
_SOURCE_GAP = 5


def _joins_sources(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """Whether "and" joins what two sources say of two places: "… in A, said X, and state media said six died in B"."""
    if not word.is_cue("join") or not mentions.vocabulary.grammar.cased_names or word.last >= last:
        return False
    at = word.last + (mentions.tokens[word.last].norm in mentions.vocabulary.grammar.articles)
    source = mentions.words.get(at)
    if source is None or source.get("claimant") is None:
        return False
    verbs = mentions.words_of(source.last, min(last, source.last + _SOURCE_GAP), "reporting")
    verb = next((w for w in verbs if w.get("reporting", "said") is not None), None)
    if verb is None:
        return False
    sides = ((first, word.first), (verb.last, last))
    return all(mentions.has_name(*side) and has_deed(mentions, *side) for side in sides)


def joins_strike_nouns(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """Whether words like "at the same time as" and "besides" lead on to a strike on another place.

    As in "قصفت A بالمدفعية، بالتزامن مع غارات على B", "إضافة لقصف مدفعي على بلدة B".
    """
    if not word.is_cue("amid", "join") or not mentions.vocabulary.grammar.attached_join or word.first == first:
        return False
    if len(mentions.tokens[word.first].norm) <= _SMALL_JOIN:
        return False
    deeds = mentions.words_of(word.last, min(last, word.last + _NOUN_GAP), "event")
    deed = next((d for d in deeds if d.get("event", "noun") is not None), None)
    if deed is None or not mentions.words_of(first, word.first, "event"):
        return False
    strike_end = min(last, deed.last + _STRIKE_REACH)
    return mentions.has_name(first, word.first) and mentions.has_name(deed.last, strike_end)


def joins_harm(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """Whether a word for harm with "and" written in one with it leads on to another village or town.

    As in "قتل رجل بقصف على قرية A، وأصيب طفل بقصف على قرية B", where both have a place of their own.
    """
    if word.get("outcome") is None or word.first == first or not has_deed(mentions, first, word.first):
        return False
    if not mentions.vocabulary.begins_with_join(mentions.tokens[word.first].norm):
        return False
    known = {id_ for at in range(first, word.first) if (hit := mentions.names.get(at)) for id_ in hit.place_ids}
    if not any(_calls_settlement(noun) for noun in mentions.words_of(first, word.first, "place")):
        return _has_own_scene(mentions, word, first, last, known)
    for noun in mentions.words_of(word.last, min(last, word.last + _STRIKE_REACH), "place", "clause", "elsewhere"):
        if noun.is_cue("clause", "elsewhere"):
            return False
        if _calls_settlement(noun):
            return _names_other(mentions, noun, known)
    return False


def _has_own_scene(mentions: Mentions, word: Word, first: int, last: int, known: set[str]) -> bool:
    """Whether harm is told with a deed and a place of its own: "قتل رجل في A بقصف مدفعي وأصيب طفل في B بغارة"."""
    end = min(last, word.last + _STRIKE_REACH)
    if not known or not mentions.words_of(first, word.first, "event") or not mentions.words_of(word.last, end, "event"):
        return False
    at = next((index for index in mentions.openers_in(word.last, end) if index in mentions.names), None)
    where = mentions.words.get(at - 1) if at is not None else None
    if at is None or where is None or where.get("place", "in") is None or at in mentions.words:
        return False
    return mentions.names[at].strong and known.isdisjoint(mentions.names[at].place_ids)


def _calls_settlement(noun: Word) -> bool:
    return noun.get("place", "village") is not None or noun.get("place", "town") is not None


def _names_other(mentions: Mentions, noun: Word, known: set[str]) -> bool:
    """Whether a village or town that a noun leads on to is another than those known, and not where somebody is from."""
    before = mentions.words.get(noun.first - 1)
    if has_article(mentions, noun.last - 1) or (before is not None and before.get("place", "from") is not None):
        return False
    hit = mentions.names.get(noun.last)
    return known.isdisjoint(hit.place_ids) if hit is not None else noun.last not in mentions.words


def _joins_sum(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """Whether what follows counts all the deeds of a time, this one among them ("…، ليرتفع إلى 12 عدد القتلى منذ")."""
    if not word.is_cue("campaign", "sum", "update", "rises") or not mentions.vocabulary.grammar.attached_join:
        return False
    rises = mentions.tokens[word.first].norm.startswith(_RISES)
    counts_all = rises and word.first > first and bool(mentions.words_of(word.last, last, "campaign"))
    return counts_all and has_deed(mentions, first, word.first)


_RISES = ("لير", "لتر", "ليبلغ", "لتبلغ", "ليصل", "لتصل", "بذلك", "وبذلك")


def _leads_elsewhere(mentions: Mentions, word: Word, last: int) -> bool:
    """Whether "and" goes on to another story: "… killed eight, and in a separate incident rockets left 14 dead"."""
    following = mentions.words.get(word.last) if word.last < last else None
    return word.is_cue("join") and following is not None and following.is_cue("elsewhere")


def _joins_tolls(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """Whether "and" joins tolls of two places: "30 were killed in A and another 39 in B", "… and killed 39 in B"."""
    if not word.is_cue("join") or word.last >= last:
        return False
    subject = _begins_killing(mentions, word.last, last)
    if not subject and not _begins_toll(mentions, word.last):
        return False
    opener = next(iter(mentions.words_of(word.last, last, "clause", "before")), None)
    if opener is not None and mentions.vocabulary.grammar.cased_names:
        last = opener.first  # "15 in A and seven in B, while shelling killed three in C"
    sides = ((first, word.first), (word.last, last))
    told = [mentions.words_of(*side, "outcome") for side in sides]
    if not all(told) or not all(mentions.has_name(*side) for side in sides):
        return False
    ours, theirs = ({outcome for w in words for e in w.entries for outcome in e.outcomes} for words in told)
    return subject or bool(ours & theirs)


def _joins_deeds(mentions: Mentions, word: Word, first: int, last: int) -> bool:
    """Whether "and" joins what two doers did at two places: "… shelled A, and regime forces fired rockets at B"."""
    if not word.is_cue("join") or mentions.vocabulary.grammar.subject == "after":
        return False
    doer = next((w for w in mentions.words_of(word.last, min(last, word.last + 2), "actor")), None)
    if doer is None or not mentions.words_of(first, word.first, "event"):
        return False
    verbs = mentions.words_of(doer.last, min(last, doer.last + _SUBJECT_GAP), "event")
    verb = next((w for w in verbs if w.get("event", "verb") is not None), None)
    if verb is None:
        return False
    strike_end = min(last, verb.last + _STRIKE_REACH)
    return mentions.has_name(first, word.first) and mentions.has_name(verb.last, strike_end)


def find_elided_tolls(mentions: Mentions, first: int, last: int) -> list[int]:
    """Where tolls of further places begin that leave out what befell them: "19 died in A, ten in B and a man in C".

    Args:
        mentions: The report's mentions.
        first: Index of the clause's first token.
        last: Index after its last token.

    Returns:
        Indexes of the numbers.
    """
    starts: list[int] = []
    if not mentions.words_of(first, last, "outcome"):
        return starts
    if mentions.vocabulary.grammar.attached_join:
        return _find_attached_tolls(mentions, first, last)
    for index in reversed(mentions.numbers_in(first + 3, last - 2)):
        number = mentions.numbers[index]
        if mentions.numbers.get(index - 1) is number or index in mentions.dates:
            continue
        joiner = mentions.words.get(index - 1)
        # Whoever died "along with" others died where they did.
        joined = joiner is not None and joiner.is_cue("join") and joiner.last - joiner.first == 1
        # A comma in front of "a man" may as well open what is said of the last one.
        listed = "," in mentions.between(index - 1, index) and (number.kind is not NumberKind.ARTICLE or bool(starts))
        # "24 were killed: twelve in A, seven in B"
        opens = ":" in mentions.between(index - 1, index) and bool(starts)
        after = _behind_counted(mentions, number, index, last) if joined or listed or opens else last
        if after >= last or mentions.words_of(after, last, "outcome"):
            continue
        reach = _whereabouts_end(mentions, after, last)
        if mentions.tokens[after].norm == "when" and mentions.words_of(after, last, "event"):
            reach = last  # "… and six others when a car bomb went off in B"
        told = mentions.words_of(first, index, "outcome")
        placed = mentions.has_name(after + 1, reach) and (opens or mentions.has_name(first, index))
        if told and placed and number.min is not None:
            starts.insert(0, index)
    return starts


def _find_attached_tolls(mentions: Mentions, first: int, last: int) -> list[int]:
    """The same where "and" is written in one with the number: "قتل خمسة مدنيين في A، وثلاثة في B، وطفل في C"."""
    named = [at for at in mentions.openers_in(first, last) if at in mentions.names]
    starts: list[int] = []
    if len(named) < 2:
        return starts
    for index in range(first + 1, named[-1]):
        norm = mentions.tokens[index].norm
        digits = mentions.tokens[index - 1].norm == mentions.vocabulary.grammar.attached_join  # "و3"
        opens = index in mentions.numbers and _opens_parts(mentions, index)
        if opens and mentions.words_of(first, index, "outcome") and _tells_place_behind(mentions, index, last):
            starts.append(index)
            continue
        if index <= named[0] or not (digits or mentions.vocabulary.begins_with_join(norm)):
            continue
        behind = index - 1 - digits
        placed = behind in mentions.names and not is_of_group(mentions, behind)
        listed = index in mentions.numbers and "،" in mentions.between(behind, behind + 1)
        if (placed or listed) and _tells_place_behind(mentions, index, last):
            starts.append(index)
    return starts


def _opens_parts(mentions: Mentions, index: int) -> bool:
    """Whether a number begins to divide a sum: "11 مدنيا: 6 في A، و3 في B", "31 مدنيا، 14 منهم في A، و8 في B"."""
    gap = mentions.between(index - 1, index)
    behind = mentions.words.get(index + 1)
    return ":" in gap or ("،" in gap and behind is not None and behind.is_cue("of_them"))


def _tells_place_behind(mentions: Mentions, index: int, last: int) -> bool:
    """Whether a toll begins at a token, and right behind it stands where."""
    after = _behind_toll(mentions, index, last)
    return after is not None and _leads_to_place(mentions, after, last)


def _behind_toll(mentions: Mentions, index: int, last: int) -> int | None:
    """Where a toll ends that begins at a token with no word for what befell those it counts; None where none does."""
    number, word = mentions.numbers.get(index), mentions.words.get(index)
    if number is not None and index not in mentions.dates:
        after = index + 1
        while after < last and mentions.numbers.get(after) is number:
            after += 1
        of_them = mentions.words.get(after)
        if of_them is not None and of_them.is_cue("of_them"):
            return of_them.last  # "31 مدنيا، 14 منهم في A، و8 في B"
        figure = figure_of_number(mentions, number, index, after, index, last)
        if figure is None:
            return after if number.min is not None and after not in mentions.words else _at_preposition(mentions, after)
        return None if figure.outcomes else figure.last
    counted = word.get("victims") if word is not None else None
    if word is None or counted is None or counted.count is None or word.get("outcome") is not None:
        return None
    return word.last


def _at_preposition(mentions: Mentions, index: int) -> int | None:
    word = mentions.words.get(index)
    return index if word is not None and word.get("place", "in") is not None else None


# "في قرية B", "من بلدة B".
_WHERE_REACH = 3


def _leads_to_place(mentions: Mentions, index: int, last: int) -> bool:
    """Whether "in" and a known place stand at a token."""
    word = mentions.words.get(index) if index < last else None
    if word is None or word.get("place", "in") is None or mentions.between(index - 1, index) != " ":
        attached = index < last and index in mentions.names and index not in mentions.words
        return attached and mentions.tokens[index].norm.startswith("ب")
    return any(at in mentions.names for at in range(word.last, min(last, word.last + _WHERE_REACH)))


# "Two policemen in the city of Daraa": between "in" and a place stand few words.
_PLACE_REACH = 5


def _whereabouts_end(mentions: Mentions, after: int, last: int) -> int:
    """How far behind a number its place may be named: "ten in B", "four others in a second strike on the town of B"."""
    word = mentions.words.get(after)
    if word is None or (word.get("place", "in") is None and word.get("event", "noun") is None):
        return after
    reach = min(last, word.last + _PLACE_REACH)
    deed = next(iter(mentions.words_of(after, reach, "event")), None)
    return min(last, deed.last + _PLACE_REACH) if deed is not None else reach


def _behind_counted(mentions: Mentions, number: NumberMention, index: int, last: int) -> int:
    """Where a number ends that stands in for people, with the noun that it counts; behind an article there is one."""
    after = index + 1
    while after < last and mentions.numbers.get(after) is number:
        after += 1
    figure = figure_of_number(mentions, number, index, after, index, last)
    if figure is not None and not figure.bare:
        return figure.last
    return last if number.kind is NumberKind.ARTICLE else after


def _begins_toll(mentions: Mentions, at: int) -> bool:
    """Whether a number stands here, or a word for killing with one behind it."""
    word = mentions.words.get(at)
    entry = word.get("outcome") if word is not None else None
    kills = word is not None and entry is not None and entry.outcomes == (Outcome.KILLED,)
    if mentions.tokens[at].norm == "another":
        word = mentions.words.get(at + 1)
        if at + 1 in mentions.numbers:
            return True
        # "And another man died in B", "and another killed three in B".
        return word is not None and (word.get("victims") is not None or word.get("outcome") is not None)
    return at in mentions.numbers or (kills and word is not None and word.last in mentions.numbers)


# "And an army helicopter killed at least three": a number stands this near behind the verb.
_TOLL_BEHIND = 3


def _begins_killing(mentions: Mentions, at: int, last: int) -> bool:
    """Whether a doer or a weapon stands here, and right behind it that it killed so many ("and jets killed five")."""
    acts = False
    end = min(last, at + _SUBJECT_GAP)
    if not mentions.vocabulary.grammar.cased_names or not mentions.words_of(at, end, "outcome"):
        return False
    for index in range(at, end):
        if index in mentions.names or index in mentions.dates or "," in mentions.between(index - 1, index):
            return False
        word = mentions.words.get(index)
        if word is None or index < word.first:
            continue
        outcome = word.get("outcome")
        if outcome is not None and acts and outcome.side != "left":
            return mentions.has_number(word.last, min(last, word.last + _TOLL_BEHIND))
        acts = acts or word.get("actor") is not None or word.get("event") is not None
    return False


def _accuses(mentions: Mentions, first: int, last: int) -> bool:
    return any(word.get("reporting", "accuse") is not None for word in mentions.words_of(first, last, "reporting"))


def _counts(mentions: Mentions, first: int, last: int) -> bool:
    """Whether a deed or a toll is told between two tokens ("while the Observatory put the toll at 12")."""
    return has_deed(mentions, first, last) or bool(mentions.words_of(first, last, "toll"))


def has_deed(mentions: Mentions, first: int, last: int) -> bool:
    """Whether words for a deed or for what it did to people stand between two tokens."""
    return bool(mentions.words_of(first, last, "event") or mentions.words_of(first, last, "outcome"))
