"""An archive: captures taken in, folded and read, and the chronicle that comes out. The whole one-way street in order.

Each step writes what it made before the next one begins, and finds out from the database alone what is left to do. So a run
that was killed is finished by any later one, and the result is the same.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version as version_of
from io import BytesIO
from itertools import tee
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar, cast, get_args

import msgspec

from dateline.archive.differences import Difference, difference
from dateline.archive.edits import Edited, edited
from dateline.archive.folding import fold_in, merge_in
from dateline.archive.ledger import Fetched, Ledger
from dateline.archive.linking import relink
from dateline.archive.place import Place
from dateline.archive.questions import Saved, drop, look, questions, save
from dateline.archive.removal import Removed, barred, remove, removed, sweep
from dateline.archive.steps import Taken, given_up, read_reports, take_apart
from dateline.archive.store import Store, chunks
from dateline.archive.verify import Problem, problems
from dateline.capture import warc
from dateline.capture.find import find
from dateline.capture.mapping import FieldMapping
from dateline.capture.streams import Meter, shown
from dateline.chronicle.chronicle import Chronicle
from dateline.chronicle.question import Question, select
from dateline.chronicle.series import Series, series
from dateline.errors import ArchiveError, ReadingError, StorageError
from dateline.read.reader import READER
from dateline.records import (
    Actor,
    CaptureRef,
    Commitment,
    Dispute,
    Entry,
    EventRow,
    Extract,
    FigureRow,
    Linked,
    Pin,
    RawCapture,
    Reading,
    Record,
    Refusal,
    Report,
    ReportRow,
    SideRef,
    Span,
    StatementRow,
    Status,
    Version,
    VersionText,
)
from dateline.rows import Rows
from dateline.workers import Workers

_BATCH_CAPTURES = 128  # captures or
_BATCH_BYTES = 8_000_000  # bytes that one transaction takes in: what a kill may cost at most
_BATCH_READINGS = 16
_MANY_READINGS = 64  # reports that take longer to read than workers to start

# What the link and chronicle steps make, as the archive lists it.
_LINKED: dict[str, type[Record]] = {
    "statements": StatementRow,
    "figures": FigureRow,
    "events": EventRow,
    "actors": Actor,
    "commitments": Commitment,
    "disputes": Dispute,
    "entries": Entry,
}

if TYPE_CHECKING:
    from dateline.archive.reviews import Reviews
    from dateline.collect.collector import Outcome
    from dateline.collect.manners import Settings

_ALONE = Workers(1)  # this process does all by itself

R = TypeVar("R", bound=msgspec.Struct)


@dataclass(frozen=True)
class Progress:
    """How far a run is: ``done`` of ``total`` (None where nobody knows yet) in the named step.

    ``share`` is how much of the step is done, from 0 to 1; it may be known where the total is not: captures are counted as
    they come out of files, files by their bytes.
    """

    step: str
    done: int
    total: int | None
    share: float


@dataclass(frozen=True)
class Run:
    """What one `Archive.add` or `Archive.reread` did. ``refused`` are the inputs that could not be taken."""

    id: int
    counts: Mapping[str, int]
    refused: Sequence[Refusal] = field(default_factory=list)


class Made(Protocol):
    """What other machines made of captures: see `dateline.scale.output.Output`. All of it comes in batches.

    ``reader`` is the version of the reader that made the Readings.
    """

    reader: str

    def captures(self) -> Iterable[list[tuple[RawCapture, Extract]]]:
        """Captures with what they hold."""
        ...

    def refused(self) -> Iterable[list[Refusal]]:
        """What could not be taken."""
        ...

    def readings(self) -> Iterable[list[tuple[Report, Reading, Refusal | None]]]:
        """Reports with what they say, and the refusal where one could not be read."""
        ...


@dataclass(frozen=True)
class Found:
    """A report that a search found, with the words around the first hit."""

    report: str
    title: str | None
    published: str | None
    text: str
    pin: Pin | None


def _silent(_: Progress) -> None:
    """The progress of a run that nobody watches."""


def _unheard(_: Outcome) -> None:
    """What came of an address where nobody listens."""


class Archive:
    """One archive. A context manager; `close` lets go of the file or the server.

    Args:
        place: a file, or the address of a PostgreSQL database (``postgresql://user@host/database``).

    Raises:
        ArchiveError: it cannot be opened, is no archive, or was made by a later version of Dateline.
    """

    def __init__(self, place: str | Path | Place) -> None:
        self._store = Store(place)
        self.place = self._store.place

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        counts = self._store.counts()
        return f"<Archive {self.place}: {counts['captures']} captures, {counts['reports']} reports, {counts['entries']} entries>"

    def close(self) -> None:
        """Let go of the archive's file or server."""
        self._store.close()

    @property
    def store(self) -> Store:
        """The archive's database, for what shows it page by page (see `dateline.archive.browse`)."""
        return self._store

    # ── the street ────────────────────────────────────────────────────────────────────────────────────────────────

    def add(
        self,
        paths: Iterable[str | Path],
        *,
        mapping: FieldMapping | str | None = None,
        read: bool = True,
        jobs: int = 1,
        progress: Callable[[Progress], None] = _silent,
    ) -> Run:
        """Take in what is new under some files and folders, fold it, read it and link it.

        Args:
            paths: files of any known format, and folders, which are walked.
            mapping: which fields of a JSON or CSV dump mean what (ours to theirs), or the name of a preset, where its own
                names do not tell.
            read: False only captures and folds; a later `add` or `reread` reads.
            jobs: processes that take captures apart and read side by side; the result is the same whatever their number.
            progress: called as the run goes on.

        Raises:
            CaptureError: a path does not exist, or the mapping is none; nothing was taken in.
        """
        paths = list(paths)
        meter = Meter()
        found = find(paths, mapping, meter)
        run = self._store.start_run("add", _versions(), {"paths": [shown(path) for path in paths], "read": read})
        counts: Counter[str] = Counter()
        refused: list[Refusal] = []
        progress(Progress("captures", 0, None, 0.0))
        with Workers(jobs) as workers:
            refused += self._finish(run, counts, workers)
            named: deque[list[Refusal]] = deque()  # of each batch, until its turn
            for taken in workers.map(take_apart, self._kept(run, found, meter, counts, named, progress)):
                refused += named.popleft() + self._fold(run, taken, counts)
            refused += self._merge(run)
            if read:
                refused += self._read(run, self._store.unread(), counts, progress, workers)
        counts["refused"] = len(refused)
        if read or self._store.has_readings():
            self._link(progress, run)
        self._store.end_run(run, counts)
        return Run(run, counts, refused)

    def load(self, made: Made, *, read: bool = True, progress: Callable[[Progress], None] = _silent) -> Run:
        """Take over captures that were taken apart and read on other machines (see `dateline.scale`): that is not done again.

        Here they meet the captures of this archive, so they are folded; a Reading is taken where the report that comes of it is the one
        that was read.

        Args:
            made: what the other machines made.
            read: False does not read the reports that came out otherwise here.
            progress: called as the run goes on.
        """
        run = self._store.start_run("load", _versions(), {"from": str(made), "read": read})
        counts: Counter[str] = Counter()
        refused = self._finish(run, counts)
        for bad in made.refused():
            self._store.refuse(run, bad)
            refused += bad
        for batch in made.captures():
            held = {raw.id: extract for raw, extract in reversed(batch)}  # of one that came twice the first counts
            raws = [raw for raw, _ in batch]
            refused += self._let_go(run, raws)
            new = self._store.keep(raws)
            counts["captures seen"] += len(raws)
            counts["captures new"] += len(new)
            refused += self._fold(run, [(held[raw.id], None) for raw in new], counts)
            progress(Progress("captures", counts["captures seen"], None, 0.0))
        refused += self._merge(run)
        for told in made.readings():
            refused += self._take_readings(run, told, made.reader, counts)
        if read:
            refused += self._read(run, self._store.unread(), counts, progress)
        counts["refused"] = len(refused)
        if self._store.has_readings():
            self._link(progress, run)
        self._store.end_run(run, counts)
        return Run(run, counts, refused)

    def _take_readings(
        self, run: int, told: Sequence[tuple[Report, Reading, Refusal | None]], reader: str, counts: Counter[str]
    ) -> list[Refusal]:
        """Take the Readings of reports that came out the same here and have none."""
        ids = [report.id for report, _, _ in told]
        mine, have = {report.id: report for report in self._store.reports(ids)}, self._store.readings(ids)
        taken = [each for each in told if mine.get(each[0].id) == each[0] and each[0].id not in have]
        self._store.put_readings([(report, reading) for report, reading, _ in taken], reader)
        counts["readings taken over"] += len(taken)
        failed = [refusal for _, _, refusal in taken if refusal]
        self._store.refuse(run, failed)
        return failed

    def _kept(
        self,
        run: int,
        found: Iterator[RawCapture | Refusal],
        meter: Meter,
        counts: Counter[str],
        named: deque[list[Refusal]],
        progress: Callable[[Progress], None],
    ) -> Iterator[list[RawCapture]]:
        """The captures of an input that are new, in batches, each on disk when it comes; ``named`` takes what each batch refused."""
        looked_at = 0
        for batch in _batches(found):
            bad = [item for item in batch if isinstance(item, Refusal) and not self._is_own(item.path)]
            self._store.refuse(run, bad)
            raws = [item for item in batch if isinstance(item, RawCapture)]
            looked_at += len(bad) + len(raws)
            bad += self._let_go(run, raws)
            counts["captures seen"] += len(raws)
            new = self._store.keep(raws)
            counts["captures new"] += len(new)
            named.append(bad)
            yield new
            progress(Progress("captures", looked_at, None, meter.share or 0.0))

    def collect(
        self,
        addresses: Iterable[str] = (),
        feeds: Iterable[str] = (),
        *,
        settings: Settings | None = None,
        read: bool = True,
        heard: Callable[[Outcome], None] = _unheard,
        progress: Callable[[Progress], None] = _silent,
    ) -> Run:
        """Fetch pages, and the new and changed pages that feeds list; take them in as `add` does.

        Every answer is on disk as it came before the next one is looked at, so a run that is killed has lost nothing, and
        the next one does not fetch it again.

        Args:
            addresses: of pages, asked for whether they are known or not; what did not change is no new capture.
            feeds: addresses of RSS, Atom and JSON feeds and of news sitemaps.
            settings: how to behave, and what may come.
            read: False only captures and folds.
            heard: called with what came of each address.
            progress: called as the run goes on.
        """
        from dateline.collect.collector import Collector  # what only this needs takes a while to import
        from dateline.collect.manners import Settings

        pages, lists = list(addresses), list(feeds)
        run = self._store.start_run("collect", _versions(), {"addresses": pages, "feeds": lists, "read": read})
        counts: Counter[str] = Counter()
        refused: list[Refusal] = []
        ledger = Ledger(self._store)
        for outcome in Collector(ledger, settings or Settings()).run(pages, lists):
            heard(outcome)
            counts[f"{'feeds' if outcome.kind == 'feed' else 'pages'} {outcome.what}"] += 1
            if outcome.what in ("refused", "later"):
                refused.append(Refusal(path=outcome.url, record=None, reason=outcome.reason or outcome.what))
        self._store.refuse(run, refused)
        refused += self._finish(run, counts)
        refused += self._take_fetched(run, ledger, counts, progress)
        refused += self._merge(run)
        if read:
            refused += self._read(run, self._store.unread(), counts, progress)
        counts["refused"] = len(refused)
        if read or self._store.has_readings():
            self._link(progress, run)
        self._store.end_run(run, counts)
        return Run(run, counts, refused)

    def _take_fetched(
        self, run: int, ledger: Ledger, counts: Counter[str], progress: Callable[[Progress], None]
    ) -> list[Refusal]:
        """Make captures of what was fetched, also by a run that was cut short."""
        refused: list[Refusal] = []
        done = 0
        while batch := ledger.waiting():
            raws: list[RawCapture] = []
            bad: list[Refusal] = []
            for answer in batch:
                found = list(warc.captures(BytesIO(answer.data), answer.url))
                raws += (item for item in found if isinstance(item, RawCapture))
                bad += (item for item in found if isinstance(item, Refusal))
                if not found:
                    reason = "there is no page and no text in what came"
                    bad.append(Refusal(path=answer.url, record=None, reason=reason))
            self._store.refuse(run, bad)
            bad += self._let_go(run, raws)
            new = self._store.keep(raws)
            counts["captures new"] += len(new)
            refused += bad + self._fold(run, take_apart(new), counts)
            ledger.taken([answer.id for answer in batch])
            done += len(batch)
            progress(Progress("captures", done, None, 0.0))
        return refused

    def fetched(self) -> Iterator[Fetched]:
        """Every page that was collected, as it came: its WARC records with the headers of request and response."""
        return Ledger(self._store).pages()

    def reread(self, *, changed: bool = False, jobs: int = 1, progress: Callable[[Progress], None] = _silent) -> Run:
        """Read all reports again with this version's reader.

        Args:
            changed: only those that another version read.
            jobs: processes that read side by side; the result is the same whatever their number.
            progress: called as the run goes on.
        """
        run = self._store.start_run("reread", _versions(), {"changed": changed})
        counts: Counter[str] = Counter()
        with Workers(jobs) as workers:
            failed = self._finish(run, counts, workers)
            failed += self._merge(run)
            every = [report.id for report in self._store.reports()]
            todo = sorted({*self._store.unread(), *self._store.read_by_others(READER)}) if changed else every
            failed += self._read(run, todo, counts, progress, workers)
        counts["refused"] = len(failed)
        self._link(progress, run)
        self._store.end_run(run, counts)
        return Run(run, counts, failed)

    def relink(self, progress: Callable[[Progress], None] = _silent) -> None:
        """Link again where what is linked is out of date: after decisions, which change no Reading. Nothing is read again."""
        self._link(progress)

    @property
    def reviews(self) -> Reviews:
        """What persons decided, and the way to decide."""
        from dateline.archive.reviews import Reviews

        return Reviews(self._store)

    def remove(self, capture: str, reason: str, *, by: str, progress: Callable[[Progress], None] = _silent) -> Removed:
        """Let go of a capture that must not be kept, for good: its bytes, and what rested on it alone. Its hash and the reason stay,
        and the same bytes are refused from then on.

        Raises:
            ArchiveError: there is no such capture.
            ReadingError: no reason is given.
        """
        done = remove(self._store, capture, reason, by)
        Ledger(self._store).forget(done.sha256)
        run = self._store.start_run("remove", _versions(), {"capture": capture, "reason": done.reason})
        counts: Counter[str] = Counter()
        failed = self._finish(run, counts) + self._merge(run)
        failed += self._read(run, self._store.unread(), counts, progress)
        counts["refused"] = len(failed)
        self._link(progress, run)
        sweep(self._store)
        self._store.end_run(run, counts)
        return done

    def removed(self) -> list[Removed]:
        """The captures that were let go of, with the reasons."""
        return removed(self._store)

    def _let_go(self, run: int, raws: list[RawCapture]) -> list[Refusal]:
        """Take those out of what came in that were let go of for good."""
        bad = barred(self._store, raws)
        if bad:
            places = {(refusal.path, refusal.record) for refusal in bad}
            raws[:] = [raw for raw in raws if (raw.path, raw.record) not in places]
            self._store.refuse(run, bad)
        return bad

    def _is_own(self, path: str) -> bool:
        """Whether a path is the archive's own file, which lies in the folder that is added as often as not."""
        if self.place.path is None:
            return False
        own = shown(self.place.path.resolve())
        return str(Path(path).resolve()) in (own, f"{own}-wal", f"{own}-shm")

    def _finish(self, run: int, counts: Counter[str], workers: Workers = _ALONE) -> list[Refusal]:
        """Take those captures apart that a run which was cut short had only kept."""
        refused: list[Refusal] = []
        for taken in workers.map(take_apart, self._waiting(run, counts, refused)):
            refused += self._fold(run, taken, counts)
        return refused

    def _waiting(self, run: int, counts: Counter[str], refused: list[Refusal]) -> Iterator[list[RawCapture]]:
        """The captures that are on disk but were not taken further, in batches; those that are damaged are given up."""

        def stored() -> Iterator[RawCapture]:
            for id in self._store.unextracted():
                try:
                    raw = self._store.raw(id)
                except StorageError:
                    raise
                except Exception as error:
                    refused.extend(self._fold(run, [given_up(id, id, None, error)], counts))
                else:
                    yield raw

        for batch in _batches(stored()):
            yield [raw for raw in batch if isinstance(raw, RawCapture)]

    def _fold(self, run: int, taken: Sequence[Taken], counts: Counter[str]) -> list[Refusal]:
        """Fold what captures hold. One that breaks it stays without an article; the rest goes on."""
        failed = [refusal for _, refusal in taken if refusal]
        extracts = [each for each, _ in taken]
        try:
            fold_in(self._store, extracts)
        except StorageError:
            raise
        except Exception:  # one of them breaks it: find out which, so that the others get through
            extracts = [self._folded_alone(each, failed) for each in extracts]
        counts["without an article"] += sum(e.no_article is not None for e in extracts)
        self._store.refuse(run, failed)
        return failed

    def _folded_alone(self, found: Extract, failed: list[Refusal]) -> Extract:
        try:
            fold_in(self._store, [found])
        except StorageError:
            raise
        except Exception as error:
            empty, refusal = given_up(found.id, found.path or found.id, None, error)
            failed += [refusal]
            fold_in(self._store, [empty])
            return empty
        return found

    def _merge(self, run: int) -> list[Refusal]:
        """Make the reports whose captures changed."""
        failed: list[Refusal] = []

        def give_up(lost: Extract, error: Exception) -> Extract:
            empty, refusal = given_up(lost.id, lost.path or lost.id, None, error)
            failed.append(refusal)
            return empty

        merge_in(self._store, give_up)
        self._store.refuse(run, failed)
        return failed

    def _read(
        self,
        run: int,
        reports: Sequence[str],
        counts: Counter[str],
        progress: Callable[[Progress], None],
        workers: Workers = _ALONE,
    ) -> list[Refusal]:
        failed: list[Refusal] = []
        progress(Progress("reading", 0, len(reports), 0.0 if reports else 1.0))
        given, kept = tee(self._store.reports(batch) for batch in chunks(reports, _BATCH_READINGS))
        spread = workers if len(reports) >= _MANY_READINGS else _ALONE
        for readings, batch in zip(spread.map(read_reports, given), kept, strict=True):
            failed += [refusal for _, refusal in readings if refusal]
            for reading, _ in readings:
                counts["reports read" if reading.read else "reports not read"] += 1
            self._store.put_readings(list(zip(batch, (reading for reading, _ in readings), strict=True)), READER)
            done = counts["reports read"] + counts["reports not read"]
            progress(Progress("reading", done, len(reports), done / len(reports)))
        self._store.refuse(run, failed)
        return failed

    def _link(self, progress: Callable[[Progress], None], run: int | None = None) -> None:
        def watch(done: int, total: int) -> None:
            progress(Progress("linking", done, total, done / total if total else 1.0))

        relink(self._store, watch, run)

    # ── what came of it ───────────────────────────────────────────────────────────────────────────────────────────

    def chronicle(
        self,
        about: str | None = None,
        *,
        since: str | None = None,
        until: str | None = None,
        place: str | None = None,
        status: str | None = None,
        min_origins: int = 1,
    ) -> Chronicle:
        """The entries that answer a question, in order of date.

        Args:
            about: an actor under any of its names, a place, or words; nothing: everything.
            since, until: EDTF dates (``2021``, ``2021-03``, ``2021-03-05``); entries whose date may lie between are in.
            place: the name of the place where it happened.
            status: one of the statuses of an event.
            min_origins: how many origins must stand behind an entry.

        Raises:
            ReadingError: a date or status is none.
        """
        question = _question(about, since, until, place, status, min_origins)
        with self._store.snapshot():
            every, linked, reports = self._store.linked("entries", Entry), self.linked(), self.reports()
        try:
            found = select(every, linked, question)
        except ValueError as error:
            option, _, why = str(error).partition(": ")
            raise ReadingError(option, why) from None
        return Chronicle.of(found, linked, reports)

    def diff(
        self,
        before: int | None = None,
        after: int | None = None,
        *,
        about: str | None = None,
        since: str | None = None,
        until: str | None = None,
        place: str | None = None,
        status: str | None = None,
        min_origins: int = 1,
    ) -> Difference:
        """What changed in the chronicle between two runs, and whether new captures, another reader or a person changed it.

        Args:
            before: the number of a run (see `status`); None: the run before the last one.
            after: a later run; None: as everything stands now, with the decisions that were made since the last run.
            about, since, until, place, status, min_origins: as in `chronicle`; lines that answered before or answer after.

        Raises:
            ReadingError: there is no such run, what it left is not kept any more, or a date or status is none.
        """
        question = _question(about, since, until, place, status, min_origins)
        return difference(self._store, before, after, question)

    def save_question(self, name: str, about: str | None = None, **asked: Any) -> None:
        """Save a question to `chronicle` under a name, so that `new_entries` can tell what is new.

        Raises:
            ReadingError: the name is empty, or a date or status is none.
        """
        self.chronicle(about, **asked)  # what cannot be asked is not saved
        save(self._store, name, Question(about=about, **asked))

    def drop_question(self, name: str) -> None:
        """Forget a saved question.

        Raises:
            ArchiveError: there is none of that name.
        """
        drop(self._store, name)

    def questions(self) -> list[Saved]:
        """The saved questions by name."""
        return questions(self._store)

    def new_entries(self, name: str, *, peek: bool = False, everything: bool = False) -> Chronicle:
        """The entries that answer a saved question and were not there when somebody last looked; looking makes them old.

        Args:
            name: the question.
            peek: do not count this as a look.
            everything: all that answer, the new and the old.

        Raises:
            ArchiveError: there is none of that name.
        """
        saved = next((one for one in self.questions() if one.name == name), None)
        if saved is None:
            raise ArchiveError(name, "no question is saved under that name")
        found = self.chronicle(**msgspec.structs.asdict(saved.question))
        if not peek:
            look(self._store, name, list(found))
        return found if everything else replace(found, entries=tuple(saved.new(list(found))))

    def linked(self) -> Linked:
        """Everything that the link step made."""
        return Linked(
            actors=self.actors(),
            statements=self.statements(),
            figures=self.figures(),
            events=self.events(),
            commitments=self.commitments(),
            disputes=self.disputes(),
        )

    def reports(self) -> Rows[ReportRow]:
        """All reports by publication day, the undated last."""
        with self._store.snapshot():
            readings, refs, found = self._store.readings(), self._store.capture_refs(), self._store.reports()
        return Rows(report_row(report, readings.get(report.id), refs) for report in found)

    def edits(self) -> list[Edited]:
        """The reports with several versions, and what changed from each version to the next."""
        with self._store.snapshot():
            several = [report for report in self._store.reports() if len(report.versions) > 1]
            refs = self._store.capture_refs([report.id for report in several])
        return [edited(report, refs) for report in several]

    def statements(self) -> Rows[StatementRow]:
        """All statements, in the order of their reports."""
        return Rows(self._store.linked("statements", StatementRow))

    def figures(self) -> Rows[FigureRow]:
        """All figures, in the order of their reports."""
        return Rows(self._store.linked("figures", FigureRow))

    def series(self, about: str | None = None) -> list[Series]:
        """Figures of one thing over time, one line a claimant; ``about`` asks for some by words (see `dateline.chronicle.series`)."""
        with self._store.snapshot():
            linked, reports = self.linked(), self._store.reports()
        return series(linked, reports, about)

    def events(self) -> Rows[EventRow]:
        """All events, by date."""
        return Rows(self._store.linked("events", EventRow))

    def actors(self) -> Rows[Actor]:
        """All actors, those of most mentions first."""
        return Rows(self._store.linked("actors", Actor))

    def commitments(self) -> Rows[Commitment]:
        """All commitments, by due date."""
        return Rows(self._store.linked("commitments", Commitment))

    def disputes(self) -> Rows[Dispute]:
        """All disputes."""
        return Rows(self._store.linked("disputes", Dispute))

    def text(self, pin: Pin) -> str:
        """The whole text that a pin counts in.

        Raises:
            ArchiveError: the archive has no such report or version.
        """
        whole = self._store.text(pin.report, pin.version)
        if whole is None:
            raise ArchiveError(pin.report, f"no such report here, or no version {pin.version} of it")
        return whole

    def cited(self, id: str) -> list[tuple[Pin | None, ReportRow]]:
        """The reports behind a line or a report itself, each with the first words in it that the line rests on.

        Raises:
            ArchiveError: the archive has nothing of that id.
        """
        rows = {report.id: report for report in self.reports()}
        if id in rows:
            return [(None, rows[id])]
        found = self._store.one(id, _LINKED)
        pins = getattr(found, "pins", None) or ([found.pin] if isinstance(found, FigureRow | Commitment) else [])
        if isinstance(found, Dispute):
            pins = [side.pin for side in found.sides]
        if not pins:
            raise ArchiveError(id, "nothing of this id here that rests on words: ids stand in the lists' --json")
        first = {pin.report: pin for pin in reversed(pins)}
        return [(first[report], rows[report]) for report in dict.fromkeys(pin.report for pin in pins)]

    def nouns(self) -> dict[str, tuple[type[Record], Sequence[Record]]]:
        """Everything in the archive but the raw bytes, noun by noun: name, type, records. What the exports write."""
        with self._store.snapshot():
            texts, readings = self._store.reports(), self._store.readings()
            return {
                "reports": (ReportRow, self.reports()),
                "texts": (VersionText, [_version_text(each, version) for each in texts for version in each.versions]),
                "readings": (Reading, [readings[each.id] for each in texts if each.id in readings]),
                **{name: (kind, self._store.linked(name, kind)) for name, kind in _LINKED.items()},
            }

    def reading(self, report: str) -> Reading | None:
        """The Reading of a report's current text, None where it has not been read yet."""
        return self._store.readings().get(report)

    def raw(self, capture: str) -> RawCapture:
        """A capture as it came, byte for byte.

        Raises:
            ArchiveError: the archive has no such capture.
        """
        return self._store.raw(capture)

    def search(self, words: str, *, limit: int = 50) -> list[Found]:
        """Reports of any language that hold all the words, the best match first, with the words around the first hit."""
        with self._store.snapshot():
            ids = self._store.search(words, limit)
            reports = {report.id: report for report in self._store.reports(ids)}
        return [found_in(reports[id], words) for id in ids]

    def copy(self, place: str | Path, *, replace: bool = False, progress: Callable[[Progress], None] = _silent) -> int:
        """Copy the archive, as it is now, to where none is: a backup, or a move to a server or from it. Others may go on writing.

        Args:
            place: a file, or the address of an empty PostgreSQL database.
            replace: put it in the place of a file that is there.
            progress: called as the copy goes on.

        Returns:
            The number of records; each was compared with the one that it was copied from.

        Raises:
            ArchiveError: there is something at the place, or it cannot be written; what was there is as it was.
            StorageError: a record was not copied as it was, or a database failed; nothing was kept.
        """
        from dateline.archive.copying import copy

        def watch(done: int, total: int) -> None:
            progress(Progress("copying", done, total, done / max(total, 1)))

        return copy(self._store, Place.of(place), watch, replace=replace)

    def status(self) -> dict[str, Any]:
        """Counts, runs, refused inputs, why captures hold no article, and which reports are not read."""
        not_read = Counter(reading.why_not for reading in self._store.readings().values() if not reading.read)
        return {
            "archive": str(self.place),
            "counts": self._store.counts(),
            "reviews": self.reviews.rates(),
            "queued": len(self.reviews.queue()),
            "unread": len(self._store.unread()),
            "ties_cut": self._store.ties_cut(),
            "not_read": dict(sorted(not_read.items(), key=str)),
            "no_article": self._store.no_articles(),
            "refused": [msgspec.structs.asdict(refusal) for refusal in self._store.refused()],
            "runs": self._store.runs(),
        }

    def verify(self) -> Iterator[Problem]:
        """Check the file, all raw bytes against their hash and every pin against its words; what is wrong."""
        with self._store.snapshot():
            return iter(list(problems(self._store)))


def _question(
    about: str | None, since: str | None, until: str | None, place: str | None, status: str | None, min_origins: int
) -> Question:
    """A question of its parts.

    Raises:
        ReadingError: the status is none.
    """
    if status is not None and status not in get_args(Status):
        raise ReadingError(status, f"no such status; there are {', '.join(get_args(Status))}")
    return Question(
        about=about, since=since, until=until, place=place, status=cast(Status | None, status), min_origins=min_origins
    )


def report_row(report: Report, reading: Reading | None, refs: Mapping[str, Sequence[CaptureRef]]) -> ReportRow:
    """A report as the lists show it; ``refs`` are the captures by id."""
    side = [
        SideRef(title=title, date=date, version=report.current.id, start=start, end=end)
        for title, date, start, end in _side_matter(report)
    ]
    return ReportRow(
        id=report.id,
        title=report.title,
        published=report.published,
        authors=report.authors,
        publisher=report.publisher,
        language=report.language,
        read=reading is not None and reading.read,
        origin=report.origin,
        own_reporting=report.own_reporting,
        from_=report.from_,
        captures=[ref for capture in report.captures for ref in refs.get(capture, [])],
        versions=[{"id": version.id, "captures": version.captures} for version in report.versions],
        side=side,
    )


def _version_text(report: Report, version: Version) -> VersionText:
    return VersionText(
        report=report.id, version=version.id, text=version.text, parts=version.parts, captures=version.captures
    )


def _side_matter(report: Report) -> Iterator[tuple[str | None, str | None, int, int]]:
    """Title, date, start and end of each side matter in the current text: its title and the paragraphs that follow it."""
    item: tuple[str | None, str | None, int, int] | None = None
    for part in report.current.parts:
        if part.kind == "side_title" or (part.kind == "side" and (item is None or part.title != item[0])):
            if item:
                yield item
            item = (part.title, part.date, part.start, part.end)
        elif part.kind == "side" and item:
            item = (*item[:3], part.end)
    if item:
        yield item


def found_in(report: Report, words: str) -> Found:
    """A report that holds some words, with the paragraph of the first of them."""
    whole = report.current.text
    lower = whole.lower()
    hits = [at for word in words.lower().split() if (at := lower.find(word)) >= 0] if len(lower) == len(whole) else []
    pin = None
    if hits:
        part = next((p for p in report.current.parts if p.start <= min(hits) < p.end), None)
        start, end = (part.start, part.end) if part else (min(hits), min(hits) + 1)
        span = Span(start=start, end=end, text=whole[start:end])
        pin = Pin(report=report.id, version=report.current.id, start=span.start, end=span.end, text=span.text)
    return Found(report.id, report.title, report.published, pin.text if pin else report.title or "", pin)


def _versions() -> dict[str, str]:
    return {"reader": READER, **{name: version_of(name) for name in ("dateline", "spacy", "trafilatura")}}


def _batches(found: Iterator[RawCapture | Refusal]) -> Iterator[list[RawCapture | Refusal]]:
    """What was found in small batches, by number and by bytes."""
    batch: list[RawCapture | Refusal] = []
    size = 0
    for item in found:
        batch.append(item)
        size += len(item.data) if isinstance(item, RawCapture) else 0
        if len(batch) >= _BATCH_CAPTURES or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
