"""A column for the number of the transaction that wrote a row."""

from typing import Any

from django.db import models
from django.db.models import Func


# Not subscriptable when it runs, whatever the stubs say.
class TransactionId(models.Field):  # type: ignore[type-arg]
    """PostgreSQL's 64-bit number of a transaction: it grows for ever and is never used again."""

    def db_type(self, connection: Any) -> str:  # noqa: ARG002 -- Django's signature
        return "xid8"


class CurrentTransaction(Func):
    """The number of the transaction that inserts the row."""

    function = "pg_current_xact_id"
    arity = 0
    output_field = TransactionId()
