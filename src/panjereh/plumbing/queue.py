"""Put work off until after the transaction, by name: rooms do not know the jobs above them."""

from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued


def defer(name: str, *, key: str | None = None, **ids: UUID | str | int) -> None:
    """Enqueue the job `name` inside the caller's transaction; a rollback takes it along.

    With `key`, a job with the same key that still waits is enough: the second is not made.
    """
    arguments = {field: value if isinstance(value, int) else str(value) for field, value in ids.items()}
    if key is None:
        app.configure_task(name, allow_unknown=True).defer(**arguments)
        return
    _defer_once(name, key, arguments)


def _defer_once(name: str, key: str, arguments: dict[str, int | str]) -> None:
    try:
        # A savepoint: the unique violation must not take the caller's transaction with it.
        with transaction.atomic():
            app.configure_task(name, allow_unknown=True, queueing_lock=f"{name}:{key}").defer(**arguments)
    except AlreadyEnqueued:
        return
