"""Upwards and sideways only by an event: written with the change, delivered after it.

The delivery is a job made in the same transaction, so an event can be neither lost nor told of a change that
was rolled back. Each subscriber is an idempotent operation: it may be called again after a crash.
"""

import dataclasses
import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from panjereh.plumbing import queue
from panjereh.plumbing.models import OutboxEvent
from panjereh_kernel.uuid7 import RANDOM_BYTES, make_uuid7


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. Fields are UUIDs, short codes and integers: never personal data."""

    name: ClassVar[str]


def emit(event: Event, *, at: dt.datetime) -> None:
    """Record an event and its delivery inside the caller's transaction."""
    event_id = make_uuid7(at, entropy=os.urandom(RANDOM_BYTES))
    OutboxEvent.objects.create(id=event_id, name=event.name, payload=_payload(event), emitted_at=at)
    queue.defer("outbox.deliver", event_id=event_id)


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
