from __future__ import annotations

from pathlib import Path

import pytest
from typer.main import get_group

from dateline.cli import app
from docs.generate import PAGES

DOCS = Path(__file__).parent.parent / "docs"
COMMANDS = sorted(get_group(app).commands)


@pytest.mark.parametrize("name", PAGES)
def test_generated_pages_are_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "make docs"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_an_example(name: str) -> None:
    page = (DOCS / "cli.md").read_text(encoding="utf-8")
    section = page.split(f"## dateline {name}\n")[1].split("\n## ")[0]
    assert f"Example: dateline {name}" in section
