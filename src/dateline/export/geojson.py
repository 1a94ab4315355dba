"""A chronicle as GeoJSON (RFC 7946): one point a placed entry, its precision told, for every map program."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from dateline.chronicle.chronicle import Chronicle
from dateline.records import Entry


def geojson(chronicle: Chronicle) -> Iterator[str]:
    """The lines of a FeatureCollection.

    Entries without coordinates are left out; ``unplaced`` of the collection counts them. A point whose ``precision`` is
    ``country``, ``region`` or ``province`` stands for an area: its coordinates are the middle, not the spot.
    """
    placed = [entry for entry in chronicle if entry.place and entry.place.lat is not None]
    head = {"type": "FeatureCollection", "unplaced": len(chronicle) - len(placed)}
    yield f"{msgspec.json.encode(head).decode()[:-1]},"
    yield '"features": ['
    for at, entry in enumerate(placed, start=1):
        yield msgspec.json.encode(_feature(chronicle, entry)).decode() + "," * (at < len(placed))
    yield "]}"


def _feature(chronicle: Chronicle, entry: Entry) -> dict[str, object]:
    place = entry.place
    assert place is not None
    commitment = chronicle.commitment(entry)
    return {
        "type": "Feature",
        "id": entry.id,
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
        "properties": {
            "date": entry.date,
            "date_basis": entry.date_basis,
            "text": entry.text,
            "status": entry.status,
            "background": entry.background,
            "place": place.name,
            "precision": place.precision,
            "country": place.country,
            "geonameid": place.geonameid,
            "actors": entry.actors,
            "reports": entry.reports,
            "origins": entry.origins,
            "outcome": commitment.outcome if commitment else None,
            "words": [chronicle.where(pin) for pin in entry.pins],
        },
    }
