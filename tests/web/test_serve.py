from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from dateline.cli.serve import is_loopback

COMMAND = (sys.executable, "-c", "from dateline.cli import main; main()", "serve")


def refused(*arguments: str) -> str:
    done = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    return done.stderr


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("localhost", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("::", False),
        ("10.0.0.7", False),
        ("pc.example", False),
    ],
)
def test_which_addresses_are_this_machines_own(host: str, own: bool) -> None:
    assert is_loopback(host) is own


def test_another_host_needs_a_token(sample_archive: Path) -> None:
    assert "--token" in refused("--archive", str(sample_archive), "--host", "0.0.0.0")
    assert "eight" in refused("--archive", str(sample_archive), "--token", "short")


def test_no_archive_is_one_clear_line(tmp_path: Path) -> None:
    said = refused("--archive", str(tmp_path / "none.db"))
    assert "there is no archive here yet" in said
    assert len(said.strip().splitlines()) == 1


def test_a_port_that_is_taken_is_named(sample_archive: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert str(port) in refused("--archive", str(sample_archive), "--port", str(port))


def test_it_serves_until_it_is_stopped(sample_archive: Path) -> None:
    command = [*COMMAND, "--archive", str(sample_archive), "--port", "0", "--token", "open sesame"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ) as served:
        assert served.stderr is not None
        said = served.stderr.readline()
        try:
            found = re.search(r"(http://127\.0\.0\.1:\d+/)\?token=open%20sesame", said)
            assert found, said
            request = urllib.request.Request(found[1] + "status.json", headers={"Authorization": "Bearer open sesame"})
            with urllib.request.urlopen(request, timeout=60) as answer:
                assert b'"counts"' in answer.read()
                assert answer.headers["server"] is None
        finally:
            served.send_signal(signal.SIGINT)
            served.communicate(timeout=60)
        assert served.returncode in (0, 130)
