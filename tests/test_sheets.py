"""Tables are read whatever program saved them; what is none is named with a remedy."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from claimatlas.errors import InputError
from claimatlas.sheets import read_sheet


@pytest.mark.parametrize(
    "content",
    [
        b"name,governorate\nHajin,Deir-ez-Zor\n",
        "name;governorate\r\nHajin;Deir-ez-Zor\r\n".encode("utf-8-sig"),
        "name\tgovernorate\n\nHajin\tDeir-ez-Zor\n".encode("utf-16"),
        b"name|governorate\nHajin|Deir-ez-Zor\n",
        b'"name" ,governorate\nHajin,"Deir-ez-Zor"',
    ],
)
def test_delimiters_and_encodings_are_found(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    header, rows = read_sheet(tmp_path / "a.csv")
    assert header == ["name", "governorate"]
    assert rows == [{"name": "Hajin", "governorate": "Deir-ez-Zor"}]


def test_a_comma_in_the_rows_does_not_make_it_the_delimiter(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name;note\nHajin;a, b, c, d\n", encoding="utf-8")
    assert read_sheet(tmp_path / "a.csv")[1] == [{"name": "Hajin", "note": "a, b, c, d"}]


def test_short_rows_are_filled_and_long_ones_cut(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1\n1,2,3\n", encoding="utf-8")
    assert read_sheet(tmp_path / "a.csv")[1] == [{"a": "1", "b": ""}, {"a": "1", "b": "2"}]


def test_the_longest_sheet_is_read_where_it_is_wanted(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["about"])
    book.create_sheet("places").append(["name", "lat"])
    book["places"].append(["Hajin", 34.7])
    book.save(tmp_path / "a.xlsx")
    assert read_sheet(tmp_path / "a.xlsx") == (["about"], [])
    assert read_sheet(tmp_path / "a.xlsx", longest=True) == (["name", "lat"], [{"name": "Hajin", "lat": 34.7}])


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b"\n\n", "is empty"),
        ("a.csv", bytes(range(256)) * 20, "is no text"),
        ("a.xlsx", b"name,lat\n", "cannot be read as an Excel workbook"),
        ("missing.csv", None, "No such file"),
    ],
)
def test_what_is_no_table_is_named(tmp_path: Path, name: str, content: bytes | None, words: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=name) as caught:
        read_sheet(tmp_path / name)
    assert words in str(caught.value)
