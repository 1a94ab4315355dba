from __future__ import annotations

import json

from dateline.archive.archive import Archive
from dateline.export.geojson import geojson


def test_every_placed_entry_is_a_feature_and_the_rest_is_counted(archive: Archive) -> None:
    chronicle = archive.chronicle()
    made = json.loads("\n".join(geojson(chronicle)))
    assert made["type"] == "FeatureCollection"
    assert len(made["features"]) + made["unplaced"] == len(chronicle)
    assert made["unplaced"] >= 1
    lisbon = [feature for feature in made["features"] if feature["properties"]["place"] == "Lisbon"]
    assert lisbon
    for feature in made["features"]:
        longitude, latitude = feature["geometry"]["coordinates"]
        assert feature["type"] == "Feature"
        assert feature["geometry"]["type"] == "Point"
        assert -180 <= longitude <= 180
        assert -90 <= latitude <= 90
    longitude, latitude = lisbon[0]["geometry"]["coordinates"]
    assert round(longitude) == -9
    assert round(latitude) == 39
    assert lisbon[0]["properties"]["country"] == "PT"


def test_a_country_is_told_from_a_spot(archive: Archive) -> None:
    made = json.loads("\n".join(geojson(archive.chronicle())))
    precisions = {feature["properties"]["place"]: feature["properties"]["precision"] for feature in made["features"]}
    assert precisions["Portugal"] == "country"
    assert precisions["Lisbon"] == "city"


def test_an_empty_chronicle_is_an_empty_collection(archive: Archive) -> None:
    made = json.loads("\n".join(geojson(archive.chronicle("Nowhere at all"))))
    assert made == {"type": "FeatureCollection", "unplaced": 0, "features": []}
