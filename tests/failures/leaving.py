"""Which functions of the programs let a call leave their process, read from the source itself.

A function is found that opens a way out (a client, a pool, a child, a write that waits for the disk) or sends
something over one. A private function stands for those who call it in the same module, and a public one for
the functions beside it in the folder that call it by name: so a place is as near as can be to what is wanted.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from devtool.reference import source
from devtool.reference.source import Module

# What opens a way out, by its whole name.
OPENS = (
    "aiohttp.ClientSession",
    "asyncio.create_subprocess_exec",
    "asyncio.open_connection",
    "asyncio.open_unix_connection",
    "ftplib.FTP",
    "http.client.HTTPConnection",
    "http.client.HTTPSConnection",
    "httpx.AsyncClient",
    "httpx.Client",
    "multiprocessing.Process",
    "os.fdatasync",
    "os.fork",
    "os.fsync",
    "os.posix_spawn",
    "os.system",
    "pkcs11.lib",
    "psycopg.AsyncConnection.connect",
    "psycopg.Connection.connect",
    "psycopg.connect",
    "psycopg_pool.AsyncConnectionPool",
    "psycopg_pool.ConnectionPool",
    "smtplib.SMTP",
    "smtplib.SMTP_SSL",
    "socket.create_connection",
    "subprocess.Popen",
    "subprocess.check_call",
    "subprocess.check_output",
    "subprocess.run",
    "urllib.request.urlopen",
    *(f"httpx.{verb}" for verb in ("delete", "get", "head", "patch", "post", "put", "request", "stream")),
)
_ROOTS = frozenset(name.partition(".")[0] for name in OPENS)
# Packages that exist to talk to somebody: importing one is a way out that this list must learn first.
CLIENTS = frozenset(
    (
        "boto3",
        "grpc",
        "kafka",
        "ldap3",
        "paramiko",
        "pika",
        "pycurl",
        "redis",
        "requests",
        "urllib3",
        "websockets",
    )
)
# How something is sent over a client that another function opened.
SENDS = frozenset(("request", "stream"))
CLIENT_MODULES = frozenset(("aiohttp", "httpx"))


@cache
def places() -> frozenset[str]:
    """Return every place as `path under src::function`."""
    own = {module.path: _lifted(module, set(_direct(module))) for module in source.modules()}
    return frozenset(_beside(own))


def unknown_clients() -> list[str]:
    """Return modules that import a package for talking to somebody which the scan does not know."""
    return [
        f"{module.path} imports {name}"
        for module in source.modules()
        for name in sorted(_imported(module) & CLIENTS)
    ]


def _direct(module: Module) -> Iterator[str]:
    names, imported = _names(module), _imported(module)
    if not imported & _ROOTS:
        return
    sending, opening = set(), set()
    for holder, node in source.inside(module):
        if not isinstance(node, ast.Call) or holder is None:
            continue
        if _whole_name(node.func, names) in OPENS:
            opening.add(holder.name)
        if isinstance(node.func, ast.Attribute) and node.func.attr in SENDS and imported & CLIENT_MODULES:
            sending.add(holder.name)
    # Where something is sent, the opening is no call of its own.
    yield from sending or opening


def _lifted(module: Module, found: set[str]) -> set[str]:
    """Replace private functions by those that use them in the module, as long as somebody does."""
    if not any(name.startswith("_") for name in found):
        return found
    users = _users(module)
    done: set[str] = set()
    while private := [name for name in found - done if name.startswith("_") and users[name] - {name}]:
        for name in private:
            done.add(name)
            found |= users[name]
    return found - done


def _users(module: Module) -> dict[str, set[str]]:
    users: dict[str, set[str]] = defaultdict(set)
    for holder, node in source.inside(module):
        if holder is not None and isinstance(node, ast.Name | ast.Attribute):
            users[node.id if isinstance(node, ast.Name) else node.attr].add(holder.name)
    return users


def _beside(own: dict[str, set[str]]) -> Iterator[str]:
    for path, functions in own.items():
        folder = path.rpartition("/")[0]
        neighbours = [each for each in source.modules(folder) if each.path.rpartition("/")[0] == folder]
        for function in functions:
            whole = f"{path.removesuffix('.py').replace('/', '.')}.{function}"
            yield from _users_of(whole, path, neighbours) or {f"{path}::{function}"}


def _users_of(whole: str, path: str, neighbours: list[Module]) -> set[str]:
    found = set()
    for module in neighbours:
        names = _names(module)
        if module.path == path or not any(whole.startswith(each) for each in names.values()):
            continue
        callers = {
            holder.name
            for holder, node in source.inside(module)
            if holder is not None and isinstance(node, ast.Call) and _whole_name(node.func, names) == whole
        }
        found |= {f"{module.path}::{name}" for name in _lifted(module, callers)}
    return found


def _names(module: Module) -> dict[str, str]:
    """Return what each name stands for that a module imports at its top."""
    names = {}
    for node in module.tree.body:
        if isinstance(node, ast.Import):
            for each in node.names:
                first = each.name.partition(".")[0]
                names[each.asname or first] = each.name if each.asname else first
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {each.asname or each.name: f"{node.module}.{each.name}" for each in node.names}
    return names


def _imported(module: Module) -> set[str]:
    return {whole.partition(".")[0] for whole in _names(module).values()}


def _whole_name(node: ast.expr, names: dict[str, str]) -> str:
    """Return `a.b.c` with what `a` stands for in the place of `a`; "" for what is no such name."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([names.get(node.id, node.id), *reversed(parts)])
