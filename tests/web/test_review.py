from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dateline.archive.archive import Archive
from dateline.web.app import create_app
from tests.web.conftest import BASE


@pytest.fixture
def asked(a_copy: Path) -> Iterator[TestClient]:
    """Pages over a copy that may be changed."""
    with TestClient(create_app(a_copy), base_url=BASE, follow_redirects=False) as client:
        yield client


def archive(asked: TestClient) -> Archive:
    held: Archive = asked.app.state.site.archive  # type: ignore[attr-defined]
    return held


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page's first form of review."""
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)[:5])


def decide(asked: TestClient, page: str, act: str, **fields: str) -> str:
    """Press a button of a page: where it leads."""
    answer = asked.post("/review", data={**hidden(page), "act": act, "by": "Lena", **fields})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def linked(asked: TestClient) -> None:
    """Wait for the linking in the background."""
    began = time.monotonic()
    while archive(asked).reviews.pending():
        assert time.monotonic() - began < 60, "it is never linked"
        time.sleep(0.1)


def test_a_decision_leads_to_the_next_thing_and_shows_after_linking(asked: TestClient) -> None:
    page = asked.get("/review?kind=statements").text
    first = hidden(page)["id"]
    following = asked.get(decide(asked, page, "confirm")).text
    assert hidden(following)["id"] != first
    linked(asked)
    assert 'class="tag reviewed"' in asked.get("/statements").text
    assert "Confirmed" in asked.get("/status").text


def test_pages_say_that_they_do_not_show_everything_yet(asked: TestClient) -> None:
    assert "being linked" not in asked.get("/").text
    row = archive(asked).statements()[0]
    archive(asked).reviews.decide(row.id, "reject", by="Lena")
    assert "being linked" in asked.get("/").text
    assert asked.get("/statements.json").json()[0]["reviewed"] is None


def test_a_correction_takes_what_was_changed_and_refuses_what_cannot_be(asked: TestClient) -> None:
    page = asked.get("/review?kind=statements").text
    id = hidden(page)["id"]
    refused = asked.post("/review", data={**hidden(page), "act": "correct", "f-date": "soon", "w-date": ""})
    assert refused.status_code == 400
    assert "soon is no date" in refused.text
    unchanged = asked.post("/review", data={**hidden(page), "act": "correct", "f-date": " ", "w-date": ""})
    assert unchanged.status_code == 400
    where = decide(asked, page, "correct", **{"f-speaker": "Ida Morse", "w-speaker": "", "f-date": "", "w-date": ""})
    [made] = archive(asked).reviews.decisions()
    assert (made.row, made.by, made.verdict) == (id, "Lena", "correct")
    assert made.parts[0].now is not None
    assert made.parts[0].now["speaker"] == "Ida Morse"
    back = decide(asked, asked.get(where).text, "undo")
    assert id in back
    assert archive(asked).reviews.decisions() == []


def test_only_what_is_shown_and_ticked_is_decided_on_together(asked: TestClient) -> None:
    page = asked.get("/review/shown?kind=figures").text
    ids = re.findall(r'name="ids" value="(\w+)"', page)
    assert len(ids) == 20
    answer = asked.post("/review", data={**hidden(page), "by": "Lena", "act": "confirm", "to": "shown", "ids": ids[:3]})
    assert answer.headers["location"].startswith("/review/shown")
    assert [one.row for one in archive(asked).reviews.decisions()] == ids[:3]
    again = re.findall(r'name="ids" value="(\w+)"', asked.get("/review/shown?kind=figures").text)
    assert set(again).isdisjoint(ids[:3])
    flood = asked.post("/review", data={**hidden(page), "by": "Lena", "act": "reject", "to": "shown", "ids": ids * 9})
    assert flood.status_code == 303
    assert len(archive(asked).reviews.decisions()) <= 3 + 20, "never more than a page shows"


def test_writes_need_the_secret(asked: TestClient) -> None:
    page = asked.get("/review").text
    assert asked.post("/review", data={**hidden(page), "csrf": "x", "act": "confirm"}).status_code == 403
    other = asked.post("/review", data={**hidden(page), "act": "confirm"}, headers={"origin": "http://evil.example"})
    assert other.status_code == 403
    hidden_origin = asked.post("/review", data={**hidden(page), "act": "confirm"}, headers={"origin": "null"})
    assert hidden_origin.status_code == 403
    assert archive(asked).reviews.decisions() == []


def test_a_form_of_ours_is_known_by_what_the_browser_says_of_it(asked: TestClient) -> None:
    page = asked.get("/review").text
    told = {"origin": "null", "sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate"}
    assert asked.post("/review", data={**hidden(page), "act": "confirm"}, headers=told).status_code == 303


def test_what_was_decided_is_listed_and_handed_on(asked: TestClient) -> None:
    page = asked.get("/review?kind=statements").text
    decide(asked, page, "reject", why="<b>no</b> such words")
    linked(asked)
    listed = asked.get("/review/decisions?only=rejected").text
    assert "rejected a statement" in listed
    assert "&lt;b&gt;no" in listed
    assert len(asked.get("/review/decisions.jsonl").text.splitlines()) == 1
    assert "Nothing waits" in asked.get("/review/queue").text


def test_actors_are_merged_by_name(asked: TestClient) -> None:
    one, other = [actor for actor in archive(asked).actors() if actor.kind == "organisation"][:2]
    page = asked.get(f"/review?kind=actors&id={one.id}").text
    decide(asked, page, "merge", **{"with": other.name})
    linked(asked)
    joined = next(actor for actor in archive(asked).actors() if actor.name == one.name)
    assert other.name in [name.name for name in joined.names]
    nobody = asked.post("/review", data={**hidden(page), "act": "merge", "with": "Nobody At All"})
    assert nobody.status_code == 400


@pytest.mark.parametrize("path", ["/review?kind=hats", "/review/shown?kind=reports"])
def test_what_cannot_be_reviewed_is_refused(asked: TestClient, path: str) -> None:
    assert asked.get(path).status_code == 400


def test_an_id_that_is_gone_is_told(asked: TestClient) -> None:
    answer = asked.get("/review?id=s0")
    assert answer.status_code == 200
    assert "nothing of that id" in answer.text
