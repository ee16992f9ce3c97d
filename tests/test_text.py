import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimatlas.text import (
    clean,
    detect_language,
    fold,
    split_languages,
    split_paragraphs,
    split_sentences,
)


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
    ],
)
def test_dirt_is_taken_off(raw: str, expected: str) -> None:
    assert clean(raw).text == expected


@pytest.mark.parametrize("codec", ["latin-1", "cp1256", "cp437"])
def test_mojibake_of_arabic_is_repaired(codec: str) -> None:
    words = "الدفاع المدني السوري"
    assert clean(words.encode("utf-8").decode(codec)).text == words


def test_mojibake_twice_over_is_repaired() -> None:
    broken = "حلب".encode().decode("latin-1").encode().decode("latin-1")
    assert clean(broken).text == "حلب"


def test_cp1256_read_as_latin_is_repaired() -> None:
    words = "قتل خمسة مدنيين في قصف مدفعي"
    assert clean(words.encode("cp1256").decode("latin-1")).text == words


def test_accented_latin_is_left_alone() -> None:
    words = "Café Müller in Żagań, Ḥamāh"
    assert clean(words).text == words


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


@given(st.text(alphabet=st.sampled_from("قتل مـُ٥،.-_#abc&;<>[]0139\u00a0\u200b\u202b\r\nØ§ï»ط"), max_size=80))
def test_every_cleaned_character_knows_its_raw_ones(raw: str) -> None:
    cleaned = clean(raw)
    previous = 0
    for index in range(len(cleaned.text)):
        start, _ = cleaned.raw_span(index, index + 1)
        assert previous <= start <= len(raw)
        previous = start


@given(st.text(max_size=60))
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_folding_unifies_what_writers_vary() -> None:
    assert fold("إدلب أريحا مئة رأى شاطئ") == fold("ادلب اريحا ميه راي شاطي")
    assert fold("Ḥamāh İdlib") == "hamah idlib"


def test_abbreviations_end_no_sentence() -> None:
    text = "Gen. Salim of the U.S. Army spoke at 5 p.m. Tuesday in St. James. The U.S. The end."
    sentences = [text[start:end] for start, end in split_sentences(text)]
    assert sentences == ["Gen. Salim of the U.S. Army spoke at 5 p.m. Tuesday in St. James.", "The U.S.", "The end."]


def test_arabic_sentences_end_without_spaces_too() -> None:
    text = "سقط جرحى في الشمال.وقال الدفاع المدني لوكالة أ.ف.ب إن القصف استمر؟ نعم! انتهى"
    sentences = [text[start:end] for start, end in split_sentences(text)]
    assert sentences == ["سقط جرحى في الشمال.", "وقال الدفاع المدني لوكالة أ.ف.ب إن القصف استمر؟", "نعم!", "انتهى"]


def test_a_wrapped_line_goes_on_and_a_new_line_does_not() -> None:
    text = "A long line of words that some editor wrapped in the middle of\na sentence.\nNew headline\n\nBody"
    assert [text[start:end] for start, end in split_paragraphs(text)] == [
        "A long line of words that some editor wrapped in the middle of\na sentence.", "New headline", "Body",
    ]  # fmt: skip


def test_a_text_without_stops_is_cut_somewhere() -> None:
    text = "word " * 2000
    spans = split_sentences(text)
    assert len(spans) > 1
    assert max(end - start for start, end in spans) <= 1500


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Five were killed.", "en"),
        ("قتل خمسة.", "ar"),
        ("قتل خمسة في منبج pic.twitter.com/abc", "ar"),
        ("", "en"),
        ("12 34", "en"),
    ],
)
def test_language_is_told_by_letters(text: str, lang: str) -> None:
    assert detect_language(text) == lang


def test_mixed_documents_are_cut_at_lines() -> None:
    text = "Two were hurt.\nأصيب اثنان.\nقرب منبج.\nEnd of story."
    assert [lang for _, _, lang in split_languages(text)] == ["en", "ar", "en"]
