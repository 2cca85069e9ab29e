"""What every program answers when it is asked whether it lives, and whether it can serve.

`/health/live` answers as long as the process answers: whoever watches over it starts it again when it does
not. `/health/ready` names every check that fails by a code, so that nothing is sent to a program that could
not serve it. Neither says anything secret, and neither takes longer than `PATIENCE_SECONDS`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Any, Final

LIVE: Final = {"status": "live"}
PATIENCE_SECONDS: Final = 0.9  # a balancer asks every second or two


class Check(StrEnum):
    """What can keep a program from serving."""

    DATABASE_AWAY = "database-away"
    MIGRATION_PENDING = "migration-pending"
    KEY_UNREADABLE = "key-unreadable"
    KEY_TOKEN_AWAY = "key-token-away"  # noqa: S105 -- a code, no secret
    LOG_NOT_WRITABLE = "log-not-writable"
    CONFIGURATION_OUTDATED = "configuration-outdated"
    STATE_NOT_WRITABLE = "state-not-writable"
    NOTHING_TO_PUBLISH = "nothing-to-publish"


@dataclass(frozen=True, slots=True)
class Readiness:
    """The answer, for any framework to send."""

    status: int
    media_type: str
    body: dict[str, Any]


def readiness(failing: Sequence[Check], facts: Mapping[str, Any] | None = None) -> Readiness:
    """Return 200, or 503 with problem details (RFC 9457) naming what fails; `facts` stand beside either."""
    told = dict(facts or {})
    if not failing:
        return Readiness(HTTPStatus.OK, "application/json", {"status": "ready"} | told)
    problem = {
        "type": "urn:panjereh:problem:not-ready",
        "title": "Not ready",
        "status": HTTPStatus.SERVICE_UNAVAILABLE.value,
        "code": "not-ready",
        "failing": [check.value for check in failing],
    }
    return Readiness(HTTPStatus.SERVICE_UNAVAILABLE, "application/problem+json", problem | told)
