"""Places: every place name of a text with its identity, coordinates and use."""

from __future__ import annotations

import re

from dateline.read.document import Document
from dateline.read.gazetteer import Site
from dateline.read.place_names import Naming, namings
from dateline.read.place_resolution import resolve
from dateline.read.place_use import use_of
from dateline.read.states import state_named, state_of_seat
from dateline.read.toponyms import bare_name
from dateline.records import Place

_DIRECTION = re.compile(
    r"(?:\b(?P<direction>(?:north|south)?-?(?:east|west)(?:ern)?|north(?:ern)?|south(?:ern)?|central|downtown|occupied)\s+)$"
)
_LONGEST_ACRONYM = 4
_SHORT = re.compile(r"(?:[A-Z]\.?){2,4}")
_WIDE = frozenset({"country", "province", "region"})


def find(document: Document, country: str | None = None) -> list[Place]:
    """Every place name outside furniture, in order and without overlaps.

    ``name`` is the usual name of a state, capital or region ("Kyiv" for "Kiev", "Ukraine" for "Ukrainian"), with the part
    of it where the text says one ("eastern Ukraine"), and of a town the name that the text gives it. Coordinates and ``geonameid`` are None for a place the gazetteer does not know or where
    the text puts a name in a place that has none of that name. ``country`` is the paper's own, if known.
    """
    found = namings(document)
    sites = resolve(document, found, country=country)
    return [_place(document, naming, site) for naming, site in zip(found, sites, strict=True)]


def _place(document: Document, naming: Naming, site: Site | None) -> Place:
    tokens = document.doc[naming.first : naming.last]
    span = document.span(tokens.start_char, tokens.start_char + len(bare_name(tokens.text.rstrip())))
    use = use_of(document.doc, naming, site)
    name = _name(naming.name, site)
    precision = site.precision if site else None
    part = _DIRECTION.search(document.text, max(0, span.start - 30), span.start)
    if part and use == "literal" and site and site.precision in _WIDE:
        name, precision = f"{part['direction']} {name}", "region"
    return Place(
        start=span.start,
        end=span.end,
        text=span.text,
        name=name,
        geonameid=site.geonameid if site else None,
        lat=site.lat if site else None,
        lon=site.lon if site else None,
        country=site.country if site else None,
        precision=precision,
        use=use,
    )


def _name(written: str, site: Site | None) -> str:
    """The usual English name of a state, a capital or a region; a town's as the report writes it."""
    if site is None:
        state = state_named(written)
        usual = state.name if state else None
    else:
        as_written = site.feature == "city" and not state_of_seat(written) and not _SHORT.fullmatch(written)
        usual = None if as_written else site.name
    if usual is None and written.isupper() and len(written) > _LONGEST_ACRONYM:
        return written.title()
    return usual or written
