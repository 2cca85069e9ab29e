"""The walls between a document template and the machine: what a render may not reach is not there.

A template is a program written by somebody else. It runs in a process of its own that passes through two
walls, each of which holds alone:

* **namespaces**: an own user, network, mount and IPC namespace, and a root that is an already deleted empty
  folder, in which nothing can be found or made; then every capability is dropped;
* **filter**: no new privileges, Landlock without a single permitted path, and a list of the few system calls
  that computing needs: none of them opens a file, a socket, a program or a process.

`build_walls` raises both where the kernel allows and refuses to go on behind none. It must be called in a
process with exactly one thread, for its last deed: there is no way back.
"""

import ctypes
import errno
import os
import platform
import resource
import struct
from collections.abc import Callable, Sequence

_CLONE_NEWNS, _CLONE_NEWIPC, _CLONE_NEWUSER, _CLONE_NEWNET = 0x20000, 0x8000000, 0x10000000, 0x40000000
_CLONE_THREAD = 0x10000
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2
_CAPABILITY_VERSION_3 = 0x20080522
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_CLONE3 = 435  # the same number everywhere; refused as unknown, so that the C library falls back to clone

_LANDLOCK_CREATE, _LANDLOCK_RESTRICT = 444, 446
# Every right to files that a Landlock version knows (include/uapi/linux/landlock.h): first version → bits.
_LANDLOCK_FILE_BITS = {1: 13, 2: 14, 3: 15, 5: 16}
_LANDLOCK_NET_SINCE, _LANDLOCK_SCOPE_SINCE = 4, 6

_OFFSET_NUMBER, _OFFSET_ARCH, _OFFSET_FIRST_ARGUMENT = 0, 4, 16
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_X32_BIT = 0x40000000

# What computing needs: reading and writing what is already open, memory, threads, signals, clocks, leaving.
# fmt: off
_MACHINES: dict[str, tuple[int, int, tuple[int, ...]]] = {  # machine: audit number, clone, allowed calls
    "x86_64": (0xC000003E, 56, (
        0, 1, 3, 5, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 28, 35, 39, 60, 63, 131, 186, 202, 204, 218, 228,
        230, 231, 273, 318, 334,
    )),
    "aarch64": (0xC00000B7, 220, (
        57, 62, 63, 64, 80, 93, 94, 96, 98, 99, 101, 113, 115, 123, 124, 132, 134, 135, 139, 160, 172, 178,
        214, 215, 216, 222, 226, 233, 278, 293,
    )),
}
# fmt: on

_OPEN_FILES = 8  # the standard three, the pipe of the answer, and the Landlock rules for a moment

_libc = ctypes.CDLL(None, use_errno=True)


class NoWall(Exception):  # noqa: N818 -- named after what is missing, as the refusals are
    """This kernel, or whoever started us, forbids a wall."""


def limit_resources(*, cpu_seconds: int, memory_bytes: int) -> None:
    """Bound the processor time and memory of this process, and let it write no file."""
    for kind, amount in (
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (amount, amount))


def build_walls(names: Sequence[str]) -> list[str]:
    """Raise the named walls, in order, and return those that stand.

    Raises `NoWall` when not one of them can be raised. The current folder must be empty and deleted: it
    becomes the root.
    """
    standing, faults = [], []
    for name in names:
        try:
            _WALLS[name]()
        except NoWall as fault:
            faults.append(f"{name}: {fault}")
        else:
            standing.append(name)
    if not standing:
        raise NoWall("; ".join(faults) or "no wall was asked for")
    return standing


def _move_to_empty_namespaces() -> None:
    if _libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET | _CLONE_NEWNS | _CLONE_NEWIPC):
        raise NoWall(_last_error())
    try:
        os.chroot(".")
        os.chdir("/")
    except OSError as fault:
        raise NoWall(str(fault)) from fault
    header = struct.pack("=Ii", _CAPABILITY_VERSION_3, 0)
    if _libc.capset(header, bytes(24)):
        raise NoWall(_last_error())
    _give_up_privileges()


def _filter_system_calls() -> None:
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        raise NoWall(f"no list of system calls for {platform.machine()}")
    _give_up_privileges()
    _forbid_paths()
    program = _filter_program(*machine)
    code = ctypes.create_string_buffer(program, len(program))
    description = struct.pack("@HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    if _libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, description, 0, 0):
        raise NoWall(_last_error())


def _give_up_privileges() -> None:
    if _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise NoWall(_last_error())


def _forbid_paths() -> None:
    version = _libc.syscall(_LANDLOCK_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint(1))
    if version < 1:
        raise NoWall(f"Landlock: {_last_error()}")
    bits = max(count for since, count in _LANDLOCK_FILE_BITS.items() if since <= version)
    net = 3 if version >= _LANDLOCK_NET_SINCE else 0
    scope = 3 if version >= _LANDLOCK_SCOPE_SINCE else 0
    rules = struct.pack("=QQQ", (1 << bits) - 1, net, scope)
    # An older kernel takes a longer structure as long as what it does not know is zero.
    ruleset = _libc.syscall(_LANDLOCK_CREATE, rules, ctypes.c_size_t(len(rules)), ctypes.c_uint(0))
    if ruleset < 0 or _libc.syscall(_LANDLOCK_RESTRICT, ruleset, ctypes.c_uint(0)):
        raise NoWall(f"Landlock: {_last_error()}")
    os.close(ruleset)


def _filter_program(arch: int, clone: int, allowed: tuple[int, ...]) -> bytes:
    """Return the classic BPF program: allow the list and new threads, refuse the rest."""
    steps = [
        _step(_LOAD, _OFFSET_ARCH),
        _step(_EQUAL, arch, then=1),
        _step(_RETURN, _KILL),
        _step(_LOAD, _OFFSET_NUMBER),
        _step(_AT_LEAST, _X32_BIT, otherwise=1),
        _step(_RETURN, _KILL),
    ]
    for number in allowed:
        steps += [_step(_EQUAL, number, otherwise=1), _step(_RETURN, _ALLOW)]
    steps += [
        _step(_EQUAL, _CLONE3, otherwise=1),
        _step(_RETURN, _REFUSE | errno.ENOSYS),
        _step(_EQUAL, clone, otherwise=3),
        _step(_LOAD, _OFFSET_FIRST_ARGUMENT),
        _step(_ANY_BIT, _CLONE_THREAD, otherwise=1),
        _step(_RETURN, _ALLOW),
        _step(_RETURN, _REFUSE | errno.EPERM),
    ]
    return b"".join(steps)


def _step(code: int, operand: int, *, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("=HBBI", code, then, otherwise, operand)


def _last_error() -> str:
    return os.strerror(ctypes.get_errno())


_WALLS: dict[str, Callable[[], None]] = {
    "namespaces": _move_to_empty_namespaces,
    "filter": _filter_system_calls,
}
