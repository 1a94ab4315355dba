"""What tests of several rooms share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import dateline
from dateline.sample import PRESS


@pytest.fixture(scope="session")
def sample_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packaged sample as an archive, built once; whoever changes it takes a copy (see `a_copy`)."""
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    with dateline.open(path) as archive:
        archive.add([PRESS])
    return path


@pytest.fixture
def a_copy(sample_archive: Path, tmp_path: Path) -> Path:
    """A copy of the sample's archive to change."""
    return Path(shutil.copyfile(sample_archive, tmp_path / "copy.db"))
