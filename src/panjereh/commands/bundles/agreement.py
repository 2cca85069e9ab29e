"""After a restore: erase again who was erased, and hold database, log and published checkpoints together."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.db import connections

from panjereh.commands.bundles.making import CHECKPOINTS, LOG
from panjereh.commands.bundles.refusal import BundleRefused
from panjereh.domain.audit import api as audit
from panjereh_tlog.directory import LogError, TileLog
from panjereh_tlog.notes import Signer

_BEHIND: Final = """\
The record of the restored database does not reach what was published: {why}.
The last checkpoint is of {at}. Nothing was put in place; bundle and archive are as they were.

1. Restore to a later moment: --until {at} or later, or without --until to the end of the archive, with
   --wal naming a folder that holds the server's log up to then.
2. If that log is lost, the acts since are lost, and nobody may pretend that they never were. Keep the
   published checkpoints and what is left of the log, untouched, as evidence. Give the installation a new
   audit key under a new name (docs/runbooks/restore.md, "When acts are lost"), restore again with
   --new-record, and tell the auditors which leaves are missing.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What the restored installation has in order."""

    size: int
    checkpoint_at: dt.datetime | None


@contextmanager
def pointed_at(socket: Path) -> Iterator[None]:
    """Let every connection go to the server behind a socket, each as its own role, and back afterwards."""
    kept = {alias: dict(connections[alias].settings_dict) for alias in connections}
    connections.close_all()
    for alias in connections:
        connections[alias].settings_dict.update(HOST=str(socket), PORT="", PASSWORD="")
    try:
        yield
    finally:
        connections.close_all()
        for alias, settings in kept.items():
            connections[alias].settings_dict.update(settings)


def agree(
    files: Path, *, signer: Signer, erase_again: Callable[[], None], clock: Callable[[], dt.datetime]
) -> Agreed:
    """Bring the log in `files` up to the database, erase who must be erased again, publish and verify.

    Before anything is changed, the database has to reach what was published. Raises `BundleRefused`, with
    what to do, if it does not or if the record contradicts itself.
    """
    log, checkpoints = files / LOG, files / CHECKPOINTS
    try:
        _hold_together(log, checkpoints, signer, clock)
        erase_again()
        while audit.sequence_leaves(at=clock()):
            pass
        _hold_together(log, checkpoints, signer, clock)
        found = audit.verify_log(
            log_directory=log, checkpoint_directory=checkpoints, verifier=signer.verifier()
        )
    except (audit.AuditBroken, LogError) as broken:
        last = audit.last_checkpoint(checkpoints)
        at = last.at.isoformat() if last else "no known time"
        raise BundleRefused(_BEHIND.format(why=broken, at=at)) from broken
    return Agreed(size=found.size, checkpoint_at=found.checkpoint_at)


def _hold_together(log: Path, checkpoints: Path, signer: Signer, clock: Callable[[], dt.datetime]) -> None:
    with TileLog.open(log, signer=signer, origin=signer.name) as tile_log:
        audit.write_log(tile_log)
        audit.publish_checkpoint(tile_log, verifier=signer.verifier(), directory=checkpoints, at=clock())
