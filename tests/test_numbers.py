from pathlib import Path

import pytest
import yaml

from claimatlas.numbers import NumberKind, find_numbers
from claimatlas.text.cleaning import clean

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "numbers.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["description"] for case in CASES])
def test_numbers_are_read_as_the_codebook_reads_them(case: dict) -> None:
    text = clean(case["text"]).text
    found = [number for number in find_numbers(text, case["lang"]) if number.kind is not NumberKind.ARTICLE]
    counts = [[number.min, number.max] for number in found if number.kind is NumberKind.COUNT]
    assert counts == case.get("counts", [])
    assert [number.kind.value for number in found if number.kind is not NumberKind.COUNT] == case.get("other", [])
    if case.get("additional"):
        assert found[-1].additional


def test_every_number_stands_where_it_says() -> None:
    text = "At least 16 people and more than a dozen others; ما لا يقل عن 20 مدنيا"
    for lang in ("en", "ar"):
        for number in find_numbers(text, lang):
            assert text[number.start : number.end] == number.words
            assert number.start <= number.core_start < number.core_end <= number.end


def test_articles_are_told_apart_from_one() -> None:
    kinds = {number.words: number.kind for number in find_numbers("a woman and one man", "en")}
    assert kinds == {"a": NumberKind.ARTICLE, "one": NumberKind.COUNT}


def test_another_and_more_come_on_top() -> None:
    numbers = find_numbers("another 12 people, five more, at least another 10, 7 others", "en")
    assert [number.additional for number in numbers] == [True, True, True, True]
    assert (numbers[2].min, numbers[2].max) == (10, None)


@pytest.mark.parametrize("text", ["", "   ", "-", "1" * 400, "9,9,9,9", "0.5.6", "و", "ألف ألف ألف"])
def test_odd_input_raises_nothing(text: str) -> None:
    for lang in ("en", "ar"):
        assert all(number.end <= len(text) for number in find_numbers(text, lang))
