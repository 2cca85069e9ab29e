"""Settings of the practice country, from environment variables, every fault listed at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from panjereh_kernel import environment
from panjereh_kernel.environment import LOOPBACK_LISTEN, EnvironmentFaulty, Kind, Profile, setting
from panjereh_land.country import DEFAULT_POPULATION, DEFAULT_SEED, MOST_PEOPLE

PREFIX = "PANJEREH_LAND_"


def _practice(text: str) -> Profile:
    if Profile(text) is Profile.PRODUCTION:
        raise ValueError("the practice country never runs in production")
    return Profile.PRACTICE


def _population(text: str) -> int:
    number = int(text)
    if not 1 <= number <= MOST_PEOPLE:
        raise ValueError(f"the practice country holds 1 to {MOST_PEOPLE} people")
    return number


def _file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise ValueError(f"there is no file {text}")
    return path


_PROFILE = Kind(told="`practice`", parse=_practice, asked="the program refuses production")
_SEED = Kind(told="number", parse=int)
_POPULATION = Kind(told=f"number, 1 to {MOST_PEOPLE}", parse=_population)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where to listen, and which country to make."""

    profile: Profile = setting(_PROFILE, default="practice")
    # Simulated registers answer anybody who asks, so they never listen beyond this machine.
    listen: tuple[str, int] = setting(LOOPBACK_LISTEN)
    metrics_listen: tuple[str, int] | None = setting(LOOPBACK_LISTEN, default="")
    seed: int = setting(_SEED, default=str(DEFAULT_SEED))
    population: int = setting(_POPULATION, default=str(DEFAULT_POPULATION))
    # Both, or no time stamps are given.
    time_stamp_key_file: Path | None = setting(environment.secret_file("path of a key", _file), default="")
    time_stamp_certificate_file: Path | None = setting(
        environment.plain_file("path of a certificate", _file), default=""
    )


def read_settings(variables: Mapping[str, str]) -> Settings:
    """Return the settings. Raises `EnvironmentFaulty` naming every fault."""
    values, faults = environment.read_values(Settings, variables, prefix=PREFIX)
    faults += environment.faults_of_pair(
        values, "time_stamp_key_file", "time_stamp_certificate_file", prefix=PREFIX
    )
    if faults:
        raise EnvironmentFaulty(faults)
    return Settings(**values)


def unknown_variables(variables: Mapping[str, str]) -> list[str]:
    """Return what looks like a setting of ours and is none."""
    return environment.unknown_variables(variables, Settings, prefix=PREFIX)
