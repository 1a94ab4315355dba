"""Where an archive is: a file, or a database on a PostgreSQL server."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from dateline.errors import ArchiveError

_SERVER = re.compile(r"postgres(?:ql)?://", re.I)


@dataclass(frozen=True)
class Place:
    """Where an archive is. As a string it is what the person gave, without any password.

    ``path`` is the archive's file, None for a database on a server.
    """

    url: URL
    path: Path | None

    @classmethod
    def of(cls, given: str | Path | Place) -> Place:
        """The place that a path or an address (``postgresql://user@host/database``) names. Nothing is opened.

        Raises:
            ArchiveError: it is no address of a database.
        """
        if isinstance(given, Place):
            return given
        if isinstance(given, str) and (begin := _SERVER.match(given)):
            try:
                url = make_url(f"postgresql+psycopg://{given[begin.end() :]}")
            except (ArgumentError, ValueError) as error:
                raise ArchiveError(
                    "postgresql://…", "is no address of a database (postgresql://user@host:port/database)"
                ) from error
            return cls(url, None)
        path = Path(given)
        return cls(URL.create("sqlite", database=str(path.absolute())), path)

    @property
    def name(self) -> str:
        """What it is called for short: the file's name, or the database's."""
        return self.path.name if self.path else self.url.database or "postgresql"

    def __str__(self) -> str:
        if self.path:
            return str(self.path)
        url = self.url
        return URL.create("postgresql", url.username, None, url.host, url.port, url.database).render_as_string()
