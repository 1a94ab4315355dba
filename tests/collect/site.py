"""A web site on the loopback that behaves as a test tells it to, and writes down what it is asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

LEAD = "The council of Velm voted on Monday to close the old bridge for good, after an engineer found cracks in two pillars."
NEXT = "Mayor Ada Novak said the decision had been hard. “Nobody likes to walk an hour for bread,” she told reporters."


def page(title: str = "Velm gives up its bridge", more: str = "") -> bytes:
    """An invented article."""
    return (
        f"<!doctype html><html><head><meta charset='utf-8'><title>{title}</title></head><body><article><h1>{title}</h1>"
        f"<p>{LEAD} It is about {title}.</p><p>{NEXT}</p>{more}</article></body></html>"
    ).encode()


class Asked(NamedTuple):
    """A request: the path, its headers with names in lower case, and when it came."""

    path: str
    headers: dict[str, str]
    at: float


class Reply(NamedTuple):
    """An answer: status, headers, body. ``drip``: seconds between two bytes of the body; ``length``: what is claimed."""

    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    drip: float = 0.0
    length: int | None = None


Answer = Reply | Callable[[Asked], Reply]


@dataclass
class Site:
    """What is served where, and what was asked."""

    port: int = 0
    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def paths(self) -> list[str]:
        """The paths that were asked for, without robots.txt."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]


@contextmanager
def serving() -> Iterator[Site]:
    """A site that answers while inside."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = Asked(self.path, {k.lower(): v for k, v in self.headers.items()}, time.monotonic())
            site.asked.append(asked)
            given = site.pages.get(self.path, Reply(b"no such page", "text/plain", 404))
            reply = given(asked) if callable(given) else given
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.kind)
            for name, value in reply.headers:
                self.send_header(name, value)
            if not any(name.lower() == "transfer-encoding" for name, _ in reply.headers):
                self.send_header("Content-Length", str(len(reply.body) if reply.length is None else reply.length))
            self.end_headers()
            try:
                if reply.drip:
                    for i in range(len(reply.body)):
                        self.wfile.write(reply.body[i : i + 1])
                        time.sleep(reply.drip)
                else:
                    self.wfile.write(reply.body)
            except OSError:
                pass
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
