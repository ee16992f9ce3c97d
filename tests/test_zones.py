"""Which part of a page is the report."""

from __future__ import annotations

from claimatlas.mentions import find_mentions
from claimatlas.mentions.document import Zone
from claimatlas.model import Report


def zones(mentions):
    return [(mentions.text[s.start : s.end], s.zone) for s in mentions.sentences]


def test_teasers_captions_and_link_lists_are_no_report(reference):
    text = (
        "Strike hits market in Idlib\n\nA strike hit a market in Idlib on Monday, medics said.\n\n"
        "READ MORE: Ten dead in other story\n\nResidents search the ruins. (Photo by Somebody/Agency)\n\n"
        "Related news\n\nMan killed in another place\n\nTwo shells fell elsewhere, killing one\n\n"
        "The ruins were still burning at night."
    )
    body = [words for words, zone in zones(find_mentions(Report("r", text), reference)) if zone is Zone.BODY]
    assert body == [
        "A strike hit a market in Idlib on Monday, medics said.",
        "The ruins were still burning at night.",
    ]


def test_a_headline_run_into_the_first_sentence_is_not_read_twice(reference):
    title = "Four dead as bomb hits Homs bus"
    report = Report("r", f"Mon 4 May 2015 {title}. A bomb killed four people on a bus in Homs.", title=title)
    told = [words for words, zone in zones(find_mentions(report, reference)) if zone is not Zone.BOILERPLATE]
    assert told == [title, "A bomb killed four people on a bus in Homs."]
