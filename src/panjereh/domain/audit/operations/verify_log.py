"""Hold database, log and published checkpoints against each other."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from panjereh.domain.audit import queries
from panjereh.domain.audit.checkpoints import PublishedCheckpoint, published_checkpoints
from panjereh.domain.audit.queries import SequencedLeaf
from panjereh.domain.audit.refusals import AuditBroken
from panjereh_kernel.refusal import PeerError
from panjereh_tlog.checkpoints import open_checkpoint
from panjereh_tlog.directory import BrokenLogError, PublishedLog
from panjereh_tlog.notes import Verifier

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found in order: `size` leaves under `root`; `waiting` leaves have no place yet, which is no
    fault.
    """

    size: int
    root: bytes
    checkpoint_at: dt.datetime | None
    waiting: int


def verify_log(*, log_directory: Path, checkpoint_directory: Path, verifier: Verifier) -> Verified:
    """Verify the whole record from the leaves to the published checkpoints, beside a running sequencer.

    Raises `AuditBroken` naming the first thing that is wrong: a tile or the checkpoint of the log, a
    published checkpoint, or a leaf of the database. Read-only, and as long as the record.
    """
    # From the outside inwards: each is written after the next, so it never runs ahead of it unless broken.
    published = list(published_checkpoints(checkpoint_directory))
    try:
        log = PublishedLog(log_directory, origin=verifier.name, verifier=verifier)
        log.verify()
    except BrokenLogError as error:
        raise AuditBroken(error.part, str(error)) from error
    for checkpoint in published:
        _verify_checkpoint(checkpoint, log, verifier)
    _verify_leaves(log)
    last = published[-1].at if published else None
    return Verified(log.size, log.checkpoint().root, last, queries.waiting_count())


def _verify_checkpoint(published: PublishedCheckpoint, log: PublishedLog, verifier: Verifier) -> None:
    try:
        checkpoint = open_checkpoint(published.note, origin=verifier.name, verifiers=[verifier])
    except PeerError as error:
        raise AuditBroken(published.place, str(error)) from error
    if checkpoint.size > log.size:
        raise AuditBroken(published.place, f"counts {checkpoint.size} leaves where the log has {log.size}")
    if checkpoint.root != log.root(checkpoint.size):
        raise AuditBroken(published.place, f"the log of {checkpoint.size} leaves has another root")


def _verify_leaves(log: PublishedLog) -> None:
    leaves = _all_leaves()
    for index, entry in enumerate(log.entries()):
        leaf = next(leaves, None)
        if leaf is None or leaf.index != index:
            raise AuditBroken(f"leaf {index}", "is in the log and not in the database")
        if leaf.canonical() != entry:
            raise AuditBroken(f"leaf {index}", f"{leaf.content.id} was changed in the database")


def _all_leaves() -> Iterator[SequencedLeaf]:
    index = -1
    while leaves := queries.leaves_after(index, limit=BATCH):
        yield from leaves
        index = leaves[-1].index
