"""Reading descriptions of places: "near A", "B, X District", "5 km south of C", "road from D to E".

A description becomes segments, the one that says most exactly where first. Nothing is looked up here;
`geocode.locate` asks the gazetteer what each segment means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from claimatlas.geocode.relations import compass
from claimatlas.names import keys as namekeys
from claimatlas.names import spelling


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a description that names one place, or several that belong together.

    Attributes:
        names: The place names, without the words around them.
        whole: The same words before they were parted at "and" or "or": a name may hold such a word.
        joint: How several names belong together: "and", "or", "between"; "" for one name.
        relation: How the thing described lies to the names: "" (in it), "near", "outskirts", "countryside",
            "direction", "between", "road".
        bearing: Direction in degrees clockwise from north, or None.
        km: Distance along the bearing, or None.
        link: What stands before it: "," for a comma, "(" for a parenthesis, a relation's word otherwise; "" for none.
    """

    names: tuple[str, ...]
    whole: str
    joint: str = ""
    relation: str = ""
    bearing: float | None = None
    km: float | None = None
    link: str = ""


_DIRECTION = r"(?:north|south|east|west)(?:[ -]?(?:east|west))?(?:e?rn)?"
_KM = r"(?:(?P<km>\d+(?:[.,]\d+)?)\s*-?(?P<unit>kms?|kilomet(?:er|re)s?|miles?)\s+(?:to\s+the\s+|away\s+)?)?"
_RELATION = re.compile(
    r"(?<![\w'’-])(?:(?:is|are|just|about|some|approximately|roughly|on|in|from|to|at)\s+)?(?:the\s+)?(?:"
    r"(?P<near>near(?:by)?(?:\s+to)?|close\s+to|next\s+to|adjacent\s+to|vicinity\s+of|around|surroundings\s+of|areas?\s+(?:around|surrounding|near)"
    r"|outside(?:\s+of)?|opposite|behind|beside|by|(?:on\s+)?(?:the\s+)?road\s+to|leading\s+to)"
    rf"|(?P<outskirts>(?:(?P<o_bearing>{_DIRECTION})\s+)?(?:outskirts?|edges?|suburbs?|periphery|entrance)\s+(?:of|to))"
    rf"|(?P<countryside>(?:(?P<c_bearing>{_DIRECTION})\s+)?(?:(?:coun+tr?y?sides?|rural\s+areas?)\s+of|rif|reef))"
    rf"|(?P<parts>(?P<p_bearing>{_DIRECTION})\s+(?:parts?|areas?|sides?)\s+of)"
    rf"|(?P<direction>{_KM}(?P<d_bearing>{_DIRECTION})\s+of)"
    r"|(?P<between>between|linking|connecting)"
    r"|(?P<inside>in(?:side)?|within|at|of)"
    r")\s+(?:the\s+)?(?=\S)",
    re.IGNORECASE,
)
_FROM_TO = re.compile(r"\bfrom\s+(\S.*?)\s+to\s+(?=\S)", re.IGNORECASE)
_ROAD_PAIR = re.compile(
    r"^(?:the\s+)?(\w[\w'’` -]{2,}?)\s*[-–—]\s*(\w[\w'’` -]{3,}?)\s+(?:road|highway|route|motorway|line)$",
    re.IGNORECASE,
)
_ARTICLE_ONLY = re.compile(r"^(?:al|el|ar|as|ash|at|ad|an|az|ez|es|er)$", re.IGNORECASE)
_AFTER_COUNTRYSIDE = re.compile(
    rf"^(?P<name>.+?)(?:['’]s?)?\s+(?:(?P<bearing>{_DIRECTION})\s+)?(?:coun+tr?y?side|rural\s+areas?|hinterland|suburbs|outskirts)$",
    re.IGNORECASE,
)
# "Rural Damascus" is the name of a governorate.
_RURAL = re.compile(rf"^(?:(?P<bearing>{_DIRECTION})\s+)?rural\s+(?P<name>(?!Damascus\b).+)$", re.IGNORECASE)
_BEFORE_COUNTRYSIDE = re.compile(rf"^(?P<bearing>{_DIRECTION})\s+(?P<name>.+)$", re.IGNORECASE)
_OR = re.compile(r"\s+or\s+|\s*/\s*", re.IGNORECASE)
_AND = re.compile(r"\s*,?\s+and\s+|\s*[&+]\s*", re.IGNORECASE)
_NOISE = re.compile(
    r"\b(?:syria|syrian arab republic|possibly|probably|likely|reportedly|unknown location|location unknown"
    r"|exact location|various|several|multiple|other)\b\.?"
    r"|^(?:(?:the|or|and)\s+)+",
    re.IGNORECASE,
)

_ARABIC_KM = r"(?:(?P<km>[\d٠-٩]+(?:[.,٫][\d٠-٩]+)?)\s*(?P<unit>كم|ك\.م|كيلو\s?مترا?ت?)\s+)?"
_ARABIC_BEARINGS = {"شمال": 0.0, "شرق": 90.0, "جنوب": 180.0, "غرب": 270.0}
_BAYN = r"(?:شمال|جنوب|شرق|غرب)"
_ARABIC_RELATION = re.compile(
    r"(?<![\w])(?:على\s+)?(?:"
    r"(?P<near>ب?القرب(?:\s+من)?|ب?قرب|قريب\s+من|القريبة\s+من|القريب\s+من|ب?محيط|ب?جوار|خلف|مقابل|باتجاه|على\s+طريق)"
    r"|(?P<outskirts>ب?[أا]طراف|ب?ضواحي|ب?مشارف|مدخل|مداخل)"
    r"|(?P<countryside>ب?(?:ال)?ريف|ب?أرياف)"
    rf"|(?P<direction>(?:بعد\s+)?{_ARABIC_KM}(?P<d_bearing>{_BAYN})(?:ي)?(?:\s+(?P<d_second>{_BAYN})ي?)?)"
    r"|(?P<between>(?:ال)?(?:واصل|واصلة|رابط)?\s*(?:ما\s*)?بين)"
    r"|(?P<inside>في|ضمن|داخل)"
    r")\s+(?=\S)"
)
# Prepositions written as one with the next word: "بالرقة", "التابعة لمعرة النعمان", "المحيطة ببلدة سرمدا".
_GLUED_PREPOSITIONS = (
    (re.compile(r"(?<=\w)\s+(?:الواقعة?|التابعة?)\s+(?:إداريا\s+)?لل(?=\w{2})"), " في ال"),
    (re.compile(r"(?<=\w)\s+(?:الواقعة?|التابعة?)\s+(?:إداريا\s+)?ل(?=\w{3})"), " في "),
    (re.compile(r"(?<=\w)\s+(?:المحيطة?|المجاورة?)\s+[بل](?=\w{3})"), " قرب "),
    (
        re.compile(r"(?<=\w)\s+ب(?=ال\w{3}|(?:مدينة|بلدة|قرية|ناحية|منطقة|محافظة|حي|جبل|مخيم|بادية|سهل)\s+\w)"),
        " في ",
    ),
)
# What is said of a town and is no part of its name: "سراقب وريفها", "الباغوز الحدودية مع العراق".
_ARABIC_SAID_OF = re.compile(
    r"\s+و(?:ريف|[أا]رياف|[أا]طراف|محيط|قرا|ضواحي|جوار|مزارع)ه(?:ا|ما)?(?!\w)|\s+الحدودية?(?:\s+مع\s+\w+)?(?=$|\s*[,،(-])"
)
# What a word for an area holds, from the least to the most: "مدينة الرقة حي المشلب" goes from the wide to the narrow.
_WIDTHS = {
    **dict.fromkeys(("حي", "الحي", "شارع", "دوار", "حارة"), 1), **dict.fromkeys(("قرية", "مخيم", "مزرعة"), 2),
    **dict.fromkeys(("بلدة", "مدينة"), 4), "ناحية": 5, "منطقة": 6, **dict.fromkeys(("محافظة", "ريف"), 7),
}  # fmt: skip
# A place without such a word is at least a village, or the town of a quarter.
_WIDTH_OF_A_NAME = 3
_ARABIC_KIND_INSIDE = re.compile(rf"(?<=\w)\s+(?=(?:{'|'.join(_WIDTHS)})\s+\w)")
_ARABIC_ROAD_PAIR = re.compile(r"^(?:ال)?(?:طريق|اوتستراد|أوتستراد)\s+(\S[^-–]*?)\s*[-–]\s*(\S.*)$")
_ARABIC_AFTER_BEARING = re.compile(rf"\s+ال(?P<bearing>{_BAYN})ي(?:\s+ال(?P<second>{_BAYN})ي)?$")
# "أند" is the English "and", spelt out by a translation machine.
_ARABIC_AND = re.compile(r"\s+(?:و(?!(?:ادي|احة|اد|سط|سطى|حدة|زارة)\b)\s*(?=\w{2})|[أا]ند\s+)")
_ARABIC_OR = re.compile(r"\s+[أا]و\s+|\s*/\s*")
_ARABIC_NOISE = re.compile(r"سوريا|سورية|(?<!\w)(?:عدة|بعض|قرى|بلدات)(?!\w)|(?<=\sو)(?:قرية|بلدة|مدينة)\s+")

_BRACKETS = re.compile(r"\[[^\]]*\]|[\u200e\u200f\u202a-\u202e\ufeff]|(?<!\w)(?:#|\?)(?!\w)")
_SEPARATORS = re.compile(
    r"\s*(?P<colon>:)\s*|\s*(?P<paren>[()])\s*|\s*(?P<comma>[,;،؛|]|(?<=\w{3})\.(?=\s+\w))\s*|(?<=\S)\s+(?P<dash>[-–—])\s+(?=\S)"
    # Arabic names have no hyphens.
    r"|(?<=[ء-ي]{3})\s?[-–—_]\s?(?=[ء-ي]{3})"
)


def read_description(text: str, is_name: Callable[[str], bool] | None = None) -> list[Segment]:
    """The segments of a description, the most exact first.

    Args:
        text: A place as a report or a table describes it, in English or Arabic.
        is_name: Whether Arabic words for a direction and a name ("جنوب الثكنة") are themselves the name of a place.
    """
    text = " ".join(_BRACKETS.sub(" ", text).split())
    arabic = namekeys.is_arabic(text)
    if arabic:
        text = _ARABIC_SAID_OF.sub("", text)
        for pattern, words in _GLUED_PREPOSITIONS:
            text = pattern.sub(words, text)
    pair = _ARABIC_ROAD_PAIR.match(text) if arabic else _ROAD_PAIR.match(text)
    if pair is not None and not _ARTICLE_ONLY.match(pair.group(1)):
        return [Segment((pair.group(1).strip(), pair.group(2).strip()), text, "between", "road")]
    segments: list[Segment] = []
    for link, piece in _pieces(text):
        segments += _read_piece(piece, link, is_name, arabic=arabic)
    return segments


def _pieces(text: str) -> list[tuple[str, str]]:
    """(link, words) of each piece; in "Town: quarter" the pieces change places, since the wider place stands first."""
    pieces = []
    link, start = "", 0
    for match in _SEPARATORS.finditer(text):
        pieces.append((link, text[start : match.start()]))
        link = ":" if match.group("colon") else "(" if match.group("paren") == "(" else ","
        start = match.end()
    pieces.append((link, text[start:]))
    pieces = [(link, words.strip(" .,;،-–—\"'")) for link, words in pieces]
    pieces = [part for link, words in pieces if words for part in _by_width(link, words)]
    for i, (link, _) in enumerate(pieces):
        if link == ":" and i > 0:
            wider = [(",", words) for _, words in pieces[:i]]
            return [("", pieces[i][1]), *pieces[i + 1 :], *wider]
    return pieces


def _by_width(link: str, words: str) -> list[tuple[str, str]]:
    """A piece that names an area behind another without a comma ("قرية حاس ناحية كفرنبل"), the narrower first."""
    # Behind a relation ("قرب بلدة …") the word belongs to what the relation is about.
    related = {match.end() for match in _ARABIC_RELATION.finditer(words)}
    cuts = [match for match in _ARABIC_KIND_INSIDE.finditer(words) if match.end() not in related]
    if not cuts or spelling.is_generic(words[: cuts[0].start()]):
        return [(link, words)]
    edges = [0, *(edge for cut in cuts for edge in cut.span()), len(words)]
    parts = sorted((words[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)), key=_width)
    return [(link, parts[0]), *((",", part) for part in parts[1:])]


def _width(words: str) -> int:
    return _WIDTHS.get(words.split()[0], _WIDTH_OF_A_NAME)


def _read_piece(piece: str, link: str, is_name: Callable[[str], bool] | None, *, arabic: bool) -> list[Segment]:
    """A piece without commas: a head, then what relations say ("in A", "near B")."""
    if not arabic:
        piece = _FROM_TO.sub(r"between \1 and ", piece)
    pattern = _ARABIC_RELATION if arabic else _RELATION
    cuts = [match for match in pattern.finditer(piece) if not _is_part_of_name(match, piece, arabic=arabic)]
    if arabic and is_name is not None:
        ends = [*(match.start() for match in cuts[1:]), len(piece)]
        cuts = [
            match
            for match, end in zip(cuts, ends, strict=False)
            if match.group("direction") is None or not is_name(piece[match.start("direction") : end].strip(" .,"))
        ]
    segments = []
    head = piece[: cuts[0].start()] if cuts else piece
    first = _segment(head, link, None, arabic=arabic)
    if first is not None and not (cuts and spelling.is_generic(first.whole)):
        segments.append(first)
    pending: re.Match[str] | None = None
    for i, match in enumerate(cuts):
        words = piece[match.end() : cuts[i + 1].start() if i + 1 < len(cuts) else len(piece)].strip(" .,")
        # "in the vicinity of": the word that says more stands.
        relation = match if pending is None or match.group("inside") is None else pending
        if not words or spelling.is_generic(words):
            pending = relation
            continue
        pending = None
        is_road = (arabic and re.search("طريق", head) is not None) or re.search(
            r"\b(?:road|highway|route)\b", head, re.IGNORECASE
        ) is not None
        segment = _segment(words, link if not segments else _word(relation), relation, arabic=arabic, road=is_road)
        if segment is not None:
            segments.append(segment)
    return segments


# Reports tell of the same few towns in the same few words.
@lru_cache(maxsize=4096)
def read_relation(words: str, name: str) -> Segment | None:
    """What running words say of how something lies to the name they end with; None where they say "there".

    Args:
        words: Words of a report that end with the name, or with the countryside it is named for.
        name: The name.
    """
    pattern = _ARABIC_RELATION if namekeys.is_arabic(words) else _RELATION
    related = any(match.group("inside") is None for match in pattern.finditer(words))
    if not related and _RELATED_OTHERWISE.search(words) is None:
        return None  # as mostly, and told at a fraction of the cost
    said = [segment for segment in read_description(words) if segment.whole.endswith(name)]
    return said[-1] if said and said[-1].relation else None


# What words without one of the relations above have where they tell a relation all the same.
_RELATED_OTHERWISE = re.compile(
    r"side\b|rural|hinterland|suburbs|outskirts|\bfrom\b|(?:road|highway|route|motorway|line)$"
    r"|طريق|[اأ]وتستراد|المحيط|المجاور",
    re.IGNORECASE,
)


def say_relation(segment: Segment) -> str:
    """A relation as the words in front of its name.

    >>> say_relation(Segment(("Hajin",), "Hajin", relation="direction", bearing=180.0, km=5.0))
    '5 km south of'
    """
    way = "" if segment.bearing is None else compass(segment.bearing)
    if segment.relation == "direction":
        return f"{segment.km:g} km {way} of" if segment.km is not None else f"{way} of"
    if segment.relation in ("outskirts", "countryside"):
        return f"{way}ern {segment.relation} of" if way else f"{segment.relation} of"
    return segment.relation


def _is_part_of_name(match: re.Match[str], piece: str, *, arabic: bool) -> bool:
    """A direction in Arabic needs something behind it that it is about."""
    if not arabic or match.group("direction") is None:
        return False
    return not piece[match.end() :].strip()


def _word(match: re.Match[str]) -> str:
    return "in" if match.group("inside") else match.lastgroup or "near"


def _segment(
    words: str, link: str, relation: re.Match[str] | None, *, arabic: bool, road: bool = False
) -> Segment | None:
    words = (_ARABIC_NOISE if arabic else _NOISE).sub(" ", words)
    words = " ".join(words.split()).strip(" .,;،-–—\"'")
    if not words or not any(char.isalnum() for char in words):
        return None
    kind, bearing, km = _relation(relation, arabic=arabic)
    if not arabic and kind == "":
        words, kind, bearing = _countryside_after(words, bearing)
    if arabic and kind == "countryside":
        after = _ARABIC_AFTER_BEARING.search(words)
        if after is not None:
            words, bearing = words[: after.start()], _arabic_bearing(after.group("bearing"), after.group("second"))
    names, joint = _split_names(words, arabic=arabic)
    if not names:
        return None
    if kind == "between":
        kind, joint = ("road" if road else "between", "between") if len(names) == 2 else ("near", joint)
    return Segment(names, words, joint, kind, bearing, km, link)


def _relation(match: re.Match[str] | None, *, arabic: bool) -> tuple[str, float | None, float | None]:
    if match is None:
        return "", None, None
    said = match.groupdict()
    if said["near"]:
        return "near", None, None
    if said["outskirts"]:
        return "outskirts", None if arabic else english_bearing(said["o_bearing"]), None
    if said["countryside"]:
        return "countryside", None if arabic else english_bearing(said["c_bearing"]), None
    if said["between"]:
        return "between", None, None
    if said["direction"] and arabic:
        return "direction", _arabic_bearing(said["d_bearing"], said["d_second"]), _kilometres(said)
    if said["direction"]:
        return "direction", english_bearing(said["d_bearing"]), _kilometres(said)
    if not arabic and said["parts"]:
        return "countryside", english_bearing(said["p_bearing"]), None
    return "", None, None


def _kilometres(said: Mapping[str, str | None]) -> float | None:
    number, unit = said["km"], said["unit"]
    if number is None or unit is None:
        return None
    return float(number.replace(",", ".").replace("٫", ".")) * (1.609 if unit.lower().startswith("mile") else 1.0)


def english_bearing(words: str | None) -> float | None:
    """Degrees clockwise from north of "north", "south-eastern" …; None without words."""
    if words is None:
        return None
    low = words.lower()
    parts = [degrees for name, degrees in (("north", 0.0), ("south", 180.0)) if name in low]
    sides = [degrees for name, degrees in (("east", 90.0), ("west", 270.0)) if name in low]
    return _mean_bearing(parts, sides)


def _arabic_bearing(first: str, second: str | None) -> float | None:
    given = [_ARABIC_BEARINGS[word] for word in (first, second) if word]
    return _mean_bearing([b for b in given if b in (0.0, 180.0)], [b for b in given if b in (90.0, 270.0)])


def _mean_bearing(parts: list[float], sides: list[float]) -> float | None:
    if parts and sides:
        return {(0.0, 90.0): 45.0, (0.0, 270.0): 315.0, (180.0, 90.0): 135.0, (180.0, 270.0): 225.0}[parts[0], sides[0]]
    return next(iter(parts or sides), None)


def _countryside_after(words: str, bearing: float | None) -> tuple[str, str, float | None]:
    """The name in "Northern Hama countryside", "Idlib's countryside" or "rural Hama", whose countryside is meant."""
    match = _AFTER_COUNTRYSIDE.match(words)
    rural = _RURAL.match(words) if match is None else None
    if rural is not None:
        return rural.group("name"), "countryside", english_bearing(rural.group("bearing"))
    if match is None:
        return words, "", bearing
    name, said = match.group("name"), match.group("bearing")
    before = _BEFORE_COUNTRYSIDE.match(name)
    if before is not None:
        name, said = before.group("name"), before.group("bearing")
    return name, "countryside", english_bearing(said)


def split_direction(name: str) -> tuple[str, float | None]:
    """Read "Southern Idlib" as ("Idlib", 180): for names that as a whole are not known."""
    match = _BEFORE_COUNTRYSIDE.match(name)
    return (match.group("name"), english_bearing(match.group("bearing"))) if match is not None else (name, None)


def _split_names(words: str, *, arabic: bool) -> tuple[tuple[str, ...], str]:
    alternatives = _clean_names((_ARABIC_OR if arabic else _OR).split(words))
    if len(alternatives) > 1:
        return alternatives, "or"
    together = _clean_names((_ARABIC_AND if arabic else _AND).split(words))
    if len(together) > 1:
        return together, "and"
    return together, ""


def _clean_names(names: list[str]) -> tuple[str, ...]:
    stripped = (name.strip(" .,;،-–—\"'") for name in names)
    return tuple(name for name in stripped if any(char.isalnum() for char in name))
