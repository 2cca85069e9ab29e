"""Who does a thing, on whose behalf, with which right and how surely known."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What an actor may be. A role says which doors open, never which rows."""

    ANONYMOUS = "anonymous"
    CITIZEN = "citizen"
    OFFICER = "officer"
    SYSTEM = "system"


class Channel(StrEnum):
    """Where the act came from."""

    WEB = "web"
    DESK = "desk"
    JOB = "job"
    COMMAND = "command"
    API = "api"


class OfficerRole(StrEnum):
    """What somebody may do at the desk of an agency; each is granted by itself."""

    GRANTOR = "grantor"
    OFFICER = "officer"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Post:
    """Where an officer sits and in which roles: an agency and perhaps one unit of it, both by id."""

    agency_id: str
    unit_id: str = ""
    roles: frozenset[OfficerRole] = frozenset()


@dataclass(frozen=True, slots=True)
class Actor:
    """The actor of one operation.

    `subject_id` is the person who acts, None for a program and for somebody not signed in. `acr` is how
    strongly they signed in (1 code by SMS, 2 passkey, 3 card), `ial` how surely the person behind the
    account is known (0 self-asserted, 1 registers and phone agree, 2 in person). `purpose` is why
    personal data is read and is written into every access trace. `post` is where an officer sits, None for
    everybody else.
    """

    role: Role
    channel: Channel
    purpose: str
    subject_id: UUID | None = None
    account_id: UUID | None = None
    acr: int = 0
    ial: int = 0
    post: Post | None = None

    @classmethod
    def system(cls, purpose: str, *, channel: Channel = Channel.JOB) -> "Actor":
        """Return the platform itself acting in a job or a command."""
        return cls(role=Role.SYSTEM, channel=channel, purpose=purpose)

    @classmethod
    def anonymous(cls, purpose: str) -> "Actor":
        """Return somebody who has not signed in."""
        return cls(role=Role.ANONYMOUS, channel=Channel.WEB, purpose=purpose)
