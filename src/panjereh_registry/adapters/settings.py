"""The settings of the registry, read once; every fault is told at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from panjereh_kernel import environment
from panjereh_kernel.environment import LISTEN, LOOPBACK_LISTEN, PROFILE, Kind, Profile, setting

PREFIX = "PANJEREH_REGISTRY_"
OF_THE_PLATFORM = ("PANJEREH_REGISTRY_URL", "PANJEREH_REGISTRY_ANCHOR_FILE")


def read_signing_key(text: str) -> ec.EllipticCurvePrivateKey:
    """Load an unencrypted P-256 key from the PKCS#8 PEM file named; `ValueError` or `OSError` otherwise."""
    key = load_pem_private_key(Path(text).read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("a P-256 key is needed")  # noqa: TRY004 -- one kind of fault for one kind of reader
    return key


_STATE = Kind(told="folder, made when it is needed", parse=Path)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Settings:
    """What the registry is told at start. It has no text form: the key is secret."""

    profile: Profile = setting(PROFILE, default="production")
    listen: tuple[str, int] = setting(LISTEN)
    metrics_listen: tuple[str, int] | None = setting(LOOPBACK_LISTEN, default="")
    # It may come later than the program: until then there is nothing to publish.
    source_file: Path = setting(environment.plain_file("path of JSON", Path))
    key: ec.EllipticCurvePrivateKey = setting(
        environment.secret_file("path of a key", read_signing_key), name="KEY_FILE"
    )
    state_directory: Path = setting(_STATE)


def read_settings(variables: Mapping[str, str]) -> Settings:
    """Return the settings. Raises `EnvironmentFaulty` naming every fault."""
    return environment.read_environment(Settings, variables, prefix=PREFIX)


def unknown_variables(variables: Mapping[str, str]) -> list[str]:
    """Return what looks like a setting of ours and is none."""
    return environment.unknown_variables(variables, Settings, prefix=PREFIX, others=OF_THE_PLATFORM)
