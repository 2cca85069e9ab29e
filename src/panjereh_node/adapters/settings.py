"""The environment, read once; every fault is told at once."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from panjereh_contracts.configuration import Anchors, read_anchors
from panjereh_contracts.identifiers import MalformedClient, parse_subsystem

PREFIX = "PANJEREH_NODE_"
T = TypeVar("T")
_ID = re.compile(r"[a-z0-9][a-z0-9.\-]{0,62}")
_BASE_URL = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]{1,260}(?:/[A-Za-z0-9.\-_~]{1,64})*")
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class SettingsError(Exception):
    """The environment cannot be used; the message lists every fault, one a line, and no secret."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the node is told at start."""

    id: str
    edge_listen: tuple[str, int]
    mtls_listen: tuple[str, int]
    registry_url: str
    anchors: Anchors
    state_directory: Path
    tls_key_file: Path
    tls_certificate_file: Path
    signing_keys: Mapping[str, ec.EllipticCurvePrivateKey] = field(repr=False)
    log_seed: bytes = field(repr=False)
    backends: Mapping[str, str]


def _listen(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 1 << 16:
        raise ValueError("host:port is needed")
    return host.strip("[]"), int(port)


def _edge_listen(text: str) -> tuple[str, int]:
    # The consumer edge knows its clients by nothing but being here: anyone who reaches it may ask in the name
    # of every member the node serves.
    listen = _listen(text)
    if listen[0] not in LOOPBACK:
        raise ValueError("the edge listens on loopback only")
    return listen


def _pattern(pattern: re.Pattern[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError("malformed")
        return text

    return read


def _certificate(text: str) -> Path:
    x509.load_pem_x509_certificate(Path(text).read_bytes())
    return Path(text)


def _key_path(text: str) -> Path:
    load_pem_private_key(Path(text).read_bytes(), password=None)
    return Path(text)


def _signing_keys(text: str) -> dict[str, ec.EllipticCurvePrivateKey]:
    keys = {}
    for path in sorted(Path(text).glob("*.pem")):
        key = load_pem_private_key(path.read_bytes(), password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
            raise ValueError(f"{path.name}: a P-256 key is needed")  # noqa: TRY004 -- as below
        keys[path.stem] = key
    if not keys:
        raise ValueError("no <member>.pem in it")
    return keys


def _log_seed(text: str) -> bytes:
    key = load_pem_private_key(Path(text).read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("an Ed25519 key is needed")  # noqa: TRY004 -- one kind of fault for every reader
    return key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())


def _backends(text: str) -> dict[str, str]:
    document = json.loads(Path(text).read_text(encoding="utf-8"))
    if not isinstance(document, dict):
        raise ValueError("an object of subsystem to base URL is needed")  # noqa: TRY004 -- as above
    for subsystem, url in document.items():
        try:
            parse_subsystem(subsystem)
        except MalformedClient as fault:
            raise ValueError(f"{subsystem}: not a subsystem") from fault
        if not isinstance(url, str) or not _BASE_URL.fullmatch(url):
            raise ValueError(f"{subsystem}: not a base URL")
    return document


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings; raises `SettingsError` naming every fault."""
    faults: list[str] = []

    def read(name: str, reader: Callable[[str], T]) -> T:
        try:
            return reader(environment[PREFIX + name])
        except KeyError:
            faults.append(f"{PREFIX}{name}: missing")
        except (ValueError, OSError, TypeError) as fault:
            faults.append(f"{PREFIX}{name}: {fault}")
        # Never seen by anybody: one fault and the whole is refused below.
        return None  # type: ignore[return-value]

    settings = Settings(
        id=read("ID", _pattern(_ID)),
        edge_listen=read("EDGE_LISTEN", _edge_listen),
        mtls_listen=read("MTLS_LISTEN", _listen),
        registry_url=read("REGISTRY_URL", _pattern(_BASE_URL)),
        anchors=read("ANCHOR_FILE", lambda text: read_anchors(Path(text).read_bytes())),
        state_directory=read("STATE_DIRECTORY", Path),
        tls_key_file=read("TLS_KEY_FILE", _key_path),
        tls_certificate_file=read("TLS_CERTIFICATE_FILE", _certificate),
        signing_keys=read("SIGNING_KEY_DIRECTORY", _signing_keys),
        log_seed=read("LOG_KEY_FILE", _log_seed),
        backends=read("BACKENDS_FILE", _backends),
    )
    if faults:
        raise SettingsError("\n".join(faults))
    return settings
