"""The one reader of the environment: typed, checked on start, every fault listed at once.

A setting is a field of `Environment`; its variable is `PANJEREH_` and the field's name in capitals.
Secrets are never values of variables but paths of files.
"""

import base64
import binascii
import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

KEY_BYTES = 32


class Profile(StrEnum):
    """What this installation is for. Practice says so on every page; production refuses practice things."""

    PRACTICE = "practice"
    PRODUCTION = "production"


class EnvironmentFaulty(Exception):  # noqa: N818 -- reads as the sentence it prints
    """One or more settings are missing or wrong; the message lists them all."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("The environment is faulty:\n" + "\n".join(f"  - {fault}" for fault in faults))
        self.faults = faults


def _path(text: str) -> Path:
    path = Path(text)
    if not path.exists():
        raise ValueError(f"there is nothing at {path}")
    return path


def _directory(text: str) -> Path:
    path = Path(text)
    if path.exists() and not path.is_dir():
        raise ValueError(f"{path} is not a folder")
    return path


def _secret(text: str) -> str:
    secret = _path(text).read_text(encoding="ascii").strip()
    if len(secret) < KEY_BYTES:
        raise ValueError(f"the secret in {text} is shorter than {KEY_BYTES} characters")
    return secret


def _key(text: str) -> bytes:
    try:
        key = base64.b64decode(_path(text).read_text(encoding="ascii").strip(), validate=True)
    except binascii.Error as error:
        raise ValueError(f"{text} does not hold base64") from error
    if len(key) != KEY_BYTES:
        raise ValueError(f"the key in {text} is not {KEY_BYTES} bytes")
    return key


def _database(text: str) -> str:
    if not text.startswith(("postgresql://", "postgres://")):
        raise ValueError("not a postgresql:// address")
    return text


def _web(text: str) -> str:
    if not text.startswith(("http://", "https://")) or text.endswith("/"):
        raise ValueError("not an http(s):// address without a slash at its end")
    return text


def _setting(parse: Callable[[str], Any], *, default: str | None = None) -> Any:
    return field(metadata={"parse": parse, "default": default})


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """Every setting of the platform."""

    profile: Profile = _setting(Profile, default="production")
    listen: str = _setting(str, default="127.0.0.1:8000")
    public_url: str = _setting(_web)
    secret_key_file: str = _setting(_secret)
    database_url: str = _setting(_database)
    database_owner_url: str | None = _setting(_database, default="")
    database_reader_url: str = _setting(_database)
    database_trace_url: str = _setting(_database)
    wrapping_key_file: bytes = _setting(_key)
    index_key_file: bytes = _setting(_key)
    node_url: str = _setting(_web)
    exchange_client: str = _setting(str)
    # Without them a receipt is shown, and who signed it is left to whoever has the registry's key.
    registry_url: str | None = _setting(_web, default="")
    registry_anchor_file: Path | None = _setting(_path, default="")
    idp_issuer: str = _setting(_web)
    portal_client_id: str = _setting(str, default="portal")
    portal_client_key_file: Path = _setting(_path)
    account_plane_client_id: str = _setting(str, default="account-plane")
    account_plane_client_key_file: Path = _setting(_path)
    document_key_file: Path = _setting(_path)
    document_certificate_file: Path = _setting(_path)
    document_chain_file: Path = _setting(_path)
    audit_log_directory: Path = _setting(_directory)
    audit_checkpoint_directory: Path = _setting(_directory)
    audit_key_file: Path = _setting(_path)
    state_directory: Path = _setting(_directory)
    packs_directory: Path = _setting(_path)
    data_directory: Path = _setting(_path)
    frontend_directory: Path = _setting(_path)

    @property
    def is_practice(self) -> bool:
        """Whether people and agencies here are invented."""
        return self.profile is Profile.PRACTICE


def read_environment(variables: Mapping[str, str]) -> Environment:
    """Return the settings in `variables`. Raises `EnvironmentFaulty` with every fault found."""
    values: dict[str, Any] = {}
    faults: list[str] = []
    for setting in dataclasses.fields(Environment):
        name = f"PANJEREH_{setting.name.upper()}"
        text = variables.get(name) or setting.metadata["default"]
        if text is None:
            faults.append(f"{name} is not set")
            continue
        try:
            values[setting.name] = setting.metadata["parse"](text) if text else None
        except (ValueError, OSError) as error:
            faults.append(f"{name}: {error}")
    if faults:
        raise EnvironmentFaulty(faults)
    environment = Environment(**values)
    _refuse_practice_in_production(environment)
    return environment


def _refuse_practice_in_production(environment: Environment) -> None:
    """Production does not start on keys made for the practice country, nor on plain HTTP off this machine."""
    if environment.is_practice:
        return
    faults = [
        f"{path} belongs to the practice country"
        for path in (
            environment.portal_client_key_file,
            environment.account_plane_client_key_file,
            environment.document_key_file,
            environment.audit_key_file,
        )
        if (path.parent / "PRACTICE").exists()
    ]
    if environment.public_url.startswith("http://"):
        faults.append("PANJEREH_PUBLIC_URL must be https:// in production")
    if faults:
        raise EnvironmentFaulty(faults)
