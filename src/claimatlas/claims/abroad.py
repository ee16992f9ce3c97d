"""Places in other countries: towns and deeds across the border, which are no incidents of this war's map.

Read from the words around a name ("the Turkish town of Kilis", "Hilla, Iraq", "In Lebanon, …"): many of these towns
have namesakes in Syria. Scripts with capitals only.
"""

from __future__ import annotations

import re

_COUNTRIES = (
    "Iraq|Turkey|Türkiye|Lebanon|Jordan|Israel|Egypt|Iran|Yemen|Libya|Gaza|Saudi Arabia|Afghanistan|Ukraine|France|"
    "Germany|Belgium|Britain|Russia"
)
_PEOPLES = (
    "Iraqi|Turkish|Lebanese|Jordanian|Israeli|Egyptian|Iranian|Yemeni|Libyan|Saudi|Afghan|Ukrainian|French|Belgian"
)
_KINDS = "town|city|village|province|district|region|capital|port|resort|governorate"
_SIDES = r"(?:(?:neighbou?ring|nearby|south|north|east|west|central|\w+ern) )"
# "Hilla, Iraq", "Reyhanli in Turkey's Hatay province"; not "near Iraq", "in Turkey-backed rebels' hands".
_BEHIND = re.compile(
    rf"(?:,|,? (?:in|inside|across)) {_SIDES}?(?:{_COUNTRIES})\b(?!-)(?! (?:border|frontier|and Syria))"
    rf"|(?:,| in)(?: the)? (?:{_PEOPLES}) (?:{_KINDS})\b"
)
# "The Turkish border town of Kilis", "the Lebanese village al-Qasr".
_IN_FRONT = re.compile(rf"\b(?:{_PEOPLES})(?: border| frontier| coastal)? (?:{_KINDS})s?(?: of)? $")
_OPENING = re.compile(rf"\W*(?:\w+,? )?[Ii]n {_SIDES}?(?:{_COUNTRIES})\b(?!-|['’]|,? and\b)")
# It begins with a set of characters, for which a text is looked through much faster than for a word's edge.
_TOLD = re.compile(rf"[Ii](?<=\b[Ii])n(?:side)? {_SIDES}?(?:{_COUNTRIES})\b(?!-|,? and Syria|['’]s? (?:hands|pocket))")
# "The Islamic Resistance in Iraq", "a monitor based in Britain", a group "outlawed in Russia" tell of no deed there.
_NAME_ENDS = re.compile(r"[A-Z]\w+ $|\b(?:based|outlawed|banned|prohibited) $")
# One of these stands right in front of a name that `_IN_FRONT` is of.
_KIND_ENDS = ("of ", *(f"{kind}{plural} " for kind in _KINDS.split("|") for plural in ("", "s")))
# The words around a name that are looked at, in characters.
_REACH = 48


def is_abroad(text: str, start: int, end: int, opening: int) -> bool:
    """Whether the words around a place's name put it into another country.

    Args:
        text: The report's text.
        start: Offset of the name's first character.
        end: Offset after its last.
        opening: Offset of the first character of its clause.
    """
    return (
        _BEHIND.match(text, end) is not None
        or (
            text.endswith(_KIND_ENDS, 0, start)
            and _IN_FRONT.search(text, max(opening, start - _REACH), start) is not None
        )
        or _OPENING.match(text, opening, start) is not None
    )


def tells_abroad(text: str, start: int, end: int) -> bool:
    """Whether a clause, the text between two offsets, says that its deed was done in another country."""
    return any(not _NAME_ENDS.search(text, start, told.start()) for told in _TOLD.finditer(text, start, end))
