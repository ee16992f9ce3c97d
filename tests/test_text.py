from hypothesis import given
from hypothesis import strategies as st

from claimatlas.text.forms import alternatives, find_words, fold


@given(st.text(max_size=60))
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_folding_unifies_what_writers_vary() -> None:
    assert fold("إدلب أريحا مئة رأى شاطئ") == fold("ادلب اريحا ميه راي شاطي")
    assert fold("Ḥamāh İdlib") == "hamah idlib"


def test_known_words_and_figures_are_found_where_they_start() -> None:
    text = "قصفت Idlib 3 times, twice on 2nd"
    found = find_words(text, {"Idlib", "twice"})
    assert [word for _, word in found] == ["Idlib", "3", "twice", "2nd"]
    assert all(text.startswith(word, start) for start, word in found)


def test_the_longest_alternative_comes_first() -> None:
    assert alternatives(["mar", "march", "a.m."]) == "march|a\\.m\\.|mar"
