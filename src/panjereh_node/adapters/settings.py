"""The settings of a node, read once; every fault is told at once."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

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
from panjereh_kernel import environment, production
from panjereh_kernel.environment import ARE_SECRET, LOOPBACK_LISTEN, PROFILE, Kind, Profile, setting

PREFIX = "PANJEREH_NODE_"
OF_THE_PLATFORM = ("PANJEREH_NODE_URL",)
_NAME = re.compile(r"[a-z0-9][a-z0-9.\-]{0,62}")
_BASE_URL = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]{1,260}(?:/[A-Za-z0-9.\-_~]{1,64})*")


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


def _anchors(text: str) -> Anchors:
    return read_anchors(Path(text).read_bytes())


_ID = Kind(told="lower-case letters, digits, dots and hyphens", parse=_pattern(_NAME))
_MTLS = Kind(told="host:port", parse=environment.parse_listen)
_REGISTRY = Kind(
    told="http(s):// address",
    parse=_pattern(_BASE_URL),
    refuse=production.faults_of_address,
    asked="https://, unless it is on this machine",
)
_STATE = Kind(told="folder, made when it is needed", parse=Path)
_SIGNING = Kind(
    told="folder of keys",
    parse=_signing_keys,
    refuse=production.faults_of_secret_file,
    asked="drawn at random, not of the practice country, closed to others",
    secrecy=ARE_SECRET,
)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Settings:
    """What the node is told at start. It has no text form: some of it is secret."""

    profile: Profile = setting(PROFILE, default="production")
    id: str = setting(_ID)
    # The consumer edge knows its clients by nothing but being here: anyone who reaches it may ask in the name
    # of every member the node serves. So it listens on loopback in every profile.
    edge_listen: tuple[str, int] = setting(LOOPBACK_LISTEN)
    mtls_listen: tuple[str, int] = setting(_MTLS)
    metrics_listen: tuple[str, int] | None = setting(LOOPBACK_LISTEN, default="")
    registry_url: str = setting(_REGISTRY)
    anchors: Anchors = setting(environment.plain_file("path of JWKS", _anchors), name="ANCHOR_FILE")
    state_directory: Path = setting(_STATE)
    tls_key_file: Path = setting(environment.secret_file("path of a key", _key_path))
    tls_certificate_file: Path = setting(environment.plain_file("path of a certificate", _certificate))
    signing_keys: Mapping[str, ec.EllipticCurvePrivateKey] = setting(_SIGNING, name="SIGNING_KEY_DIRECTORY")
    log_seed: bytes = setting(environment.secret_file("path of a key", _log_seed), name="LOG_KEY_FILE")
    backends: Mapping[str, str] = setting(
        environment.plain_file("path of JSON", _backends), name="BACKENDS_FILE"
    )


def read_settings(variables: Mapping[str, str]) -> Settings:
    """Return the settings. Raises `EnvironmentFaulty` naming every fault."""
    return environment.read_environment(Settings, variables, prefix=PREFIX)


def unknown_variables(variables: Mapping[str, str]) -> list[str]:
    """Return what looks like a setting of ours and is none."""
    return environment.unknown_variables(variables, Settings, prefix=PREFIX, others=OF_THE_PLATFORM)
