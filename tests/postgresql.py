"""A PostgreSQL server of the tests' own: from Debian's packages, in a temporary folder, on a free port, as an unprivileged user."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from pathlib import Path

import pytest

REQUIRED = bool(os.environ.get("DATELINE_REQUIRE_POSTGRESQL"))
"""Whether a missing server is a failure and not a reason to skip."""

_OLDEST = 15
_USER = "dateline"
# What is kept only for the tests need not outlive a power cut.
_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "60",
    "shared_buffers": "64MB",
}


def binaries() -> Path | None:
    """The folder of the newest server that is installed and new enough."""
    found = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    fit = [path for path in found if path.parent.name.isdigit() and int(path.parent.name) >= _OLDEST]
    return max(fit, key=lambda path: int(path.parent.name), default=None)


@dataclass
class Server:
    """A running server. Its databases are of another collation than the archive's, so that an order left to chance shows."""

    bin: Path
    home: Path
    port: int
    _numbers: Iterator[int] = field(default_factory=count)

    @property
    def address(self) -> str:
        """The address of its databases but for their names."""
        return f"postgresql://{_USER}@127.0.0.1:{self.port}"

    def sql(self, statement: str, database: str = "postgres") -> str:
        """What psql says to a statement."""
        command: list[str | Path] = [
            self.bin / "psql",
            "-qAtX",
            "-v",
            "ON_ERROR_STOP=1",
            "-c",
            statement,
            f"{self.address}/{database}",
        ]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        return done.stdout.strip()

    def bare(self) -> str:
        """The address of a new database with nothing in it."""
        name = f"bare{next(self._numbers)}"
        self.sql(f"CREATE DATABASE {name}")
        return f"{self.address}/{name}"

    @cached_property
    def _empty(self) -> str:
        import dateline

        address = self.bare()
        dateline.open(address).close()
        return address

    def new(self) -> str:
        """The address of a new, empty archive."""
        return self.copy(self._empty)

    def copy(self, address: str) -> str:
        """The address of a copy of an archive that nobody has open."""
        name = f"copy{next(self._numbers)}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {address.rpartition('/')[2]} STRATEGY file_copy")
        return f"{self.address}/{name}"

    def files(self, address: str) -> list[Path]:
        """The files that hold a database, once all that it wrote is in them."""
        name = address.rpartition("/")[2]
        self.sql("CHECKPOINT")
        number = self.sql(f"SELECT oid FROM pg_database WHERE datname = '{name}'")
        return list((self.home / "data" / "base" / number).iterdir())


@contextmanager
def serving() -> Iterator[Server]:
    """A server while the tests run; they are skipped, or fail where it is `REQUIRED`, if none is installed."""
    bin = binaries()
    if bin is None:
        why = "there is no PostgreSQL 15 or later (apt-get install postgresql)"
        if REQUIRED:
            pytest.fail(why)
        pytest.skip(why)
    user = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
    home = Path(tempfile.mkdtemp(prefix="dateline-pg-"))
    if user:
        shutil.chown(home, user)

    def run(*command: str | Path) -> None:
        done = subprocess.run(command, user=user, cwd=home, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    port = _free_port()
    settings = {**_SETTINGS, "listen_addresses": "127.0.0.1", "unix_socket_directories": "", "port": str(port)}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    locale = ("--locale=C", "--locale-provider=icu", "--icu-locale=en")
    try:
        run(bin / "initdb", "-D", home / "data", "-U", _USER, "-A", "trust", "-E", "UTF8", "--no-sync", *locale)
        with (home / "log").open("wb") as log:
            process = subprocess.Popen(
                [bin / "postgres", "-D", home / "data", *options],
                user=user,
                cwd=home,
                stdout=log,
                stderr=log,
                preexec_fn=_end_with_parent,
            )
        try:
            _await(bin, port, process, home / "log")
            yield Server(bin, home, port)
        finally:
            process.send_signal(signal.SIGQUIT)
            process.wait()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _end_with_parent() -> None:
    """Let the server end with the tests, even where they are killed (Linux's ``PR_SET_PDEATHSIG``)."""
    ctypes.CDLL(None).prctl(1, signal.SIGQUIT)


def _await(bin: Path, port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers."""
    for _ in range(600):
        asked = subprocess.run([bin / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)])
        if asked.returncode == 0:
            return
        assert process.poll() is None, log.read_text()
        time.sleep(0.2)
    raise AssertionError(f"the server does not answer: {log.read_text()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
