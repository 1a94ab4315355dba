from __future__ import annotations

import csv
import io
import re
from collections.abc import Sized
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html
from starlette.testclient import TestClient

import dateline
from dateline.archive.archive import Archive
from dateline.web.app import ROOMS, create_app
from dateline.web.safety import checked
from tests.hostile import OWN, TRICKS
from tests.hostile import folder as hostile_folder

LISTS = ("/reports", "/actors", "/statements", "/figures", "/events", "/commitments", "/disputes", "/origins")
PAGES = ("/", *LISTS, "/figures/over-time", "/search?q=ferry", "/status")


def tree(client: TestClient, path: str, status: int = 200) -> html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == status, f"{path}: {answer.status_code}"
    return html.document_fromstring(answer.text)


def rows(client: TestClient, path: str) -> list[dict[str, Any]]:
    answer = client.get(path)
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()
    return found


def text(node: html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


@pytest.mark.parametrize("path", PAGES)
def test_every_page_stands(client: TestClient, path: str) -> None:
    page = tree(client, path)
    assert page.get("lang") == "en"
    assert len(page.findall(".//h1")) == 1
    assert page.find(".//main") is not None
    assert not page.findall(".//style")
    assert not page.xpath("//@style")
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    assert all(script.get("src", "").startswith("/static/") and not script.text for script in page.findall(".//script"))
    assert not [id_ for id_ in page.xpath("//@id") if page.xpath("//@id").count(id_) > 1]
    labels = {label.get("for") for label in page.findall(".//label")}
    assert all(field.get("id") in labels for field in page.xpath("//input[not(@type='hidden')] | //select"))


@pytest.mark.parametrize("path", PAGES)
def test_every_link_leads_somewhere(client: TestClient, path: str) -> None:
    page = tree(client, path)
    hrefs = dict.fromkeys(href for href in page.xpath("//@href | //@src | //@data-src") if not href.startswith("#"))
    assert all(urlsplit(href).netloc == "" and urlsplit(href).scheme == "" for href in hrefs)
    by_kind: dict[str, str] = {}
    for href in hrefs:
        by_kind.setdefault(re.sub(r"/[a-z]{1,2}[0-9a-f]{16}", "/id", urlsplit(href).path), href)
    for href in by_kind.values():
        assert client.get(urljoin(path, href)).status_code == 200, href


@pytest.mark.parametrize("path", ["/chronicle", *LISTS])
def test_json_and_csv_have_the_same_rows(client: TestClient, path: str) -> None:
    for question in ("", "?about=Ostrel", "?page=1"):
        found = rows(client, f"{path}.json{question}")
        table = list(csv.DictReader(io.StringIO(client.get(f"{path}.csv{question}").text)))
        assert len(table) == len(found)
        assert [row.get("id", row.get("origin")) for row in table] == [
            row.get("id", row.get("origin")) for row in found
        ]
        assert all(set(row) == set(table[0]) for row in found)
        shown = tree(client, f"{'/' if path == '/chronicle' else path}{question}")
        assert len(shown.xpath("//main//*[@data-row]")) == min(len(found), 50)


def test_a_page_is_the_rows_of_its_download(client: TestClient) -> None:
    every = [row["id"] for row in rows(client, "/chronicle.json")]
    pages = [row["id"] for page in (1, 2, 3) for row in rows(client, f"/chronicle.json?page={page}")]
    assert pages == every
    shown = tree(client, "/?page=2").xpath("//article[@data-row]/@id")
    assert shown == every[50:100]


def test_the_count_and_the_facets_agree(client: TestClient) -> None:
    page = tree(client, "/")
    total = len(rows(client, "/chronicle.json"))
    assert text(page.find(".//p[@class='count']")) == f"{total} lines"
    for link in page.xpath("//details[@id='narrow']//a")[:25]:
        number = int(text(link.find("span[@class='n']")))
        narrowed = tree(client, link.get("href"))
        assert text(narrowed.find(".//p[@class='count']")).startswith(f"{number} of {total} line")


def test_a_line_opens_its_very_words(client: TestClient, sample_archive: Path) -> None:
    for row in rows(client, "/chronicle.json")[::9]:
        pin = row["pins"][0]
        link = tree(client, f"/entry/{row['id']}").xpath("//a[@class='words']/@href")[0]
        assert link == f"/report/{pin['report']}?version={pin['version']}&start={pin['start']}&end={pin['end']}#pin"
        page = tree(client, link)
        marked = page.xpath("//*[contains(concat(' ', @class, ' '), ' k-pin ')]")
        assert "".join(node.text_content() for node in marked) == re.sub(r"\n+", "", pin["text"])
        assert len(page.xpath("//*[@id='pin']")) == 1


def test_a_pin_that_is_not_there_is_orphaned(client: TestClient) -> None:
    pin = rows(client, "/chronicle.json")[0]["pins"][0]
    path = f"/report/{pin['report']}?version={pin['version']}"
    assert "orphaned" in client.get(f"{path}&start=5&end=9999999").text
    assert not tree(client, f"{path}&start=9&end=5").xpath("//*[@id='pin']")
    tree(client, f"{path}&start=x&end=-1")
    tree(client, f"/report/{pin['report']}?version=v0", 404)


def test_every_reading_is_marked_and_explained(client: TestClient, sample_archive: Path) -> None:
    with dateline.open(sample_archive) as archive:
        report = max(archive.reports(), key=lambda row: len(row.captures))
        reading = archive.reading(report.id)
    assert reading is not None
    page = tree(client, f"/report/{report.id}")
    notes = {note.get("id") for note in page.xpath("//li[@class='note']")}
    mentions = sum(len(actor.mentions) for actor in reading.actors)
    kinds: tuple[Sized, ...] = (reading.times, reading.places, reading.statements, reading.figures, reading.events)
    assert len(notes) == mentions + sum(len(found) for found in kinds)
    marks = page.xpath("//div[@id='words']//a[@data-n]")
    marked = {f"n{number}" for mark in marks for number in mark.get("data-n").split()}
    assert marked == notes
    assert all(mark.get("href")[1:] in notes for mark in marks)
    for time in reading.times:
        assert any(
            time.text in text(mark) or text(mark) in time.text for mark in marks if "k-time" in mark.get("class")
        )
    hidden = tree(client, f"/report/{report.id}?hide=time&hide=event")
    assert not hidden.xpath("//div[@id='words']//a[contains(@class, 'k-time') or contains(@class, 'k-event')]")
    assert text(hidden.get_element_by_id("words")) == text(page.get_element_by_id("words"))


def test_the_text_of_a_report_is_all_there(client: TestClient, sample_archive: Path) -> None:
    with dateline.open(sample_archive) as archive:
        for report in archive.reports():
            version = report.versions[-1]["id"]
            whole = archive.store.text(report.id, str(version))
            assert whole is not None
            shown = tree(client, f"/report/{report.id}").xpath("//div[@id='words']/*")
            told = "".join(
                node.text_content().partition(" dated ")[0] if node.tag == "h3" else node.text_content()
                for node in shown
            )
            assert "".join(told.split()) == "".join(whole.split())


def test_captures_stand_side_by_side_with_what_differs(client: TestClient) -> None:
    report = next(row for row in rows(client, "/reports.json") if len(row["versions"]) > 1)
    old, new = report["versions"][0]["captures"][0], report["versions"][-1]["captures"][0]
    page = tree(client, f"/report/{report['id']}/captures?left={old}&right={new}")
    assert page.xpath("//section[@aria-label='Left capture']//del")
    assert page.xpath("//section[@aria-label='Right capture']//ins")
    same = tree(client, f"/report/{report['id']}/captures?left={new}&right={new}")
    assert not same.xpath("//section//del | //section//ins")
    furniture = page.xpath("//details[@class='furniture']//li")
    body = page.xpath("//section//div[@class='body']")[0].text_content()
    assert furniture
    assert all(text(line) not in " ".join(body.split()) for line in furniture if len(text(line)) > 25)


def test_a_capture_is_text(client: TestClient, sample_archive: Path) -> None:
    report = next(row for row in rows(client, "/reports.json") if row["captures"][0]["path"].endswith(".html"))
    capture = report["captures"][0]["id"]
    with dateline.open(sample_archive) as archive:
        data = archive.raw(capture).data
    plain = client.get(f"/capture/{capture}/raw.txt")
    assert plain.headers["content-type"].startswith("text/plain")
    assert plain.headers["x-content-type-options"] == "nosniff"
    assert "<html" in plain.text
    whole = client.get(f"/capture/{capture}/bytes")
    assert whole.content == data
    assert whole.headers["content-disposition"] == f'attachment; filename="{capture}.bin"'
    assert "<html" in tree(client, f"/capture/{capture}").find(".//pre").text_content()


def test_an_actor_has_its_words_events_and_commitments(client: TestClient) -> None:
    statements = rows(client, "/statements.json")
    actor = next(row["speaker_id"] for row in statements if row["speaker_id"])
    page = tree(client, f"/actor/{actor}")
    mine = [row for row in statements if row["speaker_id"] == actor]
    assert f"{len(mine)} in all" in text(page)
    assert any(mine[0]["pin"]["text"][:30] in text(quote) for quote in page.findall(".//blockquote"))
    assert text(page.xpath("//th[text()='Why it is taken for the same']")[0])


def test_counts_over_time_lead_to_their_words(client: TestClient) -> None:
    page = tree(client, "/figures/over-time?about=killed")
    assert page.xpath("//*[local-name()='svg' and @class='chart']")
    table = list(csv.DictReader(io.StringIO(client.get("/figures/over-time.csv?about=killed").text)))
    found = rows(client, "/figures/over-time.json?about=killed")
    assert len(table) == sum(len(line["points"]) for series in found for line in series["lines"])
    assert tree(client, page.xpath("//tbody//a/@href")[0]).xpath("//*[@id='pin']")


def test_search_finds_reports_of_any_language(client: TestClient) -> None:
    found = rows(client, "/search.json?q=ferry")
    assert found
    page = tree(client, "/search?q=ferry")
    assert len(page.xpath("//article[@data-row]")) == len(found)
    assert "No report has all of these words" in client.get("/search?q=zzzz+qqqq").text
    assert client.get('/search?q="%00*(').status_code == 200


def test_marks_are_those_of_the_lines_shown(client: TestClient) -> None:
    told = client.get("/chronicle/marks.json?status=planned").json()
    lines = rows(client, "/chronicle.json?status=planned")
    assert [mark[0] for mark in told["marks"]] == [line["id"] for line in lines]
    assert all(len(mark) == len(told["fields"]) for mark in told["marks"])
    outcome = told["fields"].index("outcome")
    assert any(mark[outcome] for mark in told["marks"])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/?since=yesterday", 400),
        ("/?page=0", 400),
        ("/events?sort=views", 400),
        ("/chronicle.json?until=x", 400),
        ("/chronicle.csv?until=x", 400),
        ("/report/r0", 404),
        ("/report/r0/captures", 404),
        ("/actor/a0", 404),
        ("/entry/e0", 404),
        ("/entry/e0.json", 404),
        ("/capture/../../etc/passwd", 404),
        ("/capture/c0/raw.txt", 404),
        ("/static/../app.py", 404),
        ("/static/%2e%2e/app.py", 404),
        ("/nowhere", 404),
    ],
)
def test_what_is_not_there_or_cannot_be_asked_says_so(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert "content-security-policy" in answer.headers
    if ".json" in path:
        assert answer.json()["error"]
    elif answer.headers["content-type"].startswith("text/html"):
        assert html.document_fromstring(answer.text).find(".//h1") is not None


def test_a_page_far_behind_the_last_is_empty(client: TestClient) -> None:
    assert "None of the" in client.get("/?page=999999").text
    assert rows(client, "/chronicle.json?page=999999") == []


def test_every_write_asks_for_the_secret() -> None:
    for room in ROOMS:
        for route in room.router.routes:
            methods = getattr(route, "methods", None) or set()
            if methods - {"GET", "HEAD"}:
                assert any(each.call is checked for each in route.dependant.dependencies), getattr(route, "path", route)


def test_an_empty_archive_says_how_to_fill_it(tmp_path: Path) -> None:
    with Archive(tmp_path / "new.db"):
        pass
    with TestClient(create_app(tmp_path / "new.db"), base_url="http://127.0.0.1") as client:
        assert "dateline add" in client.get("/").text
        for path in (*PAGES, "/chronicle.json", "/chronicle/marks.json"):
            assert client.get(path).status_code == 200


# ── hostile captures ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Any:
    place = tmp_path_factory.mktemp("hostile")
    with dateline.open(place / "hostile.db") as archive:
        archive.add([hostile_folder(place / "in")])
    with TestClient(create_app(place / "hostile.db"), base_url="http://127.0.0.1") as client:
        yield client


def test_no_trick_becomes_markup_on_any_page(hostile: TestClient) -> None:
    reports = rows(hostile, "/reports.json")
    paths = [*PAGES, f"/search?q={OWN[:10]}"]
    paths += [path for row in reports for path in (f"/report/{row['id']}", f"/report/{row['id']}/captures")]
    paths += [f"/capture/{ref['id']}" for row in reports for ref in row["captures"]]
    paths += [f"/actor/{row['id']}" for row in rows(hostile, "/actors.json")[:10]]
    allowed = set(tree(hostile, "/search").xpath("//script/@src")) | {
        "/static/timeline.js",
        "/static/map.js",
    }
    for path in paths:
        page = tree(hostile, path)
        assert {script.get("src") for script in page.findall(".//script")} <= allowed, path
        assert not page.xpath(
            "//iframe | //object | //embed | //base | //style | //img | //form[starts-with(@action, 'http')]"
        ), path
        assert not page.xpath("//meta[@http-equiv]"), path
        assert not page.xpath("//@*[starts-with(name(), 'on') or starts-with(name(), 'hx-get')]"), path
        for href in page.xpath("//@href | //@src | //@action | //@data-src"):
            assert re.match(r"[#?]|/(?!/)", href), (path, href)
        for char in "\u202e\u2067\u2066\u200b\u2060\x1b\x9b":
            assert char not in page.text_content(), (path, char)


def test_no_cell_of_any_table_is_a_formula(hostile: TestClient) -> None:
    cells = 0
    for path in ("/chronicle", *LISTS, "/figures/over-time"):
        for row in csv.reader(io.StringIO(hostile.get(f"{path}.csv").text)):
            for cell in row:
                cells += 1
                assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r")) or re.fullmatch(
                    r"-?[\d.]+", cell
                ), cell
    assert cells > 100


def test_the_words_of_a_trick_are_shown_as_words(hostile: TestClient) -> None:
    shown = "".join(
        tree(hostile, f"/report/{row['id']}").get_element_by_id("words").text_content()
        for row in rows(hostile, "/reports.json")
    )
    assert any(trick in shown for trick in TRICKS.values() if "<" in trick)
