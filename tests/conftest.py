"""What tests of several rooms share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

import dateline
from dateline.sample import PRESS
from tests.postgresql import Server, serving

Where = str | Path
"""A file, or the address of a database."""


@pytest.fixture(scope="session")
def backend() -> str:
    """What holds the archives of a test; tests/archive goes through both."""
    return os.environ.get("DATELINE_TEST_BACKEND", "sqlite")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server of the tests' own."""
    with serving() as made:
        yield made


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packaged sample as an archive in a file, built once."""
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    with dateline.open(path) as archive:
        archive.add([PRESS])
    return path


@pytest.fixture(scope="session")
def sample_pattern(backend: str, sample_file: Path, request: pytest.FixtureRequest) -> Where:
    """The packaged sample as an archive that nobody opens, to be copied."""
    if backend == "sqlite":
        return sample_file
    address: str = request.getfixturevalue("server").new()
    with dateline.open(sample_file) as archive:
        archive.copy(address)
    return address


@pytest.fixture(scope="session")
def sample_archive(backend: str, sample_pattern: Where, request: pytest.FixtureRequest) -> Where:
    """The packaged sample as an archive; whoever changes it takes a copy (see `a_copy`)."""
    return sample_pattern if backend == "sqlite" else request.getfixturevalue("server").copy(sample_pattern)


@pytest.fixture
def copied(backend: str, sample_pattern: Where, tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[], Where]:
    """Gives a copy of the sample's archive at every call."""
    if backend == "sqlite":
        numbers = count()
        return lambda: Path(shutil.copyfile(sample_pattern, tmp_path / f"copy{next(numbers) or ''}.db"))
    server: Server = request.getfixturevalue("server")
    return lambda: server.copy(str(sample_pattern))


@pytest.fixture
def a_copy(copied: Callable[[], Where]) -> Where:
    """A copy of the sample's archive to change."""
    return copied()


@pytest.fixture(scope="session")
def fresh(
    backend: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Callable[[], Where]:
    """Gives a place for a new archive at every call."""
    if backend == "sqlite":
        return lambda: tmp_path_factory.mktemp("fresh") / "a.db"
    server: Server = request.getfixturevalue("server")
    return server.new


@pytest.fixture
def place(backend: str, fresh: Callable[[], Where], tmp_path: Path) -> Callable[[str], Where]:
    """Where the archives of a test are, by names; new ones at first."""
    made: dict[str, Where] = {}

    def of(name: str) -> Where:
        if name not in made:
            made[name] = tmp_path / f"{name}.db" if backend == "sqlite" else fresh()
        return made[name]

    return of
