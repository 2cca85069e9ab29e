"""The settings of the platform, read by the one reader of the environment.

A setting is a field of `Environment`; its variable is `PANJEREH_` and the field's name in capitals.
Secrets are never values of variables but paths of files.
"""

import dataclasses
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from panjereh.plumbing.token_address import FILE, TokenAddress, read_labels
from panjereh.plumbing.wrapping import KEY_BYTES, HeldKeys, WrappingKeys, read_keys
from panjereh_kernel import environment, production
from panjereh_kernel.environment import (
    COUNT,
    DATABASE,
    LOOPBACK_LISTEN,
    PROFILE,
    EnvironmentFaulty,
    Kind,
    Profile,
)
from panjereh_kernel.environment import setting as _setting

if TYPE_CHECKING:
    from panjereh.plumbing.token_keys import TokenKeys

PREFIX = "PANJEREH_"
_TOKEN = ("wrapping_module", "wrapping_token", "wrapping_pin_file", "wrapping_labels")
# The other programs and the tools of this repository read these.
OTHER_PROGRAMS = tuple(
    f"{PREFIX}{name}_" for name in ("IDP", "NODE", "REGISTRY", "LAND", "TEST", "JOURNEY", "BENCH", "DEV")
)
LEVELS = ("1", "2", "3")  # code by SMS, passkey, card
CODE_BY_SMS = "1"  # the level of authentication that officers have in the practice country
LONGEST_CONSENT_DAYS = 366
_COUNTRY = re.compile("[A-Z]{3}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def _read_path(text: str) -> Path:
    path = Path(text)
    if not path.exists():
        raise ValueError(f"there is nothing at {path}")
    return path


def _read_directory(text: str) -> Path:
    path = Path(text)
    if path.exists() and not path.is_dir():
        raise ValueError(f"{path} is not a folder")
    return path


def _read_secret(text: str) -> str:
    secret = _read_path(text).read_text(encoding="ascii").strip()
    if len(secret) < KEY_BYTES:
        raise ValueError(f"the secret in {text} is shorter than {KEY_BYTES} characters")
    return secret


def _read_keys(text: str) -> tuple[bytes, ...]:
    try:
        return read_keys(_read_path(text).read_text(encoding="ascii"))
    except ValueError as error:
        raise ValueError(f"{text} {error}") from error


def _read_web(text: str) -> str:
    if not text.startswith(("http://", "https://")) or text.endswith("/"):
        raise ValueError("not an http(s):// address without a slash at its end")
    return text


def _read_email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise ValueError("not an e-mail address")
    return text


def _read_listen(text: str) -> str:
    environment.parse_listen(text)
    return text


def _read_level(text: str) -> int:
    if text not in LEVELS:
        raise ValueError(f"not a level of sign-in, one of {', '.join(LEVELS)}")
    return int(text)


def _read_days(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= LONGEST_CONSENT_DAYS:
        raise ValueError(f"not a number of days from 1 to {LONGEST_CONSENT_DAYS}")
    return int(text)


def _read_country(text: str) -> str:
    if not _COUNTRY.fullmatch(text):
        raise ValueError("not a code of ISO 3166-1 in three capital letters")
    return text


def _faults_of_level(text: str) -> list[str]:
    return ["must be 2 or more in production: a code by SMS opens no desk"] if text == CODE_BY_SMS else []


def _faults_of_key_values(text: str) -> list[str]:
    few = [key for key in read_keys(text) if len(set(key)) < production.FEWEST_CHARACTERS]
    return ["holds a key that was not drawn at random"] if few else []


def _faults_of_pin(text: str) -> list[str]:
    # A PIN is short by its nature: what guards it is the token, which locks itself.
    is_open = Path(text).stat().st_mode & stat.S_IRWXO
    return [*production.faults_of_file(text), *([production.OPEN_TO_ALL.format(text)] if is_open else [])]


_path = environment.plain_file("path that exists", _read_path)
_key_path = environment.secret_file("path of a key", _read_path)
_pin_path = Kind(
    told="path of a PIN",
    parse=_read_path,
    refuse=_faults_of_pin,
    asked="not of the practice country, closed to others",
    secrecy=environment.IS_SECRET,
)
_labels = Kind(told="labels of keys, parted by spaces", parse=read_labels)
_secret = environment.secret_file("path of a secret", _read_secret)
_keys = environment.secret_file("path of keys in base64, one a line", _read_keys)
_key_values = Kind(
    told="keys in base64, parted by spaces",
    parse=read_keys,
    refuse=_faults_of_key_values,
    asked="drawn at random",
    secrecy="the value is secret",
)
_directory = Kind(told="folder, made when it is needed", parse=_read_directory)
_database = DATABASE
_count = COUNT
_web = Kind(
    told="http(s):// address",
    parse=_read_web,
    refuse=production.faults_of_address,
    asked="https://, unless it is on this machine",
)
_public = Kind(
    told="http(s):// address", parse=_read_web, refuse=production.faults_of_public_address, asked="https://"
)
_listen = Kind(
    told="host:port", parse=_read_listen, refuse=production.faults_of_listener, asked="on loopback"
)
_client = Kind(
    told="`instance/class/member/subsystem`",
    parse=str,
    refuse=production.faults_of_client,
    asked="not of the practice exchange",
)
_email = Kind(told="e-mail address", parse=_read_email)
_level = Kind(told="1, 2 or 3", parse=_read_level, refuse=_faults_of_level, asked="2 or 3")
_text = Kind(told="text", parse=str)
_days = Kind(told=f"days, 1 to {LONGEST_CONSENT_DAYS}", parse=_read_days)
_country = Kind(told="code of ISO 3166-1, three letters", parse=_read_country)


@dataclass(frozen=True, kw_only=True, repr=False)
class Environment:
    """Every setting of the platform. It has no text form: some of it is secret."""

    profile: Profile = _setting(PROFILE, default="production")
    listen: str = _setting(_listen, default="127.0.0.1:8000")
    metrics_listen: tuple[str, int] | None = _setting(LOOPBACK_LISTEN, default="")
    public_url: str = _setting(_public)
    trusted_proxies: int = _setting(_count, default="0")
    secret_key_file: str = _setting(_secret)
    database_url: str = _setting(_database)
    database_owner_url: str | None = _setting(_database, default="")
    database_reader_url: str = _setting(_database)
    database_trace_url: str = _setting(_database)
    database_backup_url: str | None = _setting(_database, default="")
    # The keys of people are wrapped by those of a file or a value, one of the two, or by those of a token; by
    # both while it changes. A file may hold several keys: the first is current, the others still open.
    wrapping_key_file: tuple[bytes, ...] | None = _setting(_keys, default="")
    wrapping_keys: tuple[bytes, ...] | None = _setting(_key_values, default="")
    wrapping_module: Path | None = _setting(_path, default="")
    wrapping_token: str | None = _setting(_text, default="")
    wrapping_pin_file: Path | None = _setting(_pin_path, default="")
    wrapping_labels: tuple[str, ...] | None = _setting(_labels, default="")
    index_key_file: tuple[bytes, ...] = _setting(_keys)
    node_url: str = _setting(_web)
    exchange_client: str = _setting(_client)
    # Without them a receipt is shown, and who signed it is left to whoever has the registry's key.
    registry_url: str | None = _setting(_web, default="")
    registry_anchor_file: Path | None = _setting(_path, default="")
    idp_issuer: str = _setting(_web)
    portal_client_id: str = _setting(_text, default="portal")
    portal_client_key_file: Path = _setting(_key_path)
    # Without its key this installation has no desk.
    desk_client_id: str = _setting(_text, default="desk")
    desk_client_key_file: Path | None = _setting(_key_path, default="")
    desk_acr: int = _setting(_level, default="2")
    account_plane_client_id: str = _setting(_text, default="account-plane")
    account_plane_client_key_file: Path = _setting(_key_path)
    document_key_file: Path = _setting(_key_path)
    document_certificate_file: Path = _setting(_path)
    document_chain_file: Path = _setting(_path)
    # Without an address the time in a document is the issuer's word alone.
    time_stamp_url: str | None = _setting(_web, default="")
    time_stamp_chain_file: Path | None = _setting(_path, default="")
    audit_log_directory: Path = _setting(_directory)
    audit_checkpoint_directory: Path = _setting(_directory)
    audit_key_file: Path = _setting(_key_path)
    state_directory: Path = _setting(_directory)
    packs_directory: Path = _setting(_path)
    data_directory: Path = _setting(_path)
    frontend_directory: Path = _setting(_path)
    # For how long a person allows a program what it asks for; they may take it back before.
    consent_days: int = _setting(_days, default="90")
    # Without it, outside practice, files that people hand in stay in quarantine.
    clamd_address: str | None = _setting(_text, default="")
    # Whose place the pages of indices show first.
    country: str = _setting(_country, default="IRN")
    operator_name_fa: str | None = _setting(_text, default="")
    operator_name_en: str | None = _setting(_text, default="")
    contact_email: str | None = _setting(_email, default="")
    security_email: str | None = _setting(_email, default="")

    @property
    def is_practice(self) -> bool:
        """Whether people and agencies here are invented."""
        return self.profile is Profile.PRACTICE

    @cached_property
    def wrapping(self) -> WrappingKeys:
        """The keys that wrap people's keys, from wherever they came."""
        held, token = self.wrapping_key_file or self.wrapping_keys or (), self.token_keys
        if token is None:
            return HeldKeys(held)
        from panjereh.plumbing.token_keys import arrange  # noqa: PLC0415 -- only who has a token loads it

        return arrange(token, held, is_file_first=(self.wrapping_labels or ())[:1] == (FILE,))

    @cached_property
    def token_keys(self) -> "TokenKeys | None":
        """Those of them that are in a token, if there is one."""
        if not (self.wrapping_module and self.wrapping_token and self.wrapping_pin_file):
            return None
        from panjereh.plumbing.token_keys import TokenKeys  # noqa: PLC0415 -- as above

        address = TokenAddress(self.wrapping_module, self.wrapping_token, self.wrapping_pin_file)
        return TokenKeys(address, [label for label in self.wrapping_labels or () if label != FILE])


def read_environment(variables: Mapping[str, str]) -> Environment:
    """Return the settings in `variables`. Raises `EnvironmentFaulty` with every fault found."""
    values, faults = environment.read_values(Environment, variables, prefix=PREFIX)
    faults += _faults_of_wrapping_keys(values, told=faults)
    faults += environment.faults_of_pair(values, "time_stamp_url", "time_stamp_chain_file", prefix=PREFIX)
    if faults:
        raise EnvironmentFaulty(faults)
    return Environment(**values)


def key_files(variables: Mapping[str, str]) -> dict[str, Path]:
    """Return the files of keys and certificates that are set, by the names of their variables."""
    names = [f"{PREFIX}{setting.name.upper()}" for setting in dataclasses.fields(Environment)]
    return {name: Path(variables[name]) for name in names if name.endswith("_FILE") and variables.get(name)}


def unknown_variables(variables: Mapping[str, str]) -> list[str]:
    """Return what looks like a setting of ours and is none, each with the name that was probably meant."""
    return environment.unknown_variables(variables, Environment, prefix=PREFIX, others=OTHER_PROGRAMS)


def _faults_of_wrapping_keys(values: Mapping[str, Any], *, told: list[str]) -> list[str]:
    if any("WRAPPING_KEY" in fault for fault in told):
        return []
    held = sum(values[name] is not None for name in ("wrapping_key_file", "wrapping_keys"))
    given = [name for name in _TOKEN if values[name] is not None]
    labels = values["wrapping_labels"] or ()
    if held > 1:
        return ["PANJEREH_WRAPPING_KEY_FILE and PANJEREH_WRAPPING_KEYS are both set: give one"]
    if not held and not given:
        return ["PANJEREH_WRAPPING_KEY_FILE is not set"]
    if given and len(given) < len(_TOKEN):
        missing = [f"{PREFIX}{name.upper()}" for name in _TOKEN if name not in given]
        return [f"{', '.join(missing)}: not set, a key token needs all of its settings"]
    if FILE in labels and not held:
        return ["PANJEREH_WRAPPING_LABELS: names the keys of a file, but there is none"]
    return []
