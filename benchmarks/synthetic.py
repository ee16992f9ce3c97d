"""A made-up collection of any size, shaped like real ones, for benchmarks and for tests of the writers.

Shares follow what real collections of incidents in Syria look like: three of four incidents share their
coordinate with another, a tenth are known only to a governorate, some have no place or no day at all, most
have one report and a few have many, and tolls are small with a long tail. Towns are real; villages, outlets
and events are invented, and every sentence is ours.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, replace

from claimatlas.model import (
    Actor,
    Atlas,
    Attribution,
    Candidate,
    Claim,
    EventType,
    Grading,
    Incident,
    Issue,
    Link,
    Location,
    Outcome,
    Place,
    PlaceMention,
    Precision,
    Report,
    ReportedIncident,
    Salience,
    Span,
    Stance,
    Totals,
    Victims,
    When,
    stable_id,
)
from claimatlas.records.labels import ACTOR_LABELS, EVENT_TYPE_LABELS

FIRST_DAY = dt.date(2013, 1, 1)
LAST_DAY = dt.date(2024, 11, 30)

SHARE_UNLOCATED = 0.04
SHARE_UNDATED = 0.03
SHARE_RANGES = 0.06
SHARE_GOVERNORATE_ONLY = 0.10
SHARE_ARABIC = 0.3
SHARE_ALONE = 0.25  # incidents whose coordinate is theirs alone

HOSTILE_STRINGS: tuple[str, ...] = (
    "<img src=x onerror=\"window.__pwned='img'\">",
    "</script><script>window.__pwned='script'</script>",
    "<!--<script>window.__pwned='comment'",
    "${window.__pwned='template'}",
    "`;window.__pwned='backtick';`",
    "\\1 \\u003cscript\\u003e \\x3c",
    "';window.__pwned='quote';//",
    '"><svg onload="window.__pwned=\'svg\'">',
    "{{ cycler.__init__.__globals__ }}{% raw %}",
    "javascript:window.__pwned='url'",
    "data:text/html,<script>window.__pwned='data'</script>",
    "\u2028\u2029\u202eright-to-left\u202c\u0000\ufeff\ud83d",
    "=cmd|'/c calc'!A1",
)

# Name, Arabic name, governorate, latitude, longitude: well-known places.
_TOWNS: tuple[tuple[str, str, str, float, float], ...] = (
    ("Aleppo", "حلب", "Aleppo", 36.2021, 37.1343),
    ("Al-Bab", "الباب", "Aleppo", 36.3705, 37.5157),
    ("Menbij", "منبج", "Aleppo", 36.5281, 37.9549),
    ("Afrin", "عفرين", "Aleppo", 36.5117, 36.8695),
    ("Al-Atarib", "الأتارب", "Aleppo", 36.1389, 36.8300),
    ("Al-Hasakeh", "الحسكة", "Al-Hasakeh", 36.5024, 40.7477),
    ("Quamishli", "القامشلي", "Al-Hasakeh", 37.0511, 41.2292),
    ("Shadadah", "الشدادي", "Al-Hasakeh", 36.0586, 40.7329),
    ("Ar-Raqqa", "الرقة", "Ar-Raqqa", 35.9528, 39.0079),
    ("Ath-Thawrah", "الثورة", "Ar-Raqqa", 35.8367, 38.5481),
    ("As-Sweida", "السويداء", "As-Sweida", 32.7090, 36.5695),
    ("Damascus", "دمشق", "Damascus", 33.5138, 36.2765),
    ("Jobar", "جوبر", "Damascus", 33.5297, 36.3344),
    ("Dar'a", "درعا", "Dar'a", 32.6189, 36.1021),
    ("Nawa", "نوى", "Dar'a", 32.8911, 36.0392),
    ("Deir-ez-Zor", "دير الزور", "Deir-ez-Zor", 35.3359, 40.1408),
    ("Hajin", "هجين", "Deir-ez-Zor", 34.6894, 40.8300),
    ("Abu Kamal", "البوكمال", "Deir-ez-Zor", 34.4506, 40.9186),
    ("Al-Mayadin", "الميادين", "Deir-ez-Zor", 35.0189, 40.4530),
    ("Hama", "حماة", "Hama", 35.1318, 36.7578),
    ("Latamneh", "اللطامنة", "Hama", 35.3206, 36.6208),
    ("Homs", "حمص", "Homs", 34.7324, 36.7137),
    ("Tadmor", "تدمر", "Homs", 34.5600, 38.2680),
    ("Rastan", "الرستن", "Homs", 34.9256, 36.7325),
    ("Idleb", "إدلب", "Idleb", 35.9306, 36.6339),
    ("Saraqab", "سراقب", "Idleb", 35.8644, 36.8058),
    ("Khan Shaykun", "خان شيخون", "Idleb", 35.4428, 36.6514),
    ("Ma'arrat An Nu'man", "معرة النعمان", "Idleb", 35.6433, 36.6683),
    ("Jisr-Ash-Shugur", "جسر الشغور", "Idleb", 35.8125, 36.3175),
    ("Lattakia", "اللاذقية", "Lattakia", 35.5317, 35.7918),
    ("Quneitra", "القنيطرة", "Quneitra", 33.1258, 35.8242),
    ("Duma", "دوما", "Rural Damascus", 33.5711, 36.4022),
    ("Madaya", "مضايا", "Rural Damascus", 33.6897, 36.1006),
    ("Darayya", "داريا", "Rural Damascus", 33.4583, 36.2372),
    ("Tartous", "طرطوس", "Tartous", 34.8890, 35.8866),
)
# How much of the collection each governorate holds, roughly as in public records.
_WEIGHTS: dict[str, int] = {
    "Aleppo": 22, "Al-Hasakeh": 5, "Ar-Raqqa": 12, "As-Sweida": 1, "Damascus": 4, "Dar'a": 9, "Deir-ez-Zor": 12,
    "Hama": 8, "Homs": 6, "Idleb": 16, "Lattakia": 2, "Quneitra": 1, "Rural Damascus": 10, "Tartous": 1,
}  # fmt: skip
_VILLAGE_HEADS = (("Tall", "تل"), ("Kafr", "كفر"), ("Deir", "دير"), ("Umm", "أم"), ("Bir", "بئر"), ("Khirbet", "خربة"))
_VILLAGE_TAILS = (
    ("Sama", "سما"), ("Rahal", "رحال"), ("Nour", "نور"), ("Safa", "صفا"), ("Zayt", "زيت"), ("Hamra", "حمرا"),
    ("Jadida", "جديدة"), ("Wadi", "وادي"), ("Rih", "ريح"), ("Shams", "شمس"), ("Tina", "تينة"), ("Louz", "لوز"),
)  # fmt: skip
_OUTLETS = (
    "Northern Wire",
    "Plain Dispatch",
    "Steppe News",
    "Harbour Post",
    "River Courier",
    "نبأ الفرات",
    "صوت السهل",
)
_CLAIMANTS = ("SOHR", "SANA", "White Helmets", "local sources", "medics", "activists", "outlet", "Syrian army")
_CLAIMANTS_AR = ("المرصد السوري", "الدفاع المدني", "مصادر محلية", "سانا", "outlet")
_DETAILS = (
    "after the roof of a house gave way", "while people queued for bread", "as families were leaving along the road",
    "in the second raid within an hour", "near the grain silos east of the market", "shortly before the evening prayer",
    "according to lists kept by the field hospital", "when the shell fell in a school yard",
)  # fmt: skip


@dataclass(frozen=True)
class _Spot:
    place: Place
    precision: Precision
    radius_m: int


def make_atlas(n_incidents: int = 8114, n_claims: int = 25_000, seed: int = 1, *, hostile: bool = False) -> Atlas:
    """Make a collection; the same arguments make the same collection.

    Args:
        n_incidents: Number of incidents.
        n_claims: Number of claims over all of them; at least one an incident.
        seed: Seed of the random numbers.
        hostile: Put strings that try to run scripts, break formulas or confuse readers into every free text.

    Raises:
        ValueError: There are fewer claims than incidents.
    """
    if n_claims < n_incidents:
        raise ValueError(f"{n_claims} claims are too few for {n_incidents} incidents; ask for at least one each.")
    dice = random.Random(seed)
    spots = _make_spots(n_incidents, dice)
    counts = _share_out(n_claims, n_incidents, dice)
    reports: list[Report] = []
    incidents = []
    for number, (spot, count) in enumerate(zip(spots, counts, strict=True)):
        incident, told_by = _make_incident(number, spot, count, dice)
        if hostile:
            incident, told_by = _poison(incident, told_by, number)
        incidents.append(incident)
        reports.extend(told_by)
    incidents.sort(key=lambda incident: (str(incident.when.start or "9999"), incident.id))
    issues = (Issue("place_unknown", "No gazetteer knows this name.", reports[0].id, words="Tall Nowhere"),)
    return Atlas(
        reports=tuple(reports),
        incidents=tuple(incidents),
        issues=issues,
        inputs={"synthetic": stable_id("i", n_incidents, n_claims, seed)},
        versions={"claimatlas": "benchmark"},
    )


def _make_spots(n_incidents: int, dice: random.Random) -> list[_Spot | None]:
    """One spot an incident, None for nowhere; popular places come up often, a quarter only once."""
    governorates = list(_WEIGHTS)
    weights = list(_WEIGHTS.values())
    towns = [_town(row) for row in _TOWNS]
    by_governorate = {name: [spot for spot in towns if spot.place.governorate == name] for name in governorates}
    common = list(towns)
    for number in range(max(4, n_incidents // 16)):
        home = dice.choice(by_governorate[dice.choices(governorates, weights)[0]])
        common.append(_village(f"v{number}", home.place, dice))
    # Zipf-like: the first towns are named most.
    popularity = [1 / (rank + 3) for rank in range(len(common))]
    cities = {name: by_governorate[name][0] for name in governorates}
    spots: list[_Spot | None] = []
    for number in range(n_incidents):
        draw = dice.random()
        if draw < SHARE_UNLOCATED:
            spots.append(None)
        elif draw < SHARE_UNLOCATED + SHARE_GOVERNORATE_ONLY:
            spots.append(_governorate(cities[dice.choices(governorates, weights)[0]].place))
        elif draw < SHARE_UNLOCATED + SHARE_GOVERNORATE_ONLY + SHARE_ALONE:
            home = dice.choice(by_governorate[dice.choices(governorates, weights)[0]])
            spots.append(_village(f"s{number}", home.place, dice))
        else:
            spots.append(dice.choices(common, popularity)[0])
    return spots


def _town(row: tuple[str, str, str, float, float]) -> _Spot:
    name, name_ar, governorate, latitude, longitude = row
    place = Place(
        f"ca:{name.lower().replace(' ', '-')}", "town", name, latitude, longitude, 3.0, name_ar, governorate,
        name, name, stable_id("C", name)[2:7].upper(), "synthetic",
    )  # fmt: skip
    return _Spot(place, Precision.SETTLEMENT, 3000)


def _village(key: str, home: Place, dice: random.Random) -> _Spot:
    head, head_ar = dice.choice(_VILLAGE_HEADS)
    tail, tail_ar = dice.choice(_VILLAGE_TAILS)
    place = Place(
        f"ca:{key}", "village", f"{head} {tail}", round(home.latitude + dice.uniform(-0.25, 0.25), 5),
        round(home.longitude + dice.uniform(0, 0.3), 5), 1.5, f"{head_ar} {tail_ar}", home.governorate, home.district,
        home.subdistrict, None, "synthetic",
    )  # fmt: skip
    precision, radius_m = dice.choices(
        ((Precision.SETTLEMENT, 1500), (Precision.NEIGHBOURHOOD, 1000), (Precision.POINT, 100)), (8, 1, 1)
    )[0]
    return _Spot(place, precision, radius_m)


def _governorate(capital: Place) -> _Spot:
    place = replace(capital, id=f"ca:gov-{capital.governorate}", kind="governorate", name=f"{capital.governorate}")
    return _Spot(replace(place, district=None, subdistrict=None), Precision.GOVERNORATE, 60_000)


def _share_out(n_claims: int, n_incidents: int, dice: random.Random) -> list[int]:
    """How many claims each incident has: at least one each, a few with dozens, exactly `n_claims` together."""
    counts = [1] * n_incidents
    appetites = [dice.paretovariate(1.6) for _ in range(n_incidents)]
    for index in dice.choices(range(n_incidents), appetites, k=n_claims - n_incidents):
        counts[index] += 1
    return counts


def _make_incident(
    number: int, spot: _Spot | None, n_claims: int, dice: random.Random
) -> tuple[Incident, list[Report]]:
    day = FIRST_DAY + dt.timedelta(days=int((LAST_DAY - FIRST_DAY).days * dice.betavariate(2.2, 2.8)))
    actors = _draw_actors(dice)
    event_type = dice.choices(tuple(EventType), (45, 25, 12, 1, 5, 8, 2, 2))[0]
    attribution = _draw_attribution(actors, dice)
    toll = int(dice.paretovariate(1.1)) if dice.random() < 0.85 else None
    place_name = spot.place.name if spot else "Tall Nowhere"
    n_reports = min(n_claims, 1 if dice.random() < 0.6 else dice.randint(2, 5))
    sizes = _share_out(n_claims, n_reports, dice)
    reports, tellings = [], []
    for part, size in enumerate(sizes):
        arabic = dice.random() < SHARE_ARABIC
        report, telling = _make_telling(
            f"r{number:06d}-{part}", size, day, spot, place_name, actors, attribution, event_type, toll, arabic, dice
        )
        reports.append(report)
        tellings.append(telling)
    first = tellings[0]
    figures = [claim for telling in tellings for claim in telling.claims if claim.outcome is Outcome.KILLED]
    lows = [claim.min for claim in figures if claim.min is not None]
    injured = [claim.min for telling in tellings for claim in telling.claims if claim.outcome is Outcome.INJURED]
    wounded = [figure for figure in injured if figure is not None]
    low, high = min(lows, default=None), max(lows, default=None)
    totals = Totals(
        low, high, low, high, injured_min=min(wounded, default=None), injured_max=max(wounded, default=None)
    )
    grading, reason = _draw_grading(attribution, len(reports), dice)
    incident_id = stable_id("i", number, reports[0].id)
    who = " and ".join(ACTOR_LABELS[actor] for actor in actors) or "nobody named"
    incident = Incident(
        incident_id, tuple(tellings), event_type, first.when, first.places, first.governorate, first.location, actors,
        attribution, totals, grading, reason, attribution is Attribution.CONTESTED, len(reports),
        tuple(Link(other.id, reports[0].id, 0.9, ("same day", "same place")) for other in reports[1:]),
        headline=f"{EVENT_TYPE_LABELS[event_type]} in {place_name}; {who}; {len(reports)} report(s).",
        first_reported=min((r.published for r in reports if r.published), default=None),
        last_reported=max((r.published for r in reports if r.published), default=None),
    )  # fmt: skip
    return incident, reports


def _draw_actors(dice: random.Random) -> tuple[Actor, ...]:
    count = dice.choices((0, 1, 2, 3), (15, 68, 15, 2))[0]
    weights = (18, 22, 30, 4, 3, 6, 3, 8, 4, 2, 3, 1, 1, 2)
    return tuple(sorted(set(dice.choices(tuple(Actor), weights, k=count))))


def _draw_attribution(actors: tuple[Actor, ...], dice: random.Random) -> Attribution:
    if not actors:
        return Attribution.NONE
    kinds = (Attribution.REPORTED, Attribution.ACCUSED, Attribution.CLAIMED, Attribution.CONTESTED)
    return dice.choices(kinds, (30, 45, 5, 30 if len(actors) > 1 else 6))[0]


def _draw_grading(attribution: Attribution, n_reports: int, dice: random.Random) -> tuple[Grading, str]:
    if attribution is Attribution.CONTESTED:
        return Grading.CONTESTED, "Sources name different actors."
    if attribution is Attribution.CLAIMED:
        return Grading.CONFIRMED, "The accused actor owns the harm."
    if dice.random() < 0.02:
        return Grading.DISCOUNTED, "All sources say that only combatants died."
    if n_reports > 1:
        return Grading.FAIR, f"{n_reports} independent sources."
    return Grading.WEAK, "A single source."


def _make_telling(
    report_id: str,
    n_claims: int,
    day: dt.date,
    spot: _Spot | None,
    place_name: str,
    actors: tuple[Actor, ...],
    attribution: Attribution,
    event_type: EventType,
    toll: int | None,
    arabic: bool,
    dice: random.Random,
) -> tuple[Report, ReportedIncident]:
    undated = dice.random() < SHARE_UNDATED
    words = ("يوم " + str(day.day)) if arabic else f"on {day:%A}"
    shown = (spot.place.name_ar or place_name) if arabic and spot else place_name
    opening = f"أفادت مصادر بوقوع هجوم في {shown} {words}." if arabic else f"An attack hit {shown} {words}."
    text = opening
    claims = []
    while len(claims) < n_claims:
        made, text = _add_sentence(report_id, text, n_claims - len(claims), actors, attribution, toll, arabic, dice)
        claims.extend(made)
    published = None if dice.random() < 0.05 else day + dt.timedelta(days=dice.randint(0, 3))
    report = Report(
        report_id, text, opening, "ar" if arabic else "en", dice.choice(_OUTLETS), published,
        f"https://example.org/{report_id}", f"synthetic/{report_id}.txt",
    )  # fmt: skip
    end = day + dt.timedelta(days=dice.randint(1, 20)) if dice.random() < SHARE_RANGES else day
    when = When() if undated else When(day, end, _span(text, words))
    location = _locate(spot, dice)
    mention = PlaceMention(shown, _span(text, shown), spot.place.governorate if spot else None, location)
    telling = ReportedIncident(
        report_id, _span(text, opening), event_type, Salience.MAIN, when, (mention,), mention.governorate, location,
        actors, attribution, tuple(claims),
    )  # fmt: skip
    return report, telling


def _add_sentence(
    report_id: str,
    text: str,
    wanted: int,
    actors: tuple[Actor, ...],
    attribution: Attribution,
    toll: int | None,
    arabic: bool,
    dice: random.Random,
) -> tuple[list[Claim], str]:
    """One more sentence with up to three claims (killed, children among them, injured)."""
    claimant = dice.choice(_CLAIMANTS_AR if arabic else _CLAIMANTS)
    killed = None if toll is None else max(0, toll + dice.randint(-2, 4))
    children = None if not killed else dice.randint(0, killed)
    injured = dice.randint(1, 40)
    detail = dice.choice(_DETAILS)
    if toll is None:
        parts = [
            ("accused the other side of the attack" if not arabic else "اتهم الطرف الآخر بالهجوم", None, None, None)
        ]
    elif arabic:
        parts = [
            (f"مقتل {killed} مدنيا", Outcome.KILLED, Victims.CIVILIANS, killed),
            (f"بينهم {children} أطفال", Outcome.KILLED, Victims.CHILDREN, children),
            (f"إصابة {injured} شخصا", Outcome.INJURED, Victims.PEOPLE, injured),
        ][:wanted]
    else:
        parts = [
            (f"at least {killed} civilians were killed", Outcome.KILLED, Victims.CIVILIANS, killed),
            (f"{children} of them children", Outcome.KILLED, Victims.CHILDREN, children),
            (f"{injured} people were wounded", Outcome.INJURED, Victims.PEOPLE, injured),
        ][:wanted]
    start = len(text) + 1
    sentence = f"وقالت {claimant}: " if arabic else f"{claimant} said that "
    offsets = []
    for index, (words, *_) in enumerate(parts):
        sentence += (" و" if arabic else ", ") if index else ""
        offsets.append((start + len(sentence), start + len(sentence) + len(words)))
        sentence += words
    sentence += "." if arabic else f", {detail}."
    text = f"{text} {sentence}"
    stance = Stance.ASSERTS
    if attribution is Attribution.CONTESTED and dice.random() < 0.3:
        stance = Stance.DENIES
    named = actors[:1] if attribution is Attribution.CONTESTED and dice.random() < 0.5 else actors
    claims = [
        Claim(report_id, claimant, Span(begin, end, text[begin:end]), stance, named, outcome, victims, low,
              None if outcome is Outcome.KILLED else low)
        for (begin, end), (_, outcome, victims, low) in zip(offsets, parts, strict=True)
    ]  # fmt: skip
    return claims, text


def _locate(spot: _Spot | None, dice: random.Random) -> Location | None:
    if spot is None:
        return None
    place = spot.place
    rival = replace(place, id=f"{place.id}-rival", latitude=place.latitude - 0.4, district="Elsewhere")
    rejected = (Candidate(rival, place.name, 0.11, ("another district",)),) if dice.random() < 0.4 else ()
    return Location(
        place.latitude, place.longitude, spot.precision, spot.radius_m, 0.86 if rejected else 0.97, place,
        place.name, place.governorate, f"The only {place.kind} of this name in {place.governorate}.", rejected,
    )  # fmt: skip


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words), words)


def _poison(incident: Incident, reports: list[Report], number: int) -> tuple[Incident, list[Report]]:
    """Put one hostile string into every text a person or publisher could have written."""
    evil = HOSTILE_STRINGS[number % len(HOSTILE_STRINGS)]
    bad_reports = [
        replace(report, text=report.text + evil, title=evil, publisher=evil, url=evil, source=evil)
        for report in reports
    ]
    tellings = []
    for telling in incident.tellings:
        text = next(report.text for report in bad_reports if report.id == telling.report_id)
        span = Span(len(text) - len(evil), len(text), evil)
        claims = tuple(replace(claim, claimant=evil, quote=span) for claim in telling.claims)
        tellings.append(replace(telling, quote=span, claims=claims, flags=(evil,)))
    location = incident.location
    if location is not None and location.place is not None:
        place = replace(location.place, name=evil, name_ar=evil, district=evil, pcode=evil, source=evil)
        rejected = tuple(
            replace(candidate, place=replace(candidate.place, name=evil), matched_name=evil, reasons=(evil,))
            for candidate in location.rejected
        )
        location = replace(location, place=place, matched_name=evil, reason=evil, rejected=rejected, flags=(evil,))
    mentions = tuple(replace(mention, name=evil, location=location, relation=evil) for mention in incident.places)
    when = incident.when
    if when.words is not None:
        when = replace(when, words=tellings[0].quote)
    incident = replace(
        incident, tellings=tuple(tellings), when=when, places=mentions, location=location, grade_reason=evil,
        notes=(evil,), flags=(evil,), headline=evil,
        links=tuple(replace(link, reasons=(evil,)) for link in incident.links),
    )  # fmt: skip
    return incident, bad_reports
