"""Object storage, on a server of our own that two clients speak with: Arrow's and the engine's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from dateline.errors import DatelineError
from dateline.scale.engine import Engine
from dateline.scale.output import Output, is_output
from dateline.scale.run import Result, run
from dateline.scale.storage import Storage
from dateline.scale.tables import REFUSED, schema
from tests.press import article
from tests.scale import s3


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[s3.Bucket]:
    pytest.importorskip("pyarrow", reason="the extra 'cluster' is not installed")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "key")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with s3.serving() as served:
        yield served


@pytest.fixture(params=["folder", "bucket"])
def place(request: pytest.FixtureRequest, tmp_path: Path, bucket: s3.Bucket) -> Storage:
    return Storage(str(tmp_path / "out")) if request.param == "folder" else Storage("s3://pile/out", bucket.endpoint)


def test_files_and_tables_are_read_as_they_were_written(place: Storage) -> None:
    assert place.names() == []
    assert place.read("done/one.json") is None
    place.write("done/one.json", b"{}")
    place.write("done/one.json", b"[]")
    with place.table("refused/part-0.parquet", schema(REFUSED)) as rows:
        for number in range(3000):
            rows.put({"path": f"p{number}", "record": None, "reason": "why"})
    assert place.read("done/one.json") == b"[]"
    assert [name for name, _ in place.names()] == ["done/one.json", "refused/part-0.parquet"]
    assert place.names("done") == [("done/one.json", 2)]
    found = [row for rows in place.rows("refused/part-0.parquet", ["path"]) for row in rows]
    assert found == [{"path": f"p{number}"} for number in range(3000)]
    with place.local("done/one.json") as path:
        assert path.read_bytes() == b"[]"


def test_an_address_is_known_however_the_engine_writes_it() -> None:
    folder, bucket = Storage("/pile/made"), Storage("s3://pile/made")
    assert {folder.name(each) for each in ("/pile/made/a/b", "file:///pile/made/a/b", "a/b")} == {"a/b"}
    assert {bucket.name(each) for each in ("s3://pile/made/a/b", "pile/made/a/b", "a/b")} == {"a/b"}


def test_what_fails_half_way_leaves_nothing(place: Storage) -> None:
    place.write("a", b"a")
    with pytest.raises(AttributeError), place.table("b", schema(REFUSED)) as rows:
        rows.put(None)  # type: ignore[arg-type]
    assert [name for name, _ in place.names()] == ["a"]


def test_a_run_from_a_bucket_to_a_bucket(bucket: s3.Bucket, engine: Engine, tmp_path: Path) -> None:
    lines = [msgspec.json.encode({"text": article(at // 2), "url": f"https://{at}.example/"}) for at in range(6)]
    for name, data in (("a.jsonl", b"\n".join(lines[:3])), ("b.jsonl", b"\n".join(lines[3:])), ("c", b"GIF89a")):
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / name).write_bytes(data)
        bucket.objects[f"pile/in/{name}"] = data
    source, out = Storage("s3://pile/in", bucket.endpoint), Storage("s3://pile/made", bucket.endpoint)
    there = run(source, out, engine, partitions=2)
    here = run(Storage(str(tmp_path / "in")), Storage(str(tmp_path / "made")), engine, partitions=2)
    assert there.counts == here.counts
    assert _without_paths(Output(out.address, bucket.endpoint)) == _without_paths(Output(str(tmp_path / "made")))
    paths = {raw.path for batch in Output(out.address, bucket.endpoint).captures() for raw, _ in batch}
    assert paths == {"s3://pile/in/a.jsonl", "s3://pile/in/b.jsonl"}
    assert [each.path for batch in Output(out.address, bucket.endpoint).refused() for each in batch] == [
        "s3://pile/in/c"
    ]


def _without_paths(made: Output) -> list[object]:
    """What a result holds, whatever the files were called."""
    return [(report, reading) for batch in made.readings() for report, reading, _ in batch]


def test_a_place_in_object_storage_can_be_a_result(
    bucket: s3.Bucket, monkeypatch: pytest.MonkeyPatch, made: tuple[Path, Result]
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", bucket.endpoint)
    for path in made[0].rglob("*"):
        if path.is_file():
            bucket.objects[f"pile/made/{path.relative_to(made[0])}"] = path.read_bytes()
    assert is_output("s3://pile/made")
    assert not is_output("s3://pile/other")
    assert sum(len(batch) for batch in Output("s3://pile/made").captures()) == made[1].counts["captures"]
    with pytest.raises(DatelineError, match="no result"):
        Output("s3://pile/other")
