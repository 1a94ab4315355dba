"""What a run on many machines made, as an archive takes it over (`dateline.archive.archive.Archive.load`)."""

from __future__ import annotations

import os
from collections.abc import Iterator

import msgspec

from dateline.errors import DatelineError
from dateline.records import Extract, RawCapture, Reading, Refusal, Report
from dateline.scale.plan import NAME, plan_of
from dateline.scale.storage import Storage
from dateline.scale.tables import CAPTURES, REFUSED, REPORTS, finished, part

_AT_ONCE = 128


def is_output(path: str | os.PathLike[str]) -> bool:
    """Whether a folder, or a place in object storage, is that of a result."""
    address = os.fspath(path)
    if address.startswith("s3://"):
        return Storage(address).read(NAME) is not None
    return os.path.isfile(os.path.join(address, NAME)) and os.path.isdir(os.path.join(address, CAPTURES))


class Output:
    """A finished result.

    Raises:
        DatelineError: there is none, or it is not finished.
    """

    def __init__(self, address: str, endpoint: str | None = None) -> None:
        self._place = Storage(address, endpoint)
        self._plan = plan_of(self._place)
        self.reader = self._plan.versions["reader"]
        self._inputs, self._reports = range(len(self._plan.captures)), range(self._plan.reports)
        left = len(self._inputs) - len(finished(self._place, CAPTURES))
        left += len(self._reports) - len(finished(self._place, REPORTS))
        if left:
            raise DatelineError(
                address, f"is not finished, {left} partitions are left: 'dateline scale run' goes on with it"
            )

    def __str__(self) -> str:
        return str(self._place)

    def captures(self) -> Iterator[list[tuple[RawCapture, Extract]]]:
        """All captures with what they hold, in batches, in the order of the input."""
        raw, extract = msgspec.json.Decoder(RawCapture).decode, msgspec.json.Decoder(Extract).decode
        for number in self._inputs:
            for rows in self._place.rows(part(CAPTURES, number), ("raw", "data", "extract"), _AT_ONCE):
                yield [
                    (msgspec.structs.replace(raw(row["raw"]), data=row["data"]), extract(row["extract"]))
                    for row in rows
                ]

    def refused(self) -> Iterator[list[Refusal]]:
        """What could not be taken, in batches."""
        yield self._plan.refused
        for number in self._inputs:
            for rows in self._place.rows(part(REFUSED, number)):
                yield [Refusal(**row) for row in rows]

    def readings(self) -> Iterator[list[tuple[Report, Reading, Refusal | None]]]:
        """All reports with what they say, in batches; and the refusal where one could not be read."""
        report, reading = msgspec.json.Decoder(Report).decode, msgspec.json.Decoder(Reading).decode
        failed = msgspec.json.Decoder(Refusal).decode
        for number in self._reports:
            for rows in self._place.rows(part(REPORTS, number), at_once=_AT_ONCE):
                yield [
                    (report(row["report"]), reading(row["reading"]), failed(row["failed"]) if row["failed"] else None)
                    for row in rows
                ]
