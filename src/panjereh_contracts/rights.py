"""May this call be made? No, unless one contract says yes to every part of it."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from panjereh_contracts.directory import Contract, Directory
from panjereh_contracts.faults import ExchangeRefusal
from panjereh_contracts.identifiers import ServiceId, SubsystemId


class AccessDenied(ExchangeRefusal):
    """No contract covers the call. `unmatched` names the first part that no contract covers."""

    code = "exchange-access-denied"
    fault = "access_denied"

    def __init__(self, unmatched: str) -> None:
        super().__init__(unmatched)
        self.unmatched = unmatched


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked for. `path` is the decoded tail after the service; "" and "/" are the same."""

    contract: str
    consumer: SubsystemId
    service: ServiceId
    method: str
    path: str
    purpose: str
    legal_basis: str


@lru_cache(maxsize=4096)
def _compile(glob: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*|\*)", glob)
    wild = {"**": ".*", "*": "[^/]*"}
    return re.compile("".join(wild.get(part, re.escape(part)) for part in parts), re.DOTALL)


def matches(glob: str, path: str) -> bool:
    """Say whether `path` (decoded, traversal already refused) is within `glob`: * in a segment, ** across."""
    return _compile(glob).fullmatch(path or "/") is not None


def _first_unmatched(contract: Contract, call: Call, *, at: dt.datetime) -> str | None:
    checks = (
        ("consumer", contract.consumer == call.consumer),
        ("service", contract.service == call.service),
        ("method", contract.method == call.method),
        ("path", matches(contract.path, call.path)),
        ("purpose", contract.purpose == call.purpose),
        ("legal_basis", contract.legal_basis == call.legal_basis),
        ("validity", contract.valid_from <= at < contract.valid_until),
    )
    return next((name for name, is_covered in checks if not is_covered), None)


def decide_access(directory: Directory, call: Call, *, at: dt.datetime) -> Contract:
    """Return the contract that allows `call` at `at`; raises `AccessDenied` otherwise.

    A contract that is not the consumer's own is treated as absent: nobody learns of other people's contracts.
    """
    contract = directory.contracts.get(call.contract)
    if contract is None or contract.consumer != call.consumer:
        raise AccessDenied("contract")
    unmatched = _first_unmatched(contract, call, at=at)
    if unmatched is not None:
        raise AccessDenied(unmatched)
    return contract
