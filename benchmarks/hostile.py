"""How long the longest and the most repetitive reports take: a page of a megabyte, one place named 2,000 times.

Run with `python -m benchmarks.hostile`. No report may keep a run waiting, so each is read at half its length and in
full: where the time grows much faster than the text, something looks at everything told before with each new sentence.
A report is read as far as `mentions.MAX_CHARS`, and so a megabyte takes no longer than that.
"""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable

from benchmarks.extract import make_report

DAY = dt.date(2017, 5, 31)
TOWNS = ("Hajin", "Saraqeb", "Douma", "Azaz", "Ariha", "Inkhil", "Nawa", "Binnish")


def repeat_place(count: int) -> str:
    """One place in sentence after sentence."""
    return "Shelling hit Hajin. " * count


def repeat_toll(count: int) -> str:
    """One place in sentence after sentence, each with a toll of its own."""
    return " ".join(f"Shelling killed {3 + number} people in Hajin." for number in range(count))


def list_place(count: int) -> str:
    """One place again and again in one sentence."""
    return f"Shelling killed three people in {', '.join(['Hajin'] * count)}."


def list_events(count: int) -> str:
    """A list of events, each with its own place, day and toll."""
    dice = random.Random(1)
    return " ".join(
        f"A raid killed {dice.randint(3, 900)} people in {dice.choice(TOWNS)} on {dice.randint(1, 28)} May 2017."
        for _ in range(count)
    )


def list_villages(count: int) -> str:
    """A list of villages that no gazetteer knows."""
    dice = random.Random(2)
    names = ("".join(dice.choices("abdefhiklmnorstuz", k=6)).title() for _ in range(count))
    return " ".join(f"Shelling hit the village of {name} and wounded two people." for name in names)


def list_days(count: int) -> str:
    """A row of days."""
    return "on Monday, on 3 March 2017, last week, " * count


def lengthen(count: int) -> str:
    """One ordinary report after another."""
    return "\n\n".join(make_report(3 * number).text for number in range(count))


CASES: tuple[tuple[str, Callable[[int], str], int], ...] = (
    ("one place, 2,000 sentences", repeat_place, 2000),
    ("one place, 1,200 tolls", repeat_toll, 1200),
    ("one place, 2,000 times in a sentence", list_place, 2000),
    ("a list of 1,000 events", list_events, 1000),
    ("a list of 1,000 villages", list_villages, 1000),
    ("a row of 4,500 days", list_days, 1500),
    ("a megabyte", lengthen, 620),
)


def main() -> None:
    """Print the figures."""
    from claimatlas.model import Report
    from claimatlas.pipeline import extract_report, load_reference

    reference = load_reference()
    extract_report(make_report(0), reference)
    for name, write, count in CASES:
        seconds = []
        for length in (count // 2, count):
            report = Report("r", write(length), lang="en", published=DAY)
            began = time.process_time()
            extract_report(report, reference)
            seconds.append(time.process_time() - began)
        half, whole = seconds
        print(f"{name} ({len(report.text) / 1000:.0f} kB): {whole:.2f} s, half of it {half:.2f} s")


if __name__ == "__main__":
    main()
