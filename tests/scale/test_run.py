"""A run on many machines gives what one machine gives, and goes on where it was stopped."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import dateline
from dateline.archive.archive import Archive
from dateline.errors import CaptureError, DatelineError
from dateline.scale.engine import Engine
from dateline.scale.output import Output, is_output
from dateline.scale.run import Result, run
from dateline.scale.storage import Storage
from dateline.scale.tables import CAPTURES, FOLDED, REPORTS, finished, told
from tests.archive.test_archive import content
from tests.scale.conftest import reports

RUN = "from dateline.cli import main; main()"


@pytest.fixture(scope="module")
def added(press: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The press in an archive as one machine takes it."""
    path = tmp_path_factory.mktemp("added") / "added.db"
    with dateline.open(path) as archive:
        archive.add([press])
    return path


def test_the_result_loads_as_what_one_machine_makes(made: tuple[Path, Result], added: Path, tmp_path: Path) -> None:
    loaded = tmp_path / "loaded.db"
    with dateline.open(loaded) as archive, dateline.open(added) as other:
        run = archive.load(Output(str(made[0])))
        assert run.counts["readings taken over"] == len(other.reports())
        assert not run.counts["reports read"]  # nothing had to be read again
        assert archive.store.refused() == other.store.refused() != []
    assert content(loaded) == content(added)


def test_folded_over_the_whole_set_in_the_engine(made: tuple[Path, Result], added: Path) -> None:
    with dateline.open(added) as archive:
        expected = {report.id: sorted(ref.id for ref in report.captures) for report in archive.reports()}
    found = {report.id: sorted(report.captures) for batch in Output(str(made[0])).readings() for report, *_ in batch}
    assert found == {id: sorted(set(captures)) for id, captures in expected.items()}


def test_counts_and_costs_are_told(made: tuple[Path, Result]) -> None:
    _, result = made
    assert result.counts["captures"] >= 40
    assert result.counts["refused"] == 2
    assert result.counts["reports"] == result.counts["reports read"] + result.counts["reports not read"]
    assert all(result.seconds[step] > 0 for step in ("capturing", "folding", "reading"))


def test_a_worker_loads_once_for_all_its_partitions(made: tuple[Path, Result]) -> None:
    out = Storage(str(made[0]))
    known = [told(out, REPORTS, number) for number in finished(out, REPORTS)]
    workers = {each["worker"] for each in known if each}
    assert len(known) == 4
    assert len(workers) <= 2
    assert max(each["taken"] for each in known if each) > 1


def test_a_finished_partition_is_not_done_again(
    made: tuple[Path, Result], press: Path, engine: Engine, tmp_path: Path
) -> None:
    out = tmp_path / "made"
    shutil.copytree(made[0], out, symlinks=True)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("part-*.parquet")}
    (out / "done" / f"{REPORTS}-00002.json").unlink()
    result = run(Storage(str(press)), Storage(str(out)), engine, partitions=4)
    changed = {path.name for path in before if path.stat().st_mtime_ns != before[path]}
    assert changed == {"part-00002.parquet"}
    assert result.counts == made[1].counts
    assert reports(Storage(str(out)), 4) == reports(Storage(str(made[0])), 4)


def test_an_unfinished_result_is_not_loaded(made: tuple[Path, Result], tmp_path: Path) -> None:
    out = tmp_path / "made"
    shutil.copytree(made[0], out)
    (out / "done" / f"{CAPTURES}-00001.json").unlink()
    assert is_output(out)
    with pytest.raises(DatelineError, match="not finished, 1 partition"):
        Output(str(out))


def test_another_input_needs_another_folder(
    made: tuple[Path, Result], engine: Engine, press: Path, tmp_path: Path
) -> None:
    (tmp_path / "one.txt").write_text("Something else.")
    with pytest.raises(DatelineError, match="another input"):
        run(Storage(str(tmp_path / "one.txt")), Storage(str(made[0])), engine, partitions=4)
    with pytest.raises(DatelineError, match="other options"):
        run(Storage(str(press)), Storage(str(made[0])), engine, partitions=5)
    with pytest.raises(DatelineError, match="something else"):
        run(Storage(str(press)), Storage(str(tmp_path)), engine)
    with pytest.raises(DatelineError, match="within the input"):
        run(Storage(str(press)), Storage(str(press / "out")), engine)
    with pytest.raises(CaptureError):
        run(Storage(str(tmp_path / "nothing")), Storage(str(tmp_path / "out")), engine)


def test_a_killed_run_goes_on(made: tuple[Path, Result], press: Path, engine: Engine, tmp_path: Path) -> None:
    out = Storage(str(tmp_path / "made"))
    command = [sys.executable, "-c", RUN, "scale", "run", "--in", str(press), "--out", str(out), "--partitions", "4"]
    began = subprocess.Popen([*command, "--workers", "1"], stderr=subprocess.PIPE, start_new_session=True)
    until = time.monotonic() + 900
    while not finished(out, REPORTS) and began.poll() is None and time.monotonic() < until:
        time.sleep(0.05)
    os.killpg(began.pid, signal.SIGKILL)
    _, said = began.communicate()
    done = {number: told(out, REPORTS, number) for number in finished(out, REPORTS)}
    assert done, said
    result = run(Storage(str(press)), out, engine, partitions=4)
    assert {number: told(out, REPORTS, number) for number in done} == done
    assert result.counts == made[1].counts
    assert reports(out, 4) == reports(Storage(str(made[0])), 4)


def test_what_is_there_already_is_folded_with_what_is_loaded(made: tuple[Path, Result], tmp_path: Path) -> None:
    from dateline.sample import PRESS

    with Archive(tmp_path / "one.db") as archive:
        archive.add([PRESS / "scrapes"])
        archive.load(Output(str(made[0])))
        again = archive.load(Output(str(made[0])))
        assert not again.counts["captures new"]
        assert not again.counts["readings taken over"]
        assert not list(archive.verify())
        found = {report.id for report in archive.reports()}
    assert found == {report.id for batch in Output(str(made[0])).readings() for report, *_ in batch}


def test_the_fold_is_noted_once(made: tuple[Path, Result]) -> None:
    assert finished(Storage(str(made[0])), FOLDED) == {0}
