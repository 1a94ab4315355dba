"""The targets of guided fuzzing hold for what stands here; where atheris is installed, the soak looks for more."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hardening.cage import ROOT
from tests.hardening.guided import TARGETS
from tests.hardening.seeds import seeds

BYTES = (
    b"",
    b"\xff\xfe\x00",
    "“a “b “c” “”".encode(),
    b'{"text": [[{"name": [1]}]], "authors": {"name": {"name": 1}}}',
    b"2021-13/..",
    b"31 February 2021",
    b"9" * 40,
)


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_holds_for_whole_captures_and_odd_bytes(name: str) -> None:
    for data in (*BYTES, *(seed.whole[:20_000] for seed in seeds())):
        TARGETS[name](data)


@pytest.mark.soak
@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is not installed (extra fuzz)")
@pytest.mark.parametrize("name", TARGETS)
def test_guided_fuzzing_finds_nothing(name: str, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(seeds()):
        (corpus / str(number)).write_bytes(seed.whole[:20_000])
    command = [
        sys.executable,
        "-m",
        "tests.hardening.guided",
        name,
        str(corpus),
        "-runs=20000",
        "-max_total_time=120",
        "-timeout=20",
    ]
    done = subprocess.run(
        [*command, f"-artifact_prefix={tmp_path}/"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
