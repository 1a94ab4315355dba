from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import dateline


def test_all_is_complete_and_sorted() -> None:
    public = [
        name for name, value in vars(dateline).items() if not name.startswith("_") and not inspect.ismodule(value)
    ]
    ours = [name for name in public if getattr(vars(dateline)[name], "__module__", "").startswith("dateline")]
    assert sorted(dateline.__all__) == dateline.__all__
    assert set(dateline.__all__) == set(ours)


def test_read_stays_a_function_whatever_was_imported(tmp_path: Path) -> None:
    words = "The ferry sank off Port Ambry on 3 May 2023 in heavy weather, the coast guard said."
    first = dateline.read(words)
    with dateline.open(tmp_path / "a.db") as archive:
        archive.add([])
    from dateline.read.reader import read

    assert dateline.read(words, id="x") == read(words, id="x")
    assert first.times[0].value == "2023-05-03"


def test_a_bad_date_is_named() -> None:
    with pytest.raises(dateline.ReadingError, match="yesterday"):
        dateline.read("Some words of a text.", published="yesterday")


def test_importing_is_quick_and_loads_no_model() -> None:
    code = "import sys, dateline; print('spacy' in sys.modules or 'sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
