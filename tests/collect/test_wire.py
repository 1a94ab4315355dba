from __future__ import annotations

import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dateline.collect import wire
from dateline.collect.refused import Refused
from dateline.collect.wire import Limits, ask
from tests.collect.site import Reply, page, serving

HERE = Limits(seconds=10.0, allow_private=True)


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """The port of a server that speaks TLS, and its certificate, which nobody has signed."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate, and is not there")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    names = ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*make.split(), *names], check=True, capture_output=True)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page())

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1], certificate
    server.shutdown()
    server.server_close()


def test_a_certificate_that_nobody_signed_is_not_trusted(secure: tuple[int, Path]) -> None:
    with pytest.raises(Refused, match="certificate"):
        ask(f"https://localhost:{secure[0]}/", {}, HERE)


def test_over_tls_the_tape_holds_the_words_and_the_name_is_checked(
    secure: tuple[int, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, certificate = secure
    monkeypatch.setattr(wire, "_context", lambda: ssl.create_default_context(cafile=str(certificate)))
    answer = ask(f"https://localhost:{port}/a", {}, HERE)
    assert answer.request.startswith(b"GET /a HTTP/1.1\r\n")
    assert answer.response.endswith(page())
    assert answer.body == page()
    with pytest.raises(Refused, match="certificate"):
        ask(f"https://127.0.0.1:{port}/a", {}, HERE)


def test_an_interim_answer_is_not_the_answer() -> None:
    with serving() as site:
        early = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
        site.pages["/a"] = Reply(page())
        whole = ask(f"{site.url}/a", {}, HERE).response
    assert wire._final(early * 2 + whole) == whole
