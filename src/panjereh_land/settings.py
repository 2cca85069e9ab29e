"""Settings of the practice country, from environment variables, every fault listed at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import TypeVar

from panjereh_land.country import DEFAULT_POPULATION, DEFAULT_SEED, MOST_PEOPLE

V = TypeVar("V")
_LARGEST_PORT = 65_535


class SettingsFaulty(Exception):  # noqa: N818 -- reads as what happened
    """One or more settings are missing or wrong; `faults` lists them all."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where to listen, and which country to make."""

    host: str
    port: int
    seed: int
    population: int
    # Both, or no time stamps are given.
    time_stamp_key_file: Path | None = None
    time_stamp_certificate_file: Path | None = None


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read `PANJEREH_LAND_LISTEN` (needed), `_SEED`, `_POPULATION`, `_TIME_STAMP_KEY_FILE` and
    `_TIME_STAMP_CERTIFICATE_FILE`. Raises `SettingsFaulty`.
    """
    faults: list[str] = []

    def read(name: str, parse: Callable[[str], V], default: str, fallback: V) -> V:
        try:
            return parse(environment.get(f"PANJEREH_LAND_{name}", default))
        except ValueError as error:
            faults.append(f"PANJEREH_LAND_{name}: {error}")
            return fallback

    host, port = read("LISTEN", _address, "", ("", 0))
    seed = read("SEED", int, str(DEFAULT_SEED), 0)
    population = read("POPULATION", _population, str(DEFAULT_POPULATION), 0)
    key = read("TIME_STAMP_KEY_FILE", _file, "", None)
    certificate = read("TIME_STAMP_CERTIFICATE_FILE", _file, "", None)
    if (key is None) is not (certificate is None):
        faults.append("PANJEREH_LAND_TIME_STAMP_KEY_FILE and …_CERTIFICATE_FILE: set both or neither")
    if environment.get("PANJEREH_PROFILE") == "production":
        faults.append("PANJEREH_PROFILE: the practice country never runs in production")
    if faults:
        raise SettingsFaulty(faults)
    return Settings(
        host=host,
        port=port,
        seed=seed,
        population=population,
        time_stamp_key_file=key,
        time_stamp_certificate_file=certificate,
    )


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not (port.isascii() and port.isdigit() and int(port) <= _LARGEST_PORT):
        raise ValueError("a listening address is host:port, e.g. 127.0.0.1:8090")
    # Simulated registers answer anybody who asks, so they never listen beyond this machine.
    if not ip_address(host).is_loopback:
        raise ValueError("the practice country listens on loopback only")
    return host, int(port)


def _file(text: str) -> Path | None:
    path = Path(text)
    if text and not path.is_file():
        raise ValueError(f"there is no file {text}")
    return path if text else None


def _population(text: str) -> int:
    number = int(text)
    if not 1 <= number <= MOST_PEOPLE:
        raise ValueError(f"the practice country holds 1 to {MOST_PEOPLE} people")
    return number
