"""The one reader of the environment: typed, checked on start, every fault listed at once.

A setting is a field of `Environment`; its variable is `PANJEREH_` and the field's name in capitals.
Secrets are never values of variables but paths of files.
"""

import dataclasses
import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from panjereh.config import production
from panjereh.plumbing.wrapping import KEY_BYTES, HeldKeys, WrappingKeys, read_keys

# The other programs and the tools of this repository read these.
OTHER_PROGRAMS = tuple(
    f"PANJEREH_{name}_" for name in ("IDP", "NODE", "REGISTRY", "LAND", "TEST", "JOURNEY", "BENCH", "DEV")
)
LEVELS = ("1", "2", "3")  # code by SMS, passkey, card
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


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


def _keys(text: str) -> tuple[bytes, ...]:
    try:
        return read_keys(_path(text).read_text(encoding="ascii"))
    except ValueError as error:
        raise ValueError(f"{text} {error}") from error


def _database(text: str) -> str:
    if not text.startswith(("postgresql://", "postgres://")):
        raise ValueError("not a postgresql:// address")
    return text


def _web(text: str) -> str:
    if not text.startswith(("http://", "https://")) or text.endswith("/"):
        raise ValueError("not an http(s):// address without a slash at its end")
    return text


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise ValueError("not an e-mail address")
    return text


def _count(text: str) -> int:
    if not text.isdecimal():
        raise ValueError("not a number of 0 or more")
    return int(text)


def _level(text: str) -> int:
    if text not in LEVELS:
        raise ValueError(f"not a level of sign-in, one of {', '.join(LEVELS)}")
    return int(text)


def _setting(parse: Callable[[str], Any], *, default: str | None = None) -> Any:
    return field(metadata={"parse": parse, "default": default})


@dataclass(frozen=True, kw_only=True, repr=False)
class Environment:
    """Every setting of the platform. It has no text form: some of it is secret."""

    profile: Profile = _setting(Profile, default="production")
    listen: str = _setting(str, default="127.0.0.1:8000")
    public_url: str = _setting(_web)
    trusted_proxies: int = _setting(_count, default="0")
    secret_key_file: str = _setting(_secret)
    database_url: str = _setting(_database)
    database_owner_url: str | None = _setting(_database, default="")
    database_reader_url: str = _setting(_database)
    database_trace_url: str = _setting(_database)
    # Exactly one of the two. A file may hold several keys: the first is current, the others still open.
    wrapping_key_file: tuple[bytes, ...] | None = _setting(_keys, default="")
    wrapping_keys: tuple[bytes, ...] | None = _setting(read_keys, default="")
    index_key_file: tuple[bytes, ...] = _setting(_keys)
    node_url: str = _setting(_web)
    exchange_client: str = _setting(str)
    # Without them a receipt is shown, and who signed it is left to whoever has the registry's key.
    registry_url: str | None = _setting(_web, default="")
    registry_anchor_file: Path | None = _setting(_path, default="")
    idp_issuer: str = _setting(_web)
    portal_client_id: str = _setting(str, default="portal")
    portal_client_key_file: Path = _setting(_path)
    # Without its key this installation has no desk.
    desk_client_id: str = _setting(str, default="desk")
    desk_client_key_file: Path | None = _setting(_path, default="")
    desk_acr: int = _setting(_level, default="2")
    account_plane_client_id: str = _setting(str, default="account-plane")
    account_plane_client_key_file: Path = _setting(_path)
    document_key_file: Path = _setting(_path)
    document_certificate_file: Path = _setting(_path)
    document_chain_file: Path = _setting(_path)
    # Without an address the time in a document is the issuer's word alone.
    time_stamp_url: str | None = _setting(_web, default="")
    time_stamp_chain_file: Path | None = _setting(_path, default="")
    audit_log_directory: Path = _setting(_directory)
    audit_checkpoint_directory: Path = _setting(_directory)
    audit_key_file: Path = _setting(_path)
    state_directory: Path = _setting(_directory)
    packs_directory: Path = _setting(_path)
    data_directory: Path = _setting(_path)
    frontend_directory: Path = _setting(_path)
    # Without it, outside practice, files that people hand in stay in quarantine.
    clamd_address: str | None = _setting(str, default="")
    operator_name_fa: str | None = _setting(str, default="")
    operator_name_en: str | None = _setting(str, default="")
    contact_email: str | None = _setting(_email, default="")
    security_email: str | None = _setting(_email, default="")

    @property
    def is_practice(self) -> bool:
        """Whether people and agencies here are invented."""
        return self.profile is Profile.PRACTICE

    @cached_property
    def wrapping(self) -> WrappingKeys:
        """The keys that wrap people's keys, from wherever they came."""
        return HeldKeys(self.wrapping_key_file or self.wrapping_keys or ())


def read_environment(variables: Mapping[str, str]) -> Environment:
    """Return the settings in `variables`. Raises `EnvironmentFaulty` with every fault found."""
    values: dict[str, Any] = {}
    faults: list[str] = []
    for setting in dataclasses.fields(Environment):
        name = _name_of(setting)
        text = variables.get(name) or setting.metadata["default"]
        if text is None:
            faults.append(f"{name} is not set")
            continue
        try:
            values[setting.name] = setting.metadata["parse"](text) if text else None
        except (ValueError, OSError) as error:
            faults.append(f"{name}: {error}")
    faults += _faults_of_wrapping_keys(values, told=faults)
    if (values.get("time_stamp_url") is None) is not (values.get("time_stamp_chain_file") is None):
        faults.append("PANJEREH_TIME_STAMP_URL and PANJEREH_TIME_STAMP_CHAIN_FILE: set both or neither")
    if values.get("profile") is Profile.PRODUCTION:
        faults += production.faults(_texts(variables))
    if faults:
        raise EnvironmentFaulty(faults)
    return Environment(**values)


def unknown_variables(variables: Mapping[str, str]) -> list[str]:
    """Return what looks like a setting of ours and is none, each with the name that was probably meant."""
    known = [_name_of(setting) for setting in dataclasses.fields(Environment)]
    strange = [
        name
        for name in sorted(variables)
        if name.startswith("PANJEREH_") and name not in known and not name.startswith(OTHER_PROGRAMS)
    ]
    meant = {name: difflib.get_close_matches(name, known, n=1, cutoff=0.8) for name in strange}
    return [f"{name} (meant is perhaps {meant[name][0]})" if meant[name] else name for name in strange]


def _name_of(setting: dataclasses.Field[Any]) -> str:
    return f"PANJEREH_{setting.name.upper()}"


def _texts(variables: Mapping[str, str]) -> dict[str, str]:
    """Return every setting as it was written, or its default; those with neither are left out."""
    return {
        _name_of(setting): text
        for setting in dataclasses.fields(Environment)
        if (text := variables.get(_name_of(setting)) or setting.metadata["default"])
    }


def _faults_of_wrapping_keys(values: Mapping[str, Any], *, told: list[str]) -> list[str]:
    if any("WRAPPING_KEY" in fault for fault in told):
        return []
    match sum(values[name] is not None for name in ("wrapping_key_file", "wrapping_keys")):
        case 0:
            return ["PANJEREH_WRAPPING_KEY_FILE is not set"]
        case 2:
            return ["PANJEREH_WRAPPING_KEY_FILE and PANJEREH_WRAPPING_KEYS are both set: give one"]
    return []
