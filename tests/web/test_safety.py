from __future__ import annotations

import pytest
from fastapi import Depends, FastAPI, Request
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from dateline.web.safety import HEADERS, LOOPBACK, Guard, Secret, checked

BASE = "http://127.0.0.1:8765"


class _Site:
    def __init__(self) -> None:
        self.secret = Secret()


def app(token: str | None = None, hosts: tuple[str, ...] = ()) -> FastAPI:
    made = FastAPI()
    made.state.site = _Site()

    @made.get("/page")
    def page(request: Request) -> PlainTextResponse:
        return PlainTextResponse(f"read {request.url.query}")

    @made.post("/write", dependencies=[Depends(checked)])
    async def write() -> PlainTextResponse:
        return PlainTextResponse("written")

    made.add_middleware(Guard, hosts={*LOOPBACK, *hosts}, token=token)
    return made


def client(token: str | None = None, hosts: tuple[str, ...] = (), base: str = BASE) -> TestClient:
    return TestClient(app(token, hosts), base_url=base, follow_redirects=False)


def secret(of: TestClient) -> str:
    value: str = of.app.state.site.secret.value  # type: ignore[attr-defined]
    return value


def test_every_answer_carries_the_headers() -> None:
    asked = client()
    for answer in (
        asked.get("/page"),
        asked.get("/nothing"),
        asked.post("/write"),
        asked.get("/page", headers={"host": "x"}),
    ):
        for name, value in HEADERS.items():
            assert answer.headers[name] == value
    policy = HEADERS["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost", "LOCALHOST:1", "[::1]:8765"])
def test_it_answers_to_this_machine(host: str) -> None:
    assert client().get("/page", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8765", "10.0.0.7", "", "[::2]"]
)
def test_it_does_not_answer_to_other_names(host: str) -> None:
    assert client().get("/page", headers={"host": host}).status_code == 400


def test_addresses_in_numbers_may_be_let_in_but_no_name() -> None:
    asked = client(hosts=("*",))
    assert asked.get("/page", headers={"host": "10.0.0.7:80"}).status_code == 200
    assert asked.get("/page", headers={"host": "evil.example"}).status_code == 400
    assert client(hosts=("newsroom.example",)).get("/page", headers={"host": "newsroom.example"}).status_code == 200


def test_a_write_needs_the_secret() -> None:
    asked = client()
    assert asked.post("/write").status_code == 403
    assert asked.post("/write", data={"csrf": "guess"}).status_code == 403
    assert asked.post("/write", data={"csrf": secret(asked)}).text == "written"
    assert asked.post("/write", headers={"x-csrf-token": secret(asked)}).text == "written"
    assert asked.post("/write", headers={b"x-csrf-token": "ü".encode()}).status_code == 403
    assert asked.post("/write", json={"csrf": secret(asked)}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": BASE},
    ],
)
def test_a_write_from_elsewhere_is_refused_even_with_the_secret(headers: dict[str, str]) -> None:
    asked = client()
    assert asked.post("/write", headers=headers | {"x-csrf-token": secret(asked)}).status_code == 403


def test_a_write_from_our_own_page_goes_through() -> None:
    asked = client()
    headers = {"origin": BASE, "sec-fetch-site": "same-origin", "x-csrf-token": secret(asked)}
    assert asked.post("/write", headers=headers).text == "written"


def test_other_pages_may_link_here_but_not_load_from_here() -> None:
    asked = client()
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    load = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    neighbour = {"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"}
    assert asked.get("/page", headers=link).status_code == 200
    assert asked.get("/page", headers=load).status_code == 403
    assert asked.get("/page", headers=neighbour).status_code == 403


def test_a_token_is_asked_for_once() -> None:
    asked = client("open sesame")
    assert asked.get("/page").status_code == 401
    assert asked.get("/page?token=wrong").status_code == 401
    shown = asked.get("/page?a=1&token=open+sesame&b=2")
    assert shown.status_code == 303
    assert shown.headers["location"] == "/page?a=1&b=2"
    cookie = shown.headers["set-cookie"]
    assert "open" not in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert asked.get("/page?a=1").text == "read a=1"
    assert client("open sesame").get("/page", headers={"authorization": "Bearer open sesame"}).status_code == 200
    assert client("open sesame").get("/page", headers={"cookie": "dateline=\x7f=;;"}).status_code == 401


def test_a_cookie_of_another_run_opens_nothing() -> None:
    first = client("open sesame")
    cookie = first.get("/page?token=open+sesame").headers["set-cookie"].partition(";")[0]
    assert client("open sesame").get("/page", headers={"cookie": cookie}).status_code == 401


def test_the_redirect_stays_here() -> None:
    asked = client("open sesame", base=BASE)
    answer = asked.get(f"{BASE}//evil.example/x?token=open+sesame")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/evil.example/x"
