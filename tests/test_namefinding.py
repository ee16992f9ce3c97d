from claimatlas.gazetteer import Gazetteer
from claimatlas.gazetteer.curated import Patch
from gazetteer_factory import make_gazetteer


def found(text: str, lang: str = "en") -> list[tuple[str, str]]:
    gazetteer = make_gazetteer()
    hits = gazetteer.find_names(text, lang)
    assert all(text[hit.start : hit.end] == hit.text for hit in hits)
    return [(hit.text, hit.place_ids[0]) for hit in hits]


def test_names_are_found_with_their_articles_and_without_possessives() -> None:
    assert found("Strikes hit al-Sha'afah and Hajin's market, then Ash Shafah.") == [
        ("al-Sha'afah", "ca:shafah"), ("Hajin", "ca:hajin"), ("Ash Shafah", "ca:shafah"),
    ]  # fmt: skip


def test_the_longest_name_wins_also_when_it_begins_later() -> None:
    assert found("in Ain Issa camp") == [("Ain Issa camp", "ca:ain-issa-camp")]
    assert found("the road to Deir ez-Zor") == [("Deir ez-Zor", "ca:deir")]


def test_small_letters_are_no_names_and_common_words_are_weak() -> None:
    assert found("they may come to hama") == []
    hits = make_gazetteer().find_names("Abu Salam in Hama, Salam said")
    assert [(hit.text, hit.strong) for hit in hits] == [("Salam", False), ("Hama", True), ("Salam", False)]


def test_acronyms_are_no_names() -> None:
    assert found("IS and US forces, SDF, HAMA") == [("HAMA", "ca:hama")]


def test_a_hand_made_decision_keeps_a_name_out_of_texts() -> None:
    gazetteer = make_gazetteer()
    decided = Gazetteer(
        gazetteer.entries,
        [Patch("Hajin", "an example", never=("*",)), Patch("Khalidiya", "an example", never=("ca:khalidiya-h",))],
    )
    hits = decided.find_names("Hajin and Khalidiya")
    assert [(hit.text, hit.place_ids) for hit in hits] == [("Khalidiya", ("ca:khalidiya-r",))]


def test_a_decision_about_capitals_is_about_capitals_only() -> None:
    gazetteer = Gazetteer(make_gazetteer().entries, [Patch("HAMA", "an example", never=("*",))])
    assert [hit.text for hit in gazetteer.find_names("HAMA and Hama")] == ["Hama"]


def test_grown_together_articles_and_headlines_in_capitals_are_read() -> None:
    assert found("DEIR EZZOR and Elsusah") == [("DEIR EZZOR", "ca:deir"), ("Elsusah", "ca:susah")]


def test_a_spelling_that_only_sounds_alike_is_found_when_it_has_two_words() -> None:
    assert found("Shelling of Bouqros Fowqani and Salah ed-Deen") == [
        ("Bouqros Fowqani", "ca:boqros-u"),
        ("Salah ed-Deen", "ca:salah"),
    ]


def test_words_of_one_name_stand_together() -> None:
    assert found("Deir, ez-Zor") == []
    assert found("Ain\n\nIssa") == []
    assert found("Ain\nIssa") == [("Ain\nIssa", "ca:ain-issa")]


def test_arabic_clitics_are_taken_off() -> None:
    text = "قصف على الشعفة وهجين، وبحلب ولدير الزور وفي السوسة"
    assert found(text, "ar") == [
        ("الشعفة", "ca:shafah"),
        ("هجين", "ca:hajin"),
        ("حلب", "ca:aleppo"),
        ("دير الزور", "ca:deir"),
        ("السوسة", "ca:susah"),
    ]


def test_vowel_signs_and_other_forms_of_letters_do_not_hide_names() -> None:
    assert found("في الشَّعْفَة", "ar") == [("الشَّعْفَة", "ca:shafah")]
    assert found("مدينه الرقه", "ar") == [("الرقه", "ca:raqqa")]


def test_text_without_names_gives_none() -> None:
    assert found("") == []
    assert found("No place is named here, nor there.") == []
