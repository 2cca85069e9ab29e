"""The sequencer's round with each of its steps broken: file, checkpoint and commit; failed, failed but
happened, by half, twice, slow.

For each the same promises. The process that saw the failure does not go on. Whoever starts after it loses
nothing, doubles nothing, and publishes nothing that contradicts what was published before.
"""

import errno
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection

from panjereh.commands.management.commands import sequencer
from panjereh.domain.audit import api as audit
from panjereh.domain.audit import checkpoints, queries
from panjereh.domain.audit.checkpoints import published_checkpoints
from panjereh_tlog.checkpoints import open_checkpoint
from panjereh_tlog.directory import Disk, PublishedLog, TileLog
from tests.platform.audit.conftest import SIGNER, Record, sequence_all, write_leaf
from tests.tlog.failing_disk import FailingDisk, Fault, PowerCutError

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "trace"]),
    pytest.mark.usefixtures("configured"),
]


def two_rounds(record: Record, disk: Disk, patch: pytest.MonkeyPatch) -> None:
    """What one process does: open the log, and work off twice what waits."""
    patch.setattr(checkpoints, "Disk", lambda: disk)
    with TileLog.open(record.log, signer=SIGNER, origin=SIGNER.name, disk=disk) as log:
        for _ in range(2):
            write_leaf()
            sequencer.work_off(log, SIGNER)
            wait_for_places(log)


def wait_for_places(log: TileLog) -> None:
    """Other databases of the server may hold the horizon back for a moment."""
    while queries.waiting_count():
        time.sleep(0.01)  # whoever holds it back needs the processor too
        sequencer.work_off(log, SIGNER)


def restart(record: Record) -> None:
    with TileLog.open(record.log, signer=SIGNER, origin=SIGNER.name) as log:
        sequencer.work_off(log, SIGNER)
        wait_for_places(log)


def assert_whole(record: Record) -> None:
    log = PublishedLog(record.log, origin=SIGNER.name, verifier=SIGNER.verifier())
    recorded = [leaf.canonical() for leaf in audit.leaves_after(-1, limit=10_000)]
    sizes = [size_of(published.note) for published in published_checkpoints(record.checkpoints)]

    assert list(log.entries()) == recorded
    assert sizes == sorted(sizes)
    assert sizes[-1] == record.verify().size == len(recorded)


def size_of(note: str) -> int:
    return open_checkpoint(note, origin=SIGNER.name, verifiers=[SIGNER.verifier()]).size


def rounds_of(tmp_path: Path, point: Callable[[Record], None]) -> Iterator[tuple[int, Record]]:
    """A fresh pair of folders for each step, over the one database: the log is written anew from it."""
    for step in count():
        record = Record(tmp_path / str(step) / "log", tmp_path / str(step) / "checkpoints")
        point(record)
        yield step, record


@pytest.fixture
def point(settings: Any) -> Callable[[Record], None]:
    import dataclasses

    def point_to(record: Record) -> None:
        settings.PANJEREH = dataclasses.replace(
            settings.PANJEREH,
            audit_log_directory=record.log,
            audit_checkpoint_directory=record.checkpoints,
        )

    return point_to


@pytest.mark.slow
@pytest.mark.parametrize("fault", Fault)
def test_a_file_that_could_not_be_written_ends_the_process_and_loses_nothing(
    fault: Fault, tmp_path: Path, point: Callable[[Record], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_steps = 0
    for step, record in rounds_of(tmp_path, point):
        disk = FailingDisk(step, fault)
        try:
            with monkeypatch.context() as patch:
                two_rounds(record, disk, patch)
        except PowerCutError:
            broken_steps += 1
            restart(record)
            assert_whole(record)
        if not disk.has_failed:
            break

    # Twice: journal, two tiles, checkpoint, cut, line; once: an empty log, the key, the file of the day.
    assert broken_steps >= 2 * 6 + 2 + 2


class FailingCommits:
    """Breaks the commit with the number `step`, from nought: before it happened, or after."""

    def __init__(self, step: int, fault: Fault) -> None:
        self.steps, self.step, self.fault = count(), step, fault
        self.has_failed = False
        self._commit = connection._commit

    def __call__(self) -> None:
        fails = next(self.steps) == self.step
        if not fails or self.fault is Fault.STORED:
            self._commit()
        if fails:
            self.has_failed = True
            raise OperationalError("server closed the connection unexpectedly")


@pytest.mark.slow
@pytest.mark.parametrize("fault", [Fault.NOT_STORED, Fault.STORED])
def test_a_commit_that_failed_ends_the_process_and_places_nothing_twice(
    fault: Fault, tmp_path: Path, point: Callable[[Record], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_steps = 0
    for step, record in rounds_of(tmp_path, point):
        commits = FailingCommits(step, fault)
        try:
            with monkeypatch.context() as patch:
                patch.setattr(connection, "_commit", commits)
                two_rounds(record, Disk(), patch)
        except OperationalError:
            broken_steps += 1
            restart(record)
            assert_whole(record)
        if not commits.has_failed:
            break

    # Twice: the leaf, its place, and the round that finds nothing to place.
    assert broken_steps >= 2 * 3


class SlowDisk(Disk):
    """Lets others look at the record before and after each step, as long as they like."""

    def __init__(self, look: Callable[[], None]) -> None:
        self._look = look
        self.looks = 0

    def replace(self, path: Path, content: bytes) -> None:
        with self._slowly():
            super().replace(path, content)

    def append(self, path: Path, content: bytes) -> None:
        with self._slowly():
            super().append(path, content)

    def cut(self, path: Path, length: int) -> None:
        with self._slowly():
            super().cut(path, length)

    def remove(self, path: Path) -> None:
        with self._slowly():
            super().remove(path)

    @contextmanager
    def _slowly(self) -> Iterator[None]:
        self._look()
        yield
        self._look()
        self.looks += 1


@pytest.mark.slow
def test_the_record_verifies_however_slow_a_step_is(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    def look() -> None:
        if (record.log / "checkpoint").exists():
            record.verify()

    disk = SlowDisk(look)

    two_rounds(record, disk, monkeypatch)

    assert disk.looks >= 16
    assert_whole(record)


def test_a_round_with_nothing_new_writes_nothing(record: Record) -> None:
    write_leaf()
    restart(record)
    before = contents(record)

    restart(record)

    assert contents(record) == before


def contents(record: Record) -> dict[Path, bytes]:
    return {
        path: path.read_bytes()
        for folder in (record.log, record.checkpoints)
        for path in folder.rglob("*")
        if path.is_file()
    }


@contextmanager
def full_disk(at: int) -> Iterator[None]:
    """Let no file grow beyond `at` bytes: the system writes what fits and refuses the rest, as when full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (at, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("room", [0, 10, 200, 500])
def test_a_full_disk_ends_the_process_and_what_fitted_does_no_harm(room: int, record: Record) -> None:
    write_leaf()
    restart(record)
    for _ in range(5):
        write_leaf()
    sequence_all()

    with (
        TileLog.open(record.log, signer=SIGNER, origin=SIGNER.name) as log,
        pytest.raises(OSError, match="File too large") as refusal,
        full_disk(room),
    ):
        audit.write_log(log)
    restart(record)

    assert refusal.value.errno == errno.EFBIG
    assert_whole(record)


def test_two_sequencers_with_folders_of_their_own_write_the_same_log(record: Record, tmp_path: Path) -> None:
    other = Record(tmp_path / "other", record.checkpoints)
    for _ in range(3):
        write_leaf()
    restart(record)
    write_leaf()

    other.catch_up(at=sequencer.edge.now())
    restart(record)

    assert record.verify().root == other.verify().root
    assert_whole(record)


@pytest.mark.parametrize("part", ["log", "checkpoints"])
def test_folders_that_were_lost_beside_a_whole_database_are_written_again(part: str, record: Record) -> None:
    import shutil

    for _ in range(2):
        write_leaf()
        restart(record)
    root = record.verify().root
    shutil.rmtree(getattr(record, part))

    restart(record)

    assert record.verify().root == root
    assert_whole(record)


def go_back(owner: psycopg.Connection[Any], size: int) -> None:
    """Restore the database to when it had `size` leaves."""
    owner.execute("DELETE FROM audit_sequenced WHERE index >= %s", [size])
    owner.execute("DELETE FROM audit_leaf WHERE id NOT IN (SELECT leaf_id FROM audit_sequenced)")


def test_a_database_that_went_back_and_on_is_not_written_behind_the_log(
    record: Record, owner: psycopg.Connection[Any]
) -> None:
    for _ in range(3):
        write_leaf()
    restart(record)
    go_back(owner, 1)
    for _ in range(4):
        write_leaf()
    sequence_all()
    before = contents(record)

    with pytest.raises(audit.AuditBroken) as broken:
        restart(record)

    assert (broken.value.part, broken.value.differs) == ("leaf 2", "order")
    assert contents(record) == before


def test_a_database_that_went_back_is_given_no_new_places(
    record: Record, owner: psycopg.Connection[Any]
) -> None:
    for _ in range(3):
        write_leaf()
    restart(record)
    go_back(owner, 1)
    write_leaf()

    with pytest.raises(audit.AuditBroken, match="leaf 1: is in the log and not in the database"):
        restart(record)

    assert queries.sequenced_size() == 1


@pytest.mark.parametrize("since", [0, 4])
def test_database_and_log_that_both_went_back_are_stopped_by_what_was_published(
    since: int, record: Record, owner: psycopg.Connection[Any], tmp_path: Path
) -> None:
    for _ in range(3):
        write_leaf()
    restart(record)
    go_back(owner, 1)
    for _ in range(since):
        write_leaf()
    restored = Record(tmp_path / "restored", record.checkpoints)
    published = contents(record)

    with pytest.raises(audit.AuditBroken) as broken:
        restored.catch_up(at=sequencer.edge.now())

    assert broken.value.differs == "checkpoint"
    assert contents(record) == published


def flip(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


# What a crash or a bad disk leaves at the edge of the log: (file, what is done to it, the part named).
TORN = {
    "an empty checkpoint": ("log/checkpoint", lambda _: b"", "checkpoint"),
    "half a checkpoint": ("log/checkpoint", lambda content: content[: len(content) // 2], "checkpoint"),
    "a bit of the checkpoint": ("log/checkpoint", flip, "checkpoint"),
    "an empty bundle": ("log/tile/entries/000.p/3", lambda _: b"", "tile/entries/000.p/3"),
    "half a bundle": ("log/tile/entries/000.p/3", lambda content: content[:100], "tile/entries/000.p/3"),
    "a bit of a bundle": ("log/tile/entries/000.p/3", flip, "tile/entries/000.p/3"),
    "an empty tile": ("log/tile/0/000.p/3", lambda _: b"", "tile/0/000.p/3"),
    "half a tile": ("log/tile/0/000.p/3", lambda content: content[:40], "tile/0/000.p/3"),
}


@pytest.mark.parametrize(("file", "harm", "part"), TORN.values(), ids=TORN)
def test_the_sequencer_does_not_start_on_a_torn_edge_and_names_it(
    file: str, harm: Callable[[bytes], bytes], part: str, record: Record, tmp_path: Path
) -> None:
    from django.core.management import CommandError, call_command

    for _ in range(3):
        write_leaf()
    restart(record)
    path = tmp_path / file
    path.write_bytes(harm(path.read_bytes()))

    with pytest.raises(CommandError, match=f"STOPPED log-broken {part}: ") as stopped:
        call_command("sequencer", once=True)

    assert stopped.value.returncode == 1


def test_a_second_sequencer_on_the_same_folder_ends_at_once(record: Record) -> None:
    from django.core.management import CommandError, call_command

    with (
        TileLog.open(record.log, signer=SIGNER, origin=SIGNER.name),
        pytest.raises(CommandError, match="STOPPED log-locked"),
    ):
        call_command("sequencer", once=True)


def test_nothing_is_published_at_a_time_before_the_last(record: Record) -> None:
    import datetime as dt

    now = sequencer.edge.now()
    write_leaf()
    record.catch_up(at=now)
    write_leaf()

    with pytest.raises(audit.ClockWentBack) as refusal:
        record.catch_up(at=now - dt.timedelta(days=1))

    assert (refusal.value.code, refusal.value.last_at) == ("audit-clock-went-back", now)
    assert [size_of(published.note) for published in published_checkpoints(record.checkpoints)] == [1]


def test_what_waited_for_the_clock_is_published_when_it_is_right_again(record: Record) -> None:
    import datetime as dt

    now = sequencer.edge.now()
    write_leaf()
    record.catch_up(at=now)
    write_leaf()
    with pytest.raises(audit.ClockWentBack):
        record.catch_up(at=now - dt.timedelta(seconds=5))

    record.catch_up(at=now + dt.timedelta(seconds=1))

    assert [size_of(published.note) for published in published_checkpoints(record.checkpoints)] == [1, 2]


def test_a_clock_that_goes_back_while_nothing_is_new_stops_nobody(record: Record) -> None:
    import datetime as dt

    write_leaf()
    record.catch_up(at=sequencer.edge.now())

    record.catch_up(at=sequencer.edge.now() - dt.timedelta(days=1))

    assert record.verify().size == 1
