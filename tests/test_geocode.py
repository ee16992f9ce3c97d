import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimatlas.gazetteer import Gazetteer
from claimatlas.gazetteer.curated import Patch
from claimatlas.geocode import locate
from claimatlas.geocode.candidates import Context
from claimatlas.geodesy import distance_km, move
from claimatlas.model import Location, Precision
from gazetteer_factory import make_entry, make_gazetteer

GAZETTEER = make_gazetteer()
DEIR = Context(governorate="Deir-ez-Zor")


def place_id(location: Location | None) -> str | None:
    return location.place.id if location is not None and location.place is not None else None


# --- one name ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("al-Shaafa", "ca:shafah"),
        ("Al Sha'afa", "ca:shafah"),
        ("الشعفة", "ca:shafah"),
        ("Sousse", "ca:susah"),
        ("Hadjin", "ca:hajin"),
        ("Bouqros Foqani", "ca:boqros-u"),
        ("Boqrus Tahtani", "ca:boqros-l"),
        ("بقرص تحتاني", "ca:boqros-l"),
        ("village of Hajin", "ca:hajin"),
        ("قرية هجين", "ca:hajin"),
        ("Deirezzor", "ca:deir"),
        ("عينعيسى", "ca:ain-issa"),
        ("بلدة الششعفة", "ca:shafah"),
    ],
)
def test_a_name_is_found_however_it_is_spelt(name: str, wanted: str) -> None:
    assert place_id(locate(name, GAZETTEER, DEIR)) == wanted


@pytest.mark.parametrize("name", ["", " ", "???", "Timbuktu", "the village", "Xyzzyq", "قرية"])
def test_what_is_not_listed_stays_unknown(name: str) -> None:
    assert locate(name, GAZETTEER, DEIR) is None


def test_two_entries_for_one_place_count_together() -> None:
    lists = [
        make_entry("ca:kishmah", "village", "Kishmah", "الكشمة", "Homs", "Homs", 34.81, 36.6),
        make_entry("cod:C1", "village", "Kishma", "الكشمة", "Homs", "Homs", 34.815, 36.605),
        make_entry("ca:kishmah-far", "village", "Kishmah", "الكشمة", "Homs", "Palmyra", 34.6, 38.3),
    ]
    located = locate("الكشمة", Gazetteer(lists), Context(governorate="Homs"))
    assert located is not None
    assert distance_km(located.latitude, located.longitude, 34.81, 36.6) < 1


def test_a_latin_name_that_is_no_spelling_of_the_arabic_one_is_a_name_of_its_own() -> None:
    both = Gazetteer(
        [make_entry("ca:khan", "village", "Khan al-Jabal", "خان الجبل", "Aleppo", "Afrin", 36.6, 36.9, "Dorazi")]
    )
    assert place_id(locate("دورازي", both, Context(governorate="Aleppo"))) == "ca:khan"


def test_arabic_reports_may_leave_out_the_word_in_front() -> None:
    near = Gazetteer(
        [make_entry("ca:matab", "village", "Matab al-Burashid", "مطب البوراشد", "Ar-Raqqa", "Raqqa", 35.8, 39.7)]
    )
    assert place_id(locate("البوراشد", near, Context(governorate="Ar-Raqqa"))) == "ca:matab"


def test_the_governorate_decides_between_namesakes() -> None:
    assert place_id(locate("Al-Khalidiyah", GAZETTEER, Context(governorate="Hama"))) == "ca:khalidiya-h"
    assert place_id(locate("Al-Khalidiyah", GAZETTEER, Context(governorate="Ar-Raqqa"))) == "ca:khalidiya-r"


def test_other_places_of_the_report_decide_between_namesakes() -> None:
    assert place_id(locate("Al-Khalidiyah", GAZETTEER, Context(nearby=((35.3, 36.85),)))) == "ca:khalidiya-h"
    assert place_id(locate("Al-Khalidiyah, near Raqqa", GAZETTEER)) == "ca:khalidiya-r"


def test_a_report_that_contradicts_the_map_is_placed_and_flagged() -> None:
    location = locate("Tal al-Shaer", GAZETTEER, DEIR)
    assert place_id(location) == "ca:tal-shair"
    assert location is not None
    assert location.flags == ("The report says Deir-ez-Zor; Tal al-Shaer lies in Al-Hasakeh.",)


def test_the_kind_of_place_decides() -> None:
    assert place_id(locate("Ain Issa camp", GAZETTEER)) == "ca:ain-issa-camp"
    assert place_id(locate("مخيم عين عيسى", GAZETTEER)) == "ca:ain-issa-camp"
    assert place_id(locate("Ain Issa", GAZETTEER)) == "ca:ain-issa"
    assert place_id(locate("Ain Issa", GAZETTEER, Context(kind="camp"))) == "ca:ain-issa-camp"


def test_both_scripts_together_say_more_than_one() -> None:
    alone = locate("Susa", GAZETTEER)
    both = locate("Susa", GAZETTEER, Context(also=("السوسة",)))
    assert place_id(alone) == place_id(both) == "ca:susah"
    assert alone is not None
    assert both is not None
    assert both.score > alone.score


def test_a_hand_made_decision_stands_above_the_scores() -> None:
    entries = GAZETTEER.entries
    never = Gazetteer(entries, [Patch("Hajin", "an example", never=("*",))])
    assert locate("Hajin", never, DEIR) is None
    chosen = Gazetteer(entries, [Patch("Al-Khalidiyah", "an example", place="ca:khalidiya-h")])
    assert place_id(locate("Al-Khalidiya", chosen)) == "ca:khalidiya-h"
    arabic = Gazetteer(entries, [Patch("الخالدية", "an example", place="ca:khalidiya-h")])
    for name in ("الخالدية", "قرية الخالدية", "بلدة الخالدية"):
        assert place_id(locate(name, arabic)) == "ca:khalidiya-h"


# --- descriptions -----------------------------------------------------------------------------


def test_a_distance_and_direction_move_the_point() -> None:
    location = locate("5 km south of Hajin", GAZETTEER)
    assert location is not None
    assert distance_km(34.69, 40.83, location.latitude, location.longitude) == pytest.approx(5.0, abs=0.05)
    assert location.latitude < 34.69
    assert location.radius_m < 5000


def test_near_and_outskirts_widen_the_radius_and_never_sharpen_the_precision() -> None:
    at, near, outskirts = (locate(name, GAZETTEER) for name in ("Hajin", "near Hajin", "outskirts of Hajin"))
    assert at is not None
    assert near is not None
    assert outskirts is not None
    assert at.radius_m + 5000 == near.radius_m
    assert at.radius_m + 3000 == outskirts.radius_m
    assert near.precision is Precision.SETTLEMENT


def test_the_countryside_of_a_city_is_no_city() -> None:
    location = locate("northern countryside of Hama", GAZETTEER)
    assert location is not None
    assert location.precision is Precision.DISTRICT
    assert location.radius_m == 25_000
    assert location.latitude > 35.13


def test_between_two_places_lies_half_way() -> None:
    location = locate("between Hajin and al-Shaafa", GAZETTEER)
    assert location is not None
    assert (location.latitude, location.longitude) == (pytest.approx(34.6315), pytest.approx(40.885))
    half = distance_km(34.69, 40.83, 34.573, 40.94) / 2
    assert location.radius_m == pytest.approx(half * 1000, abs=600)
    assert "Half-way between Hajin and Ash-Sha'fah" in location.reason


def test_a_road_between_governorates_is_found() -> None:
    location = locate("road between Raqqa and Deir Ezzor", GAZETTEER, Context(governorate="Ar-Raqqa"))
    assert location is not None
    assert 39.3 < location.longitude < 39.9
    assert location.precision is Precision.DISTRICT


def test_two_known_places_side_by_side_are_the_smaller_of_the_two() -> None:
    assert place_id(locate("صلاح الدين حلب", GAZETTEER)) == "ca:salah"
    assert locate("Hajin Salaheddin", GAZETTEER) is None


def test_words_that_only_part_namesakes_are_no_place_beside_another() -> None:
    lone = make_entry("ca:saghir", "village", "Wadi as-Saghir", "الصغير", "Hama", "Hama", 35.2, 36.8, "Saghir")
    town = make_entry("ca:marj", "village", "Marj", "المرج", "Hama", "Hama", 35.25, 36.8)
    assert place_id(locate("Marj Saghir", Gazetteer([lone, town]), Context(governorate="Hama"))) != "ca:saghir"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("هجينهجين", "ca:hajin"),
        ("الشعفة الشعفة", "ca:shafah"),
        ("HajinHajin", "ca:hajin"),
        ("عيسى عين", "ca:ain-issa"),
        ("الشاعر تل", "ca:tal-shair"),
        ("بقرصتحتاني", "ca:boqros-l"),
        ("قررية السوسة", "ca:susah"),
        ("ممدينة هجين", "ca:hajin"),
    ],
)
def test_a_slip_of_the_keyboard_is_undone(name: str, wanted: str) -> None:
    location = locate(name, GAZETTEER)
    assert place_id(location) == wanted
    assert location is not None
    assert "is read as" in location.reason


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("حي الكروم هجين", "ca:hajin"),
        ("جامع الفتح بقرص تحتاني", "ca:boqros-l"),
        ("شارع النخيل الشعفة", "ca:shafah"),
        ("مدرسة الوادي عين عيسى", "ca:ain-issa"),
    ],
)
def test_an_unknown_quarter_with_its_town_behind_it_is_put_in_the_town(name: str, wanted: str) -> None:
    location = locate(name, GAZETTEER)
    assert place_id(location) == wanted
    assert location is not None
    assert "is in no list" in location.reason


def test_an_unknown_village_with_a_town_behind_it_is_not_put_in_the_town() -> None:
    assert locate("قصيرين هجين", GAZETTEER, DEIR) is None


@pytest.mark.parametrize("name", ["طريق هجين الشعفة", "طريق الشعفة هجين", "أوتوستراد هجين الشعفة"])
def test_two_known_places_behind_a_word_for_a_road_are_its_ends(name: str) -> None:
    location = locate(name, GAZETTEER)
    assert location is not None
    assert "Half-way on the road between" in location.reason
    assert 34.573 < location.latitude < 34.69


@pytest.mark.parametrize("name", ["الغوطة الشرقية - دوما", "Eastern Ghouta, Douma", "الغوطة الشرقية: دوما"])
def test_a_town_is_found_behind_its_region(name: str) -> None:
    assert place_id(locate(name, GAZETTEER)) == "ca:duma"


def test_a_quarter_named_behind_a_stroke_lies_in_the_city_before_it() -> None:
    assert place_id(locate("حلب/صلاح الدين", GAZETTEER)) == "ca:salah"


def test_of_two_places_too_far_apart_for_one_event_the_surer_counts() -> None:
    location = locate("Shafeh and Aleppo", GAZETTEER)
    assert place_id(location) in ("ca:aleppo", "ca:shafah")
    assert location is not None
    assert "Half-way" not in location.reason


def test_a_part_of_two_names_is_not_taken_for_both() -> None:
    both = locate("هجين والشعفة", GAZETTEER, DEIR)
    assert both is not None
    assert "Half-way" in both.reason


def test_a_name_may_hold_a_word_for_a_relation() -> None:
    quarter = make_entry("ca:rif", "village", "Rif al-Atibba", "ريف الأطباء", "Aleppo", "Jebel Saman", 36.05, 36.95)
    doctors = make_entry("ca:atibba", "neighbourhood", "Al-Atibba", "الأطباء", "Aleppo", "Jebel Saman", 36.21, 37.1)
    gazetteer = Gazetteer([*GAZETTEER.entries, quarter, doctors])
    for name in ("ريف الأطباء", "Rif al-Atibba", "Reef al-Atibba"):
        assert place_id(locate(name, gazetteer, Context(governorate="Aleppo"))) == "ca:rif"
    countryside = locate("ريف حلب", gazetteer)
    assert place_id(countryside) == "ca:aleppo"
    assert countryside is not None
    assert countryside.precision is Precision.DISTRICT


def test_the_surer_of_two_places_says_where_the_other_is() -> None:
    both = locate("Al-Khalidiyah and Raqqa", GAZETTEER)
    assert both is not None
    assert distance_km(both.latitude, both.longitude, 36.02, 39.05) < 10


def test_a_village_of_a_governorate_need_not_lie_near_its_capital() -> None:
    far = make_entry("ca:maskanah", "town", "Maskanah", "مسكنة", "Aleppo", "Menbij", 35.96, 38.04)
    near = make_entry("ca:masqan", "village", "Masqan", "مسقان", "Aleppo", "Azaz", 36.44, 37.2)
    gazetteer = Gazetteer([*GAZETTEER.entries, far, near])
    assert place_id(locate("Maskanah, Aleppo", gazetteer, Context(governorate="Aleppo"))) == "ca:maskanah"


@pytest.mark.parametrize(
    "name",
    [
        "دير الزور، هجين",
        "دير الزور - هجين",
        "دير الزور/هجين",
        "هجين/دير الزور",
        "Deir ez-Zor, Hajin",
        "Deir ez-Zor/Hajin",
        "ريف دير الزور/هجين",
        "دير الزور/البوكمال/هجين",
        "دير الزور - ريف البوكمال - هجين",
    ],
)
@pytest.mark.parametrize("context", [DEIR, Context()])
def test_a_town_is_found_on_either_side_of_its_governorate(name: str, context: Context) -> None:
    assert place_id(locate(name, GAZETTEER, context)) == "ca:hajin"


def test_a_governorate_and_a_part_of_it_are_no_village() -> None:
    located = locate("Deir ez-Zor, Hajin countryside", GAZETTEER, DEIR)
    assert located is not None
    assert "is in no list" not in located.reason
    assert place_id(locate("Aleppo, Aleppo", GAZETTEER)) == "ca:aleppo"


@pytest.mark.parametrize("name", ["هجين، المرقاب", "هجين - المرقاب", "هجين-المرقاب", "Hajin, Marqab"])
def test_a_village_is_found_behind_its_town(name: str) -> None:
    village = make_entry("ca:marqab", "village", "Marqab", "المرقاب", "Deir-ez-Zor", "Abu Kamal", 34.8, 40.65)
    assert place_id(locate(name, Gazetteer([*GAZETTEER.entries, village]), DEIR)) == "ca:marqab"


@pytest.mark.parametrize("name", ["الدايسية", "الدباسية", "الدابشية", "الدابصية"])
def test_a_letter_taken_for_another_is_read_as_the_name_it_makes(name: str) -> None:
    lists = [
        make_entry("ca:dabisiyah", "village", "Dabisiyah", "الدابسية", "Homs", "Homs", 34.6, 37.0),
        make_entry("ca:dusiyah", "village", "Dusiyah", "الدوسية", "Homs", "Homs", 34.9, 36.5),
    ]
    located = locate(name, Gazetteer(lists), Context(governorate="Homs"))
    assert place_id(located) == "ca:dabisiyah"
    assert located is not None
    assert located.reason.startswith(f"{name} is read as الدابسية")


@pytest.mark.parametrize(
    "name",
    [
        "محور هجين",
        "جبهة هجين",
        "سماء هجين",
        "حرش هجين",
        "تلال هجين",
        "Hajin front",
        "Hajin hills",
        "محطة مياه هجين",
        "مزرعة دواجن في هجين",
    ],
)
def test_a_front_or_grove_is_found_by_its_town(name: str) -> None:
    assert place_id(locate(name, GAZETTEER, DEIR)) == "ca:hajin"


def test_the_hill_is_found_by_the_village_on_it() -> None:
    village = make_entry("ca:tal-marqab", "village", "Tal Marqab", "تل مرقاب", "Homs", "Homs", 34.6, 37.0)
    other = make_entry("ca:raqib", "village", "Raqib", "راقب", "Homs", "Homs", 34.9, 36.5)
    assert place_id(locate("تلة مرقاب", Gazetteer([village, other]), Context(governorate="Homs"))) == "ca:tal-marqab"


def test_a_slip_and_another_governorate_at_once_are_not_believed() -> None:
    assert locate("الشعقة", GAZETTEER, Context(governorate="Hama")) is None


@pytest.mark.parametrize("name", ["Nawras", "Nawras quarter", "حي النورس"])
def test_a_quarter_of_another_city_is_a_namesake(name: str) -> None:
    lists = [
        make_entry("ca:nawras", "neighbourhood", "Nawras quarter", "حي النورس", "Al-Hasakeh", "Qamishli", 37.05, 41.2),
        make_entry("ca:hama", "city", "Hama", "حماة", "Hama", "Hama", 35.13, 36.75),
    ]
    located = locate(name, Gazetteer(lists), Context(governorate="Hama"))
    assert place_id(located) in (None, "ca:hama")


@pytest.mark.parametrize(
    "name", ["Marqab school", "Marqab junction", "Marqab district", "مدرسة المرقاب", "مفرق المرقاب"]
)
def test_a_school_in_no_list_is_that_of_the_village_it_is_called_by(name: str) -> None:
    village = make_entry("ca:marqab", "village", "Marqab", "المرقاب", "Aleppo", "Azaz", 36.6, 37.1)
    gazetteer = Gazetteer([*GAZETTEER.entries, village])
    assert place_id(locate(name, gazetteer, Context(governorate="Aleppo"))) == "ca:marqab"


def test_a_directorate_is_in_the_capital_whatever_else_is_called_after_what_it_is_for() -> None:
    lists = [
        make_entry("ca:power", "neighbourhood", "Power quarter", "حي الكهرباء", "Ar-Raqqa", "Tabqa", 35.83, 38.55),
        *GAZETTEER.entries,
    ]
    located = locate("مديرية الكهرباء", Gazetteer(lists), Context(governorate="Ar-Raqqa"))
    assert place_id(located) == "ca:raqqa"
    assert located is not None
    assert located.flags


def test_a_village_with_the_word_for_it_is_spelt_the_same() -> None:
    for name in ("Hajin", "Hajin village", "Hajin town", "town of Hajin"):
        located = locate(name, GAZETTEER, DEIR)
        assert located is not None
        assert located.reason.startswith("Hajin (town, Deir-ez-Zor): same spelling")


def test_a_likely_village_beside_a_town_is_better_than_all_around_the_town() -> None:
    beside = make_entry("ca:tinah", "village", "Umm Tinah", "أم تينة", "Deir-ez-Zor", "Abu Kamal", 34.7, 40.8)
    gazetteer = Gazetteer([*GAZETTEER.entries, beside])
    assert place_id(locate("Um Teyne village, Hajin", gazetteer, DEIR)) == "ca:tinah"


def test_one_or_the_other_keeps_both() -> None:
    location = locate("Hajin or Aleppo", GAZETTEER)
    assert location is not None
    assert location.score <= 0.5
    assert "leaves open" in location.flags[0]
    assert location.rejected[0].place.id == "ca:aleppo"


@pytest.mark.parametrize("name", ["Hajin or Al-Sha'fah", "هجين/الشعفة", "هجين أو الشعفة"])
def test_one_or_the_other_close_by_is_shown_half_way_and_keeps_both(name: str) -> None:
    location = locate(name, GAZETTEER)
    assert location is not None
    for latitude, longitude in ((34.69, 40.83), (34.573, 40.94)):
        assert distance_km(location.latitude, location.longitude, latitude, longitude) * 1000 < location.radius_m
    assert "leaves open" in location.flags[0]
    assert location.rejected[0].place.id in ("ca:hajin", "ca:shafah")


@pytest.mark.parametrize(
    "name", ["Aleppo: Salah al-Din", "Salaheddin, Aleppo", "Aleppo, Salah al-Din", "حي صلاح الدين في حلب"]
)
def test_a_quarter_is_found_before_and_behind_its_city(name: str) -> None:
    location = locate(name, GAZETTEER)
    assert place_id(location) == "ca:salah"
    assert location is not None
    assert location.precision is Precision.NEIGHBOURHOOD


def test_a_building_that_is_not_listed_is_put_in_its_town() -> None:
    location = locate("Al-Qadisiya school in Hajin", GAZETTEER)
    assert place_id(location) == "ca:hajin"
    assert location is not None
    assert "is in no list" in location.reason


def test_a_street_without_a_town_is_put_in_the_capital_and_flagged() -> None:
    location = locate("Qitar Street", GAZETTEER, Context(governorate="Ar-Raqqa"))
    assert place_id(location) == "ca:raqqa"
    assert location is not None
    assert location.flags == ("No town is named for Qitar Street; Raqqa is assumed.",)


@pytest.mark.parametrize("name", ["شارع النخيل", "حي النخيل", "Nakhil neighbourhood", "Nakhil street"])
def test_a_village_elsewhere_that_bears_the_name_of_a_street_or_quarter_is_not_it(name: str) -> None:
    lists = [
        make_entry("ca:nakhil", "village", "Nakhil", "النخيل", "Homs", "Homs", 34.1, 36.6),
        make_entry("ca:hama", "city", "Hama", "حماة", "Hama", "Hama", 35.13, 36.75),
    ]
    located = locate(name, Gazetteer(lists), Context(governorate="Hama"))
    assert place_id(located) == "ca:hama"
    assert located is not None
    assert located.flags


@pytest.mark.parametrize("name", ["النخيل", "حي النخيل", "Nakhil", "Nakhil neighbourhood"])
def test_a_quarter_is_also_called_without_the_word_where_its_governorate_is_told(name: str) -> None:
    lists = [
        make_entry("ca:nakhil-quarter", "neighbourhood", "Nakhil quarter", "حي النخيل", "Hama", "Hama", 35.13, 36.75),
        make_entry("ca:nakhl", "village", "Nakhl", "نخل", "Hama", "Salamiyah", 34.9, 37.2),
    ]
    assert place_id(locate(name, Gazetteer(lists), Context(governorate="Hama"))) == "ca:nakhil-quarter"


def test_a_hamlet_listed_with_the_word_for_village_is_spelt_the_same_without_it() -> None:
    lists = [
        make_entry("ca:rufi", "hamlet", "Rufi", "قرية روفي", "Aleppo", "Kobani", 36.68, 38.27),
        make_entry("ca:rifi", "village", "Rifi", "ريفي", "Aleppo", "Azaz", 36.58, 37.2),
    ]
    located = locate("روفي", Gazetteer(lists), Context(governorate="Aleppo"))
    assert place_id(located) == "ca:rufi"
    assert located is not None
    assert "Same spelling" in located.reason or "same spelling" in located.reason


@pytest.mark.parametrize(
    "name",
    ["صومعة هجين", "كراج هجين", "مقبرة هجين", "مستوصف هجين", "مستودعات هجين", "ثانوية هجين", "Hajin silos",
     "Hajin cemetery"],
)  # fmt: skip
def test_a_landmark_in_no_list_is_put_in_the_town_it_is_named_after(name: str) -> None:
    location = locate(name, GAZETTEER, DEIR)
    assert place_id(location) == "ca:hajin"


@pytest.mark.parametrize("name", ["شارع الكورنيش بمدينة هجين", "شارع الكورنيش في هجين", "Corniche street in Hajin"])
def test_a_street_of_another_city_is_not_that_of_the_town_named_with_it(name: str) -> None:
    lists = [
        *GAZETTEER.entries,
        make_entry("ca:corniche", "road", "Corniche street", "شارع الكورنيش", "Tartous", "Tartous", 34.89, 35.88),
    ]
    assert place_id(locate(name, Gazetteer(lists), DEIR)) == "ca:hajin"


def test_the_word_left_out_to_find_a_mosque_may_be_its_town() -> None:
    lists = [
        *GAZETTEER.entries,
        make_entry("ca:fath", "mosque", "Abu Bakr Fath mosque", "جامع أبو بكر الفتح", "Tartous", "Tartous", 34.9, 35.9),
    ]
    assert place_id(locate("جامع أبو بكر الفتح هجين", Gazetteer(lists), DEIR)) == "ca:hajin"


def test_a_landmark_named_in_full_is_not_its_city() -> None:
    lists = [
        make_entry("ca:city", "city", "Damascus", "دمشق", "Damascus", "Damascus", 33.51, 36.28),
        make_entry("ca:airport", "airport", "Damascus airport", "مطار دمشق", "Rural Damascus", "Duma", 33.41, 36.51),
    ]
    for name in ("مطار دمشق", "Damascus airport"):
        assert place_id(locate(name, Gazetteer(lists), Context(governorate="Damascus"))) == "ca:airport"


@pytest.mark.parametrize(
    "name", ["المشفى الوطني", "السوق الشعبي", "السجن المركزي", "الجامع الكبير", "National hospital"]
)
def test_a_building_told_by_its_kind_alone_is_put_in_the_capital_and_flagged(name: str) -> None:
    located = locate(name, GAZETTEER, Context(governorate="Ar-Raqqa"))
    assert place_id(located) == "ca:raqqa"
    assert located is not None
    assert located.flags
    assert locate(name, GAZETTEER) is None


def test_a_building_told_by_its_kind_alone_is_the_one_of_the_town_named_with_it() -> None:
    assert place_id(locate("المشفى الوطني في هجين", GAZETTEER, DEIR)) == "ca:hajin"


def test_digits_of_both_scripts_are_one() -> None:
    lists = [make_entry("ca:b93", "base", "Brigade 93", "اللواء 93", "Ar-Raqqa", "Tal Abyad", 36.36, 38.84)]
    located = locate("اللواء ٩٣", Gazetteer(lists), Context(governorate="Ar-Raqqa"))
    assert place_id(located) == "ca:b93"


@pytest.mark.parametrize("name", ["City Centre", "centre of the city", "وسط المدينة", "مركز المدينة"])
def test_the_centre_of_an_unnamed_city_is_that_of_the_capital_and_flagged(name: str) -> None:
    location = locate(name, GAZETTEER, Context(governorate="Ar-Raqqa"))
    assert place_id(location) == "ca:raqqa"
    assert location is not None
    assert location.flags == (f"No town is named for {name}; Raqqa is assumed.",)
    assert locate(name, GAZETTEER) is None


@pytest.mark.parametrize("name", ["ريف دير الزور الشرقي - هجين", "ريف دير الزور، السوسة"])
def test_a_town_is_found_behind_its_countryside(name: str) -> None:
    assert place_id(locate(name, GAZETTEER, DEIR)) in ("ca:hajin", "ca:susah")


@pytest.mark.parametrize("name", ["بلدة الشعفة جنوب دير الزور", "الشعفة شرقي دير الزور"])
def test_a_sure_name_stands_however_far_it_lies_in_a_direction(name: str) -> None:
    assert place_id(locate(name, GAZETTEER, DEIR)) == "ca:shafah"


def test_an_unknown_village_of_a_governorate_is_not_put_in_its_capital() -> None:
    assert locate("Xyzzyqan, Aleppo", GAZETTEER) is None


def test_a_governorate_is_never_passed_off_as_a_village() -> None:
    location = locate("Deir ez-Zor governorate", GAZETTEER)
    assert location is not None
    assert location.precision is Precision.GOVERNORATE
    assert location.radius_m >= 50_000


def test_a_subdistrict_is_shown_at_its_seat_in_a_circle_that_holds_all_of_it() -> None:
    town = make_entry("ca:kasrah", "town", "Al-Kasrah", "الكسرة", "Deir-ez-Zor", "Deir-ez-Zor", 35.57, 39.95)
    area = make_entry(
        "ca:nahiyat-kasrah", "subdistrict", "Kasrah subdistrict", "ناحية الكسرة", "Deir-ez-Zor", None, 35.63, 40.03
    )
    namesake = make_entry("ca:kasrah-far", "town", "Al-Kasrah", "الكسرة", "Deir-ez-Zor", "Mayadin", 34.9, 40.5)
    gazetteer = Gazetteer([town, area, namesake])
    for name in ("Kasrah subdistrict", "ناحية الكسرة", "nahiyat al-Kasra"):
        location = locate(name, gazetteer, DEIR)
        assert place_id(location) == "ca:nahiyat-kasrah"
        assert location is not None
        assert (location.latitude, location.longitude) == (35.57, 39.95)
        assert location.precision is Precision.SUBDISTRICT
        assert location.radius_m > 12_000 + 9_000
    assert gazetteer.seat(area.place) == town.place
    assert Gazetteer([area, namesake]).seat(area.place) is None


def test_coordinates_in_the_text_win() -> None:
    location = locate("near Hajin, 34.5734, 40.9398", GAZETTEER)
    assert location is not None
    assert (location.latitude, location.longitude, location.precision) == (34.5734, 40.9398, Precision.POINT)
    assert location.governorate == "Deir-ez-Zor"


def test_a_border_is_a_hint() -> None:
    east = make_entry("ca:e", "village", "Al-Qasr", None, "Deir-ez-Zor", None, 34.43, 40.98)
    west = make_entry("ca:w", "village", "Al-Qasr", None, "Tartous", None, 34.8, 36.0)
    gazetteer = Gazetteer([east, west])
    assert place_id(locate("Al-Qasr", gazetteer, Context(border="Iraq"))) == "ca:e"
    assert place_id(locate("Al-Qasr", gazetteer, Context(border="Lebanon"))) == "ca:w"


# --- geometry -------------------------------------------------------------------------------


@given(st.floats(-80, 80), st.floats(-179, 179), st.floats(0, 360), st.floats(0, 300))
def test_moving_a_point_moves_it_by_that_distance(latitude: float, longitude: float, bearing: float, km: float) -> None:
    there = move(latitude, longitude, bearing, km)
    assert distance_km(latitude, longitude, *there) == pytest.approx(km, abs=0.01)


@given(st.text(max_size=60))
def test_any_text_can_be_asked(name: str) -> None:
    location = locate(name, GAZETTEER, DEIR)
    assert location is None or 0 <= location.score <= 1


@pytest.mark.parametrize("name", ["جنوب الثكنة, حماة", "حي جنوب الثكنة في مدينة حماة", "حي جنوب الثكنة، حماة"])
def test_a_quarter_named_after_a_direction_is_no_point_beside_another(name: str) -> None:
    lists = [
        make_entry("ca:hama", "city", "Hama", "حماة", "Hama", "Hama", 35.13, 36.75),
        make_entry("ca:thukna", "neighbourhood", "Ath-Thukna", "الثكنة", "Ar-Raqqa", "Ar-Raqqa", 35.954, 39.01),
        make_entry("ca:south", "neighbourhood", "Janub al-Thakanah", "جنوب الثكنة", "Hama", "Hama", 35.134, 36.737),
    ]
    assert place_id(locate(name, Gazetteer(lists))) == "ca:south"
