"""Text that was decoded with the wrong encoding, repaired, with the way back to what was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

# UTF-8 that was read as one byte a character: a lead byte's face followed by those of continuation bytes.
_MOJIBAKE_LATIN = re.compile(
    r"(?:[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,3})+"
)
_MOJIBAKE_CP1256 = re.compile(
    r"(?:\u0622[\u00a0-\u00bf]"
    r"|[\u0637\u0638\u00e2](?:[\u0080-\u00bf\u0152-\u0192\u02c6\u0679-\u06d2\u060c\u061b\u061f\u200c-\u203a\u20ac\u2122]|[\u0621-\u063a])){2,}"
)
_CP437_TAIL = "".join(re.escape(bytes([byte]).decode("cp437")) for byte in range(0x80, 0xC0))
_MOJIBAKE_CP437 = re.compile(rf"(?:[\u2568\u256a\u253c\u2534\u2518\u251c][{_CP437_TAIL}])+")
# What UTF-8 read as cp437, cp1252 or latin-1 has a character of.
_LEAD_BYTE = re.compile("[\u00c2-\u00f4\u2518\u251c\u2534\u253c\u2568\u256a]")
_BYTE_CODECS = ("sloppy-windows-1252", "latin-1")
_CP1256_AS_LATIN = re.compile(r"[\u00c0-\u00ff]")


def undo_mojibake(raw: str) -> tuple[str, list[int] | None, list[int] | None]:
    """Repair what was decoded with the wrong encoding, at most twice over."""
    text = _cp1256_from_latin(raw)
    starts: list[int] | None = None
    ends: list[int] | None = None
    for _ in range(2):
        repaired = _undo_once(text)
        if repaired is None:
            break
        text, new_starts, new_ends = repaired
        if starts is not None and ends is not None:
            starts, ends = [starts[at] for at in new_starts], [ends[at - 1] for at in new_ends]
        else:
            starts, ends = new_starts, new_ends
    return text, starts, ends


def _undo_once(text: str) -> tuple[str, list[int], list[int]] | None:
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    found = False
    for start, end in _mojibake_runs(text):
        meant = _decode_run(text[start:end])
        if meant is None:
            continue
        found = True
        pieces.extend((text[position:start], meant))
        starts.extend(range(position, start))
        ends.extend(range(position + 1, start + 1))
        at = start
        for letter in meant:  # each byte was shown as one character
            starts.append(at)
            at += len(letter.encode("utf-8"))
            ends.append(at)
        position = end
    if not found:
        return None
    pieces.append(text[position:])
    starts.extend(range(position, len(text)))
    ends.extend(range(position + 1, len(text) + 1))
    return "".join(pieces), starts, ends


def _mojibake_runs(text: str) -> Iterator[tuple[int, int]]:
    latin = (_MOJIBAKE_CP437, _MOJIBAKE_LATIN) if _LEAD_BYTE.search(text) is not None else ()
    for pattern in (*latin, _MOJIBAKE_CP1256):
        spans = [match.span() for match in pattern.finditer(text)]
        if spans:
            yield from spans
            return


def _decode_run(run: str) -> str | None:
    """What a run of mojibake says, or None when it is none."""
    import ftfy.bad_codecs  # noqa: F401  (registers the sloppy codecs that browsers use)

    codecs = ("cp1256",) if _MOJIBAKE_CP1256.match(run) else ("cp437",) if _MOJIBAKE_CP437.match(run) else _BYTE_CODECS
    for codec in codecs:
        try:
            meant = run.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
        if len(meant) < len(run):
            return meant
    return None


def _cp1256_from_latin(text: str) -> str:
    """Arabic in cp1256 that was read as latin-1 ("ÇáãÑÕÏ"): most letters of the text are then accented ones."""
    accented = len(_CP1256_AS_LATIN.findall(text))
    if accented < 8 or _MOJIBAKE_LATIN.search(text) is not None or _MOJIBAKE_CP437.search(text) is not None:
        return text
    letters = sum(letter.isalpha() for letter in text)
    if accented < 0.5 * letters:
        return text
    return text.translate(_latin_to_cp1256())


@lru_cache(maxsize=1)
def _latin_to_cp1256() -> dict[int, str]:
    return {code: bytes([code]).decode("cp1256") for code in range(0x80, 0x100)}
