"""Sentences end where readers end them: not at abbreviations, not at wrapped lines."""

from __future__ import annotations

from claimatlas.text.sentences import split_paragraphs, split_sentences


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
