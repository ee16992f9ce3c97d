"""What the documents point to is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/*.md", "gazetteer/*.md", "geo/*.md", "seeds/*.md", "tests/**/README.md")
    for path in ROOT.glob(pattern)
)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_inside_the_project_leads_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)]
    inside = [target for target in targets if target and not target.startswith(("http:", "https:", "mailto:"))]
    assert [target for target in inside if not ((ROOT / name).parent / target).exists()] == []


def test_the_readme_prints_the_two_commands_of_a_newcomer() -> None:
    blocks = re.findall(r"```console\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines() if line.startswith("$ ")]
    assert len(commands) == 2
    assert "claimatlas map seeds/" in commands[0]
    assert "pytest" in commands[1]


@pytest.mark.parametrize("folder", ["gazetteer", "geo", "seeds"])
def test_data_says_its_source_and_licence(folder: str) -> None:
    text = (ROOT / folder / "README.md").read_text(encoding="utf-8").lower()
    assert "source" in text
    assert "licen" in text
