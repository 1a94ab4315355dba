"""Write the generated pages, or check that they are as they would be written: ``python -m docs.generate [--check]``.

docs/cli.md is what ``--help`` prints; docs/schemas.json holds the JSON Schemas of the nouns in records.py.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
from typer.core import TyperGroup
from typer.main import get_group
from typer.testing import CliRunner

from dateline import records
from dateline.cli import app

HERE = Path(__file__).parent

HEAD = """# The command line

Generated from `--help` by `make docs`; a test checks that it is true. Data go to standard output, progress and messages to
standard error. `--json` gives one JSON object a line, `-` is standard input. Exit status: 0 done, 1 some inputs were refused
(each named with its reason) or something was found wrong, 2 wrong usage, 3 stopped before its end (a full disk, a worker
that was ended, a mistake of Dateline's own): what was finished is kept. The archive is `--archive FILE`, or what the variable
`DATELINE_ARCHIVE` names, or `./dateline.db`. With `DATELINE_DEBUG=1` a mistake of Dateline's own shows its traceback. `dateline --install-completion` sets up completion with the tab key.
"""


def cli() -> str:
    """docs/cli.md: every command with its help."""
    runner = CliRunner(env={"COLUMNS": "100", "NO_COLOR": "1", "TERMINAL_WIDTH": "100"})
    pages = [HEAD]
    for name in ["", *_names(get_group(app))]:
        shown = runner.invoke(app, [*name.split(), "--help"], prog_name="dateline").stdout.strip()
        pages.append(f"## {f'dateline {name}'.strip()}\n\n```text\n{shown}\n```\n")
    return "\n".join(pages)


def _names(group: TyperGroup, before: str = "") -> Iterator[str]:
    """The names of all commands, those within others behind them."""
    for name, command in sorted(group.commands.items()):
        yield f"{before}{name}"
        if isinstance(command, TyperGroup):
            yield from _names(command, f"{before}{name} ")


def schemas() -> str:
    """docs/schemas.json: the JSON Schema of every noun, under its name."""
    types = [
        noun
        for noun in vars(records).values()
        if isinstance(noun, type) and issubclass(noun, records.Record) and noun is not records.Record
    ]
    _, components = msgspec.json.schema_components(types)
    return json.dumps(components, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


PAGES = {"cli.md": cli, "schemas.json": schemas}


def main(check: bool) -> int:
    """Write the pages; with ``check`` only name those that are out of date (exit status 1)."""
    stale = [name for name, page in PAGES.items() if not (HERE / name).is_file() or (HERE / name).read_text() != page()]
    for name in stale:
        print(f"docs/{name} {'is out of date: make docs' if check else 'written'}")
        if not check:
            (HERE / name).write_text(PAGES[name](), encoding="utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv))
