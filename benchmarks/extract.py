"""How many reports a second one core extracts in its own time, how long the start takes, and what memory it needs.

Run with `python -m benchmarks.extract [N]`: N synthetic reports (default 2,000) in two languages, each dense with deeds
and tolls, and the coded reports of `tests/quality`, which are short and all different. They are counted in reports of
2 kB of UTF-8, in which an Arabic letter has two bytes and a Latin one has one, and in characters, and read as
`claimatlas extract` reads them. Processor time is counted, but a busy machine also makes that longer: so the
reports are read in several rounds. The fastest says what the code costs, and the median beside it how quiet the machine
was. Behind them stands which share each stage of the line has.
"""

from __future__ import annotations

import collections
import datetime as dt
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ENGLISH = (
    "At least {n} civilians were killed and {m} others wounded on {day} when {who} warplanes bombed the town of {town} "
    "in {governorate} province, the Syrian Observatory for Human Rights said. {k} children were among the dead. "
    "Residents told a local radio that rescuers were still searching the rubble for survivors late in the evening. "
    "The attack came as talks on a truce went on abroad, and officials said that they expected no quick result. "
    "State news agency SANA reported that {j} people were injured by shells fired on {town} by rebels the day before. "
)
ARABIC = (
    "قتل {n} مدنيين وأصيب {m} آخرون يوم {arabic_day} جراء غارات للطيران الحربي {arabic_who} على بلدة {arabic_town}. "
    "وقال الدفاع المدني إن بين القتلى {k} أطفال، مضيفاً أن فرق الإنقاذ ما تزال تبحث عن عالقين تحت الأنقاض. "
    "وأفاد مراسلنا أن قذائف سقطت على أطراف البلدة مساء أمس ما أدى إلى إصابة {j} أشخاص بجروح متفاوتة. "
)
TOWNS = (
    ("Saraqeb", "سراقب", "Idlib"), ("Douma", "دوما", "Rural Damascus"), ("Hajin", "هجين", "Deir ez-Zor"),
    ("Azaz", "أعزاز", "Aleppo"), ("Ariha", "أريحا", "Idlib"), ("Inkhil", "إنخل", "Daraa"),
)  # fmt: skip
DAYS = (("Monday", "الاثنين"), ("Tuesday", "الثلاثاء"), ("Friday", "الجمعة"))
ACTORS = (("Russian", "الروسي"), ("regime", "التابع للنظام"), ("coalition", "للتحالف الدولي"))


def make_report(number: int):
    """A synthetic report of about 2 kB; every third one is Arabic."""
    from claimatlas.model import Report

    chance = random.Random(number)
    is_arabic = number % 3 == 2
    paragraphs = []
    for _ in range(5 if is_arabic else 3):
        town, arabic_town, governorate = chance.choice(TOWNS)
        day, arabic_day = chance.choice(DAYS)
        who, arabic_who = chance.choice(ACTORS)
        figures = {key: chance.randint(3, 60) for key in "nmkj"}
        paragraphs.append(
            (ARABIC if is_arabic else ENGLISH).format(
                town=town, arabic_town=arabic_town, governorate=governorate, day=day, arabic_day=arabic_day, who=who,
                arabic_who=arabic_who, **figures,
            )
        )  # fmt: skip
    return Report(
        f"r{number}",
        "\n\n".join(paragraphs),
        lang="ar" if is_arabic else "en",
        published=dt.date(2017, 1, 1 + number % 28),
    )


# In so many rounds the reports are read.
ROUNDS = 5
CODED = Path(__file__).parents[1] / "tests" / "quality" / "reports.jsonl"


def measure(work: Callable[[], object]) -> float:
    """Seconds of processor time that a piece of work takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def share_out(reports, reference) -> str:
    """Which share of the time each stage of the line takes."""
    from claimatlas.claims import make_claims
    from claimatlas.incidents import make_incidents
    from claimatlas.mentions import find_mentions

    seconds = dict.fromkeys(("mentions", "claims", "incidents"), 0.0)
    for report in reports:
        began = time.process_time()
        mentions = find_mentions(report, reference)
        found = time.process_time()
        claims = make_claims(mentions)
        claimed = time.process_time()
        make_incidents(mentions, claims, reference)
        seconds["mentions"] += found - began
        seconds["claims"] += claimed - found
        seconds["incidents"] += time.process_time() - claimed
    total = sum(seconds.values())
    return ", ".join(f"{stage} {taken / total:.0%}" for stage, taken in seconds.items())


def list_rounds(count: int) -> Iterator[tuple[str, list[list]]]:
    """What is read, by name, in rounds; no synthetic report is read twice."""
    from claimatlas.model import Report
    from claimatlas.reports import read_reports

    for name, first in (("English", 0), ("Arabic", 2)):
        reports = [make_report(number) for number in range(first, 3 * count, 3)]
        yield name, [part for start in range(ROUNDS) if (part := reports[start::ROUNDS])]
    coded = [item for item in read_reports([CODED]) if isinstance(item, Report)] if CODED.is_file() else []
    for name, lang in (("English, coded", "en"), ("Arabic, coded", "ar")):
        reports = [report for report in coded if report.lang == lang]
        if reports:
            yield name, [reports] * ROUNDS


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    began = time.process_time()
    from claimatlas.pipeline import extract_report, extract_reports, load_reference

    reference = load_reference()
    loaded = time.process_time()
    extract_report(make_report(0), reference)
    extract_report(make_report(2), reference)
    now = time.process_time()
    print(f"start, first report of each language included: {now - began:.2f} s ({loaded - began:.2f} s to load)")
    for name, rounds in list_rounds(count):
        rates = []
        for part in rounds:
            seconds = measure(lambda part=part: collections.deque(extract_reports(part, processes=1), maxlen=0))
            texts = [report.title + report.text for report in part]
            stored = sum(len(text.encode("utf-8")) for text in texts)
            rates.append((stored / 2000 / seconds, sum(map(len, texts)) / 1000 / seconds))
        (best, letters), median = max(rates), statistics.median(rate for rate, _ in rates)
        print(
            f"{name}: {best:.0f} reports of 2 kB a second ({median:.0f} the median), {letters:.0f} thousand characters"
        )
        print(f"  {share_out(rounds[0][:200], reference)}")
    print(f"memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
