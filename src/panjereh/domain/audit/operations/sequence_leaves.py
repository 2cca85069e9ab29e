"""Give each leaf its place in the log, without ever passing over one that commits late.

Theory. A leaf carries the number of the transaction that wrote it. Transactions commit in any order, but
none below `pg_snapshot_xmin` of a snapshot can still be running: every leaf with a smaller number is there
and final. So leaves below it are placed in the order (transaction, id), and what commits later sorts behind.
"""

import datetime as dt
from typing import Final

from django.db import connection, transaction

from panjereh.domain.audit.refusals import TransactionsRestarted

LIMIT: Final = 1000
# One sequencer at a time; the number is ours alone among the platform's advisory locks.
LOCK: Final = 7_236_101

LAST: Final = """
SELECT l.transaction_id::text, l.id, s.index FROM audit_sequenced s JOIN audit_leaf l ON l.id = s.leaf_id
ORDER BY s.index DESC LIMIT 1
"""
BEFORE_ALL: Final = ("0", "00000000-0000-0000-0000-000000000000", -1)
HAS_RESTARTED: Final = "SELECT %s::text::xid8 >= pg_snapshot_xmax(pg_current_snapshot())"
PLACE: Final = """
INSERT INTO audit_sequenced (index, leaf_id)
SELECT %s::bigint + row_number() OVER (ORDER BY transaction_id, id), id FROM (
  SELECT transaction_id, id FROM audit_leaf
  WHERE transaction_id < pg_snapshot_xmin(pg_current_snapshot())
    AND (transaction_id, id) > (%s::text::xid8, %s::uuid)
  ORDER BY transaction_id, id LIMIT %s
) waiting
"""


@transaction.atomic(durable=True)
def sequence_leaves(*, at: dt.datetime, limit: int = LIMIT) -> int:  # noqa: ARG001 -- as every operation
    """Place at most `limit` waiting leaves and return how many were placed.

    Repeating it changes nothing when nothing waits; a second sequencer waits for the first. Raises
    `TransactionsRestarted` if the database counts transactions anew, as after a restore from a dump.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(LAST)
        last_transaction, last_id, last_index = cursor.fetchone() or BEFORE_ALL
        cursor.execute(HAS_RESTARTED, [last_transaction])
        if cursor.fetchone() == (True,):
            raise TransactionsRestarted(last_transaction)
        cursor.execute(PLACE, [last_index, last_transaction, last_id, limit])
        return int(cursor.rowcount)
