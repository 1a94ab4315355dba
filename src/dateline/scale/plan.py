"""What a run on many machines has before it: the files in their order, cut into partitions, and what made it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version as version_of
from pathlib import Path

import msgspec

from dateline.capture.find import walk
from dateline.capture.mapping import FieldMapping, mapping_of
from dateline.errors import CaptureError, DatelineError
from dateline.records import Refusal
from dateline.scale.storage import Storage

NAME = "plan.json"

# Bytes of input a partition: what a lost machine costs at most, some minutes of one core.
_PARTITION = 16 << 20
_MOST = 20_000


class File(msgspec.Struct, frozen=True):
    """One file of the input by its whole address; ``seq`` is its place in the order in which one machine takes them."""

    seq: int
    name: str
    size: int


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be done, the same for every machine and every try. ``source`` is where the files lie.

    ``captures`` are the partitions of the input, each some files that follow one another; ``reports`` is the number of partitions into
    which the reports fall. ``refused`` are paths that cannot be taken. ``versions`` made it: another version begins anew.
    """

    source: str
    endpoint: str | None
    mapping: dict[str, str | list[str]] | str | None
    captures: list[list[File]]
    reports: int
    refused: list[Refusal]
    versions: dict[str, str]


def plan(source: Storage, mapping: FieldMapping | str | None = None, partitions: int | None = None) -> Plan:
    """The plan for a folder, a file, or what lies under a prefix of object storage.

    Args:
        source: where the captures are.
        mapping: which field of a dump's row is what, or the name of a preset.
        partitions: how many partitions; by default one for so many bytes.

    Raises:
        CaptureError: there is nothing, or the mapping is none.
    """
    mapping_of(mapping)
    files, refused = _remote(source) if source.remote else _local(source)
    if not files and not refused:
        raise CaptureError(source.address, "there is no file in it")
    number = partitions or max(1, min(_MOST, -(-sum(file.size for file in files) // _PARTITION)))
    return Plan(
        source=source.address,
        endpoint=source.endpoint,
        mapping=mapping if isinstance(mapping, str) or mapping is None else dict(mapping),
        captures=_cut(files, number),
        reports=number,
        refused=refused,
        versions=_versions(),
    )


def settle(out: Storage, made: Plan) -> bool:
    """Write a plan where a result is to be, or find the same one there; whether it was there.

    Raises:
        DatelineError: something else is there.
    """
    found = out.read(NAME)
    if found is None:
        if out.names():
            raise DatelineError(out, "holds something else: name an empty folder")
        out.write(NAME, msgspec.json.encode(made))
        return False
    if (before := _decoded(found, out)) != made:
        raise DatelineError(out, f"{_differs(before, made)}: name an empty folder, or remove this one")
    return True


def plan_of(out: Storage) -> Plan:
    """The plan of what lies in a place.

    Raises:
        DatelineError: there is none, or it cannot be read.
    """
    found = out.read(NAME)
    if found is None:
        raise DatelineError(out, "there is no result of a run on many machines in it")
    return _decoded(found, out)


def _decoded(data: bytes, place: object) -> Plan:
    try:
        return msgspec.json.decode(data, type=Plan)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DatelineError(place, f"holds a plan that cannot be read ({error})") from error


def _differs(before: Plan, made: Plan) -> str:
    if before.versions != made.versions:
        return "was begun by another version of Dateline"
    if (before.reports, before.mapping) != (made.reports, made.mapping):
        return "was begun with other options"
    return "was begun with another input, or files of it have changed since"


def _local(source: Storage) -> tuple[list[File], list[Refusal]]:
    files: list[File] = []
    refused: list[Refusal] = []
    for found in walk([Path(source.address)]):
        if isinstance(found, Refusal):
            refused.append(found)
        elif str(found.file) != found.path:
            refused.append(Refusal(path=found.path, record=None, reason="its name is no UTF-8"))
        else:
            files.append(File(len(files), found.path, found.size))
    return files, refused


def _remote(source: Storage) -> tuple[list[File], list[Refusal]]:
    names = [each for each in source.names() if not any(part.startswith(".") for part in each[0].split("/"))]
    return [File(seq, source.at(name), size) for seq, (name, size) in enumerate(names)], []


def _cut(files: Sequence[File], number: int) -> list[list[File]]:
    """Files in at most so many runs of about the same size, in order."""
    total = sum(file.size + 1 for file in files)
    cut: dict[int, list[File]] = {}
    begun = 0
    for file in files:
        cut.setdefault(begun * number // total, []).append(file)
        begun += file.size + 1
    return list(cut.values())


def _versions() -> dict[str, str]:
    from dateline.read.reader import READER  # loading it takes seconds, and looking at a plan does without

    return {"reader": READER, "plan": "1", **{name: version_of(name) for name in ("dateline", "spacy", "trafilatura")}}
