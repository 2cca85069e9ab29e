"""Hold database, log and published checkpoints against each other."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from panjereh.domain.audit import queries
from panjereh.domain.audit.checkpoints import (
    CHECKPOINT,
    PublishedCheckpoint,
    last_checkpoint,
    published_checkpoints,
)
from panjereh.domain.audit.operations.write_log import ORDER
from panjereh.domain.audit.queries import SequencedLeaf
from panjereh.domain.audit.refusals import AuditBroken
from panjereh_tlog.directory import BrokenLogError, PublishedLog, SignedNote
from panjereh_tlog.entries import entry_id
from panjereh_tlog.notes import Verifier

BATCH: Final = 1000
LEAF_BYTES: Final = "leaf-bytes"
HASH: Final = "hash"
TILE: Final = "tile"


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found in order: `size` leaves under `root`; `waiting` leaves have no place yet, which is no
    fault.
    """

    size: int
    root: bytes
    checkpoint_at: dt.datetime | None
    waiting: int


def verify_log(
    *,
    log_directory: Path,
    checkpoint_directory: Path,
    verifier: Verifier,
    progress: Callable[[int, int], None] = lambda _done, _size: None,
) -> Verified:
    """Verify the whole record from the leaves to the published checkpoints, beside a running sequencer.

    Raises `AuditBroken` naming the first thing that is wrong: a leaf of the database, a tile or the
    checkpoint of the log, a published checkpoint. Read-only, one pass as long as the record, with a batch of
    leaves in memory. `progress` gets how many leaves of how many are done.
    """
    # From the outside inwards: each is written after the next, so it never runs ahead of it unless broken.
    last = last_checkpoint(checkpoint_directory)
    leaves = _Leaves()

    def hold_against_database(index: int, entry: bytes) -> None:
        leaves.hold_against(index, entry)
        progress(index + 1, log.size)

    try:
        log = PublishedLog(log_directory, origin=verifier.name, verifier=verifier)
        log.verify(_until(last, checkpoint_directory), seen=hold_against_database)
    except BrokenLogError as error:
        raise name_broken(error) from error
    return Verified(log.size, log.checkpoint().root, last.at if last else None, queries.waiting_count())


def _until(last: PublishedCheckpoint | None, directory: Path) -> Iterator[SignedNote]:
    """Yield what was published up to `last`: later ones may count what this log did not have yet."""
    before = dt.datetime.min.replace(tzinfo=dt.UTC)
    for published in published_checkpoints(directory) if last else ():
        if published.at < before:
            raise AuditBroken(published.place, "is older than the one before it", differs=CHECKPOINT)
        before = published.at
        yield SignedNote(published.place, published.note)
        if (published.at, published.note) == (last and (last.at, last.note)):
            return


def name_broken(error: BrokenLogError) -> AuditBroken:
    """Return in the record's words what a log or a bundle was found to be wrong with."""
    why = str(error).removeprefix(f"{error.part}: ")
    differs = TILE if error.part.startswith("tile/") else CHECKPOINT
    return AuditBroken(error.part, why, differs=differs if error.index is None else HASH)


class _Leaves:
    """The leaves of the database in their order, a batch at a time."""

    def __init__(self) -> None:
        self._rows = _all_leaves()

    def hold_against(self, index: int, entry: bytes) -> None:
        leaf = next(self._rows, None)
        if leaf is None or leaf.index != index:
            raise AuditBroken(f"leaf {index}", "is in the log and not in the database", differs=ORDER)
        if str(leaf.id) != entry_id(entry):
            why = f"the database has {leaf.id} where the log has {entry_id(entry)}"
            raise AuditBroken(f"leaf {index}", why, differs=ORDER)
        if leaf.canonical() != entry:
            why = f"{leaf.id} was changed in the database"
            raise AuditBroken(f"leaf {index}", why, differs=LEAF_BYTES)


def _all_leaves() -> Iterator[SequencedLeaf]:
    index = -1
    while leaves := queries.leaves_after(index, limit=BATCH):
        yield from leaves
        index = leaves[-1].index
