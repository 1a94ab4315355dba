from __future__ import annotations

import json

from dateline.archive.archive import Archive
from dateline.export.webannotation import web_annotations


def test_both_selectors_of_every_target_find_the_words(archive: Archive) -> None:
    chronicle = archive.chronicle()
    made = json.loads("\n".join(web_annotations(chronicle, archive.text)))
    assert made["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert made["type"] == "AnnotationCollection"
    assert made["total"] == len(chronicle) == len(made["first"]["items"])
    for entry, item in zip(chronicle, made["first"]["items"], strict=True):
        assert item["type"] == "Annotation"
        assert item["body"][0]["value"] == entry.text
        assert len(item["target"]) == len(entry.pins) > 0
        for pin, target in zip(entry.pins, item["target"], strict=True):
            text = archive.text(pin)
            position, quote = target["selector"]
            assert position["type"] == "TextPositionSelector"
            assert text[position["start"] : position["end"]] == quote["exact"] == pin.text
            assert quote["type"] == "TextQuoteSelector"
            assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
            assert len(quote["prefix"]) <= 32 >= len(quote["suffix"])


def test_a_page_with_an_address_is_named_by_it(archive: Archive) -> None:
    made = json.loads("\n".join(web_annotations(archive.chronicle(), archive.text)))
    addresses = {target.get("canonical") for item in made["first"]["items"] for target in item["target"]}
    assert "https://tagus.example/quake" in addresses
