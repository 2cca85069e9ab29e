"""Free ports on loopback, chosen once per checkout and kept, so that addresses survive a restart."""

from __future__ import annotations

import json
import os
import socket
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from devtool import paths
from devtool.locks import Taken, exclusive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

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
    # Where each process shows its metrics.
    "web-metrics",
    "worker-metrics",
    "sequencer-metrics",
    "idp-metrics",
    "registry-metrics",
    "land-metrics",
    "node-platform-metrics",
    "node-interior-metrics",
    "node-places-metrics",
)
FIRST = 8400
# One lock for each port, shared by every checkout of this user.
CLAIMS = Path(tempfile.gettempdir()) / f"panjereh-ports-{os.geteuid()}"


@contextmanager
def claimed(
    names: Iterable[str] = NAMES,
    *,
    keep_in: Path = paths.RUN / "ports.json",
    claims: Path = CLAIMS,
) -> Iterator[dict[str, int]]:
    """Choose ports as `choose` does and keep every other checkout off them during the block.

    A look at a port is not enough: between the look and the program's listening another instance may look
    too, and granian lets two programs of one user listen on one port, so that neither would notice.
    """
    paths.make_private(claims)
    with ExitStack() as held:

        def claim(port: int) -> bool:
            try:
                held.enter_context(exclusive(claims / f"{port}.lock", wait=False))
            except Taken:
                return False
            return True

        yield choose(names, keep_in=keep_in, claim=claim)


def choose(
    names: Iterable[str] = NAMES,
    *,
    keep_in: Path = paths.RUN / "ports.json",
    claim: Callable[[int], bool] = lambda _port: True,
) -> dict[str, int]:
    """Return a port for each name: the one kept if it is free, else a free one, kept from now on."""
    kept: dict[str, int] = json.loads(keep_in.read_text()) if keep_in.exists() else {}
    chosen: dict[str, int] = {}
    for offset, name in enumerate(names):
        candidates = [kept[name]] if name in kept else []
        candidates += [FIRST + offset, *(FIRST + 100 * more + offset for more in range(1, 20)), 0]
        chosen[name] = next(
            port
            for candidate in candidates
            if (port := _free(candidate)) and port not in chosen.values() and claim(port)
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
