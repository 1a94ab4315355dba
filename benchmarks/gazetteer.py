"""The gazetteer's coverage: how many gold places it could put on the map at all, if every one of them were told rightly.

Counted are the gold places with coordinates for which an entry with the same name lies near: the name as it stands in the
text, or the gold gazetteer's name where the data give one. Peers by the same measure stand in the data's README.
"""

from __future__ import annotations

from importlib.resources import files
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any, cast

from benchmarks.harness import DATA, Row, rows
from dateline.read.gazetteer import Site, candidates, sites

SETS = ("lgl", "geovirus", "gwn_dev")
NEAR, FAR = 25, 161  # kilometres


def coverage(name: str) -> dict[str, float]:
    """The percentages of one set: entries of the same name within 25 and 161 km, and those that a reading may also try.

    The reader goes beyond the name as it stands: "Odesa region", "Northeast Georgia", "Calif.".
    """
    gold = [
        place
        for row in rows(DATA / "places" / f"{name}.jsonl.gz")
        for place in row["places"]
        if place["lat"] is not None and place["lon"] is not None
    ]
    same = [_nearest(place, [s for n in _names(place) for s in sites(n)]) for place in gold]
    tried = [_nearest(place, [s for n in _names(place) for s in candidates(n)]) for place in gold]
    found = {"25 km": (same, NEAR), "161 km": (same, FAR), "25 km, tried": (tried, NEAR), "161 km, tried": (tried, FAR)}
    return {measure: round(100 * sum(d <= most for d in far) / len(gold), 1) for measure, (far, most) in found.items()}


def _names(place: Row) -> list[str]:
    return [name for name in (place["text"], place.get("gazetteer_name")) if name]


def _nearest(place: Row, found: list[Site]) -> float:
    return min((_kilometres(place["lat"], place["lon"], site.lat, site.lon) for site in found), default=float("inf"))


def _kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    p, q = radians(lat), radians(other_lat)
    h = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(other_lon - lon) / 2) ** 2
    return 12742 * asin(min(1.0, sqrt(h)))


def run() -> dict[str, Any]:
    """The coverage of each set, and the size of the file."""
    results: dict[str, Any] = {name: coverage(name) for name in SETS}
    results["megabytes"] = round(cast(Path, files("dateline") / "data" / "gazetteer.sqlite").stat().st_size / 1e6, 1)
    for name, found in results.items():
        print(f"{name:10} {found}")
    return results
