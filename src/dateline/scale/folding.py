"""Folding a whole set: who shares a key is brought together by the engine, compared, and joined.

The same pairs are compared by the same function as in `dateline.fold.cluster`, so the reports are the same; only who holds what
differs. Keys, pairs and words are shuffled between machines, and none of them needs the whole. Where there are too many for one process,
groups are found from pairs by turns of large stars and small stars (Kiveris et al., "Connected Components in MapReduce and Beyond", 2014).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from dateline.fold.cluster import LIMIT
from dateline.fold.report import report_id
from dateline.fold.same import Body, same_report
from dateline.scale.storage import Storage
from dateline.scale.tables import CAPTURES, FOLDED, WORDINGS

if TYPE_CHECKING:
    from daft import DataFrame, Series

Pair = tuple[int, int]
_AT_ONCE = 4096  # pairs that are compared in one go
_AT_HAND = 256  # texts that are kept ready meanwhile
_IN_ONE_GO = 5_000_000  # pairs whose groups one process finds in less memory and time than the engine takes to begin


def fold(out: Storage, partitions: int) -> dict[int, list[str]]:
    """Find the report of every capture with an article, and bring the extracts of each report together.

    Args:
        out: where the captures are, and where the extracts go.
        partitions: into how many partitions the reports fall.

    Returns:
        The files of each partition. A capture that came twice stands there twice.
    """
    import daft
    from daft import DataType, col

    io = out.engine()
    found = daft.read_parquet(out.at(f"{WORDINGS}/*.parquet"), io_config=io)
    captures = daft.read_parquet(out.at(f"{CAPTURES}/*.parquet"), io_config=io)
    name = daft.func(_name, return_dtype=DataType.string())
    bucket = daft.func(_Bucket(partitions), return_dtype=DataType.int64())
    each = (
        found.select("id", "digest")
        .distinct()
        .join(groups(found.where(col("digest").not_null())), on="digest", how="left")
        .with_column("group", col("label").fill_null(col("digest")))
        .select("id", "group")
    )
    first = each.where(col("group").not_null()).groupby("group").agg(col("id").min().alias("first"))
    reports = (
        each.join(first, on="group", how="left")
        .with_column("report", name(col("first").fill_null(col("id"))))
        .select("id", "report")
    )
    written = (
        captures.select("id", "seq", "extract", "captured")
        .join(reports, on="id")
        .with_column("bucket", bucket(col("report")))
        .write_parquet(out.at(FOLDED), partition_cols=[col("bucket")], io_config=io, write_mode="overwrite")
        .to_pydict()
    )
    files: dict[int, list[str]] = {}
    for path, number in zip(written["path"], written["bucket"], strict=True):
        files.setdefault(number, []).append(out.name(path))
    return {number: sorted(files[number]) for number in sorted(files)}


def groups(wordings: DataFrame) -> DataFrame:
    """The groups of wordings that are one report.

    As on one machine, those that stand one after the other under a key are compared first; then, under keys that are still of
    several groups, each with the first ones of other groups.

    Args:
        wordings: columns ``digest``, ``day``, ``words``, ``keys``; a wording may stand there several times.

    Returns:
        Columns ``digest`` and ``label``, the smallest digest of the group, for each wording that has others in its group.
    """
    from daft import col

    keys = wordings.select("digest", "keys").explode("keys").distinct().collect()
    texts = wordings.groupby("digest").agg(col("words").any_value(), col("day").any_value())
    near = _same(_listed(keys.with_column("group", col("digest")), neighbours), texts).collect()
    labels = connected(near)
    grouped = keys.join(labels.select(col("b").alias("digest"), col("a").alias("label")), on="digest", how="left")
    apart = _listed(grouped.with_column("group", col("label").fill_null(col("digest"))), strangers)
    joined = connected(labels.concat(_same(apart, texts)).collect())
    return joined.select(col("b").alias("digest"), col("a").alias("label"))


def neighbours(digests: list[int], _: list[int]) -> Iterator[Pair]:
    """The pairs of those that stand one after the other under a key."""
    order = sorted(digests)
    yield from pairwise(order)


def strangers(digests: list[int], groups: list[int]) -> Iterator[Pair]:
    """The pairs under a key that are not of one group; one of the two is among the first."""
    order = sorted(zip(digests, groups, strict=True))
    if len({group for _, group in order}) > 1:
        for at, (one, group) in enumerate(order[:LIMIT]):
            yield from ((one, other) for other, another in order[at + 1 :] if another != group)


def _listed(keys: DataFrame, pairs: Callable[[list[int], list[int]], Iterator[Pair]]) -> DataFrame:
    """The pairs to compare (``a`` < ``b``), each once; ``keys`` has a ``group`` for each digest."""
    from daft import col

    lists = keys.groupby("keys").agg(col("digest").list_agg(), col("group").list_agg())
    lists = lists.where(col("digest").list_count(mode="all") > 1)
    return _paired(lists, lambda row: pairs(row["digest"], row["group"]), "digest", "group").distinct()


def _same(pairs: DataFrame, texts: DataFrame) -> DataFrame:
    """Those of some pairs that are the same report."""
    import daft
    from daft import DataType, col

    same = daft.func.batch(return_dtype=DataType.bool(), batch_size=_AT_ONCE)(_are_same)
    one = texts.select(col("digest").alias("a"), col("words").alias("words_a"), col("day").alias("day_a"))
    other = texts.select(col("digest").alias("b"), col("words").alias("words_b"), col("day").alias("day_b"))
    both = pairs.join(one, on="a").join(other, on="b")
    return both.where(same(col("words_a"), col("day_a"), col("words_b"), col("day_b"))).select("a", "b")


def _are_same(words_a: Series, day_a: Series, words_b: Series, day_b: Series) -> list[bool]:
    @lru_cache(_AT_HAND)
    def body(words: bytes, day: str | None) -> Body:
        return Body.of(np.frombuffer(words, dtype="<u4").astype(np.uint32), day)

    rows = zip(words_a.to_pylist(), day_a.to_pylist(), words_b.to_pylist(), day_b.to_pylist(), strict=True)
    return [same_report(body(a, of_a), body(b, of_b)) for a, of_a, b, of_b in rows]


def connected(pairs: DataFrame) -> DataFrame:
    """The connected components of some pairs (``a`` < ``b``): each as the pairs of its smallest member with all others.

    So many that they do not fit into one process are joined by the engine.
    """
    if pairs.count_rows() > _IN_ONE_GO:
        return stars(pairs)
    import daft

    held = pairs.to_pydict()
    parents: dict[int, int] = {}

    def root(of: int) -> int:
        while (parent := parents.get(of, of)) != of:
            parents[of] = of = parents.get(parent, parent)
        return of

    for a, b in zip(held["a"], held["b"], strict=True):
        first, second = sorted((root(a), root(b)))
        if first != second:
            parents[second] = first
    ends = sorted(parents)
    columns = {"a": [root(end) for end in ends], "b": ends}
    return daft.from_pydict({name: np.array(values, dtype=np.int64) for name, values in columns.items()})


def stars(pairs: DataFrame) -> DataFrame:
    """The same as `connected`, joined by the engine."""
    from daft import col

    turned = col("b").alias("a"), col("a").alias("b")
    while True:
        both = pairs.concat(pairs.select(*turned))
        large = _paired(both.groupby("a").agg(col("b").list_agg()), _large_star, "a", "b").distinct()
        small = _paired(large.groupby("b").agg(col("a").list_agg()), _small_star, "a", "b").distinct()
        pairs = small.collect()
        inner = pairs.select(col("b").alias("a")).distinct().join(pairs.select("a").distinct(), on="a")
        if not inner.count_rows() and pairs.select("b").distinct().count_rows() == pairs.count_rows():
            return pairs


def _large_star(row: dict[str, Any]) -> Iterator[Pair]:
    """The larger ones of a member's neighbours, with the smallest of them all."""
    smallest = min(row["a"], *row["b"])
    yield from ((smallest, each) for each in row["b"] if each > row["a"])


def _small_star(row: dict[str, Any]) -> Iterator[Pair]:
    """A member and its smaller neighbours, with the smallest of these."""
    smallest = min(row["a"])
    yield from ((smallest, each) for each in {*row["a"], row["b"]} if each != smallest)


def _paired(rows: DataFrame, pairs: Callable[[dict[str, Any]], Iterator[Pair]], *columns: str) -> DataFrame:
    """The pairs that a function makes of each row."""
    import daft
    from daft import DataType, col

    pair = DataType.struct({"a": DataType.int64(), "b": DataType.int64()})
    made = daft.func(
        lambda *values: [{"a": a, "b": b} for a, b in pairs(dict(zip(columns, values, strict=True)))],
        return_dtype=DataType.list(pair),
    )
    listed = rows.select(made(*map(col, columns)).alias("pair")).explode("pair").where(col("pair").not_null())
    return listed.select(col("pair")["a"].alias("a"), col("pair")["b"].alias("b"))


def _name(first: str) -> str:
    return report_id([first])


class _Bucket:
    """The partition of a report."""

    def __init__(self, partitions: int) -> None:
        self._partitions = partitions

    def __call__(self, report: str) -> int:
        return int(report[1:], 16) % self._partitions
