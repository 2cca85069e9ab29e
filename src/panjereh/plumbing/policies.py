"""What a limit is, in values: settings name them before there is a database to count in.

Those with a name here are for the routes of every package, which says in its `limits.py` which of them hold
for which route. Numbers per address are for an address that a few thousand people share, as behind a mobile
operator in Iran; numbers per account are what one person with two hands does not reach. An installation
whose people all come from one address, such as a closed network, needs `PANJEREH_TRUSTED_PROXIES` to be right
before anything else.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


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


_MINUTE, _TEN_MINUTES = dt.timedelta(minutes=1), dt.timedelta(minutes=10)
SEARCH: Final = Policy("search", Scope.ADDRESS, 1_200, _MINUTE)
SIGN_IN: Final = Policy("sign-in", Scope.ADDRESS, 600, _MINUTE)
READING: Final = Policy("reading", Scope.ADDRESS, 1_200, _MINUTE)
KEEPING: Final = Policy("keeping", Scope.ADDRESS, 120, _TEN_MINUTES)
# Two for one route: a person may not fill our tables, and a thief of a session may not carry all away.
DOING: Final = Policy("doing", Scope.ACCOUNT, 300, _TEN_MINUTES)
TAKING_AWAY: Final = Policy("taking-away", Scope.ACCOUNT, 60, _TEN_MINUTES)
# At the desk people work for hours: far above what two hands reach, far below what a script would take.
LOOKING: Final = Policy("desk-looking", Scope.ACCOUNT, 600, _TEN_MINUTES)
