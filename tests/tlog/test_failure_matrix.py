"""Every step that changes the disk, broken in four ways: failed, failed but happened, by half, twice.

For each the same three promises: what was acknowledged is there; what was not is there whole or not at all;
the published checkpoint counts nothing that is not in tiles. The log that saw the failure goes no further.
"""

from itertools import product
from pathlib import Path

import pytest

from panjereh_tlog.directory import PublishedLog, TileLog, UncertainLogError
from panjereh_tlog.notes import Signer
from tests.tlog.conftest import ORIGIN
from tests.tlog.failing_disk import FailingDisk, Fault, PowerCutError

FIRST = [b"first %d" % index for index in range(250)]
SECOND = [b"second %d" % index for index in range(20)]  # fills the first tile and begins another
THIRD = [b"third"]


def work(log: TileLog, acknowledged: list[bytes]) -> None:
    for batch in (FIRST, SECOND, THIRD):
        log.append(batch)
        acknowledged += batch
        log.publish()


def steps_of_the_work(folder: Path, signer: Signer) -> int:
    disk = FailingDisk(-1, Fault.STORED)
    with TileLog.open(folder, signer=signer, origin=ORIGIN, disk=disk) as log:
        work(log, [])
    return disk.steps_done()


# The test below counts them, so that a new step cannot be left out.
STEPS = 24
MATRIX = list(product(range(STEPS), Fault))


def test_the_matrix_has_every_step(folder: Path, signer: Signer) -> None:
    assert steps_of_the_work(folder, signer) == STEPS


@pytest.mark.parametrize(("step", "fault"), MATRIX)
def test_a_broken_step_loses_nothing_acknowledged_and_doubles_nothing(
    step: int, fault: Fault, folder: Path, signer: Signer
) -> None:
    acknowledged: list[bytes] = []
    disk = FailingDisk(step, fault)
    with pytest.raises(PowerCutError), TileLog.open(folder, signer=signer, origin=ORIGIN, disk=disk) as log:
        work(log, acknowledged)

    with TileLog.open(folder, signer=signer, origin=ORIGIN) as log:
        kept = [log.entry(index) for index in range(log.size)]
    everything = [*FIRST, *SECOND, *THIRD]
    whole = [[], FIRST, [*FIRST, *SECOND], everything]

    assert kept[: len(acknowledged)] == acknowledged
    assert kept in whole
    published = PublishedLog(folder, origin=ORIGIN, verifier=signer.verifier())
    assert list(published.entries()) == kept
    assert published.verify().size == len(kept)


@pytest.mark.parametrize(("step", "fault"), MATRIX)
def test_the_published_checkpoint_never_runs_ahead_of_the_tiles(
    step: int, fault: Fault, folder: Path, signer: Signer
) -> None:
    disk = FailingDisk(step, fault)
    with pytest.raises(PowerCutError), TileLog.open(folder, signer=signer, origin=ORIGIN, disk=disk) as log:
        work(log, [])

    if (folder / "checkpoint").exists():
        PublishedLog(folder, origin=ORIGIN, verifier=signer.verifier()).verify()


@pytest.mark.parametrize("fault", Fault)
def test_after_a_failed_write_the_log_goes_no_further(fault: Fault, folder: Path, signer: Signer) -> None:
    disk = FailingDisk(2, fault)
    with TileLog.open(folder, signer=signer, origin=ORIGIN, disk=disk) as log:
        with pytest.raises(PowerCutError):
            log.append([b"a"])

        with pytest.raises(UncertainLogError) as refusal:
            log.append([b"b"])

    assert refusal.value.code == "log-uncertain"


def test_a_recovery_that_is_broken_too_is_recovered_from(folder: Path, signer: Signer) -> None:
    fault = Fault.NOT_STORED
    with TileLog.open(folder, signer=signer, origin=ORIGIN) as log:
        log.append(FIRST)
    with (folder / "journal").open("ab") as journal:
        journal.write(b"PjTl torn")
    for step in range(3):
        with pytest.raises(PowerCutError):
            TileLog.open(folder, signer=signer, origin=ORIGIN, disk=FailingDisk(step % 2, fault))

    with TileLog.open(folder, signer=signer, origin=ORIGIN) as log:
        assert [log.entry(index) for index in range(log.size)] == FIRST


@pytest.mark.parametrize("kept", range(0, 400, 7))
def test_a_journal_torn_at_any_byte_keeps_what_came_before(kept: int, folder: Path, signer: Signer) -> None:
    with TileLog.open(folder, signer=signer, origin=ORIGIN) as log:
        log.append([b"acknowledged"])
        whole = (folder / "journal").stat().st_size
        log.append([b"t" * 400])
    journal = folder / "journal"
    journal.write_bytes(journal.read_bytes()[: whole + kept])

    with TileLog.open(folder, signer=signer, origin=ORIGIN) as log:
        assert [log.entry(index) for index in range(log.size)] == [b"acknowledged"]
        assert journal.stat().st_size == 0


def test_a_draft_tile_left_by_a_crash_is_replaced(folder: Path, signer: Signer) -> None:
    with TileLog.open(folder, signer=signer, origin=ORIGIN) as log:
        log.append(FIRST)
    torn = folder / "tile/entries/000.p/250"
    torn.parent.mkdir(parents=True)
    torn.write_bytes(b"torn")

    with TileLog.open(folder, signer=signer, origin=ORIGIN):
        pass

    assert PublishedLog(folder, origin=ORIGIN, verifier=signer.verifier()).verify().size == 250


def test_a_torn_frame_that_speaks_of_frames_is_cut_away_like_any_other(folder: Path, signer: Signer) -> None:
    with TileLog.open(folder, signer=signer, origin=ORIGIN) as log:
        log.append([b"acknowledged"])
    with (folder / "journal").open("ab") as journal:
        journal.write(b"PjTl torn, and the word PjTl within")

    with TileLog.open(folder, signer=signer, origin=ORIGIN) as log:
        assert [log.entry(index) for index in range(log.size)] == [b"acknowledged"]
