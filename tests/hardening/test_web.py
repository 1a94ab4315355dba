"""Whatever is asked of the web app, by whatever method and with whatever values, it never fails: no answer from 500 on.

The addresses are the app's own routes; their parameters are read from the request, not declared, so no schema could list them:
those that the code knows stand here.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.routing import Route
from starlette.testclient import TestClient

from dateline.web.app import ROOMS, create_app
from tests.web.conftest import BASE

PATHS = sorted({route.path for room in ROOMS for route in room.router.routes if isinstance(route, Route)})
NAMES = (
    "about", "q", "since", "until", "place", "status", "sort", "min_origins", "page", "actor", "actor_id", "entry", "origin", "publisher", "language", "unit",
    "kind", "outcome", "disputed", "report", "version", "start", "end", "hide", "left", "right", "id", "by", "only", "csrf", "act", "why", "ids", "to", "with",
    "name", "note", "decision", "token", "noun",
)  # fmt: skip
VALUES = (
    "", "0", "1", "-1", "2", "²", "٣", "½", "1e3", "99999999999999999999", "0x1", "2021", "2021-02-30", "2021-03", "9999-12-31", "0000", "2021-03/2021-01", "date",
    "reports", "happened", "events", "statement", "confirm", "reject", "correct", "merge", "split", "undo", "note", "keep", "%", "_", "*", '"', "'", "(", '"a', "NEAR(", "a AND", "NOT",
    "^", "\\", "\x00", "\ud800", "\u202e", "😀", "é", "<script>", "{{7*7}}", "' OR 1=1 --", "../../etc/passwd", "x" * 3000, "Kyiv", "ferry",
)  # fmt: skip
_value = st.sampled_from(VALUES) | st.text(max_size=8)
_pairs = st.lists(st.tuples(st.sampled_from(NAMES), _value), max_size=5)


@pytest.fixture(scope="module")
def ids(sample_file: Path) -> list[str]:
    """Ids that the archive knows."""
    with TestClient(create_app(sample_file), base_url=BASE) as asked:
        found = [
            row["id"]
            for noun in ("reports", "statements", "events", "actors")
            for row in asked.get(f"/{noun}.json").json()[:3]
        ]
        found += [row["id"] for row in asked.get("/chronicle.json").json()[:3]]
        return [*found, *(capture["id"] for capture in asked.get("/reports.json").json()[0]["captures"])]


def _address(path: str, name: str, pairs: list[tuple[str, str]]) -> str:
    filled = re.sub(r"\{[^}]*\}", quote(name, safe="", errors="replace"), path)
    query = "&".join(f"{key}={quote(value, safe='', errors='surrogatepass')}" for key, value in pairs)
    return f"{filled}?{query}"


def _ask(asked: TestClient, secret: str, ids: list[str], data: Any) -> None:
    own = st.sampled_from(ids) | _value
    path = data.draw(st.sampled_from(PATHS))
    pairs = data.draw(_pairs) + [("id", data.draw(own))] * data.draw(st.integers(0, 1))
    method = data.draw(st.sampled_from(("GET", "GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")))
    form = None
    if method == "POST":
        form = {key: value.encode("utf-8", "replace").decode() for key, value in data.draw(_pairs)} | {"csrf": secret}
        form |= {key: data.draw(own).encode("utf-8", "replace").decode() for key in ("id", "act")}
    answer = asked.request(method, _address(path, data.draw(own), pairs), data=form, follow_redirects=False)
    assert answer.status_code < 500, f"{method} {answer.request.url}: {answer.status_code}"


@pytest.mark.parametrize("examples", [120, pytest.param(5000, marks=pytest.mark.soak)], ids=["short", "soak"])
def test_no_question_makes_it_fail(sample_file: Path, ids: list[str], examples: int, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(sample_file.read_bytes())
    app = create_app(copy)
    with TestClient(app, base_url=BASE) as asked:

        @settings(
            max_examples=examples,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            database=None,
        )
        @given(st.data())
        def ask(data: Any) -> None:
            _ask(asked, app.state.site.secret.value, ids, data)

        ask()


@pytest.mark.parametrize("page", ["²", "٣", "0", "-1", "x", "9" * 30, "1.5", ""])
@pytest.mark.parametrize("path", ["/origins", "/search", "/reports", "/"])
def test_a_page_that_is_no_number_is_no_mistake_of_ours(sample_file: Path, path: str, page: str) -> None:
    with TestClient(create_app(sample_file), base_url=BASE) as asked:
        assert asked.get(path, params={"q": "ferry", "page": page}).status_code in (200, 400)
