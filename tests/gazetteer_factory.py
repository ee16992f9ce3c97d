"""A small gazetteer for tests: real places with rounded coordinates, independent of the curated files."""

from __future__ import annotations

from pathlib import Path

from claimatlas.gazetteer import Gazetteer
from claimatlas.gazetteer.entries import KINDS, Entry, PlaceName
from claimatlas.model import Place

# id, kind, name, name_ar, governorate, district, lat, lon, other names
ROWS = (
    ("ca:aleppo", "city", "Aleppo", "حلب", "Aleppo", "Jebel Saman", 36.2, 37.15, "Halab"),
    ("ca:salah", "neighbourhood", "Salah al-Din", "صلاح الدين", "Aleppo", "Jebel Saman", 36.187, 37.12, "Salaheddin"),
    ("ca:raqqa", "city", "Raqqa", "الرقة", "Ar-Raqqa", "Ar-Raqqa", 35.95, 39.01, "Ar Raqqah"),
    ("ca:hajin", "town", "Hajin", "هجين", "Deir-ez-Zor", "Abu Kamal", 34.69, 40.83, ""),
    ("ca:shafah", "town", "Ash-Sha'fah", "الشعفة", "Deir-ez-Zor", "Abu Kamal", 34.573, 40.94, ""),
    ("ca:susah", "town", "As-Susah", "السوسة", "Deir-ez-Zor", "Abu Kamal", 34.52, 40.97, ""),
    ("ca:boqros-u", "village", "Boqruss Fawqani", "بقرص فوقاني", "Deir-ez-Zor", "Mayadin", 35.09, 40.398, ""),
    ("ca:boqros-l", "village", "Boqruss Tahtani", "بقرص تحتاني", "Deir-ez-Zor", "Mayadin", 35.057, 40.411, ""),
    ("ca:deir", "city", "Deir ez-Zor", "دير الزور", "Deir-ez-Zor", "Deir-ez-Zor", 35.335, 40.14, ""),
    ("ca:ain-issa", "town", "Ain Issa", "عين عيسى", "Ar-Raqqa", "Tell Abiad", 36.387, 38.863, ""),
    ("ca:ain-issa-camp", "camp", "Ain Issa camp", "مخيم عين عيسى", "Ar-Raqqa", "Tell Abiad", 36.4, 38.85, ""),
    ("ca:khalidiya-r", "village", "Al-Khalidiyah", "الخالدية", "Ar-Raqqa", "Ar-Raqqa", 36.05, 39.1, ""),
    ("ca:khalidiya-h", "village", "Al-Khalidiyah", "الخالدية", "Hama", "Hama", 35.3, 36.9, ""),
    ("ca:tal-shair", "village", "Tal al-Shaer", "تل الشاعر", "Al-Hasakeh", "Al-Hasakeh", 36.05, 41.09, ""),
    ("ca:hasakah", "city", "Al-Hasakah", "الحسكة", "Al-Hasakeh", "Al-Hasakeh", 36.5, 40.75, ""),
    ("ca:nawa", "city", "Nawa", "نوى", "Dar'a", "Izra'", 32.886, 36.04, ""),
    ("ca:salam", "village", "Salam", "سلام", "Homs", "Homs", 34.8, 36.6, ""),
    ("ca:sur", "town", "As-Suwar", "الصور", "Deir-ez-Zor", "Deir-ez-Zor", 35.98, 40.95, ""),
    ("ca:hama", "city", "Hama", "حماة", "Hama", "Hama", 35.13, 36.75, ""),
    ("ca:gov-deir", "governorate", "Deir ez-Zor governorate", "محافظة دير الزور", "Deir-ez-Zor", None, 35.2, 40.2,
     "Deir ez-Zor"),
    ("ca:ghouta-e", "region", "Eastern Ghouta", "الغوطة الشرقية", "Rural Damascus", "Rural Damascus", 33.53, 36.4, ""),
    ("ca:duma", "city", "Duma", "دوما", "Rural Damascus", "Duma", 33.57, 36.4, "Douma"),
)  # fmt: skip


def make_entry(
    place_id: str,
    kind: str,
    name: str,
    name_ar: str | None,
    governorate: str | None,
    district: str | None,
    lat: float,
    lon: float,
    others: str = "",
) -> Entry:
    """An entry whose other names are parted by commas."""
    place = Place(place_id, kind, name, lat, lon, KINDS[kind], name_ar, governorate, district, source="test")
    names = [PlaceName(name, "en", True, "test")] + ([PlaceName(name_ar, "ar", True, "test")] if name_ar else [])
    names += [PlaceName(other, "en", kind != "governorate", "test") for other in others.split(",") if other]
    return Entry(place, tuple(names))


def make_gazetteer() -> Gazetteer:
    """The places of `ROWS`."""
    return Gazetteer(make_entry(*row) for row in ROWS)


PLACES = """id,kind,name,name_ar,governorate,district,subdistrict,pcode,lat,lon,radius_km,parent,source,note
ca:hajin,town,Hajin,هجين,Deir-ez-Zor,Abu Kamal,Hajin,C5176,34.69,40.83,3,,OCHA COD 2016,
ca:hajin-hospital,hospital,Hajin hospital,مشفى هجين,Deir-ez-Zor,Abu Kamal,Hajin,,34.69,40.84,,ca:hajin,test,
ca:nawa,city,Nawa,نوى,Dar'a,Izra',Nawa,C6066,32.886,36.04,,,OCHA COD 2016,
"""
NAMES = """place_id,name,lang,strength,source
ca:hajin,Hadjin,fr,strong,test
ca:nawa,Nava,tr,weak,test
"""


def write_folder(folder: Path, places: str = PLACES, names: str = NAMES, patches: str | None = None) -> Path:
    """A folder of curated files."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "places.csv").write_text(places, encoding="utf-8")
    (folder / "names.csv").write_text(names, encoding="utf-8")
    if patches is not None:
        (folder / "patches.yml").write_text(patches, encoding="utf-8")
    return folder
