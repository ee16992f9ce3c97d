"""The part each place name has in a clause: the scene of a deed, or where somebody comes from, speaks or lives."""

from __future__ import annotations

from msgspec.structs import replace

from claimatlas.claims.abroad import is_abroad
from claimatlas.claims.blame import is_accused_capital
from claimatlas.claims.cast import PlaceRole
from claimatlas.claims.homonyms import (
    has_article,
    is_called,
    is_common,
    is_homonym,
    is_joined,
    is_twice_tied,
    is_village_here,
)
from claimatlas.claims.journeys import with_aim
from claimatlas.claims.newnames import MIN_NAME_LETTERS, NAMED_KINDS, bare_name, make_unknown, name_end, unknown_place
from claimatlas.claims.persons import KUNYAS
from claimatlas.claims.suburbs import SUBURB_GAP, has_suburbs, suburb_of
from claimatlas.claims.ties import TIED, find_tie
from claimatlas.mentions.document import Mentions, Word
from claimatlas.mentions.surnames import is_surname
from claimatlas.model import EventType

CAPITAL_ID = "ca:damascus"


def find_places(mentions: Mentions, first: int, last: int) -> list[PlaceRole]:
    """The place names of a clause, each with its part.

    Args:
        mentions: The report's mentions.
        first: Index of the clause's first token.
        last: Index after its last token.

    Returns:
        Places in order of the text, known ones and those that only the words around them show to be places.
    """
    found: list[PlaceRole] = []
    done = first
    for index in mentions.openers_in(first, last):
        if index < done:
            continue
        hit = mentions.names.get(index)
        if hit is not None:
            after = index + 1
            while after < last and mentions.names.get(after) is hit:
                after += 1
            listed = bool(found) and found[-1].last == index and is_joined(mentions, index)
            place = _known_place(mentions, index, after, first, last, listed=listed)
            if place is not None:
                found.append(place)
            done = max(after, place.last) if place is not None else after
            continue
        noun = mentions.words.get(index)
        if noun is not None and noun.entries.places.isdisjoint(_NAMED_NOUNS):
            continue
        capital = _capital(mentions, index, first, last)
        if capital is not None:
            found.append(capital)
            done = capital.last
            continue
        unknown = unknown_place(mentions, index, first, last)
        if unknown is not None:
            found.append(unknown)
            done = unknown.last
    if mentions.vocabulary.grammar.cased_names:
        found = [place for place in found if not _is_abroad(mentions, place, first)]
        found = [_in_suburb(mentions, place, found, last) for place in found]
    places = _without_hospitals(mentions, _spread_places(mentions, found), first, last)
    return with_aim(mentions, _without_known(mentions, places, first, last), first)


def _in_suburb(mentions: Mentions, place: PlaceRole, others: list[PlaceRole], last: int) -> PlaceRole:
    """A city, as its countryside where a suburb of it is told, and as no scene where that suburb has a name."""
    if place.relation == "into" and CAPITAL_ID in place.ids:
        return replace(place, relation="")  # "fired into the capital" is at it, and not beside it
    if not place.event or not has_suburbs(mentions, place.last, capital=CAPITAL_ID in place.ids):
        return place
    beside = suburb_of(mentions, place.first, place.last, last, capital=CAPITAL_ID in place.ids)
    if beside is None:
        return place
    near = [other for other in others if beside < other.first <= beside + SUBURB_GAP]
    if any(not has_suburbs(mentions, other.last, capital=CAPITAL_ID in other.ids) for other in near):
        return replace(place, event=False)
    return replace(place, kind="", relation="countryside")


def _is_abroad(mentions: Mentions, place: PlaceRole, first: int) -> bool:
    tokens = mentions.tokens
    return is_abroad(mentions.text, tokens[place.first].start, tokens[place.last - 1].end, tokens[first].start)


def _without_known(mentions: Mentions, places: list[PlaceRole], first: int, last: int) -> list[PlaceRole]:
    """The places, one told before not as a scene: "وإضافة إلى بلدة X استهدفت قوات النظام قرية Y"."""
    opener = mentions.words.get(first)
    besides = opener is not None and opener.is_cue("join") and mentions.vocabulary.grammar.subject == "after"
    if opener is None or not besides or len(mentions.tokens[first].norm) <= _SMALL_JOIN:
        return places
    verb = next((w for w in mentions.words_of(opener.last, last, "event") if w.get("event", "verb") is not None), None)
    if verb is None or not any(place.first > verb.first for place in places):
        return places
    return [replace(place, event=False) if place.last <= verb.first else place for place in places]


# "And", "as" (كما) and "likewise" (كذلك) are no longer.
_SMALL_JOIN = 5


def _without_hospitals(mentions: Mentions, places: list[PlaceRole], first: int, last: int) -> list[PlaceRole]:
    """The places, those not as scenes that lie behind "were taken to the hospitals"."""
    if not places:
        return places
    if mentions.vocabulary.grammar.cased_names:
        return [_without_deathbed(mentions, place, first) for place in places]
    wards = [word for word in mentions.words_of(first, last, "place") if word.get("place", "ward") is not None]
    return [
        replace(place, event=False)
        if any(
            word.last <= place.first and not mentions.words_of(word.last, place.first, "event", "outcome")
            for word in wards
        )
        else place
        for place in places
    ]


# "Died of his wounds at the hospital in", and what somebody is treated in.
_BED_GAP, _BEDS = 3, frozenset({"hospital", "hospitals"})


def _without_deathbed(mentions: Mentions, place: PlaceRole, first: int) -> PlaceRole:
    """A place, not as the scene where it is that of the hospital in which somebody died of wounds."""
    if _BEDS.isdisjoint(mentions.norms):
        return place
    start = max(first, place.first - _BED_GAP)
    if place.event and any(token.norm in _BEDS for token in mentions.tokens[start : place.first]):
        died = mentions.words_of(first, start, "wounds")
        if died and not mentions.words_of(died[-1].last, place.first, "event"):
            return replace(place, event=False)
    return place


def _capital(mentions: Mentions, index: int, first: int, last: int) -> PlaceRole | None:
    """The country's capital where it is not called by its name ("in the Syrian capital")."""
    word = mentions.words.get(index)
    if word is None or word.first != index or word.get("place", "capital") is None:
        return None
    if word.last < last and word.last in mentions.words and mentions.words[word.last].is_cue("partitive", "backed"):
        return None  # "the capital of the province"
    if mentions.has_name(index, word.last):
        return None
    tie = find_tie(mentions, index, word.last, first, last)
    name = mentions.text[mentions.tokens[index].start : mentions.tokens[word.last - 1].end]
    return PlaceRole(name, index, word.last, (CAPITAL_ID,), "town", *tie)


def _known_place(
    mentions: Mentions, index: int, after: int, first: int, last: int, *, listed: bool
) -> PlaceRole | None:
    """What a name of the gazetteer is in its clause; None where the name means something else there."""
    hit = mentions.names[index]
    if _means_otherwise(mentions, index, after, first, last, strong=hit.strong):
        return None
    longer = _longer_end(mentions, index, after, last)
    if longer is not None:
        return make_unknown(mentions, index, longer, "", find_tie(mentions, index, longer, first, last))
    if _is_street(mentions, index, first) or is_twice_tied(mentions, index, first):
        return None
    inside = _kind_inside(mentions, index, after)
    if inside == "village" and has_article(mentions, index):
        return None  # "the eastern village" (القرية الشرقية) is not that called the Eastern (قرية الشرقية)
    kind = inside or _kind_around(mentions, index, after, first, last)
    if index == first and after < last and mentions.between(after - 1, after).startswith(":"):
        kind = "governorate"  # a round-up's label: "Idlib: …"
    tie = find_tie(mentions, index, after, first, last)
    if not kind and not tie.weight and _is_first_name(mentions, index, after, last):
        return None
    site = _site_end(mentions, after, last)
    if site > after:
        kind = "feature"
    if not hit.strong or is_homonym(mentions, index):
        if not kind and (tie.weight < TIED or _goes_on(mentions, after, last)):
            return None
        introduced = bool(inside) or listed or _introduced(mentions, index, first)
        if not _is_weak_name_meant(mentions, index, first, kind, introduced=introduced):
            return None
    accused = CAPITAL_ID in hit.place_ids and is_accused_capital(mentions, index, first)
    speaks = accused or _is_speaking_capital(mentions, index, after, last, tie.weight)
    if speaks or _ends_headline(mentions, index, after, last):
        tie = tie._replace(event=False)
    start = index + 1 if inside == "village" else index
    name = mentions.text[max(hit.start, mentions.tokens[start].start) : mentions.tokens[site - 1].end]
    tie = tie._replace(weight=tie.weight + (1 if kind else 0))
    return PlaceRole(bare_name(name), index, site, hit.place_ids, kind, *tie)


def _is_first_name(mentions: Mentions, index: int, after: int, last: int) -> bool:
    """Whether a single word that nothing calls a place opens a person's name ("the correspondent Marie Colvin")."""
    single = after - index == 1 and mentions.between(after - 1, after) == " " if after < last else False
    return single and mentions.vocabulary.grammar.cased_names and _goes_on(mentions, after, last)


def _means_otherwise(mentions: Mentions, index: int, after: int, first: int, last: int, *, strong: bool) -> bool:
    """Whether a place's name is that of an actor, a source, a person or a day here, or a common word."""
    word = mentions.words.get(index)
    speaks = word.get("claimant") if word is not None else None
    is_capital = speaks is not None and "capital" in speaks.flags
    if word is not None and not is_capital and (speaks is not None or word.get("actor")):
        if word.last > after or word.first < index or not is_called(mentions, index, first):
            return True
    elif word is not None and word.last >= after and is_common(mentions, word, strong, index, first):
        return True
    deed = word.get("event") if word is not None else None
    if deed is not None and deed.type is EventType.CHEMICAL and not is_called(mentions, index, first):
        return True  # "Sarin" is some village, too
    if word is not None and word.get("foreign") is not None and not is_village_here(mentions, index, first):
        return True
    if index > first and mentions.between(index - 1, index) == "-" and _is_prefix(mentions, index - 1):
        return True
    fathered = after < last and mentions.tokens[after].norm in _SON_OF and mentions.between(after - 1, after) == " "
    if fathered or index in mentions.dates or _is_person(mentions, index, after, first, last):
        return True
    if _names_body(mentions, index, after, last):
        return True
    return index - 1 >= first and is_surname(mentions, index) and not is_called(mentions, index, first)


_SON_OF = frozenset({"bin", "ibn", "ben"})
# "The Deir ez-Zor Military Council", and the words in front of a name ("Abu") that belong to a person's.
_BODY_KINDS = frozenset({"military", "civil", "civilian", "revolutionary", "media"})
_BODIES = frozenset({"council", "center", "centre", "office", "committee"})


def _names_body(mentions: Mentions, index: int, after: int, last: int) -> bool:
    """Whether a name is a person's first, or part of that of a council or office called after its town."""
    if not mentions.vocabulary.grammar.cased_names:
        return False
    if after - index == 1 and mentions.tokens[index].norm in KUNYAS:
        return True
    if after + 1 >= last or mentions.between(after - 1, after) != " ":
        return False
    return mentions.tokens[after].norm in _BODY_KINDS and mentions.tokens[after + 1].norm in _BODIES


def _longer_end(mentions: Mentions, index: int, after: int, last: int) -> int | None:
    """Where a name ends of which only the first word is a known one ("Tel Dahab", "الشيخ ناصر"); None for others."""
    word = mentions.words.get(index)
    if word is None or word.get("place") is None or after - index != 1 or after >= last:
        return None
    if mentions.between(index, after) not in (" ", "-"):
        return None
    cased = mentions.vocabulary.grammar.cased_names
    return name_end(mentions, after, last) if cased else _headed_end(mentions, word, after, last)


def _is_weak_name_meant(mentions: Mentions, index: int, first: int, kind: str, *, introduced: bool) -> bool:
    """Whether the words in front of a name that is also a common word show that the place is meant."""
    grammar = mentions.vocabulary.grammar
    quarter = kind in ("neighbourhood", "camp") and index not in mentions.words  # "the Zahraa neighbourhood"
    behind_article = index > first and mentions.tokens[index - 1].norm in grammar.definite
    if behind_article and not quarter and not _ends_with_noun(mentions, index):
        return False  # "the Iraqi frontier", and Iraqi is also some hamlet's name
    return grammar.cased_names or introduced


def _ends_with_noun(mentions: Mentions, index: int) -> bool:
    """Whether a known name says itself what it is: "the Rasafa desert"."""
    hit, end = mentions.names.get(index), index + 1
    while mentions.names.get(end) is hit:
        end += 1
    noun = mentions.words.get(end - 1)
    return end - index > 1 and noun is not None and noun.get("place", "feature") is not None


def _headed_end(mentions: Mentions, head: Word, after: int, last: int) -> int | None:
    """Where a name ends that opens with a word many names open with (شيخ), in a script without capitals."""
    if head.get("place", "head") is None or mentions.between(after - 1, after) != " ":
        return None
    if after in mentions.names or after in mentions.dates or after in mentions.numbers:
        return None
    word, token = mentions.words.get(after), mentions.tokens[after]
    joined = mentions.vocabulary.begins_with_join(token.norm)
    known = word is not None and not word.is_cue("neutral")
    return None if known or joined or len(token.norm) < MIN_NAME_LETTERS else after + 1


def _is_street(mentions: Mentions, index: int, first: int) -> bool:
    """Whether a name is that of a street, which lies elsewhere than the town it is called after."""
    before = mentions.words.get(index - 1) if index > first else None
    return before is not None and before.get("place", "street") is not None


def _goes_on(mentions: Mentions, after: int, last: int) -> bool:
    """Whether an unknown capitalised word stands right behind a name: then it is a person's, or a longer one."""
    if after >= last or mentions.between(after - 1, after) not in (" ", "-", " al-"):
        return False
    if after in mentions.words or after in mentions.names or after in mentions.dates or after in mentions.numbers:
        return False
    start = after + 1 if mentions.tokens[after].end - mentions.tokens[after].start <= 2 and after + 1 < last else after
    return mentions.text[mentions.tokens[start].start].isupper()


def _site_end(mentions: Mentions, after: int, last: int) -> int:
    """Where a name ends that a site carries on ("Deir Ezzor air base")."""
    word = mentions.words.get(after) if after < last and mentions.between(after - 1, after) == " " else None
    if word is None or word.first != after or word.get("place", "site") is None:
        return after
    return word.last


def _is_prefix(mentions: Mentions, index: int) -> bool:
    """Whether a token in front of a hyphen makes the name behind it an attitude ("pro-Damascus")."""
    token = mentions.tokens[index]
    return mentions.text[token.start].islower() and token.end - token.start > 2 and index not in mentions.names


def _introduced(mentions: Mentions, index: int, first: int) -> bool:
    """Whether a preposition, a noun of place or another place stands right in front, in a script without capitals.

    Every adjective is the name of some village there ("the white", "the middle").
    """
    if index == first or len(mentions.between(index - 1, index)) > 2:
        return False
    before = mentions.words.get(index - 1)
    if index - 1 in mentions.names:
        return mentions.vocabulary.begins_with_join(mentions.tokens[index].norm)
    return before is not None and before.get("place") is not None


def _is_person(mentions: Mentions, index: int, after: int, first: int, last: int) -> bool:
    """Whether a place name is part of a person's ("Rami Abdel Rahman", "Abu Omar al-Bukamali")."""
    if index <= first:
        return False
    token = mentions.tokens[index - 1]
    initial = mentions.tokens[index - 1].end - mentions.tokens[index - 1].start == 1
    if mentions.between(index - 1, index) not in (" ", "-", " al-", " Al-", " el-", ". " if initial else " "):
        return False
    if not mentions.text[token.start].isupper() or token.norm.isdigit():
        return False
    if mentions.text[token.start : token.end].isupper() and token.end - token.start > 3:
        return False
    known = mentions.words.get(index - 1)
    if known is not None or index - 1 in mentions.names or index - 1 in mentions.dates:
        return False
    # At the head of a sentence any word is capitalised; elsewhere an unknown capitalised word is a first name.
    if index - 1 == first:
        return False
    following = mentions.words.get(after) if after < last else None
    return following is None or following.get("place") is None


def _kind_inside(mentions: Mentions, index: int, after: int) -> str:
    """What a name's own first word calls it, where the gazetteer has it with that word ("مدينة دوما")."""
    word = mentions.words.get(index)
    if word is None or word.last >= after or mentions.vocabulary.grammar.cased_names:
        return ""
    roles = [e.role for e in word.entries if e.kind == "place"]
    return next((role for role in roles if role in ("village", "town", "neighbourhood", "camp")), "")


def _kind_around(mentions: Mentions, index: int, after: int, first: int, last: int) -> str:
    """What the words around a name call it: "the village of X", "X province"."""
    if after < last and mentions.between(after - 1, after) in (" ", "-", "'s ", "’s "):
        word = mentions.words.get(after)
        entry = word.get("place") if word is not None else None
        if entry is not None and entry.role not in ("in", "from"):
            return entry.role
        if word is None and after + 1 < last:  # "Hasaka's northern countryside", "Idlib's southern province"
            following = mentions.words.get(after + 1)
            entry = following.get("place") if following is not None else None
            if entry is not None and entry.role in ("countryside", "governorate"):
                return entry.role
    for at in range(index - 1, max(first - 1, index - 4), -1):
        if "," in mentions.between(at, at + 1):
            break  # "a man in the camp, Abu Hamid"
        word = mentions.words.get(at)
        if word is None or (at in mentions.names and "," in mentions.between(at, index)):
            continue  # "the council of Tel Hamis, Saada al-Harmas"
        entry = next((e for e in word.entries if e.kind == "place" and e.role not in ("in", "from")), None)
        if entry is not None:
            return entry.role
        if word.is_cue("partitive"):
            continue
        break
    return ""


def _is_speaking_capital(mentions: Mentions, index: int, after: int, last: int, weight: int) -> bool:
    """Whether a capital stands for its government ("Damascus said"), and not where one is ("a doctor in X said")."""
    before = mentions.words.get(index - 1)
    if before is not None and (before.get("place") is not None or before.is_cue("partitive")):
        return False
    following = mentions.words.get(after) if after < last else None
    if following is not None and following.is_cue("also"):
        following = mentions.words.get(following.last) if following.last < last else None
    return weight == 0 and following is not None and following.get("reporting") is not None


def _ends_headline(mentions: Mentions, index: int, after: int, last: int) -> bool:
    """Whether a name behind a colon ends a headline: then it is whoever says so ("… victories: Damascus")."""
    return (
        index > 0
        and ":" in mentions.between(index - 1, index)
        and (after >= last or "\n" in mentions.text[mentions.tokens[after - 1].end : mentions.tokens[after].start])
    )


_NAMED_NOUNS = NAMED_KINDS | {"capital"}


def _spread_places(mentions: Mentions, found: list[PlaceRole]) -> list[PlaceRole]:
    """Names in a list share what ties the first of them to the event: "in X, Y and Z"."""
    spread: list[PlaceRole] = []
    for place in found:
        previous = spread[-1] if spread else None
        if previous is not None and place.weight < TIED and place.event:
            listed = place.first - previous.last <= 2 and all(
                word.is_cue("join") or word.get("place") is not None
                for word in mentions.words_in(previous.last, place.first)
            )
            if listed:
                place = replace(
                    place,
                    relation=place.relation or previous.relation,
                    event=previous.event,
                    weight=previous.weight,
                )
        spread.append(place)
    return spread
