"""What an operation may answer, as the table of doors writes it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from panjereh_kernel.actor import Actor
from tests.platform.access.country import Country

Call: TypeAlias = Callable[[Country, Actor], Any]
DONE = "done"  # the operation answers
ABSENT = "not-found"  # exactly as if the thing did not exist
EMPTY = "nothing"  # an empty answer


@dataclass(frozen=True)
class Operation:
    """One operation, and what it answers to nobody, to Mina, to Arash and to the platform."""

    name: str
    call: Call
    anonymous: str
    person: str
    other: str
    system: str
