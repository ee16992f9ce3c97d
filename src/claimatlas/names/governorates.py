"""First-level areas: one spelling for each, whatever a source calls it."""

from __future__ import annotations

import re
from functools import lru_cache

from claimatlas.model import GOVERNORATES
from claimatlas.names import keys as namekeys
from claimatlas.names import spelling

_GOVERNORATE_WORDS = re.compile(
    r"\([^)]*\)|\b(?:governorate|muhafazat|muhafazah|province|mohafazat)\b|محافظة", re.IGNORECASE
)
_OTHER_GOVERNORATES = {namekeys.text_key(name): to for name, to in (
    ("Rif Dimashq", "Rural Damascus"), ("Rif-dimashq", "Rural Damascus"), ("Dimashq", "Damascus"),
    ("Halab", "Aleppo"), ("Hims", "Homs"), ("Himş", "Homs"), ("Hamah", "Hama"), ("Tartus", "Tartous"),
    ("Al Ladhiqiyah", "Lattakia"), ("Latakia", "Lattakia"),
    ("Hassakeh", "Al-Hasakeh"), ("Al-Hasakah", "Al-Hasakeh"), ("As-Suwayda'", "As-Sweida"), ("Suwayda", "As-Sweida"),
    ("Idlib", "Idleb"), ("Dayr Az Zawr", "Deir-ez-Zor"), ("Al Qunaytirah", "Quneitra"),
    ("Daraa", "Dar'a"), ("Ar Raqqah", "Ar-Raqqa"), ("Damascus Countryside", "Rural Damascus"),
    ("Reef Dimashq", "Rural Damascus"), ("دمشق", "Damascus"), ("ريف دمشق", "Rural Damascus"), ("حلب", "Aleppo"),
    ("حمص", "Homs"), ("حماة", "Hama"), ("إدلب", "Idleb"), ("اللاذقية", "Lattakia"), ("طرطوس", "Tartous"),
    ("الحسكة", "Al-Hasakeh"), ("دير الزور", "Deir-ez-Zor"), ("الرقة", "Ar-Raqqa"), ("درعا", "Dar'a"),
    ("السويداء", "As-Sweida"), ("القنيطرة", "Quneitra"),
)}  # fmt: skip


@lru_cache(maxsize=1024)
def canonical_governorate(name: str | None) -> str | None:
    """A first-level area spelt as OCHA spells it, when it is one of Syria's; any other as it stands."""
    if name is None or not name.strip():
        return None
    stripped = _GOVERNORATE_WORDS.sub("", name).strip()
    known = _OTHER_GOVERNORATES.get(namekeys.text_key(stripped))
    if known is not None:
        return known
    readings = spelling.read_name(stripped)
    for governorate in GOVERNORATES:
        for against in spelling.read_name(governorate):
            if any(r.skeleton == against.skeleton and spelling.differ(r, against) < 2.0 for r in readings):
                return governorate
    return stripped
