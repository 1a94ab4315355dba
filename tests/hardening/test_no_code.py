"""Nothing that is taken in can become code: no deserialiser that runs any, no evaluation, no shell, nothing unpacked to where it says."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent.parent / "src" / "dateline"
FILES = sorted(SOURCE.rglob("*.py"))

_MODULES = frozenset(
    [
        "pickle",
        "cPickle",
        "_pickle",
        "marshal",
        "shelve",
        "dill",
        "cloudpickle",
        "joblib",
        "yaml",
        "jsonpickle",
        "code",
        "codeop",
        "commands",
        "pty",
        "xmlrpc",
        "runpy",
        "imp",
    ]
)
_NAMES = frozenset(["eval", "exec", "compile", "__import__"])
_METHODS = {
    "os": frozenset(["system", "popen", "execl", "execle", "execlp", "execv", "execve", "execvp", "spawnl", "spawnv"]),
    "tempfile": frozenset({"mktemp"}),
    "jinja2": frozenset({"Template"}),
    "torch": frozenset({"load"}),
    "pandas": frozenset({"read_pickle"}),
    "pd": frozenset({"read_pickle"}),
}
_ANYWHERE = frozenset(["extractall", "loads_pickle", "from_string", "render_template_string"])

# Between this program and workers that it started, over their pipes; nothing that was stored or came from outside.
_MAY = {"workers.py": ("imports pickle",)}


def _wrong(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in (alias.name.partition(".")[0] for alias in node.names):
                if name in _MODULES:
                    yield f"{node.lineno}: imports {name}"
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and (node.module or "").partition(".")[0] in _MODULES:
            yield f"{node.lineno}: imports from {node.module}"
        elif isinstance(node, ast.Call):
            yield from (f"{node.lineno}: {why}" for why in _call(node))


def _call(node: ast.Call) -> Iterator[str]:
    called = node.func
    if isinstance(called, ast.Name) and called.id in _NAMES:
        yield f"calls {called.id}"
    if isinstance(called, ast.Attribute):
        of = called.value.id if isinstance(called.value, ast.Name) else ""
        if called.attr in _METHODS.get(of, ()) or called.attr in _ANYWHERE:
            yield f"calls {of}.{called.attr}"
    for word in node.keywords:
        true = isinstance(word.value, ast.Constant) and bool(word.value.value)
        if word.arg in ("shell", "allow_pickle", "resolve_entities", "huge_tree") and true:
            yield f"sets {word.arg}"


def test_no_source_makes_code_of_what_is_read() -> None:
    found = [
        f"{path.relative_to(SOURCE)}:{why}"
        for path in FILES
        for why in _wrong(ast.parse(path.read_text(encoding="utf-8")))
        if why.partition(": ")[2] not in _MAY.get(str(path.relative_to(SOURCE)), ())
    ]
    assert len(FILES) > 100
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "import pickle",
        "from yaml import load",
        "eval(x)",
        "os.system(x)",
        "np.load(x, allow_pickle=True)",
        "run(x, shell=True)",
        "archive.extractall(x)",
    ],
)
def test_it_would_be_seen(code: str) -> None:
    assert list(_wrong(ast.parse(code)))
