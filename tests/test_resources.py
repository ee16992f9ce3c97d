"""Where data is found, and where the user's own data goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimatlas.errors import ClaimatlasError
from claimatlas.resources import data_folder, user_store


@pytest.mark.parametrize("name", ["gazetteer", "geo", "seeds"])
def test_data_travels_with_the_program(name: str) -> None:
    assert any(data_folder(name).iterdir())


def test_a_missing_folder_says_what_to_do() -> None:
    with pytest.raises(ClaimatlasError, match="install claimatlas again"):
        data_folder("no-such-folder")


def test_the_store_is_where_the_variable_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CLAIMATLAS_DATA", str(tmp_path))
    assert user_store() == tmp_path


def test_without_the_variable_the_store_is_the_platforms_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLAIMATLAS_DATA", raising=False)
    assert user_store().name == "claimatlas"
