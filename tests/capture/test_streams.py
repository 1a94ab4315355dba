"""How far a walk is, and lines that are too long."""

from __future__ import annotations

import io
import json
from pathlib import Path

from dateline.capture.find import find
from dateline.capture.streams import Meter, lines


def test_a_meter_tells_how_far_a_walk_is_within_a_file_too(tmp_path: Path) -> None:
    rows = [json.dumps({"text": f"{number} " + "words " * 20_000}) for number in range(40)]
    (tmp_path / "a.jsonl").write_text("\n".join(rows), encoding="utf-8")
    (tmp_path / "b.txt").write_text("words " * 100_000, encoding="utf-8")
    meter = Meter()
    found = find([tmp_path], meter=meter)
    assert meter.share is None
    shares = [meter.share or 0.0 for _ in found]
    assert len(shares) == 41
    assert shares == sorted(shares)
    assert len(set(shares)) > 3
    assert shares[0] < 0.5 < shares[39] <= shares[40]
    assert meter.share == 1.0


def test_lines_are_whole_whatever_blocks_they_come_in() -> None:
    data = b"a\r\n\n" + b"b" * 3_000_000 + b"\nc\n" + b"d" * 5_000_000 + b"\nlast"
    given = [
        (number, None if line is None else len(line)) for number, line in lines(io.BytesIO(data), largest=4_000_000)
    ]
    assert given == [(1, 1), (2, 0), (3, 3_000_000), (4, 1), (5, None), (6, 4)]
    assert [number for number, _ in lines(io.BytesIO(b"e" * 9_000_000), largest=4_000_000)] == [1]
