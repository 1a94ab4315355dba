from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from benchmarks.big import big_archive
from benchmarks.pages import PAGES, measured
from dateline.archive.archive import Archive
from dateline.web.app import create_app

PROMISED = 300  # milliseconds for the first page at 10,000 reports
MARGIN = 3


@pytest.fixture(scope="module")
def hundreds(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    place = tmp_path_factory.mktemp("big")
    path = big_archive(place / "big.db", 500, Path(shutil.copyfile(sample_file, place / "sample.db")))
    with TestClient(create_app(path), base_url="http://127.0.0.1") as client:
        yield client


def test_a_big_archive_is_a_sound_one(hundreds: TestClient) -> None:
    with Archive(hundreds.app.state.site.archive.place) as archive:  # type: ignore[attr-defined]
        assert len(archive.reports()) >= 500
        assert not list(archive.verify())


def test_no_page_grows_with_the_archive(hundreds: TestClient) -> None:
    hundreds.get("/")  # loads what is loaded once
    for path in PAGES.values():
        _, again, cpu = measured(hundreds, path, times=1)
        assert min(again, cpu) < PROMISED, path


@pytest.mark.soak
def test_the_first_page_at_ten_thousand_reports(sample_file: Path, tmp_path: Path) -> None:
    path = big_archive(tmp_path / "big.db", 10_000, Path(shutil.copyfile(sample_file, tmp_path / "sample.db")))
    with TestClient(create_app(path), base_url="http://127.0.0.1") as client:
        first, _, _ = measured(client, "/")
        assert first < PROMISED * MARGIN
