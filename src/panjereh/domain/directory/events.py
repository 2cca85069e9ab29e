"""What the directory tells the higher rooms."""

from dataclasses import dataclass
from typing import ClassVar

from panjereh.plumbing.outbox import Event


@dataclass(frozen=True, slots=True)
class CalendarChanged(Event):
    """New limits are counted by this version; those that run may have to be counted again."""

    name: ClassVar[str] = "directory.calendar_changed"
    version: str
