"""Everything about archives holds for both databases."""

from __future__ import annotations

import pytest

# Fixtures of this folder's own: pytest keeps one value of a session's fixture, and so would give the archives
# of the last `backend` here to the folders that follow.
from tests.conftest import fresh, sample_archive, sample_pattern

__all__ = ["backend", "fresh", "sample_archive", "sample_pattern"]


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)
