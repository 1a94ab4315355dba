from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dateline.web.app import create_app

BASE = "http://127.0.0.1:8765"


@pytest.fixture(scope="session")
def client(sample_archive: Path) -> Iterator[TestClient]:
    """The sample's pages."""
    with TestClient(create_app(sample_archive), base_url=BASE) as asked:
        yield asked
