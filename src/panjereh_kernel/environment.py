"""The one reader of the environment, for every program: typed, checked on start, every fault listed at once.

The settings of a program are a dataclass. Each field says with `setting` of which kind it is; its variable is
the program's prefix and the field's name in capitals. The profile has one variable for all programs, and is
`production` unless it says otherwise: what is forgotten is refused rather than allowed.
"""

import dataclasses
import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeVar

from panjereh_kernel import production

S = TypeVar("S")
PROFILE_VARIABLE: Final = "PANJEREH_PROFILE"
LARGEST_PORT: Final = 65_535
IS_SECRET, ARE_SECRET, IN_ADDRESS = "the file is secret", "the files are secret", "may carry a password"


class Profile(StrEnum):
    """What this installation is for. Practice says so on every page; production refuses practice things."""

    PRACTICE = "practice"
    PRODUCTION = "production"


class EnvironmentFaulty(Exception):  # noqa: N818 -- reads as the sentence it prints
    """One or more settings are missing or wrong; the message lists them all and holds no secret."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("The environment is faulty:\n" + "\n".join(f"  - {fault}" for fault in faults))
        self.faults = faults


def _nothing(_text: str) -> Iterable[str]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a setting holds: how its text is read, and what production asks of it besides.

    `parse` raises `ValueError` or `OSError` for a text that is none; `refuse` gives the faults in production.
    `told`, `asked` and `secrecy` say the same to operators. With `may_be_file` the variable with `_FILE` at
    its end may name a file that holds the text.
    """

    told: str
    parse: Callable[[str], Any]
    refuse: Callable[[str], Iterable[str]] = _nothing
    asked: str = ""
    secrecy: str = "no"
    may_be_file: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable as its program reads it; `default` is None where it must be given."""

    field: str
    variable: str
    kind: Kind
    default: str | None


def setting(kind: Kind | Callable[[str], Any], *, default: str | None = None, name: str = "") -> Any:
    """Return the field of a setting; a default of "" makes it None where it is not set.

    `name` is that of the variable after the prefix where it is not the field's.
    """
    known = kind if isinstance(kind, Kind) else Kind(told=kind.__name__.strip("_"), parse=kind)
    return field(metadata={"kind": known, "default": default, "name": name})


def settings_of(kind: type, *, prefix: str) -> list[Setting]:
    """Return the settings of a dataclass in their order."""
    return [
        Setting(
            each.name,
            PROFILE_VARIABLE
            if each.name == "profile"
            else prefix + (each.metadata["name"] or each.name.upper()),
            each.metadata["kind"],
            each.metadata["default"],
        )
        for each in dataclasses.fields(kind)
    ]


def read_environment(kind: type[S], variables: Mapping[str, str], *, prefix: str) -> S:
    """Return the settings in `variables`. Raises `EnvironmentFaulty` with every fault found."""
    values, faults = read_values(kind, variables, prefix=prefix)
    if faults:
        raise EnvironmentFaulty(faults)
    return kind(**values)


def read_values(kind: type, variables: Mapping[str, str], *, prefix: str) -> tuple[dict[str, Any], list[str]]:
    """Return values by field, and every fault: first what cannot be read, then what production refuses."""
    values: dict[str, Any] = {}
    faults: list[str] = []
    refused: list[str] = []
    for each in settings_of(kind, prefix=prefix):
        try:
            text = _text_of(each, variables)
            values[each.field] = each.kind.parse(text) if text else None
        except LookupError:
            faults.append(f"{each.variable} is not set")
        except (ValueError, OSError, TypeError) as error:
            faults.append(f"{each.variable}: {error}")
        else:
            if text:
                refused += [f"{each.variable}: {fault}" for fault in each.kind.refuse(text)]
    if values.get("profile") is not Profile.PRODUCTION:
        return values, faults
    refused += _faults_of_value_files(kind, variables, prefix)
    return values, [*faults, *refused, *production.faults_of_debugging(variables)]


def faults_of_pair(values: Mapping[str, Any], first: str, second: str, *, prefix: str) -> list[str]:
    """Return the fault of two settings that belong together and of which one alone is set."""
    if (values.get(first) is None) is (values.get(second) is None):
        return []
    return [f"{prefix}{first.upper()} and {prefix}{second.upper()}: set both or neither"]


def _text_of(each: Setting, variables: Mapping[str, str]) -> str:
    """Return the text of a setting. Raises `LookupError` where there must be one, `ValueError` for two."""
    text, path = variables.get(each.variable), variables.get(f"{each.variable}_FILE")
    if each.kind.may_be_file and path:
        if text:
            raise ValueError(f"{each.variable}_FILE is set too: give one")
        text = Path(path).read_text(encoding="utf-8").strip()
    text = text or each.default
    if text is None:
        raise LookupError(each.variable)
    return text


def _faults_of_value_files(kind: type, variables: Mapping[str, str], prefix: str) -> Iterator[str]:
    for each in settings_of(kind, prefix=prefix):
        name = f"{each.variable}_FILE"
        path = Path(variables.get(name, ""))
        if each.kind.may_be_file and path.is_file():
            yield from (f"{name}: {fault}" for fault in production.faults_of_secret_file(str(path)))


def unknown_variables(
    variables: Mapping[str, str], *kinds: type, prefix: str, others: tuple[str, ...] = ()
) -> list[str]:
    """Return what looks like a setting of a program and is none, each with the name that was probably meant.

    `others` begin the names that belong to somebody else though they begin with `prefix`.
    """
    settings = [each for kind in kinds for each in settings_of(kind, prefix=prefix)]
    known = [each.variable for each in settings]
    known += [f"{each.variable}_FILE" for each in settings if each.kind.may_be_file]
    strange = [
        name
        for name in sorted(variables)
        if name.startswith(prefix) and name not in known and not name.startswith(others or ("\0",))
    ]
    meant = {name: difflib.get_close_matches(name, known, n=1, cutoff=0.8) for name in strange}
    return [f"{name} (meant is perhaps {meant[name][0]})" if meant[name] else name for name in strange]


def parse_listen(text: str) -> tuple[str, int]:
    """Read `host:port`. Raises `ValueError`."""
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) <= LARGEST_PORT:
        raise ValueError("must be host:port")
    return host.strip("[]"), int(port)


def parse_loopback(text: str) -> tuple[str, int]:
    """Read `host:port` on this machine. Raises `ValueError`."""
    host, port = parse_listen(text)
    if host not in production.LOOPBACK:
        raise ValueError("listens on loopback only")
    return host, port


def _database(text: str) -> str:
    if not text.startswith(("postgresql://", "postgres://")):
        raise ValueError("must be a postgresql:// address")
    return text


def _count(text: str) -> int:
    if not text.isdecimal():
        raise ValueError("must be a number of 0 or more")
    return int(text)


def secret_file(told: str, parse: Callable[[str], Any]) -> Kind:
    """Return the kind of a file that holds a secret."""
    return Kind(
        told=told,
        parse=parse,
        refuse=production.faults_of_secret_file,
        asked="drawn at random, not of the practice country, closed to others",
        secrecy=IS_SECRET,
    )


def plain_file(told: str, parse: Callable[[str], Any]) -> Kind:
    """Return the kind of a file or folder without secrets."""
    return Kind(told=told, parse=parse, refuse=production.faults_of_file, asked="not of the practice country")


PROFILE: Final = Kind(told="`practice` or `production`", parse=Profile)
LISTEN: Final = Kind(
    told="host:port", parse=parse_listen, refuse=production.faults_of_listener, asked="on loopback"
)
LOOPBACK_LISTEN: Final = Kind(told="host:port on loopback", parse=parse_loopback)
DATABASE: Final = Kind(
    told="postgresql:// address, or its file with `_FILE`",
    parse=_database,
    refuse=production.faults_of_database,
    asked="no password that is tried first, sslmode=verify-full beyond this machine",
    secrecy=IN_ADDRESS,
    may_be_file=True,
)
COUNT: Final = Kind(told="number, 0 or more", parse=_count)
