"""Copies of one wire story are recognised, reports of one event by two desks are not copies."""

from __future__ import annotations

import datetime as dt

from claimatlas.group.copies import Lexicon, find_copies, weigh_words
from claimatlas.model import Report

WIRE = (
    "At least nineteen people, most of them members of two families, were killed when warplanes bombed a row of "
    "houses beside the cotton gin on Monday evening, a monitoring group said. Neighbours dug through the rubble "
    "with their hands until midnight because the only excavator of the town had run out of fuel. The head of the "
    "local council asked for blood donors and said that two children were still missing under the collapsed roof."
)
OTHER = (
    "The cotton gin quarter was bombed on Monday evening and nineteen people lost their lives, among them whole "
    "families. Rescue workers complained about missing fuel for heavy machines; a council member appealed for "
    "blood donations. It was not possible to confirm who had carried out the raid on the houses."
)
MENU = "Home Politics Economy Sports Culture Opinion Video Photos Contact us About us Newsletter Follow us on Telegram "


def report(identifier: str, text: str, day: int = 1, title: str = "") -> Report:
    return Report(identifier, text, title=title, published=dt.date(2018, 5, day))


def test_a_copy_with_another_title_and_teasers_is_a_copy() -> None:
    copy = f"{MENU}\n{WIRE}\nRead also: Ten recipes for the feast; the prices of gold today."
    stories = find_copies([report("a", WIRE), report("b", copy, title="Massacre in the east")])
    assert stories["a"] == stories["b"]


def test_a_shortened_copy_is_a_copy() -> None:
    stories = find_copies([report("a", WIRE), report("b", WIRE[: len(WIRE) // 2])])
    assert stories["a"] == stories["b"]


def test_two_reports_of_one_event_in_own_words_are_no_copies() -> None:
    stories = find_copies([report("a", WIRE), report("b", OTHER)])
    assert stories["a"] != stories["b"]


def test_a_story_with_a_hundred_copies_is_one_story() -> None:
    reports = [
        report(f"r{number}", f"{WIRE} {number} more stories about horse number {number}") for number in range(100)
    ]
    assert len(set(find_copies(reports).values())) == 1


def test_a_shared_menu_makes_no_copies() -> None:
    stories = find_copies([report("a", f"{MENU * 3} {WIRE}", day=1), report("b", f"{MENU * 3} {OTHER}", day=25)])
    assert stories["a"] != stories["b"]


def test_arabic_copies_are_found() -> None:
    text = (
        "قتل سبعة مدنيين بينهم طفلان وأصيب آخرون جراء غارة جوية استهدفت سوقا شعبية في بلدة هجين شرقي دير الزور مساء "
        "اليوم وقال ناشطون إن الطائرات حلقت في سماء المنطقة ساعات قبل القصف وإن فرق الإسعاف نقلت الجرحى إلى نقطة "
        "طبية قريبة فيما لا يزال البحث مستمرا عن مفقودين تحت أنقاض المحال التجارية المدمرة"
    )
    reports = [Report("a", text, lang="ar"), Report("b", f"عاجل\n{text}\nاقرأ أيضا أسعار الذهب", lang="ar")]
    assert len(set(find_copies(reports).values())) == 1


def test_empty_and_short_reports_are_copies_of_nothing() -> None:
    assert len(set(find_copies([report("a", ""), report("b", ""), report("c", "Three dead")]).values())) == 3
    assert find_copies([]) == {}


def test_arabic_words_lose_article_and_conjunction_and_english_ones_nothing() -> None:
    lexicon = Lexicon()
    found = {lexicon.words[number] for number in lexicon.find_words("والمدرسة المدرسة بالقصف 12 في", "ar")}
    assert found == {lexicon.words[number] for number in lexicon.find_words("مدرسة قصف", "ar")}
    assert {lexicon.words[number] for number in lexicon.find_words("the walls fell", "en")} == {"the", "walls", "fell"}


def test_rare_words_weigh_more_and_words_nobody_shares_are_left_out() -> None:
    lexicon = Lexicon()
    texts = ["bridge market", "bridge harbour", "bridge market orchard", *["stone"] * 160, *["bridge"] * 3]
    vectors = weigh_words([lexicon.find_words(text, "en") for text in texts], ["en"] * len(texts), lexicon)
    assert "harbour" not in vectors[1]
    assert vectors[0]["market"] > vectors[0]["bridge"] > 0
    assert vectors[-4] == {}


def test_a_handful_of_texts_cannot_say_which_words_are_rare() -> None:
    lexicon = Lexicon()
    texts = [lexicon.find_words(text, "en") for text in ("bridge market", "bridge market")]
    assert weigh_words(texts, ["en", "en"], lexicon) == [{}, {}]
