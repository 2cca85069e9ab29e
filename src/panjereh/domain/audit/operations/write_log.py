"""Bring the log in its folder up to the order in the database."""

from typing import Final

from panjereh.domain.audit import queries
from panjereh.domain.audit.refusals import AuditBroken
from panjereh_tlog.directory import TileLog

BATCH: Final = 1000
ORDER: Final = "order"
"""What differs when the log and the database have another leaf in a place."""


def write_log(log: TileLog) -> int:
    """Append every placed leaf that the log does not hold yet, publish, and return how many were appended.

    The database's order is the truth and the log's size says how far it got: a kill between any two steps
    loses and doubles nothing, and a log that was lost is written again. Raises `AuditBroken` if the log
    ends with another leaf than the database has in its place, as after a restore of an old backup.
    """
    _check_end(log)
    before = log.size
    while leaves := queries.leaves_after(log.size - 1, limit=BATCH):
        log.append([leaf.canonical() for leaf in leaves])
    log.publish()
    return log.size - before


def _check_end(log: TileLog) -> None:
    # The last leaf is enough: a database that went back and then on has others in every place since.
    if not log.size:
        return
    last = log.size - 1
    leaf = next(iter(queries.leaves_after(last - 1, limit=1)), None)
    if leaf is None:
        missing = f"leaf {queries.sequenced_size()}"
        raise AuditBroken(missing, "is in the log and not in the database", differs=ORDER)
    if leaf.index != last or leaf.canonical() != log.entry(last):
        raise AuditBroken(f"leaf {last}", f"{leaf.id} is not the one the log has there", differs=ORDER)
