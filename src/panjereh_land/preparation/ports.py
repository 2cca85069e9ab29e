"""Which program listens where on this machine, as the launcher says."""

import json
from dataclasses import dataclass
from typing import Self

PROGRAMS = ("web", "idp", "registry", "land")
NODES = ("platform", "interior", "places")


class PortsFaulty(ValueError):  # noqa: N818 -- reads as what happened
    """The text is not a JSON object with a port for every program and both ports of every node."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Ports on loopback by name: `web`, `idp`, `registry`, `land`, and `<node>-edge`, `<node>-mtls`."""

    by_name: dict[str, int]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the JSON object. Raises `PortsFaulty` naming what is missing or no port."""
        needed = [*PROGRAMS, *(f"{node}-{kind}" for node in NODES for kind in ("edge", "mtls"))]
        try:
            given = json.loads(text)
        except ValueError as error:
            raise PortsFaulty("--ports is not JSON") from error
        if not isinstance(given, dict):
            raise PortsFaulty("--ports is not a JSON object")
        wrong = [name for name in needed if type(given.get(name)) is not int or not 0 < given[name] < 1 << 16]
        if wrong:
            raise PortsFaulty("--ports has no port for: " + ", ".join(wrong))
        return cls({name: given[name] for name in needed})

    def listen(self, name: str) -> str:
        """Return the listening address, `127.0.0.1:PORT`."""
        return f"127.0.0.1:{self.by_name[name]}"

    def url(self, name: str) -> str:
        """Return the address for others, without a slash at its end; TLS for the nodes' own listeners."""
        return f"{'https' if name.endswith('-mtls') else 'http'}://{self.listen(name)}"
