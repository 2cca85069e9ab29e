"""How far requests are limited: what each package says of its own routes, and what holds for all of them.

A package of pages or of the interface for programs says it in its `limits.py`, with the policies of
`plumbing.policies`; together they are in docs/reference/limits.md.

Not here, because it is counted where it is decided: codes, sendings and checks of a sign-in
(`people.rules.caps`), checks of documents and their receipts (`documents.caps`), calls of clients to the
identity provider (its own setting), questions between agencies (contracts of the exchange).
"""

import datetime as dt
from importlib import import_module
from pathlib import Path
from typing import Final

from panjereh.plumbing.policies import Policy, Scope

_PANJEREH = Path(__file__).resolve().parents[1]
_TEN_MINUTES, _HOUR = dt.timedelta(minutes=10), dt.timedelta(hours=1)

# How many people's data one asker may carry away, whatever else it may do. Of an officer it is the people
# looked at, counted from the access traces themselves; of a program the answers about people.
EXPORT_LIMITS: Final[dict[str, Policy]] = {
    "desk": Policy("people-at-the-desk", Scope.ACCOUNT, 500, _HOUR),
    "program": Policy("program", Scope.PROGRAM, 20_000, _HOUR),
    "program-of-one": Policy("program-of-one", Scope.ACCOUNT, 600, _HOUR),
}
# From how many on somebody is noted as a sign of intrusion, once in a window (`web/signs.py`).
SIGNS: Final[dict[str, Policy]] = {
    "limit": Policy("sign-limit", Scope.ACCOUNT, 0, _HOUR),
    "refused": Policy("sign-refused", Scope.ACCOUNT, 9, _TEN_MINUTES),
    "tokens": Policy("sign-tokens", Scope.ADDRESS, 29, _TEN_MINUTES),
    "codes": Policy("sign-codes", Scope.ADDRESS, 29, _HOUR),
}


def _of_packages() -> dict[str, tuple[Policy, ...]]:
    """Return what the packages say, by the names of the packages. None speaks of another's route."""
    said: dict[str, tuple[Policy, ...]] = {}
    for place in ("rest/*/limits.py", "web/*/*/limits.py"):
        for path in sorted(_PANJEREH.glob(place)):
            package = ".".join(path.parent.relative_to(_PANJEREH).parts)
            said |= import_module(f"panjereh.{package}.limits").LIMITS
    return said


REQUEST_LIMITS: Final = _of_packages()
