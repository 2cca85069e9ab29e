"""The environment, read once and typed; every fault is listed at once."""

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from panjereh_idp.protocol.clients import Client, is_safe_address, read_clients

PREFIX = "PANJEREH_IDP_"
PAIRWISE_KEY_BYTES = 32

T = TypeVar("T")


class SettingsFaulty(Exception):  # noqa: N818 -- reads as the sentence it prints
    """One or more settings are missing or wrong; the message lists them all."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("The environment is faulty:\n" + "\n".join(f"  - {fault}" for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the program needs to serve."""

    issuer: str
    host: str
    port: int
    account_url: str
    clients: Mapping[str, Client]
    signing_key: ECKey
    pairwise_key: bytes
    database_url: str
    calls_per_minute: int
    trusted_proxies: int = 0

    @property
    def is_https(self) -> bool:
        """Whether browsers reach us over TLS."""
        return self.issuer.startswith("https://")


def read_settings(variables: Mapping[str, str]) -> Settings:
    """Return the settings for serving. Raises `SettingsFaulty`."""
    reader = _Reader(variables)
    host, port = reader.value("LISTEN", _listen, ("", 0))
    settings = Settings(
        issuer=reader.value("ISSUER", _issuer, ""),
        host=host,
        port=port,
        account_url=reader.value("ACCOUNT_URL", _address, ""),
        clients=reader.value("CLIENTS_FILE", _clients, {}),
        signing_key=reader.value("SIGNING_KEY_FILE", _signing_key, None),
        pairwise_key=reader.value("PAIRWISE_KEY_FILE", _pairwise_key, b""),
        database_url=reader.value("DATABASE_URL", _database, ""),
        calls_per_minute=reader.value("CALLS_PER_MINUTE", _positive, 0, default="6000"),
        trusted_proxies=reader.value("TRUSTED_PROXIES", _count, 0, default="0"),
    )
    reader.refuse_faults()
    return settings


def read_database_urls(variables: Mapping[str, str]) -> tuple[str, str]:
    """Return the owner's and the application's database address. Raises `SettingsFaulty`."""
    reader = _Reader(variables)
    owner = reader.value("DATABASE_OWNER_URL", _database, "")
    application = reader.value("DATABASE_URL", _database, "")
    reader.refuse_faults()
    return owner, application


class _Reader:
    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self._faults: list[str] = []

    def value(self, name: str, parse: Callable[[str], T], absent: Any, *, default: str | None = None) -> T:
        """Return a parsed setting; a fault is noted and `absent` returned, which nobody will see."""
        text = self._variables.get(PREFIX + name) or default
        if text is None:
            self._faults.append(f"{PREFIX}{name} is not set")
            return absent  # type: ignore[no-any-return]
        try:
            return parse(text)
        except (ValueError, OSError) as error:
            self._faults.append(f"{PREFIX}{name}: {error}")
            return absent  # type: ignore[no-any-return]

    def refuse_faults(self) -> None:
        if self._faults:
            raise SettingsFaulty(self._faults)


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


def _listen(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit():
        raise ValueError("must be host:port")
    return host.strip("[]"), int(port)


def _database(text: str) -> str:
    if not text.startswith(("postgresql://", "postgres://")):
        raise ValueError("must be a postgresql:// address")
    return text


def _count(text: str) -> int:
    if not text.isdecimal():
        raise ValueError("must be a number of 0 or more")
    return int(text)


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
