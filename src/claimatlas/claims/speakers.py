"""Speakers: who is named as the source of what a clause says, and by what name.

A source that has a name of its own is called by it, however the report spells it ("the Observatory" is SOHR). One that
is only described keeps the report's words ("a police source", "the governor of Homs").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from claimatlas.claims.saying import (
    announces_pact,
    is_belonging,
    is_charge,
    is_charged,
    is_in_statement,
    is_of_one_quoted,
    is_told_of,
    quotes,
    quoting_its_own,
    says_that,
    tells,
    tells_deaths,
)
from claimatlas.claims.sourcenames import Speaker, is_name_part, office_behind, source_behind_comma
from claimatlas.claims.sources import AUXILIARIES, OFFICE_REACH, find_office, find_person, find_surname, make_speaker
from claimatlas.mentions.document import Mentions, Word

BREAK = re.compile(r"[;:!?()\n؛؟]|\s[-–—]{1,2}\s")
COMMA = re.compile(r"[,،]")
_SPEECH_BREAK = re.compile(r"[;!?\n؛؟]|\s[-–—]{1,2}\s")
_QUOTE_MARK = re.compile(r"[\"“”]")
_OPENS_SPEECH = re.compile(r"\s*(?::|\")")
# How far (in tokens) a speaker stands from "said".
_SPEAKER_GAP = 7
# Who of several speakers answers for a sentence, first to last.
_NAMED_SOURCE, _SPEAKING, _PASSED_ON, _RELAYING = range(4)


def find_speaker(mentions: Mentions, first: int, last: int) -> Speaker | None:
    """Who is named as the source of a clause: the subject of "said", the object of "according to".

    Args:
        mentions: The report's mentions.
        first: Index of the first token of the clause or sentence.
        last: Index after its last token.

    Returns:
        The speaker, with an empty name for pronouns and "the group"; None when the outlet itself speaks.
    """
    found: list[tuple[int, Speaker]] = []
    for verb in mentions.words_of(first, last, "reporting"):
        according = verb.get("reporting", "according")
        if according is not None:
            speaker = _speaker_right(mentions, verb, last, _SPEAKER_GAP + 3) or office_behind(mentions, verb, last)
            if speaker is not None:
                # "SANA reported, citing a military source": who has a name answers for who has none.
                passed_on = "relay" in according.flags and "unnamed" in speaker.flags
                found.append((_PASSED_ON if passed_on else _NAMED_SOURCE, speaker))
            continue
        if not tells(mentions, verb):
            continue
        if is_charge(mentions, verb) or is_belonging(mentions, verb):
            continue
        if (
            verb.get("outcome") is not None
            and verb.last - verb.first == 1
            and verb.get("reporting", "said") is not None
            and not says_that(mentions, verb)
            and mentions.words_of(verb.last, min(last, verb.last + _LIVES_GAP), "outcome", "victims")
            and not tells_deaths(mentions, verb, first, last)
        ):
            continue  # "claimed 15 lives", but "activists claimed on Sunday"
        if announces_pact(mentions, verb, last) or is_of_one_quoted(mentions, verb, first):
            continue
        quoted = _speaker_right(mentions, verb, last, _SPEAKER_GAP) if quotes(mentions, verb) else None
        if quoted is not None and quoted.name and "unnamed" not in quoted.flags:
            found.append((_NAMED_SOURCE, quoted))
            continue
        accuses = verb.get("reporting", "said") is None and mentions.vocabulary.grammar.subject == "before"
        speaker = _speaker_left(mentions, verb, first, 8) if accuses else _subject_of(mentions, verb, first, last)
        if (
            speaker is not None
            and speaker.actors
            and speaker.first >= verb.last
            and is_charged(mentions, verb, speaker.first)
        ):
            continue  # "اتهمت قسد بالوقوف وراءه": nobody is said to accuse
        if speaker is not None and not _speaks_earlier(mentions, speaker, verb, first, last, alone=not found):
            found.append((_RELAYING if "relay" in speaker.flags else _SPEAKING, speaker))
    if not found:
        return _in_front_of_all(mentions, first, last) or _behind_all(mentions, first, last)
    if len(found) == 1:
        return found[0][1]
    named = [item for item in found if item[1].name] or found
    # "According to a military source quoted by SANA": who has a name answers for who has none.
    return min(named, key=lambda item: (item[0], _answers_last(item[1], named=item[0] == _NAMED_SOURCE)))[1]


def _in_front_of_all(mentions: Mentions, first: int, last: int) -> Speaker | None:
    """Who opens a headline or a line of a list in front of a colon: "SOHR: five dead in A", "IDF: jets struck B"."""
    if not mentions.vocabulary.grammar.cased_names:
        return None
    word = mentions.words.get(first + (mentions.tokens[first].norm in mentions.vocabulary.grammar.articles))
    entry = (word.get("claimant") or word.get("actor")) if word is not None else None
    if word is None or entry is None or word.last >= last or entry.flags & {"capital", "anaphor", "adjective"}:
        return None
    return make_speaker(mentions, word, word) if mentions.between(word.last - 1, word.last).startswith(":") else None


# What a headline puts between what is said and who says it.
_BEHIND_SAID = re.compile(r"\s*(?::|\s[-–—])\s+(?:the\s+)?")


def _behind_all(mentions: Mentions, first: int, last: int) -> Speaker | None:
    """Who ends a headline or a ticker's line: "Eight killed in a raid on A: White Helmets", "… in B – monitor"."""
    at = last - 1
    while at > first and (word := mentions.words.get(at)) is None and is_name_part(mentions, at):
        at -= 1
    word = mentions.words.get(at)
    if word is None or word.get("claimant") is None or word.first <= first + 1:
        return None  # "responsible party: Russia"
    before = word.first - 1
    before -= mentions.tokens[before].norm in mentions.vocabulary.grammar.articles
    gap = mentions.text[mentions.tokens[before].end : mentions.tokens[word.first].start]
    return make_speaker(mentions, word, word) if _BEHIND_SAID.fullmatch(gap) is not None else None


# "Claimed the lives of", "claimed at least 15 civilian lives".
_LIVES_GAP = 6
_EARLIER = frozenset({"after", "before", "since", "when"})


def _speaks_earlier(mentions: Mentions, speaker: Speaker, verb: Word, first: int, last: int, *, alone: bool) -> bool:
    """Whether somebody only said something at another time ("…, a monitor said, a day after rebels said so").

    Who alone speaks does where the deed is told in front, and no toll behind: "… killed four, weeks after X said that".
    """
    at = speaker.first - 1
    if at > first and mentions.tokens[at].norm in mentions.vocabulary.grammar.articles:
        at -= 1
    if at < 0 or mentions.tokens[at].norm not in _EARLIER:
        return False
    if not alone:
        return True
    told = mentions.words_of(first, at, "outcome")
    return bool(told) and not mentions.words_of(verb.last, last, "outcome")


def _answers_last(speaker: Speaker, *, named: bool) -> bool:
    """Whether another source of the same sentence answers first: one with a name, or one who does not just deny."""
    verb = speaker.verb
    denies = verb is not None and verb.get("reporting", "deny") is not None
    return denies or (named and "unnamed" in speaker.flags)


def find_denying(mentions: Mentions, verb: Word, first: int) -> Speaker | None:
    """Who stands in front of a verb of denying.

    Args:
        mentions: The report's mentions.
        verb: The verb.
        first: Index of the clause's first token.

    Returns:
        The speaker; None where nobody is named there.
    """
    if mentions.vocabulary.grammar.subject == "before" and "," in mentions.between(verb.first - 1, verb.first):
        head = _before_relative(mentions, verb, first)
        if head is not None:
            return head
    near = _speaker_left(mentions, verb, first, _DENYING_GAP)
    if near is not None or mentions.vocabulary.grammar.subject == "after":
        return near
    return _before_relative(mentions, verb, first)


# "Turkey's defence ministry on Sunday strongly denied".
_DENYING_GAP = 8


def _subject_of(mentions: Mentions, verb: Word, first: int, last: int) -> Speaker | None:
    if mentions.vocabulary.grammar.subject == "after":
        named = _speaker_right(mentions, verb, last, _SPEAKER_GAP)
        if named is None and not mentions.vocabulary.begins_with_join(mentions.tokens[verb.first].norm):
            named = _speaker_left(mentions, verb, first, 3)
        return named or _omitted_speaker(mentions, verb, last) or _unknown_speaker(mentions, verb, last)
    head = _before_relative(mentions, verb, first) or _before_description(mentions, verb, first)
    if head is not None:
        return head
    inverted = _inverted(mentions, verb, last)
    if inverted is not None:
        return inverted
    if mentions.tokens[verb.first - 1].norm == "but" and verb.first > 0:
        return _opener(mentions, verb, first)
    quoted = _follows_quote(mentions, verb, first)
    near = None if quoted else _speaker_left(mentions, verb, first, 4)
    if near is not None:
        return near
    person = None if quoted else find_person(mentions, verb, first)
    if person is not None:
        office = find_office(mentions, person, first)
        return replace(office, last=person.last) if office is not None else person
    unknown = None if quoted else source_behind_comma(mentions, verb, first)
    if unknown is not None:
        return unknown
    spoken_to = "addressed" in verb.entries.flags
    right = None if spoken_to else _speaker_right(mentions, verb, last, _SPEAKER_GAP)
    if right is not None and (quoted or (right.name and right.first - verb.last <= 1)):
        return right  # but "doctors at a hospital in A said they had received …"
    return _speaker_left(mentions, verb, first, 14) or right or _opening_subject(mentions, verb, first)


# What may stand behind a speaker who stands behind "said" ("… said the Observatory, adding …").
_GOES_ON = frozenset({
    "adding", "head", "chief", "director", "spokesman", "spokeswoman", "spokesperson", "governor", "mayor", "who",
    "which", "commander", "president",
})  # fmt: skip


def _inverted(mentions: Mentions, verb: Word, last: int) -> Speaker | None:
    """Who speaks behind "said" at the end of what is said: "… joined the rebels said the Observatory"."""
    if "addressed" in verb.entries.flags or verb.get("reporting", "said") is None:
        return None
    at = verb.last
    while at < last and mentions.tokens[at].norm in mentions.vocabulary.grammar.articles:
        at += 1
    word = mentions.words.get(at) if at < last else None
    if word is not None and word.get("claimant") is not None:
        return make_speaker(mentions, word, verb) if _ends_saying(mentions, word.last, last) else None
    end = at
    while end < last and is_name_part(mentions, end) and (end == at or mentions.between(end - 1, end) in (" ", "-")):
        end += 1
    if end == at or not _ends_saying(mentions, end, last):
        return None
    if end - at == 1:
        known = find_surname(mentions, at, replace(verb, first=end)) if at == verb.last else None
        quoted = _QUOTE_MARK.search(mentions.between(verb.first - 1, verb.first)) is not None
        if known is not None or not quoted or at > verb.last:
            return known  # `"…," said Omar, a baker`: else whoever the quotation speaks of would be taken for him
    office = _speaker_right(mentions, replace(verb, last=end), last, OFFICE_REACH)
    name = mentions.text[mentions.tokens[at].start : mentions.tokens[end - 1].end]
    return office if office is not None and office.name else Speaker(name, at, end, (), verb)


def _ends_saying(mentions: Mentions, end: int, last: int) -> bool:
    """Whether nothing that is said follows a speaker behind "said"."""
    if end >= last:
        return True
    return "," in mentions.between(end - 1, end) or mentions.tokens[end].norm in _GOES_ON


# The subject of "said" at the head of a sentence is at most this long, in tokens.
_SUBJECT_REACH = 8


def _opener(mentions: Mentions, verb: Word, first: int) -> Speaker | None:
    """Who opens a sentence whose second verb has no subject: "The agency gave no toll but said it was rebels"."""
    for word in mentions.words_of(first, min(verb.first, first + _SUBJECT_REACH), "claimant", "actor"):
        speaker = make_speaker(mentions, word, verb)
        if speaker is not None:
            return speaker
    return None


# "The hospital said" is who "a hospital said" was.
_HOUSES = frozenset({"hospital", "clinic", "morgue", "municipality"})


def _opening_subject(mentions: Mentions, verb: Word, first: int) -> Speaker | None:
    """A speaker of no known name who opens the sentence: "A militia member said", "A relative of the victims told"."""
    articles = mentions.vocabulary.grammar.articles
    if not 2 <= verb.first - first <= _SUBJECT_REACH or verb.get("reporting", "said") is None:
        return None
    named = mentions.words.get(first + (mentions.tokens[first].norm in articles))
    if (
        named is not None
        and named.get("claimant") is not None
        and not mentions.words_of(named.last, verb.first, "outcome")
    ):
        return make_speaker(mentions, named, verb)  # "Rescuers working through the night after the strike said"
    opener = mentions.tokens[first].norm  # "a", not "the": "the figures say"
    house = mentions.tokens[first + 1].norm in _HOUSES
    known = opener not in articles or (opener in mentions.vocabulary.grammar.definite and not house)
    if known or mentions.has_day(first, verb.first):
        return None
    if mentions.words_of(first, verb.first, "event", "outcome", "toll", "be", "reporting", "relative"):
        return None
    end = first + 1
    while end < verb.first and mentions.between(end - 1, end) in (" ", "-"):
        word = mentions.words.get(end)
        known = end in mentions.names or (word is not None and not (word.get("victims") or word.get("actor")))
        if known and not (end == first + 1 and word is not None and word.get("place", "feature")):
            break  # "A hospital in Douma said"
        end += 1
    if not 2 <= end - first <= _MAX_UNKNOWN_NAME:
        return None
    name = mentions.text[mentions.tokens[first + 1].start : mentions.tokens[end - 1].end]
    return Speaker(name, first, end, (), verb)


def _omitted_speaker(mentions: Mentions, verb: Word, last: int) -> Speaker | None:
    """Whoever spoke last, where nobody stands between "said" and what is said (وأضاف أن, ولفت إلى أن, وأوضح: …)."""
    if verb.last >= last:
        return None
    opens = _OPENS_SPEECH.match(mentions.between(verb.last - 1, verb.last)) is not None
    behind = [mentions.words.get(index) for index in range(verb.last, min(last, verb.last + 2))]
    that = behind[0] is not None and any(word is not None and word.is_cue("that") for word in behind)
    told = behind[0].get("outcome") if behind[0] is not None else None
    dead = told is not None and told.side == "right" and verb.get("reporting", "said") is not None
    dead = dead and mentions.tokens[verb.first - 1].norm in _LIKEWISE  # "كما أعلنت مقتل جنديين"
    return Speaker("", verb.first, verb.last, (), verb) if opens or that or dead else None


_LIKEWISE = frozenset({"كما", "كذلك", "ايضا"})
# Names nobody knows stand between "said" and "that" with at most this many further words ("لموقع …").
_UNKNOWN_REACH = 10
_MIN_UNKNOWN_NAME, _MAX_UNKNOWN_NAME = 2, 4


def _unknown_speaker(mentions: Mentions, verb: Word, last: int) -> Speaker | None:
    """A person no list knows between "said" and "that" ("قال سالم الحسن إن"); one word means who spoke last."""
    reach = min(last, verb.last + _UNKNOWN_REACH)
    that = next((word.first for word in mentions.words_of(verb.last, reach, "that")), None)
    if that is None or mentions.words_of(verb.last, that, "event", "outcome", "reporting", "claimant", "victims"):
        return None
    end = verb.last
    while end < min(that, verb.last + _MAX_UNKNOWN_NAME) and _may_be_name(mentions, end):
        if end > verb.last and mentions.between(end - 1, end) != " ":
            break
        end += 1
    if end - verb.last >= _MIN_UNKNOWN_NAME:
        name = mentions.text[mentions.tokens[verb.last].start : mentions.tokens[end - 1].end]
        return Speaker(name, verb.last, end, (), verb)
    return Speaker("", verb.first, verb.last, (), verb) if end > verb.last else None


def _may_be_name(mentions: Mentions, index: int) -> bool:
    word = mentions.words.get(index)
    if index in mentions.dates or mentions.tokens[index].norm.startswith(mentions.vocabulary.grammar.attached_of):
        return False  # "قال سالم الحسن لموقعنا"
    return word is None or all(entry.role in ("neutral", "leave") for entry in word.entries)


# A relative clause between a speaker and "said" is at most this long, in tokens.
_RELATIVE_REACH = 18


def _before_relative(mentions: Mentions, verb: Word, first: int) -> Speaker | None:
    """Who speaks past a relative clause: "the Observatory, which relies on sources inside the country, said"."""
    for relative in mentions.words_of(max(first, verb.first - _RELATIVE_REACH), verb.first, "relative"):
        head = mentions.words.get(relative.first - 1) if relative.first > first else None
        if mentions.words_of(relative.last, verb.first, "reporting"):
            continue
        if head is None:
            closed = "," in mentions.between(verb.first - 1, verb.first)
            person = find_person(mentions, replace(verb, first=relative.first), first) if closed else None
            if person is not None and person.first - first <= 1:
                return person  # "Omar Haddad, who lost two cousins, said"
            continue
        opens = head.first - first <= 1 and (
            "," in mentions.between(verb.first - 1, verb.first)
            or not any(
                word.get("claimant") is not None or verb.first - word.last <= 1
                for word in mentions.words_of(relative.last, verb.first, "claimant", "actor")
            )
        )
        speaker = make_speaker(mentions, head, verb) if head.get("claimant") is not None or opens else None
        if speaker is not None:
            return speaker if speaker.name else _named_before(mentions, head, verb, first) or speaker
    return None


# "Abu Omar, a fisherman from the port of Jableh, said".
_DESCRIPTION_REACH = 9


def _before_description(mentions: Mentions, verb: Word, first: int) -> Speaker | None:
    """Who is named in front of a word of who that is: "Omar Haddad, a farmer, said", "SOHR, a monitor with …, said"."""
    if "," not in mentions.between(verb.first - 1, verb.first):
        return None
    for at in range(verb.first - 1, max(first, verb.first - _RELATIVE_REACH), -1):
        if mentions.between(at - 1, at) != ", " or mentions.tokens[at].norm not in mentions.vocabulary.grammar.articles:
            continue
        head = mentions.words.get(at - 1)
        entry = head.get("claimant") if head is not None else None
        if head is not None and entry is not None and not entry.flags & {"anaphor", "unnamed", "capital"}:
            return make_speaker(mentions, head, verb)
        far = at <= max(first, verb.first - _DESCRIPTION_REACH)
        if far or mentions.words_of(at, verb.first, "claimant", "actor", "outcome", "event"):
            return None
        person = find_person(mentions, replace(verb, first=at), first)
        return person if person is not None and person.first == first else None
    return None


def _follows_quote(mentions: Mentions, verb: Word, first: int) -> bool:
    """Whether the speaker is to be looked for behind the verb: `"…" said the head of the group`."""
    if verb.first == first:
        return True
    return not _ENDS_QUOTE.isdisjoint(mentions.between(verb.first - 1, verb.first))


_ENDS_QUOTE = frozenset("\"',”’")


def _speaker_left(mentions: Mentions, verb: Word, first: int, reach: int) -> Speaker | None:
    index = verb.first - 1
    while index >= max(first, verb.first - reach):
        if _SPEECH_BREAK.search(mentions.between(index, index + 1)) is not None:
            return None
        word = mentions.words.get(index)
        if word is None or is_in_statement(mentions, word, first):
            index -= 1
            continue
        quoting = quoting_its_own(mentions, word, first)
        if quoting is not None:
            index = quoting.first - 1  # "the channel A, quoting its correspondent, said"
            continue
        before = mentions.words.get(word.first - 1) if word.first > first else None
        if before is not None and _is_nobody(word) and mentions.between(word.first - 1, word.first) == " ":
            owner = before.get("claimant")
            if owner is not None and not owner.flags & {"anaphor", "capital"}:
                word = before  # "SOHR activists"
        if before is not None and mentions.tokens[word.first].norm == "statement" and _is_named(mentions, before):
            word = before  # "the ISIS statement said"
        speaker = make_speaker(mentions, word, verb)
        if speaker is not None and not _is_object(mentions, word, first):
            held = mentions.words.get(word.last)
            if held is not None and held.is_cue("holder"):
                index = word.first - 1  # "medics in the rebel-held area said"
                continue
            if speaker.actors and word.get("claimant") is None and _describes(mentions, word.last, verb.first):
                return None  # an adjective of something else ("opposition districts of Aleppo … said")
            speaker = _with_person(mentions, speaker, verb)
            *others, lead = _all_who_say(mentions, word, first)
            if others:
                word, speaker = lead, make_speaker(mentions, lead, verb) or speaker
            speaker = speaker if speaker.name else _named_before(mentions, word, verb, first) or speaker
            return _with_others(mentions, speaker, others, verb) if others else speaker
        if word.get("outcome") is not None or (word.get("event") is not None and not word.get("claimant")):
            return None
        index = word.first - 1
    return None


def _is_named(mentions: Mentions, word: Word) -> bool:
    """Whether a source or a side is called by its name, right in front of what it issued."""
    claimant, actor = word.get("claimant"), word.get("actor")
    beside = mentions.between(word.last - 1, word.last) == " "
    called = claimant is not None and not claimant.flags & {"anaphor", "capital"}
    return beside and (called or (actor is not None and "generic" not in actor.flags))


def _with_person(mentions: Mentions, speaker: Speaker, verb: Word) -> Speaker:
    """A speaker with the person who speaks for it: "YPG spokesman Redur Xelil said"; "he" then is the YPG."""
    after = speaker.last
    while after < verb.first and (
        is_name_part(mentions, after) or mentions.tokens[after].norm in (_GOES_ON | AUXILIARIES)
    ):
        after += 1
    return replace(speaker, last=after) if after == verb.first else speaker


def _with_others(mentions: Mentions, speaker: Speaker, others: Sequence[Word], verb: Word) -> Speaker:
    """A speaker with the names of those who say it too; "residents" beside "the Observatory" add nothing to it."""
    said = [other for word in reversed(others) if (other := make_speaker(mentions, word, verb)) is not None]
    names = dict.fromkeys(other.name for other in said if other.name and "unnamed" not in other.flags)
    return replace(speaker, beside=tuple(name for name in names if name != speaker.name))


def _all_who_say(mentions: Mentions, word: Word, first: int) -> list[Word]:
    """Those who say a thing together, from the last to the first: "state media and the Observatory said"."""
    found = [word]
    while word.get("claimant") is not None:
        at = word.first - 1
        if at > first and mentions.tokens[at].norm in mentions.vocabulary.grammar.articles:
            at -= 1
        joiner = mentions.words.get(at) if at > first else None
        if joiner is None and at - 1 > first and mentions.between(at, at + 1) == " ":
            at -= mentions.words.get(at - 1) is not None  # "activists, former residents and a monitor"
        listed = joiner is None and (at + 1 < word.first or "," in mentions.between(at, at + 1))
        if not listed and (joiner is None or not joiner.is_cue("join")):
            return found
        left = mentions.words.get(at if listed else at - 1)
        claimant = left.get("claimant") if left is not None and left.first > first - 1 else None
        if left is None or claimant is None or claimant.flags & {"capital"} or claimant.name == "he":
            return found
        word = left
        found.append(left)
    return found


def _is_nobody(word: Word) -> bool:
    """Whether a claimant has no name of its own and takes that of the one in front of it ("SOHR activists")."""
    claimant = word.get("claimant")
    return claimant is not None and bool(claimant.flags & {"unnamed", "anaphor"})


def _describes(mentions: Mentions, after: int, verb: int) -> bool:
    """Whether what stands between an actor and "said" shows that it only describes a place or a deed."""
    return any(
        (index in mentions.names and mentions.names[index].strong)
        or (
            index in mentions.words
            and any(
                e.kind in ("event", "outcome")
                or (e.kind == "place" and e.role != "in")  # "on Friday", "in a statement"
                for e in mentions.words[index].entries
            )
        )
        for index in range(after, verb)
    )


def _named_before(mentions: Mentions, anaphor: Word, verb: Word, first: int) -> Speaker | None:
    """Who a description behind a name means: "the Observatory, a Britain-based monitoring group, said"."""
    index = anaphor.first - 1
    while index >= max(first, anaphor.first - 8):
        if _QUOTE_MARK.search(mentions.between(index, index + 1)) is not None:
            return None
        word = mentions.words.get(index)
        if word is not None:
            claimant = word.get("claimant")
            if claimant is not None and "anaphor" not in claimant.flags:
                return make_speaker(mentions, word, verb)
            if word.get("event") or word.get("outcome") or word.get("reporting"):
                return None
        index -= 1
    return None


def _is_object(mentions: Mentions, word: Word, first: int) -> bool:
    """Whether a name is governed by a preposition of place or aim ("in Russia", "against ISIS") and cannot speak."""
    before = mentions.words.get(word.first - 1) if word.first > first else None
    claimant = word.get("claimant")
    if before is None or (claimant is not None and "capital" not in claimant.flags):
        return False
    return before.is_cue("target", "holder", "by", "with") or before.get("place", "in") is not None


def _speaker_right(mentions: Mentions, verb: Word, last: int, reach: int) -> Speaker | None:
    index = verb.last
    pending: Speaker | None = None
    if verb.get("reporting", "according") is not None and index < last:
        norms = [token.norm for token in mentions.tokens[index : min(last, index + _REPORTS_GAP)]]
        if norms[0] in _OBJECT_PRONOUNS:
            return Speaker("", index, index + 1, (), verb, means="he")
        if "reports" in norms and not mentions.words_of(index, index + norms.index("reports"), "claimant", "actor"):
            return None  # "according to media reports Kurdish fighters killed …"
    while index < min(last, verb.last + reach):
        if index > verb.last and BREAK.search(mentions.between(index - 1, index)) is not None:
            break
        word = mentions.words.get(index)
        if word is None:
            index += 1
            continue
        speaker = make_speaker(mentions, word, verb)
        if speaker is not None and word.get("claimant") is None and is_told_of(mentions, word):
            break
        if speaker is not None and _is_aim(mentions, word, verb):
            speaker = None
            beside = mentions.words.get(word.last)  # "لمراسل الأناضول"
            named = beside is not None and beside.get("claimant") is not None and not _is_nobody(beside)
            word = beside if beside is not None and named else word
        if speaker is not None and speaker.name:
            # "according to local sources in the Observatory's network": the first one speaks; but a people's
            # adjective ("the Syrian …") yields to the name behind it.
            if word.get("claimant") is not None:
                if pending is not None and not pending.name and "unnamed" in speaker.flags:
                    return pending  # "نقلت الوكالة عن مصدر عسكري": who has a name answers for who has none
                return speaker
            pending = pending or speaker
        elif speaker is not None:
            pending = pending or speaker
        elif (
            word.get("reporting") is not None
            or word.get("outcome") is not None
            or word.get("event") is not None
            or (word.is_cue("that") and verb.get("reporting", "according") is None)
        ):
            break
        index = word.last
    return pending


_OBJECT_PRONOUNS = frozenset({"them", "him", "her", "it"})
_REPORTS_GAP = 4
_OBSERVES = frozenset({"رصد", "رصدت", "وثق", "وثقت", "سجل", "سجلت", "احصي", "احصت", "نقل", "نقلت", "نشر", "نشرت"})


def _is_aim(mentions: Mentions, word: Word, verb: Word) -> bool:
    """Whether somebody is only spoken to ("قالت لمراسلنا") or gone to ("نقل إلى تركيا") and does not speak."""
    if verb.get("reporting", "said") is None:
        return False
    of = mentions.vocabulary.grammar.attached_of
    observes = mentions.tokens[verb.first].norm.removeprefix("و") in _OBSERVES  # "رصد رتلا لقوات النظام"
    if of and mentions.tokens[word.first].norm.startswith(of) and (observes or word.get("actor") is None):
        return True
    if word.get("claimant") is not None or word.first == verb.last:
        return False
    before = mentions.words.get(word.first - 1)
    return before is not None and before.get("place", "from") is not None
