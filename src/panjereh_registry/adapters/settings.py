"""The environment, read once; every fault is told at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key

PREFIX = "PANJEREH_REGISTRY_"
T = TypeVar("T")


class SettingsError(Exception):
    """The environment cannot be used; the message lists every fault, one a line, and no secret."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the registry is told at start."""

    host: str
    port: int
    source_file: Path
    key: ec.EllipticCurvePrivateKey
    state_directory: Path


def read_listen(text: str) -> tuple[str, int]:
    """Read `host:port`; `ValueError` otherwise."""
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 1 << 16:
        raise ValueError("host:port is needed")
    return host.strip("[]"), int(port)


def read_signing_key(text: str) -> ec.EllipticCurvePrivateKey:
    """Load an unencrypted P-256 key from the PKCS#8 PEM file named; `ValueError` or `OSError` otherwise."""
    key = load_pem_private_key(Path(text).read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("a P-256 key is needed")  # noqa: TRY004 -- one kind of fault for one kind of reader
    return key


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings; raises `SettingsError` naming every fault."""
    faults: list[str] = []

    def read(name: str, reader: Callable[[str], T]) -> T | None:
        try:
            return reader(environment[PREFIX + name])
        except KeyError:
            faults.append(f"{PREFIX}{name}: missing")
        except (ValueError, OSError, TypeError) as fault:
            faults.append(f"{PREFIX}{name}: {fault}")
        return None

    listen = read("LISTEN", read_listen)
    source = read("SOURCE_FILE", Path)
    key = read("KEY_FILE", read_signing_key)
    state = read("STATE_DIRECTORY", Path)
    if listen is None or source is None or key is None or state is None:
        raise SettingsError("\n".join(faults))
    return Settings(*listen, source, key, state)
