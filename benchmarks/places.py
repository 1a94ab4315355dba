"""Place names in news: found, told apart by use, put on the map (GeoWebNews dev, LGL, GeoVirus)."""

from __future__ import annotations

from typing import Any

from benchmarks.harness import DATA, Row, rows, score, write
from dateline.capture.country import country_of
from dateline.capture.layout import layout
from dateline.read.document import Document
from dateline.read.places import find

SETS = ("gwn_dev", "lgl", "geovirus")


def prediction(row: Row) -> Row:
    """The places of one document as the scorer takes them."""
    document = Document.of(row["text"], layout(row["text"]))
    found = find(document, country_of(row["url"]))
    places = [{"start": p.start, "end": p.end, "lat": p.lat, "lon": p.lon, "use": p.use} for p in found]
    return {"id": row["id"], "places": places}


def run() -> dict[str, Any]:
    """Score each set; GeoWebNews dev also for use: how often a place of a kind is taken for literal, and not."""
    results: dict[str, Any] = {}
    for name in SETS:
        gold = DATA / "places" / f"{name}.jsonl.gz"
        predictions = [prediction(row) for row in rows(gold)]
        print(name)
        results[name] = score("places", gold, write(f"places_{name}", predictions))
        if name == "gwn_dev":
            results[name]["use"] = _use(list(rows(gold)), predictions)
            print("use", results[name]["use"])
    return results


def _use(gold: list[Row], predicted: list[Row]) -> dict[str, float]:
    """Of the places found whose kind is known, the share told rightly as literal or associative, by kind and in all."""
    right: dict[str, list[bool]] = {"literal": [], "associative": []}
    for row, made in zip(gold, predicted, strict=True):
        by_start = {place["start"]: place for place in made["places"]}
        for place in row["places"]:
            found = by_start.get(place["start"])
            if found and place["kind"] in right:
                right[place["kind"]].append((found["use"] == "literal") == (place["kind"] == "literal"))
    every = [*right["literal"], *right["associative"]]
    shares = right | {"all": every}
    return {kind: round(100 * sum(values) / len(values), 1) if values else 0.0 for kind, values in shares.items()}
