"""A mark that counts once until it is forgotten: a proof of possession brought a second time is a copy."""

import datetime as dt

from django.db import connection

# Whoever adds a mark clears a few that are over: the table stays small without a job of its own.
SWEPT = 20
_REMEMBER = """
WITH swept AS (
    DELETE FROM plumbing_usedmark WHERE mark IN (
        SELECT mark FROM plumbing_usedmark WHERE forget_at <= %(at)s AND mark <> %(mark)s
        ORDER BY forget_at LIMIT %(swept)s FOR UPDATE SKIP LOCKED
    )
)
INSERT INTO plumbing_usedmark (mark, forget_at) VALUES (%(mark)s, %(until)s) ON CONFLICT DO NOTHING
"""


def remember(mark: bytes, *, forget_at: dt.datetime, at: dt.datetime) -> bool:
    """Remember a mark of 32 bytes at least until `forget_at`; return False if it is remembered already.

    Of two at once one wins. What is past its time may be remembered a while longer.
    """
    with connection.cursor() as cursor:
        cursor.execute(_REMEMBER, {"mark": mark, "until": forget_at, "at": at, "swept": SWEPT})
        return bool(cursor.rowcount == 1)
