"""What production refuses at the start of every program: each function returns the faults of one setting.

Practice keys, keys that anybody on the machine can read, secrets nobody drew, passwords everybody tries, and
plain HTTP beyond this machine.
"""

import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
# Beside the keys it makes, the practice country leaves a file of this name.
MARK: Final = "PRACTICE"
# The practice exchange: its members are invented.
PRACTICE_INSTANCE: Final = "PRACTICE"
# 32 random bytes in base64 have about thirty; a word that somebody typed has fewer.
FEWEST_CHARACTERS: Final = 16
OPEN_TO_ALL: Final = "{} is open to everybody on this machine; take their rights away"
TRIED_FIRST: Final = frozenset({"postgres", "panjereh", "password", "secret", "changeme", "admin"})
# asyncio's debug mode writes the arguments of slow calls into the log.
DEBUGGING: Final = ("PYTHONDEVMODE", "PYTHONASYNCIODEBUG", "PYTHONINSPECT")


def faults_of_file(text: str) -> Iterator[str]:
    """Yield whether a file, or anything in a folder, was made for the practice country."""
    path = Path(text)
    if (path / MARK).exists() or (path.parent / MARK).exists():
        yield f"{path} belongs to the practice country"


def faults_of_secret_file(text: str) -> Iterator[str]:
    """Yield the faults of a file, or a folder of files, that hold secrets."""
    yield from faults_of_file(text)
    path = Path(text)
    for each in sorted(path.iterdir()) if path.is_dir() else [path]:
        if each.is_file() and each.name != MARK:
            yield from _faults_of_secret(each)


def _faults_of_secret(path: Path) -> Iterator[str]:
    if path.stat().st_mode & stat.S_IRWXO:
        yield OPEN_TO_ALL.format(path)
    if len(set(path.read_bytes())) < FEWEST_CHARACTERS:
        yield f"{path} holds nothing that was drawn at random"


def faults_of_listener(text: str) -> Iterator[str]:
    """Yield whether a `host:port` that speaks plain HTTP can be reached from another machine."""
    if text.rpartition(":")[0].strip("[]") not in LOOPBACK:
        yield "must be on loopback in production: TLS ends at a proxy beside it"


def faults_of_address(text: str) -> Iterator[str]:
    """Yield whether an address is asked in plain HTTP beyond this machine."""
    parts = urlsplit(text)
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        yield "must be https:// in production, unless it is on this machine"


def faults_of_public_address(text: str) -> Iterator[str]:
    """Yield whether people would be served in plain HTTP."""
    if not text.startswith("https://"):
        yield "must be https:// in production"


def faults_of_database(text: str) -> Iterator[str]:
    """Yield whether the password in an address is tried first, or its line may be read or bent."""
    parts = urlsplit(text)
    asked = parse_qs(parts.query)
    # A folder is a socket of this machine; several hosts stand in `host`, or in place of one.
    hosts = asked.get("host", [unquote(parts.netloc.rpartition("@")[2])])[-1].split(",")
    is_near = all(not each or each.startswith("/") or _name_of(each) in LOOPBACK for each in hosts)
    if not is_near and asked.get("sslmode", [""])[-1] != "verify-full":
        yield "must say sslmode=verify-full in production, unless the database is on this machine"
    password = unquote(parts.password or "").lower()
    if password and password in TRIED_FIRST | {unquote(parts.username or "").lower()}:
        yield "its password is the role's name or a word that is tried first"


def _name_of(host: str) -> str:
    return urlsplit(f"//{host}").hostname or ""


def faults_of_client(text: str) -> Iterator[str]:
    """Yield whether a member of the exchange is one of the practice exchange."""
    if text.partition("/")[0] == PRACTICE_INSTANCE:
        yield "is a member of the practice exchange"


def faults_of_debugging(variables: Mapping[str, str]) -> Iterator[str]:
    """Yield the switches of Python's own debugging that are on."""
    for name in DEBUGGING:
        if variables.get(name, "") not in {"", "0"}:
            yield f"{name}: debugging is for practice; what it writes may be personal"
