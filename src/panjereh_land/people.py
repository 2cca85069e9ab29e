"""The people of the practice country: families with names, ages, the living and the dead, and phones."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import count

from panjereh_land import numbers
from panjereh_land.draws import Draws
from panjereh_land.places import lines

# The day the country was made: ages are counted from it, so that nobody's birth date moves with the clock.
COUNTRY_DAY = dt.date(2026, 3, 21)
AGE_OF_A_PHONE = 15
AGE_OF_MAJORITY = 18

_YOUNGEST_HEAD, _OLDEST_HEAD = 20, 95
_YOUNGEST_PARENT = 20
_OLDEST_CHILD_AT_HOME = 34
_AGES_OF_HEADS = (
    ((20, 34), 30),
    ((35, 49), 36),
    ((50, 64), 20),
    ((65, 79), 10),
    ((_OLDEST_HEAD - 15, _OLDEST_HEAD), 4),
)
_FORMS = (("alone", 16), ("couple", 70), ("widowed", 8), ("parted", 6))
_CHILDREN = ((0, 24), (1, 30), (2, 30), (3, 12), (4, 4))
_DEAD_HEAD_PERCENT = 2
_PHONE_OF_ANOTHER_PERCENT = 6


class Sex(StrEnum):
    """Sex as the civil registry writes it."""

    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person of the civil registry. `mobile` is the number they use, which may be owned by another."""

    national_number: str
    given_name: str
    family_name: str
    father_name: str
    birth_date: dt.date
    sex: Sex
    is_alive: bool
    mobile: str | None

    def age(self) -> int:
        """Return the full years on the day the country was made."""
        had_birthday = (COUNTRY_DAY.month, COUNTRY_DAY.day) >= (self.birth_date.month, self.birth_date.day)
        return COUNTRY_DAY.year - self.birth_date.year - (not had_birthday)


@dataclass(frozen=True, slots=True)
class Household:
    """People who live together. The head of the household comes first among the adults."""

    index: int
    adults: tuple[Person, ...]
    children: tuple[Person, ...]

    @property
    def members(self) -> tuple[Person, ...]:
        """Return everybody, adults first."""
        return self.adults + self.children


@dataclass(frozen=True, slots=True)
class _Role:
    """What is decided about somebody before they get a name."""

    sex: Sex
    age: int
    is_alive: bool = True
    family_name: str | None = None
    father_name: str | None = None


def make_households(draws: Draws, *, population: int) -> Iterator[Household]:
    """Yield households until the country has `population` people; the last one may be cut short.

    A larger country of the same seed begins with the smaller one.
    """
    people = 0
    for index in count():
        room = population - people
        if room <= 0:
            return
        adults = tuple(_adults(draws, index, first_person=people))[:room]
        children = tuple(_children(draws, index, adults, first_person=people + len(adults)))
        household = Household(index, adults, children[: room - len(adults)])
        people += len(household.members)
        yield household


def phone_owners(draws: Draws, household: Household) -> Iterator[tuple[str, str]]:
    """Yield (mobile, national number of its owner): mostly the user, sometimes another adult at home."""
    for place, person in enumerate(household.members):
        if person.mobile is None:
            continue
        others = [each for each in household.members if each is not person and each.age() >= AGE_OF_MAJORITY]
        owner = person
        if others and draws.happens(_PHONE_OF_ANOTHER_PERCENT, "household", household.index, place, "phone"):
            owner = others[0]
        yield person.mobile, owner.national_number


def _adults(draws: Draws, index: int, *, first_person: int) -> Iterator[Person]:
    low, high = draws.weighted(_AGES_OF_HEADS, "household", index, "ages")
    age = draws.between(low, high, "household", index, "age")
    form = _form(draws, index)
    sex = Sex.MALE if form == "couple" else draws.one_of(list(Sex), "household", index, "sex")
    is_alive = not draws.happens(_DEAD_HEAD_PERCENT, "household", index, "dead")
    yield _name(draws, _Role(sex, age, is_alive=is_alive), first_person)
    if form in {"couple", "widowed"}:
        spouse_age = max(_YOUNGEST_HEAD, age + draws.between(-7, 3, "household", index, "spouse"))
        spouse_sex = Sex.FEMALE if sex is Sex.MALE else Sex.MALE
        yield _name(draws, _Role(spouse_sex, spouse_age, is_alive=form == "couple"), first_person + 1)


def _children(draws: Draws, index: int, adults: tuple[Person, ...], *, first_person: int) -> Iterator[Person]:
    oldest = min(min(person.age() for person in adults) - _YOUNGEST_PARENT, _OLDEST_CHILD_AT_HOME)
    if _form(draws, index) == "alone" or oldest < 0:
        return
    father = next((person for person in adults if person.sex is Sex.MALE), None)
    # A child whose father does not live here still bears his names, drawn once for brothers and sisters.
    family_name = father.family_name if father else _family_name(draws, "household", index)
    father_name = father.given_name if father else _given_name(draws, Sex.MALE, "household", index)
    for child in range(draws.weighted(_CHILDREN, "household", index, "children")):
        role = _Role(
            sex=draws.one_of(list(Sex), "household", index, "child", child, "sex"),
            age=draws.between(0, oldest, "household", index, "child", child, "age"),
            family_name=family_name,
            father_name=father_name,
        )
        yield _name(draws, role, first_person + child)


def _form(draws: Draws, index: int) -> str:
    return draws.weighted(_FORMS, "household", index, "form")


def _name(draws: Draws, role: _Role, index: int) -> Person:
    day_of_year = draws.between(0, 364, "person", index, "birthday")
    return Person(
        national_number=numbers.national_number(draws, index),
        given_name=_given_name(draws, role.sex, "person", index),
        family_name=role.family_name or _family_name(draws, "person", index),
        father_name=role.father_name or _given_name(draws, Sex.MALE, "person", index, "father"),
        birth_date=COUNTRY_DAY - dt.timedelta(days=role.age * 1461 // 4 + day_of_year),
        sex=role.sex,
        is_alive=role.is_alive,
        mobile=numbers.mobile(draws, index) if role.age >= AGE_OF_A_PHONE else None,
    )


def _given_name(draws: Draws, sex: Sex, *what: str | int) -> str:
    return draws.one_of(lines(f"{sex}_names.txt"), *what, "given_name")


def _family_name(draws: Draws, *what: str | int) -> str:
    return draws.one_of(lines("family_names.txt"), *what, "family_name")
