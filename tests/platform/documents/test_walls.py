"""The walls around templates, tried from inside with what a hostile program would try, as root and not."""

import json
import os
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from panjereh.domain.documents.rendering import walls
from tests.platform.documents.kernel import need

pytestmark = pytest.mark.django_db(databases=[])
NOBODY = 65534
BOTH = ("namespaces", "filter")
# Whoever is an ordinary user already cannot become another one, and need not.
USERS = [
    pytest.param(None, id="as-this-user"),
    *([pytest.param(NOBODY, id="as-an-ordinary-user")] if os.geteuid() == 0 else []),
]
ATTEMPTS: dict[str, Callable[[], object]] = {
    "read a file": lambda: os.open("/etc/passwd", os.O_RDONLY),
    "write a file": lambda: os.open("/kept", os.O_WRONLY | os.O_CREAT),
    "make a folder": Path("/folder").mkdir,
    "reach a server": lambda: socket.create_connection(("127.0.0.1", 9), timeout=1),
    "run a program": lambda: os.execv("/bin/true", ["true"]),  # noqa: S606 -- it must not start
    "leave the root": lambda: os.chroot("."),
}
# What the filter refuses and empty namespaces cannot.
FILTERED: dict[str, Callable[[], object]] = {
    "open a socket": socket.socket,
    "start a process": lambda: os.fork() or os._exit(0),
    "see another process": lambda: os.kill(os.getppid(), 0),
}


def run_behind(
    names: tuple[str, ...], attempts: dict[str, Callable[[], object]], *, user: int | None = None
) -> dict[str, object]:
    """Fork, raise walls, try each attempt, and return what came of each."""
    reading, writing = os.pipe()
    root = Path(tempfile.mkdtemp())
    child = os.fork()
    if child == 0:
        os.chdir(root)
        root.rmdir()
        if user is not None:
            os.chown(".", user, user)  # the render server makes its root itself
            os.setgroups([])
            os.setgid(user)
            os.setuid(user)
        os.write(writing, json.dumps(_try(names, attempts)).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        result: dict[str, object] = json.loads(pipe.read())
    os.waitpid(child, 0)
    return result


def _try(names: tuple[str, ...], attempts: dict[str, Callable[[], object]]) -> dict[str, object]:
    try:
        found: dict[str, object] = {"standing": walls.build_walls(names)}
    except walls.NoWall as fault:
        return {"fault": str(fault)}
    for name, attempt in attempts.items():
        try:
            attempt()
            found[name] = "done"
        except OSError as fault:
            found[name] = type(fault).__name__
    return found


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize("name", BOTH)
def test_each_wall_alone_holds(name, user):
    need(name)
    found = run_behind((name,), ATTEMPTS, user=user)

    assert found.pop("standing", found) == [name]
    assert "done" not in found.values(), found
    assert len(found) == len(ATTEMPTS)


@pytest.mark.parametrize("user", USERS)
def test_both_walls_stand_together(user):
    need(*BOTH)
    found = run_behind(BOTH, {**ATTEMPTS, **FILTERED}, user=user)

    assert found.pop("standing") == list(BOTH)
    assert set(found.values()) == {"PermissionError"}, found


def test_behind_the_filter_no_socket_process_or_signal_is_had():
    found = run_behind(("filter",), FILTERED)

    assert found.pop("standing") == ["filter"]
    assert set(found.values()) == {"PermissionError"}, found


def test_without_any_wall_nothing_goes_on():
    assert run_behind((), {}) == {"fault": "no wall was asked for"}


def test_a_kernel_that_forbids_every_wall_is_told_apart_from_one_that_allows_it(monkeypatch):
    monkeypatch.setattr(walls._libc, "unshare", lambda _flags: -1, raising=False)
    monkeypatch.setattr(walls.platform, "machine", lambda: "pdp11")

    fault = run_behind(BOTH, {})["fault"]

    assert "namespaces:" in fault
    assert "no list of system calls for pdp11" in fault


def test_when_namespaces_are_forbidden_the_filter_alone_stands(monkeypatch):
    monkeypatch.setattr(walls._libc, "unshare", lambda _flags: -1, raising=False)

    assert run_behind(BOTH, ATTEMPTS)["standing"] == ["filter"]
