"""Upwards and sideways only by an event: written with the change, delivered after it.

The delivery is a job made in the same transaction, so an event can be neither lost nor told of a change that
was rolled back. Each subscriber is an idempotent operation: it may be called again after a crash.

An event of a job is delivered by that job itself as soon as it is done; the delivery's own job then only
waits for the case that this one does not live so long.
"""

import dataclasses
import datetime as dt
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, Final
from uuid import UUID

from django.db import transaction

from panjereh.plumbing import queue, sql
from panjereh_kernel.uuid7 import RANDOM_BYTES, make_uuid7

# Far more than a delivery takes, far less than a person waits. One that takes longer happens twice.
HEAD_START_SECONDS: Final = 3
_EMIT = "INSERT INTO plumbing_outboxevent (id, name, payload, emitted_at) VALUES (%s, %s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. Fields are UUIDs, short codes and integers: never personal data."""

    name: ClassVar[str]


@dataclass(frozen=True, slots=True)
class Emitted:
    """A committed event, and the job that delivers it unless somebody did before."""

    event: Event
    event_id: UUID
    job_id: int


_emitted: ContextVar[list[Emitted] | None] = ContextVar("emitted", default=None)


@contextmanager
def collecting() -> Iterator[list[Emitted]]:
    """Hand over the list of events that this piece of work emits and commits: the caller delivers them."""
    events: list[Emitted] = []
    token = _emitted.set(events)
    try:
        yield events
    finally:
        _emitted.reset(token)


def emit(event: Event, *, at: dt.datetime) -> None:
    """Record an event and its delivery inside the caller's transaction."""
    event_id = make_uuid7(at, entropy=os.urandom(RANDOM_BYTES))
    sql.do(_EMIT, [event_id, event.name, json.dumps(_payload(event)), at])
    collected = _emitted.get()
    if collected is None:
        queue.defer("outbox.deliver", event_id=event_id)
        return
    job_id = queue.defer_later("outbox.deliver", seconds=HEAD_START_SECONDS, event_id=event_id)
    transaction.on_commit(partial(collected.append, Emitted(event, event_id, job_id)))


def read_event(kind: type[Event], payload: Mapping[str, Any]) -> Event:
    """Return the event of class `kind` that `payload` was made from."""
    values: dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        value = payload[field.name]
        values[field.name] = UUID(value) if field.type in (UUID, "UUID") else value
    return kind(**values)


def _payload(event: Event) -> dict[str, str | int]:
    return {
        field.name: value if isinstance(value, int) else str(value)
        for field in dataclasses.fields(event)
        for value in (getattr(event, field.name),)
    }
