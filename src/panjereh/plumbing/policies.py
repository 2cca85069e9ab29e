"""What a limit is, in values: settings name them before there is a database to count in."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """Whom a policy counts."""

    ADDRESS = "address"  # the network address; of IPv6 the network of a household
    ACCOUNT = "account"  # the signed-in person or officer; nobody else
    NUMBER = "number"  # the thing that is asked about
    PROGRAM = "program"  # the client of the identity provider that calls for a person


@dataclass(frozen=True, slots=True)
class Policy:
    """At most `most` requests of one asker within `window`."""

    name: str
    scope: Scope
    most: int
    window: dt.timedelta
