"""The pages that are written by hand name what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dateline.capture.mapping import OURS, PRESETS

ROOT = Path(__file__).parent.parent
PINNED = re.findall(r'"([\w-]+)(?:\[\w+\])?==[\w.]+"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("package", PINNED)
def test_every_pinned_package_has_its_reason(package: str) -> None:
    assert re.search(rf"^\| {re.escape(package)} \|", page("dependencies.md"), re.MULTILINE)


def test_no_package_is_named_that_is_gone() -> None:
    named = re.findall(r"^\| ([\w-]+) \|", page("dependencies.md"), re.MULTILINE)
    assert set(named) - {"package", "---"} == set(PINNED)


def test_every_field_of_a_dump_and_every_preset_is_told() -> None:
    table = page("formats.md").split("## Field mapping")[1].split("\n## ")[0]
    assert [name for name in OURS if f"`{name}`" not in table] == []
    heads = next(line for line in table.splitlines() if line.startswith("| ours |"))
    assert [name for name in PRESETS if name not in heads] == []
    for name, preset in PRESETS.items():
        if name != "plain":
            paths = [path for given in preset.values() for path in ([given] if isinstance(given, str) else given)]
            assert [path for path in paths if f"`{path}`" not in table] == []


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "docs").glob("*.md")))
def test_links_between_pages_lead_somewhere(name: str) -> None:
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page(name))
    assert [target for target in targets if not (ROOT / "docs" / target).exists()] == []


def test_every_room_stands_in_the_design() -> None:
    rooms = [path.name for path in (ROOT / "src" / "dateline").iterdir() if (path / "__init__.py").exists()]
    assert [room for room in rooms if f"{room}/" not in page("design.md")] == []
