"""The settings of the identity provider, read once; every fault is listed at once."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from panjereh_idp.protocol.clients import Client, is_safe_address, read_clients
from panjereh_kernel import environment
from panjereh_kernel.environment import (
    COUNT,
    DATABASE,
    LISTEN,
    LOOPBACK_LISTEN,
    PROFILE,
    Kind,
    Profile,
    setting,
)

PREFIX = "PANJEREH_IDP_"
PAIRWISE_KEY_BYTES = 32


def _issuer(text: str) -> str:
    parts = urlsplit(text)
    if not is_safe_address(text) or parts.path or parts.query:
        raise ValueError(
            "must be https:// (http:// on loopback) and a host, without path or slash at its end"
        )
    return text


def _address(text: str) -> str:
    if not is_safe_address(text):
        raise ValueError("must be an https:// address (http:// on loopback)")
    return text


def _positive(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise ValueError("must be a number above zero")
    return int(text)


def _clients(text: str) -> dict[str, Client]:
    return read_clients(json.loads(Path(text).read_text(encoding="utf-8")))


def _signing_key(text: str) -> ECKey:
    content = Path(text).read_text(encoding="ascii")
    try:
        key = ECKey.import_key(json.loads(content) if content.lstrip().startswith("{") else content)
    except JoseError as error:
        raise ValueError("does not hold a P-256 key") from error
    if key.curve_name != "P-256" or not key.is_private:
        raise ValueError("does not hold a private P-256 key")
    return key


def _pairwise_key(text: str) -> bytes:
    encoded = Path(text).read_text(encoding="ascii").strip()
    try:
        key = base64.b64decode(encoded + "=" * (-len(encoded) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("does not hold base64url") from error
    if len(key) < PAIRWISE_KEY_BYTES:
        raise ValueError(f"is shorter than {PAIRWISE_KEY_BYTES} bytes")
    return key


_PUBLIC = Kind(told="https:// address, http:// on loopback", parse=_issuer)
_ACCOUNT = Kind(told="https:// address, http:// on loopback", parse=_address)
_CLIENTS = environment.plain_file("path of JSON", _clients)
_SIGNING = environment.secret_file("path of a key", _signing_key)
_PAIRWISE = environment.secret_file("path of a key", _pairwise_key)
_POSITIVE = Kind(told="number above zero", parse=_positive)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Settings:
    """What the program needs to serve. It has no text form: some of it is secret."""

    profile: Profile = setting(PROFILE, default="production")
    listen: tuple[str, int] = setting(LISTEN)
    metrics_listen: tuple[str, int] | None = setting(LOOPBACK_LISTEN, default="")
    issuer: str = setting(_PUBLIC)
    account_url: str = setting(_ACCOUNT)
    clients: Mapping[str, Client] = setting(_CLIENTS, name="CLIENTS_FILE")
    signing_key: ECKey = setting(_SIGNING, name="SIGNING_KEY_FILE")
    pairwise_key: bytes = setting(_PAIRWISE, name="PAIRWISE_KEY_FILE")
    database_url: str = setting(DATABASE)
    calls_per_minute: int = setting(_POSITIVE, default="6000")
    refresh_token_days: int = setting(_POSITIVE, default="90")
    trusted_proxies: int = setting(COUNT, default="0")

    @property
    def is_https(self) -> bool:
        """Whether browsers reach us over TLS."""
        return self.issuer.startswith("https://")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MigrationSettings:
    """What migrating needs: the address of the owner, and the role that gets its rights."""

    profile: Profile = setting(PROFILE, default="production")
    database_owner_url: str = setting(DATABASE)
    database_url: str = setting(DATABASE)


def read_settings(variables: Mapping[str, str]) -> Settings:
    """Return the settings for serving. Raises `EnvironmentFaulty`."""
    return environment.read_environment(Settings, variables, prefix=PREFIX)


def read_migration_settings(variables: Mapping[str, str]) -> MigrationSettings:
    """Return the settings for migrating. Raises `EnvironmentFaulty`."""
    return environment.read_environment(MigrationSettings, variables, prefix=PREFIX)


def unknown_variables(variables: Mapping[str, str]) -> list[str]:
    """Return what looks like a setting of ours and is none."""
    return environment.unknown_variables(variables, Settings, MigrationSettings, prefix=PREFIX)
