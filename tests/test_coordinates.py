import pytest

from claimatlas.geocode.coordinates import read_coordinates


@pytest.mark.parametrize(
    ("text", "latitude", "longitude"),
    [
        ("at 34.5734, 40.9398 near the river", 34.5734, 40.9398),
        ("34.5734N 40.9398E", 34.5734, 40.9398),
        ("33.8688° S, 151.2093° E", -33.8688, 151.2093),
        ("34°34'24\"N 40°56'23\"E", 34.573333, 40.939722),
        ("36°12' N, 37°09' E", 36.2, 37.15),
        ("grid 37SFU 77864 30051", 34.5798, 40.939),
        ("37SFU7786430051", 34.5798, 40.939),
    ],
)
def test_coordinates_are_read_in_every_notation(text: str, latitude: float, longitude: float) -> None:
    found = read_coordinates(text)
    assert found is not None
    assert found[0] == pytest.approx(latitude, abs=0.02)
    assert found[1] == pytest.approx(longitude, abs=0.02)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hajin",
        "killed 12, wounded 34",
        "on 12.03, 14.05",
        "95.12345, 40.1234",
        "A1B 2C3",
        "12.5 34.5",
        "37SFU 1234 567",
    ],
)
def test_other_numbers_are_no_coordinates(text: str) -> None:
    assert read_coordinates(text) is None


def test_fewer_digits_give_a_wider_radius() -> None:
    fine, coarse = read_coordinates("34.57342, 40.93981"), read_coordinates("34.57, 40.94")
    assert fine is not None
    assert coarse is not None
    assert fine[2] < coarse[2]
