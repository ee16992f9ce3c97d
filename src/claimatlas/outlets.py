"""Which claimants a report's outlet is itself: what the Observatory says on its own site, the outlet says."""

from __future__ import annotations

import re
from functools import lru_cache

from claimatlas.model import Actor, Report

# What each claimant's site or the claimant itself is called, between the letters around it.
_SITES = {
    "SOHR": ("syriahr", "sohr", "observatory for human rights"), "SANA": ("sana", "syrian arab news agency"),
    "SNHR": ("snhr", "sn4hr", "syrian network for human rights"), "SDF": ("sdf-press",), "VDC": ("vdc-sy",),
    "White Helmets": ("syriacivildefence", "syriacivildefense", "whitehelmets", "white helmets"),
    "Airwars": ("airwars",), "Raqqa Is Being Slaughtered Silently": ("raqqa-sl",),
    "Hawar News Agency": ("hawarnews",), "North Press": ("npasyria",), "Enab Baladi": ("enabbaladi",),
    "Shaam Network": ("shaam",), "Euphrates Post": ("euphratespost",), "Al-Mayadeen": ("almayadeen",),
    "Al Jazeera": ("aljazeera",), "Syria TV": ("syria.tv",), "Orient News": ("orient-news",), "Reuters": ("reuters",),
    "Anadolu Agency": ("aa.com.tr",), "Horan Free League": ("horanfree",), "Nedaa al-Furat": ("furat-sy",),
    "Suwayda 24": ("suwayda24",), "Deir Ezzor 24": ("deirezzor24",), "Response Coordinators Group": ("sy-sic",),
    "Step News": ("stepagency",), "Jesr Press": ("jesrpress",), "Baladi News": ("baladi-news",),
    "Thiqa Agency": ("thiqa-agency",), "Zaytun Agency": ("zaitunagency",), "Qasioun": ("qasioun",),
    "Halab Today": ("halabtodaytv",), "Nahr Media": ("nahermedia",), "ANF": ("anfarabic", "anf-news"),
    "Ronahi": ("ronahi",), "Rudaw": ("rudaw", "rudawarabia"), "Kurdistan 24": ("kurdistan24",),
    "Al-Araby Al-Jadeed": ("alaraby",), "Zaman al-Wasl": ("zamanalwsl",), "Sham FM": ("shamfm",),
}  # fmt: skip
_NAMED_SITES = [(name, site) for name, sites in _SITES.items() for site in sites]
_VOICES = {"SANA": Actor.SYRIAN_GOVERNMENT, "SDF": Actor.SDF_YPG}


def find_own_names(report: Report) -> frozenset[str]:
    """The claimants that a report's publisher or address is that of, by the names the vocabulary gives them."""
    host = f"{_host(report.publisher or '')} {_host(report.url or '')}"
    near = [(name, site) for name, site in _NAMED_SITES if site in host]
    return frozenset(name for name, site in near if re.search(rf"(?<![a-z]){re.escape(site)}(?![a-z])", host))


# On these the channel is whose voice it is: "t.me/syriahr".
_SHARED_HOSTS = ("t.me", "telegram.me", "twitter.com", "x.com", "facebook.com", "youtube.com", "web.archive.org")


def _host(address: str) -> str:
    """The part of an address that says whose it is, in small letters; its path may name anybody ("/sohr-28-killed")."""
    bare = address.lower().rpartition("://")[2]
    host = bare.partition("/")[0]
    return bare if host.removeprefix("www.") in _SHARED_HOSTS else host


def name_outlet(report: Report) -> str:
    """The name under which a report's own voice counts: the claimant it belongs to, else its publisher or id."""
    own_names = find_own_names(report)
    if own_names:
        return min(own_names)
    return report.publisher or f"report {report.id}"


def is_own_name(report: Report, name: str) -> bool:
    """Whether a claimant is called like the report's own outlet: "the Harbour Post", or its "Harbour Post TV".

    Args:
        report: The report.
        name: The claimant, as the report names it.
    """
    own = _labels(report.publisher or "")
    words = name.split() if own else []
    while words:
        if _letters("".join(words)) in own:
            return True
        if words[-1].lower() not in _KINDS_OF_OUTLETS:
            return False
        words.pop()
    return False


_LABEL_LETTERS = 5
_KINDS_OF_OUTLETS = frozenset({"news", "network", "agency", "tv", "television", "channel", "website", "newspaper"})


@lru_cache(maxsize=256)
def _labels(publisher: str) -> frozenset[str]:
    """What an outlet is called: its name, and the parts of its site's, but for the short ones."""
    labels = {_letters(part) for part in [*re.split(r"[./]", publisher), publisher]}
    return frozenset(label for label in labels if len(label) >= _LABEL_LETTERS)


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def voices_of(names: frozenset[str]) -> tuple[Actor, ...]:
    """The actors that an outlet of these names speaks for."""
    return tuple(sorted({_VOICES[name] for name in names if name in _VOICES}))
