"""Command lines as a tired, a careless or a hostile hand would type them, reproducible by their number.

Values lead nowhere outside of the working folder, to no server, and start nothing that does not end by itself.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from functools import cache
from typing import Any

import typer.main

from dateline.cli import app
from tests.hardening.seeds import ROW, TEXT

_LEFT_OUT = frozenset({"serve", "demo", "--every"})  # they do not end, or take their time
_JOBS = ("1", "0", "-1", "x", "1e3")
_WORDS = (
    "", " ", "-", "--", "---", "-x", "=", "in", "in/page.html", "in/dump.jsonl", "in/none", "pile.db", "none.db", "no/such/pile.db", "in/text.txt", ".",
    "new.db", "out", "out.json", "0", "1", "-1", "99999999999999999999", "1e999", "nan", "2021", "2021-13", "2021-02-30", "2021-03", "0000", "9999-12-31",
    "2021-03/2021-04", "text", "md", "html", "csv", "ics", "jsonl", "geojson", "parquet", "plover", "bibtex", "happened", "nothing", "Velm", "Ada Novak",
    "velm\" OR 1=1 --", "'; DROP TABLE captures; --", "%", "_", "*", "\"", "'", "(", "NEAR(a b)", "a AND", "NOT", "^", "title:", "\\", "\n", "\t", "\x1b[31m", "\x00", "\u202e",
    "é", "e\u0301", "😀", "\udcff", "x" * 300, "x" * 5000, "a b c", "text=text", "text=", "=text", "text=a.b.c", "klingon=text", "plain", "fundus", "c0", "r0000000000000000",
    "e1", "s1", "http://[", "postgresql://nobody@127.0.0.1:1/none", "postgresql://", "sqlite:///pile.db", "javascript:alert(1)", "$(touch owned)", "`touch owned`", "; touch owned",
    "name=Ada", "status=happened", "date=2021-02-30", "{}", "[1]", "null", "None", "true",
)  # fmt: skip


@cache
def _commands() -> tuple[tuple[tuple[str, ...], tuple[Any, ...]], ...]:
    """All commands by their names, with their parameters."""

    def walk(command: Any, names: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[Any, ...]]]:
        inner = getattr(command, "commands", None)
        if inner is None:
            yield names, tuple(command.params)
            return
        for name, each in inner.items():
            if name not in _LEFT_OUT:
                yield from walk(each, (*names, name))

    return tuple(walk(typer.main.get_command(app), ()))


def line(number: int, ids: tuple[str, ...]) -> tuple[list[str], str]:
    """The arguments of a command line and what it gets on standard input; ``ids`` are some that the archive knows."""
    rng = random.Random(number)
    every = _commands()
    names, params = every[number % len(every)]
    words = (*_WORDS, *ids)

    def value(option: str) -> str:
        if option == "--jobs":
            return rng.choice(_JOBS)
        if option == "--archive" and rng.random() < 0.8:
            return "pile.db"
        return rng.choice(ids) if rng.random() < 0.3 else rng.choice(words)

    given: list[str] = list(names)
    for param in params:
        if param.param_type_name == "argument":
            given += [value("") for _ in range(rng.choice((0, 1, 1, 1, 1, 2, 3)))]
        elif "--archive" in param.opts:
            given += ["--archive", value("--archive")]
        elif param.opts[0] not in _LEFT_OUT and rng.random() < 0.35:
            option = rng.choice(param.opts)
            given += [option] if getattr(param, "is_flag", False) else [option, value(param.opts[0])]
    if rng.random() < 0.1:
        given.insert(rng.randint(0, len(given)), rng.choice(words))
    if rng.random() < 0.1:
        del given[rng.randrange(len(given))]
    if rng.random() < 0.05:
        rng.shuffle(given)
    return given, _stdin(rng)


def _stdin(rng: random.Random) -> str:
    row: dict[str, Any] = {
        "id": rng.choice(("1", 1, None, "é")),
        "text": TEXT,
        "title": ROW["title"],
        "url": ROW["url"],
        "published": "2021-12-06",
    }
    row[rng.choice(("text", "published", "source", "html", "url", "parts"))] = rng.choice(
        (
            "",
            TEXT,
            None,
            5,
            [],
            {},
            "2021-02-30",
            {"start": 0, "end": 4, "text": "Velm"},
            {"start": -1, "end": 9**20},
            [{"start": 5}],
        )
    )
    return rng.choice(
        (
            "",
            "\n",
            "{",
            "[]",
            "null",
            '"x"',
            "\x00",
            "{}\n" * 3,
            json.dumps(row),
            json.dumps(row) + "\n{\n" + json.dumps(row),
        )
    )
