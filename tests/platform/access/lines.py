"""What a row of the table of addresses says, and the words it is written in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from uuid import UUID

from tests.platform.access.country import Citizen

SIGN_IN = "to sign-in"  # led to signing in, and from there back
ON = 302  # led on to another page
NOBODYS = UUID("019aaa25-df00-7000-8000-000000000001")
# What stands in an address for a thing of somebody's; the same function gives Mina's and Arash's.
Things: TypeAlias = Mapping[str, Callable[[Citizen], dict[str, object]]]


@dataclass(frozen=True)
class Line:
    """One line of the table. `of` names the thing of Mina's; `typed` is what a form sends."""

    route: str
    method: str
    of: str
    anonymous: int | str
    owner: int | str
    other: int | str
    typed: dict[str, str] = field(default_factory=dict)
    head: bool = True  # whether HEAD is answered as GET is
    form: bool = True  # whether a POST is a form with its token; programs send no cookie and need none

    @property
    def id(self) -> str:
        return f"{self.method} {self.route} {self.of}".strip()
