"""Where people of the practice country live: homes, shops and land in real cities, by code."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from panjereh_kernel.persian import to_persian_digits
from panjereh_kernel.persian_data import ZWNJ
from panjereh_land import numbers
from panjereh_land.draws import Draws

_IN_THE_CAPITAL_PERCENT = 60  # of a province's people; the rest are spread over its other cities


class PlaceKind(StrEnum):
    """What the post's register says stands there."""

    DWELLING = "dwelling"
    SHOP = "shop"
    LAND = "land"


@dataclass(frozen=True, slots=True)
class Place:
    """One place with its postal code, as the post knows it."""

    postal_code: str
    kind: PlaceKind
    province_code: str
    county_code: str
    city: str
    address_line: str


@dataclass(frozen=True, slots=True)
class City:
    """A city of the real country: practice people live in real cities at addresses that do not exist."""

    province_code: str
    county_code: str
    name: str


@cache
def lines(file: str) -> tuple[str, ...]:
    """Return the lines of a data file of this package."""
    return tuple((resources.files("panjereh_land") / "data" / file).read_text("utf-8").splitlines())


def make_place(draws: Draws, index: int, kind: PlaceKind) -> Place:
    """Make place `index`: a city drawn by the population of its province, a street, a number, a unit."""
    city = _city(draws, index)
    street = draws.one_of(lines("streets.txt"), "place", index, "street")
    number = draws.between(1, 240, "place", index, "number")
    unit = draws.between(1, 16, "place", index, "unit")
    of_a_dwelling, of_the_rest = lines("address_lines.txt")
    line = of_a_dwelling if kind is PlaceKind.DWELLING else of_the_rest
    return Place(
        postal_code=numbers.postal_code(draws, index),
        kind=kind,
        province_code=city.province_code,
        county_code=city.county_code,
        city=city.name,
        address_line=to_persian_digits(line.format(street=street, number=number, unit=unit)),
    )


def _city(draws: Draws, index: int) -> City:
    capital, others = draws.weighted(_provinces(), "place", index, "province")
    if not others or draws.happens(_IN_THE_CAPITAL_PERCENT, "place", index, "capital"):
        return capital
    return draws.one_of(others, "place", index, "city")


@cache
def _provinces() -> tuple[tuple[tuple[City, tuple[City, ...]], int], ...]:
    """Return for each province its capital, its other cities and its population."""
    cities: dict[str, list[City]] = {}
    for row in csv.DictReader(lines("cities.csv")):
        city = City(row["province_code"], row["county_code"], row["name_fa"])
        cities.setdefault(city.province_code, []).append(city)
    return tuple(_weigh(row, cities[row["code"]]) for row in csv.DictReader(lines("provinces.csv")))


def _weigh(province: Mapping[str, str], cities: list[City]) -> tuple[tuple[City, tuple[City, ...]], int]:
    # The list of cities writes a space where the list of provinces has a half-space.
    capital = next(city for city in cities if city.name == province["capital_fa"].replace(ZWNJ, " "))
    others = tuple(city for city in cities if city is not capital)
    return (capital, others), int(province["population_1395"])
