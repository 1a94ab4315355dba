"""One partition of the input: its files to captures, their extracts, and what of these is compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import msgspec
import numpy as np

from dateline.archive.steps import given_up, take_apart
from dateline.capture.find import find
from dateline.fold.same import Body
from dateline.fold.sketch import sketch
from dateline.records import Extract, RawCapture, Refusal
from dateline.scale.plan import File, Plan
from dateline.scale.storage import Storage
from dateline.scale.tables import CAPTURES, REFUSED, WORDINGS, json, part, schema

_IN_A_FILE = 32  # bits for the place of a capture in its file; those above are the file's own


def capture(out: Storage, plan: Plan, number: int) -> Counter[str]:
    """Take the captures of a partition; write them, what of them is compared, and what was refused.

    Returns:
        How many there were of each.
    """
    source = Storage(plan.source, plan.endpoint)
    counts: Counter[str] = Counter()
    with ExitStack() as stack:
        captures, wordings, refused = (
            stack.enter_context(out.table(part(name, number), schema(name))) for name in (CAPTURES, WORDINGS, REFUSED)
        )
        for file in plan.captures[number]:
            for place, item in enumerate(_found(source, file, plan)):
                if isinstance(item, Refusal):
                    refused.put(msgspec.structs.asdict(item))
                    continue
                extract, wording, failed = _taken(item)
                captures.put(
                    {
                        "id": item.id,
                        "seq": file.seq << _IN_A_FILE | place,
                        "raw": json(msgspec.structs.replace(item, data=b"")),
                        "data": item.data,
                        "extract": json(extract),
                        "captured": item.captured,
                    }
                )
                if wording is not None:
                    wordings.put({"id": item.id, **wording})
                if failed:
                    refused.put(msgspec.structs.asdict(failed))
                counts["without an article"] += extract.no_article is not None
        counts["captures"], counts["refused"] = captures.count, refused.count
    return counts


def _found(source: Storage, file: File, plan: Plan) -> Iterator[RawCapture | Refusal]:
    """What is in a file, under the address that the file has for everyone."""
    with source.local(file.name) as path:
        for item in find([path], plan.mapping):
            yield msgspec.structs.replace(item, path=file.name) if source.remote else item


def _taken(raw: RawCapture) -> tuple[Extract, dict[str, Any] | None, Refusal | None]:
    """What a capture holds, and what of it is compared where it has an article."""
    ((extract, failed),) = take_apart([raw])
    try:
        return extract, _wording(extract), failed
    except Exception as error:  # a mistake of ours in one capture must not cost the others
        empty, refusal = given_up(raw.id, raw.path, raw.record, error)
        return empty, None, refusal


def _wording(extract: Extract) -> dict[str, Any] | None:
    if extract.no_article is not None:
        return None
    body = Body(extract.text, extract.date)
    return {
        "digest": body.digest if len(body) else None,  # a text without words is nobody's copy
        "day": body.day,
        "words": body.words.astype("<u4").tobytes(),
        "keys": sketch(body).view(np.int64).tolist(),
    }
