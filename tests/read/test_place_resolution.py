import pytest

from dateline.read.document import Document
from dateline.read.gazetteer import sites
from dateline.read.place_names import Naming
from dateline.read.place_resolution import Weights, distance, resolve
from dateline.records import Part

TEXT = "Fire in Springfield, Illinois. Springfield and Chicago sent help."


def named(text: str, *names: str) -> tuple[Document, list[Naming]]:
    """The document and one naming for each occurrence of each name."""
    document = Document.of(text, [Part(start=0, end=len(text), kind="body")])
    found = [Naming(t.i, t.i + 1, t.text, "name") for t in document.doc if t.text in names]
    return document, found


def test_distance() -> None:
    kyiv, paris = sites("Kyiv")[0], sites("Paris")[0]
    assert distance(kyiv, kyiv) == 0
    assert distance(kyiv, paris) == pytest.approx(2025, abs=15)


def test_a_name_means_the_same_where_it_stands_alone() -> None:
    found = resolve(*named(TEXT, "Springfield", "Illinois", "Chicago"))
    assert [site.admin1 if site else None for site in found] == ["IL", "IL", "IL", "IL"]


def test_weights_decide() -> None:
    document, found = named("The minister went to Odessa and Dallas.", "Odessa", "Dallas")
    near = resolve(document, found, Weights(nation=9.0, hesitation=0.0))
    large = resolve(document, found, Weights(nation=0.0, admin1=0.0, near=0.0))
    assert near[0] is not None
    assert near[0].country == "US"
    assert large[0] is not None
    assert large[0].country == "UA"


def test_nothing_known_is_nothing_said() -> None:
    document, found = named("They met in Drumvolica.", "Drumvolica")
    assert resolve(document, found) == [None]
