from claimatlas.gazetteer import Gazetteer
from claimatlas.geocode import locate
from claimatlas.geocode.candidates import Context, rank_candidates
from gazetteer_factory import make_entry, make_gazetteer

GAZETTEER = make_gazetteer()
DEIR = Context(governorate="Deir-ez-Zor")


def test_namesakes_without_context_are_an_abstention_with_candidates() -> None:
    # Far from everything that was ever counted, so that nothing speaks for the one or the other.
    namesakes = Gazetteer(
        make_entry(f"ca:karmah-{n}", "village", "Karmah", "كرمة", None, None, 20.0 + n, 45.0) for n in range(2)
    )
    assert locate("Karmah", namesakes) is None
    candidates = rank_candidates("Karmah", namesakes)
    assert {candidate.place.id for candidate in candidates} == {"ca:karmah-0", "ca:karmah-1"}
    assert candidates[0].score < 0.5


def test_of_namesakes_the_one_at_the_fronts_is_the_likelier() -> None:
    front = make_entry("ca:front", "village", "Karmah", "كرمة", "Idleb", "Al Ma'ra", 35.63, 36.67)
    desert = make_entry("ca:desert", "village", "Karmah", "كرمة", "Idleb", "Al Ma'ra", 35.75, 37.45)
    ranked = rank_candidates("كرمة", Gazetteer([desert, front]), Context(governorate="Idleb"))
    assert [candidate.place.id for candidate in ranked] == ["ca:front", "ca:desert"]
    assert ranked[0].score > 1.5 * ranked[1].score


def test_scores_are_shares_of_one() -> None:
    for name in ("Hajin", "Al-Khalidiyah", "Tal al-Shaer", "صلاح الدين"):
        candidates = rank_candidates(name, GAZETTEER, DEIR)
        assert 0 < sum(candidate.score for candidate in candidates) <= 1.001
        assert [c.score for c in candidates] == sorted((c.score for c in candidates), reverse=True)
        assert all(candidate.reasons for candidate in candidates)
