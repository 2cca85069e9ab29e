"""What this machine's kernel lets a test try."""

import os
from functools import cache

import pytest

from panjereh.domain.documents.rendering import walls


@cache
def allows(wall: str) -> bool:
    """Whether a wall can be built here: containers and chroots often forbid user namespaces."""
    child = os.fork()
    if child == 0:
        try:
            walls.build_walls((wall,))
        except walls.NoWall:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def need(*names: str) -> None:
    """Leave a test out where the kernel forbids one of the walls it needs."""
    missing = [name for name in names if not allows(name)]
    if missing:
        pytest.skip(f"this kernel forbids {', '.join(missing)}")
