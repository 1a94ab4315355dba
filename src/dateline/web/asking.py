"""The state of a list page: all of it stands in the address, and every link of a page is an address of another state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, cast, get_args
from urllib.parse import quote, urlencode

from starlette.datastructures import QueryParams

from dateline.archive.browse import FACETS, Ask, Noun, Sort
from dateline.errors import ReadingError
from dateline.records import Record

PATHS: Final[Mapping[str, str]] = {
    "entries": "/",
    "reports": "/reports",
    "statements": "/statements",
    "figures": "/figures",
    "events": "/events",
    "commitments": "/commitments",
    "disputes": "/disputes",
    "actors": "/actors",
}
"""The page of each noun."""

SIZE = 50
"""Rows on a page."""

_HIDDEN = ("report", "actor_id", "entry", "not_read")  # terms without a box to tick: pages lead to them
_TEXTS = ("about", "since", "until", "place")
_MOST = 1_000  # characters of a value, and pages or origins at most, that can be asked for
_MOST_PAGES = 1_000_000


class Asked(Record, frozen=True, kw_only=True):
    """A question with the page of its answer. ``paged`` is False where no page was named, which a download takes for all."""

    ask: Ask
    page: int = 1
    paged: bool = False

    @property
    def path(self) -> str:
        """The page's address without its question."""
        return PATHS[self.ask.noun]

    @property
    def offset(self) -> int:
        """How many rows stand before the page."""
        return (self.page - 1) * SIZE

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked at all."""
        ask = self.ask
        return bool(ask.about or ask.since or ask.until or ask.place or ask.min_origins > 1 or ask.terms)

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The values asked for of a facet."""
        if facet == "place" and self.ask.place:
            return (self.ask.place,)
        return dict(self.ask.terms).get(facet, ())

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The question as parameters of an address, always in the same order."""
        ask = self.ask
        found = [(name, value) for name in _TEXTS if (value := getattr(ask, name))]
        found += [(facet, value) for facet, values in sorted(ask.terms) for value in values]
        if ask.min_origins > 1:
            found.append(("min_origins", str(ask.min_origins)))
        if ask.sort != "date":
            found.append(("sort", ask.sort))
        return found

    @property
    def query(self) -> str:
        """The question as the part of an address after the question mark."""
        return urlencode(self.pairs)

    def url(self, page: int = 1, path: str | None = None) -> str:
        """The address of a page of this answer."""
        return address(path or self.path, [*self.pairs, *([("page", str(page))] if page > 1 else [])])

    def with_(self, facet: str, value: str) -> str:
        """The address of the same list with one more value asked for."""
        return self._changed(facet, [*self.chosen(facet), value])

    def less(self, facet: str, value: str) -> str:
        """The address of the same list with one value less."""
        return self._changed(facet, [each for each in self.chosen(facet) if each != value])

    def _changed(self, facet: str, values: Sequence[str]) -> str:
        if facet == "place":
            return self.but(place=values[-1] if values else "")
        pairs = [pair for pair in self.pairs if pair[0] != facet]
        return address(self.path, [*pairs, *((facet, value) for value in dict.fromkeys(values))])

    def but(self, **changes: str) -> str:
        """The address of the same list with other single values; an empty one goes."""
        pairs = [pair for pair in self.pairs if pair[0] not in changes]
        return address(self.path, [*pairs, *((name, value) for name, value in changes.items() if value)])

    def download(self, kind: str) -> str:
        """The address of all rows that answer as ``json`` or ``csv``."""
        stem = "/chronicle" if self.ask.noun == "entries" else self.path
        return self.url(path=f"{stem}.{kind}")


def address(path: str, pairs: Sequence[tuple[str, str]]) -> str:
    """A path with a question; nothing after it where there is none."""
    return f"{quote(path)}?{urlencode(pairs)}" if pairs else quote(path)


def asked(noun: Noun, params: QueryParams) -> Asked:
    """What the parameters of an address ask of a list. Parameters of no meaning are passed over.

    Raises:
        ReadingError: one of them has a value that cannot be.
    """
    single = {name: (params.get(name) or "").strip()[:_MOST] or None for name in _TEXTS}
    terms = []
    for facet in (*FACETS[noun], *_HIDDEN):
        values = tuple(dict.fromkeys(value[:_MOST] for value in params.getlist(facet) if value))
        if values and facet != "place":
            terms.append((facet, values))
    sort = params.get("sort") or "date"
    if sort not in get_args(Sort):
        raise ReadingError("sort", f"no such order; there are {', '.join(get_args(Sort))}")
    ask = Ask(
        noun=noun,
        **single,
        min_origins=number_of(params, "min_origins"),
        terms=tuple(sorted(terms)),
        sort=cast(Sort, sort),
    )
    return Asked(ask=ask, page=number_of(params, "page"), paged=bool(params.get("page")))


def number_of(params: Mapping[str, str], name: str) -> int:
    """A parameter that is a number from 1 on, 1 where it is not given.

    Raises:
        ReadingError: what is given is none.
    """
    given = params.get(name)
    if not given:
        return 1
    if not given.isascii() or not given.isdigit() or not 1 <= int(given[:9]) <= _MOST_PAGES:
        raise ReadingError(name, f"{given[:40]!r} is no number from 1 on")
    return int(given[:9])
