"""A log in a folder of a disk: the one package here that touches one.

Theory of operation. `append` writes the batch into the *journal* with one write and one sync: from then on
it survives a kill and a power cut, and may be acknowledged. `publish` lays what the journal holds into
tiles, then moves the signed *checkpoint* over the old one, then empties the journal; each step is durable
before the next begins. So at every instant (1) what the published checkpoint counts is in tiles, and (2)
what was acknowledged is in tiles or in the journal. Whatever a crash leaves behind a checkpoint is written
again with the same bytes.

A write that failed may or may not be on the disk: the log then refuses to go on, and is opened anew, which
reads what is really there. Nothing in here is retried.
"""

from panjereh_tlog.directory.disk import BrokenLogError, Disk, LockedLogError, LogError, UncertainLogError
from panjereh_tlog.directory.earlier import EarlierNotes, SignedNote
from panjereh_tlog.directory.published import PublishedLog
from panjereh_tlog.directory.writer import TileLog

__all__ = [
    "BrokenLogError",
    "Disk",
    "EarlierNotes",
    "LockedLogError",
    "LogError",
    "PublishedLog",
    "SignedNote",
    "TileLog",
    "UncertainLogError",
]
