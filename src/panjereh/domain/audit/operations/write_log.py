"""Bring the log in its folder up to the order in the database."""

from panjereh.domain.audit import queries
from panjereh.domain.audit.refusals import AuditBroken
from panjereh_tlog.directory import TileLog

BATCH = 1000


def write_log(log: TileLog) -> int:
    """Append every placed leaf that the log does not hold yet, publish, and return how many were appended.

    The database's order is the truth and the log's size says how far it got: a kill between any two steps
    loses and doubles nothing. Raises `AuditBroken` if the log holds more than the database, as after a
    restore of an old backup.
    """
    if log.size > queries.sequenced_size():
        raise AuditBroken(f"leaf {queries.sequenced_size()}", "is in the log and not in the database")
    before = log.size
    while leaves := queries.leaves_after(log.size - 1, limit=BATCH):
        log.append([leaf.canonical() for leaf in leaves])
    log.publish()
    return log.size - before
