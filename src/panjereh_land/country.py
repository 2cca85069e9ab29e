"""The practice country as its registers hold it, made whole from a seed."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from panjereh_land import numbers
from panjereh_land.draws import Draws
from panjereh_land.people import COUNTRY_DAY, Household, Person, make_households, phone_owners
from panjereh_land.places import Place, PlaceKind, make_place

DEFAULT_SEED = 1405
DEFAULT_POPULATION = 1_000
# Each household owns two postal codes: its home, and the place some are wrongly registered at.
MOST_PEOPLE = numbers.MOST_PLACES // 2

_REGISTERED_AT = (("home", 86), ("shop", 5), ("land", 3), ("nowhere", 6))
_BONDS = (("deed", 45), ("lease", 38), ("confirmed", 17))
_NO_RECORD_PERCENT = 8
_LONGEST_STAY_DAYS = 20 * 365


class Bond(StrEnum):
    """What ties somebody to the place where they live."""

    DEED = "deed"
    LEASE = "lease"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Residence:
    """Where somebody lives by the residence register. The post may know the code as a shop, or not at all."""

    postal_code: str
    since: dt.date
    bond: Bond


@dataclass(frozen=True, slots=True)
class Country:
    """Four registers: people and residences by national number, phone owners by mobile, places by code."""

    people: Mapping[str, Person]
    phone_owners: Mapping[str, str]
    places: Mapping[str, Place]
    residences: Mapping[str, Residence]


def make_country(*, seed: int = DEFAULT_SEED, population: int = DEFAULT_POPULATION) -> Country:
    """Return the country of this seed: the same one on every machine and every version of Python.

    Raises `ValueError` for a population outside 1 to `MOST_PEOPLE`.
    """
    if not 1 <= population <= MOST_PEOPLE:
        raise ValueError(f"the practice country holds 1 to {MOST_PEOPLE} people")
    draws = Draws(seed)
    households = tuple(make_households(draws, population=population))
    places = (place for household in households for place in _places(draws, household))
    return Country(
        people={person.national_number: person for each in households for person in each.members},
        phone_owners=dict(pair for household in households for pair in phone_owners(draws, household)),
        places={place.postal_code: place for place in places},
        residences=dict(pair for household in households for pair in _residences(draws, household)),
    )


def _places(draws: Draws, household: Household) -> Iterator[Place]:
    yield make_place(draws, 2 * household.index, PlaceKind.DWELLING)
    registered_at = _registered_at(draws, household)
    if registered_at in {PlaceKind.SHOP, PlaceKind.LAND}:
        yield make_place(draws, 2 * household.index + 1, PlaceKind(registered_at))


def _residences(draws: Draws, household: Household) -> Iterator[tuple[str, Residence]]:
    at_home = _registered_at(draws, household) == "home"
    postal_code = numbers.postal_code(draws, 2 * household.index + (not at_home))
    bond = Bond(draws.weighted(_BONDS, "household", household.index, "bond"))
    stay = draws.between(30, _LONGEST_STAY_DAYS, "household", household.index, "stay")
    for place, person in enumerate(household.members):
        if not person.is_alive or draws.happens(
            _NO_RECORD_PERCENT, "household", household.index, place, "record"
        ):
            continue
        since = max(person.birth_date, COUNTRY_DAY - dt.timedelta(days=stay))
        yield person.national_number, Residence(postal_code, since, bond)


def _registered_at(draws: Draws, household: Household) -> str:
    return draws.weighted(_REGISTERED_AT, "household", household.index, "registered_at")
