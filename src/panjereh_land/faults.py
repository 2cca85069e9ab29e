"""Faults on order: a test tells an agency to be down, slow, or to lose its next answers.

An agency that fails is the case the platform must survive, so the practice country can fail like a real one.
"""

import json
from dataclasses import dataclass, replace
from enum import StrEnum

from panjereh_kernel.refusal import Refusal

_MOST_SECONDS = 120
_MOST_CALLS = 10_000


class FaultKind(StrEnum):
    """How an agency fails: refuses to work, works slowly, or works and never gets its answer out."""

    DOWN = "down"
    SLOW = "slow"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault for the next `calls` questions to an agency; `seconds` of delay count for SLOW only."""

    kind: FaultKind
    calls: int
    seconds: float = 0.0


class BadFault(Refusal):
    """The order of a fault names no agency, no kind, or amounts out of range."""

    code = "fault-not-valid"
    status = 400


class FaultPlan:
    """The faults on order, one per agency at most. Belongs to one process, like the agencies themselves."""

    def __init__(self, agencies: frozenset[str]) -> None:
        self._agencies = agencies
        self._faults: dict[str, Fault] = {}

    def order(self, body: bytes) -> None:
        """Take an order: `{"agency", "kind": "down|slow|lost", "calls", "seconds"}`. No calls: no fault.

        Raises `BadFault` and leaves everything as it was.
        """
        agency, fault = _read_order(body)
        if agency not in self._agencies:
            raise BadFault
        self._faults[agency] = fault

    def next_of(self, agency: str) -> Fault | None:
        """Return the fault this call meets, and use it up once."""
        fault = self._faults.get(agency)
        if fault is None or fault.calls == 0:
            return None
        self._faults[agency] = replace(fault, calls=fault.calls - 1)
        return fault


def _read_order(body: bytes) -> tuple[str, Fault]:
    try:
        order = json.loads(body)
        fault = Fault(FaultKind(order["kind"]), int(order["calls"]), float(order.get("seconds", 0)))
        agency = str(order["agency"])
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadFault from error
    if not (0 <= fault.calls <= _MOST_CALLS and 0 <= fault.seconds <= _MOST_SECONDS):
        raise BadFault
    return agency, fault
