"""Bytes to text, in the encodings that English and Arabic texts of the region come in."""

from __future__ import annotations

import codecs
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

# Encodings news pages of the region come in besides UTF-8; left to choose among a hundred,
# charset-normalizer takes short English texts for Central European ones.
_ENCODINGS = ["cp1256", "cp1252", "iso8859_6", "utf_8", "utf_16"]
# UTF-16 as some programs write it, without the mark that says so; the blanks between words then hold a zero byte.
_UNMARKED = ("utf-16-le", "utf-16-be")
# Bytes looked at to tell an encoding.
_SAMPLE = 200_000
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# Letters inside words, curly quotes and dashes of a Windows text in Latin script.
_CP1252_TYPING = re.compile(rb"[\x85\x91-\x97\xa0]|(?<=[A-Za-z])[\xc0-\xff]|[\xc0-\xff](?=[A-Za-z])")
# Letters of the scripts read here, with what stands between them; random bytes taken for UTF-16 are in all others.
_FAMILIAR = re.compile("[\\s -~\u00a0-\u024f\u0600-\u06ff\u0750-\u077f\u2000-\u206f\ufb50-\ufdff\ufe70-\ufeff]")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)


def decode(raw: bytes, *, is_page: bool = False) -> tuple[str, int] | None:
    """The text of some bytes and how many characters were lost; None for what is no text.

    Tried in turn: a byte order mark, UTF-8, what a web page declares, and the likeliest of the encodings
    in use for English and Arabic.
    """
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            text = raw.decode(encoding, "replace")
            return text, text.count("\ufffd")
    if b"\x00" not in raw:
        try:
            return raw.decode("utf-8"), 0
        except UnicodeDecodeError:
            pass
    declared = _META_CHARSET.search(raw[:2048]) if is_page else None
    if declared is not None:
        try:
            return raw.decode(declared[1].decode("ascii")), 0
        except (LookupError, UnicodeDecodeError):
            pass
    text = raw.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    if lost * 100 < len(text) and "\x00" not in text:  # a few broken bytes in a UTF-8 file
        return (raw.decode("cp1252"), 0) if _is_typed_in_cp1252(raw) else (text, lost)
    return _guess(raw)


def _is_typed_in_cp1252(raw: bytes) -> bool:
    """Whether all that is not ASCII in a text is what Windows writes for "café" and for curly quotes."""
    return not any(byte > 0x7F for byte in _CP1252_TYPING.sub(b"", raw))


def _guess(raw: bytes) -> tuple[str, int] | None:
    import charset_normalizer

    sample = raw[:_SAMPLE]
    best = charset_normalizer.from_bytes(sample, cp_isolation=_ENCODINGS).best()
    encodings = _UNMARKED if b"\x00" in sample else ()
    for encoding in (*encodings, *([best.encoding] if best is not None else [])):
        text = raw.decode(encoding, "replace")
        if _reads_as_text(text[:_SAMPLE]):
            return text, text.count("\ufffd")
    return None


def _reads_as_text(text: str) -> bool:
    """Whether nearly no control characters stand in a text, and nearly no letters of scripts not read here."""
    controls = sum(text.count(chr(code)) for code in (*range(9), *range(14, 32)))
    familiar = sum(1 for _ in _FAMILIAR.finditer(text))
    return controls * 100 <= len(text) and familiar * 10 >= len(text) * 9


@contextmanager
def in_utf_8(handle: BinaryIO) -> Iterator[BinaryIO]:
    """A file read from its start as UTF-8, where its first bytes tell of UTF-16 (what a Windows shell writes)."""
    head = handle.read(4)
    handle.seek(0)
    if not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield handle
        return
    with tempfile.TemporaryFile() as recoded:
        chunks = iter(lambda: handle.read(1 << 20), b"")
        for text in codecs.iterdecode(chunks, "utf-16", errors="replace"):
            recoded.write(text.encode("utf-8", "replace"))
        recoded.seek(0)
        yield recoded


def find_encoding(head: bytes) -> str:
    """The encoding of a file that begins like this; UTF-8 unless its bytes say otherwise."""
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return encoding
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(head)
    except UnicodeDecodeError:
        import charset_normalizer

        best = charset_normalizer.from_bytes(head, cp_isolation=_ENCODINGS).best()
        return "utf-8" if best is None else best.encoding
    return "utf-8"
