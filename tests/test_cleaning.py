import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimatlas.text.cleaning import clean


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a\u00a0b", "a b"),
        ("Daesh &amp; co", "Daesh & co"),
        ("it&#39;s", "it's"),
        ("the town& # 39; s market", "the town's market"),
        ("fell [19659002] on", "fell \n on"),
        ("[ad_1]text", "\ntext"),
        ("zero\u200bwidth \u202bmarks\u202c", "zerowidth marks"),
        ("“quoted” ‘words’", "\"quoted\" 'words'"),
        ("one<br>two</p>", "one\ntwo\n"),
        ("قُتِلَ مَدَنِيٌّ", "قتل مدني"),
        ("مقـ-ـتل شـــخص", "مقتل شخص"),
        ("بقـ.صف و قسـ.ـد", "بقصف و قسد"),
        ("قـ ـتـ ـل رجل", "قتل رجل"),
        ("متأثرا بـ ـجـ ـر ا حـ ـه", "متأثرا بجراحه"),
        ("قت-يل وجريح", "قتيل وجريح"),
        ("قمة بوتين-أردوغان", "قمة بوتين-أردوغان"),
        ("ﺍﻟﻘﺼﻒ ﻻ", "القصف لا"),
        ("٢٥ شخصا", "25 شخصا"),
        ("إصابة10 مدنيين", "إصابة 10 مدنيين"),
        ("#ريف_دمشق", " ريف دمشق"),
        ("شمال ـ جنوب", "شمال - جنوب"),
        ("**AZAZ** — at least *nine* died", "AZAZ — at least nine died"),
        ('the [Hanano](https://a.example/b "map") quarter', "the Hanano quarter"),
        ("![the square](img/1.jpg)Two _women_ died", "\nTwo women died"),
        ("قتل **ثلاثة** في [حلب](/news/1)", "قتل ثلاثة في حلب"),
        ("[sic](as he said) 5*3 a * b my_file", "[sic](as he said) 5*3 a * b my_file"),
    ],
)
def test_dirt_is_taken_off(raw: str, expected: str) -> None:
    assert clean(raw).text == expected


def test_a_quote_is_cut_from_what_was_written() -> None:
    raw = "وقال: قُتِـلَ&nbsp;٥ مدنيّينَ اليوم"
    cleaned = clean(raw)
    start = cleaned.text.index("قتل")
    end = cleaned.text.index("مدنيين") + len("مدنيين")
    raw_start, raw_end = cleaned.raw_span(start, end)
    assert raw[raw_start:raw_end] == "قُتِـلَ&nbsp;٥ مدنيّينَ"


def test_spans_outside_the_text_are_refused() -> None:
    with pytest.raises(IndexError, match="outside"):
        clean("abc").raw_span(2, 9)


@given(st.text(alphabet=st.sampled_from("قتل مـُ٥،.-_#abc&;<>[]*!()/0139\u00a0\u200b\u202b\r\nØ§ï»ط"), max_size=80))
def test_every_cleaned_character_knows_its_raw_ones(raw: str) -> None:
    cleaned = clean(raw)
    previous = 0
    for index in range(len(cleaned.text)):
        start, _ = cleaned.raw_span(index, index + 1)
        assert previous <= start <= len(raw)
        previous = start
