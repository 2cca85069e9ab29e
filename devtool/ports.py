"""Free ports on loopback, chosen once per checkout and kept, so that addresses survive a restart."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING

from devtool import paths

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# The order is the offset from FIRST: what a person types comes first.
NAMES = (
    "web",
    "idp",
    "registry",
    "land",
    "platform-edge",
    "platform-mtls",
    "interior-edge",
    "interior-mtls",
    "places-edge",
    "places-mtls",
)
FIRST = 8400


def choose(names: Iterable[str] = NAMES, *, keep_in: Path = paths.RUN / "ports.json") -> dict[str, int]:
    """Return a port for each name: the one kept if it is free, else a free one, kept from now on."""
    kept: dict[str, int] = json.loads(keep_in.read_text()) if keep_in.exists() else {}
    chosen: dict[str, int] = {}
    for offset, name in enumerate(names):
        candidates = [kept[name]] if name in kept else []
        candidates += [FIRST + offset, *(FIRST + 100 * more + offset for more in range(1, 20)), 0]
        chosen[name] = next(
            port for candidate in candidates if (port := _free(candidate)) and port not in chosen.values()
        )
    if chosen != kept:
        paths.write_whole(keep_in, json.dumps(chosen, indent=1) + "\n")
    return chosen


def _free(port: int) -> int | None:
    """Return `port` (any free one for 0) if it can be listened on, else None."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return None
        number: int = trial.getsockname()[1]
        return number
