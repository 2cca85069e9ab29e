"""What happens to each practice person who asks for an address certificate, told by the registers alone.

For people who try the demonstration and for the journeys: both need somebody of each kind.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from panjereh_kernel.identifiers import Mobile
from panjereh_kernel.jalali import Digits, format_date
from panjereh_land.country import Country
from panjereh_land.people import AGE_OF_MAJORITY, Person
from panjereh_land.places import PlaceKind


class Story(StrEnum):
    """What happens, in the order of the checks: sign-in first, then the conditions of the service."""

    DEAD = "dead"
    PHONE_OF_ANOTHER = "phone-of-another"
    NO_RESIDENCE = "no-residence"
    PLACE_UNKNOWN = "place-unknown"
    PLACE_NOT_A_DWELLING = "place-not-a-dwelling"
    GRANTED = "granted"
    OFFICER = "officer"


TOLD: Mapping[Story, str] = {
    Story.GRANTED: "signs in; the certificate is granted by the registers alone",
    Story.PLACE_NOT_A_DWELLING: "signs in; condition 1 fails: the registered place is a shop or bare land",
    Story.PLACE_UNKNOWN: "signs in; condition 1 fails: the post does not know the registered postal code",
    Story.NO_RESIDENCE: "signs in; condition 2 fails: no bond with any place is registered",
    Story.PHONE_OF_ANOTHER: "cannot sign in: the phone belongs to somebody else",
    Story.DEAD: "cannot sign in: died",
    Story.OFFICER: "signs in to the desk (/desk/), and to the window as the granted do",
}


@dataclass(frozen=True, slots=True)
class Seat:
    """A role that a practice officer holds at an agency or one unit of it, all by the platform's ids."""

    role: str
    agency: str
    unit: str = ""


# Two who give roles to others, at the agency that runs the platform and at the post; two operators, as an
# erasure takes two; two officers of different offices, as an assessment of a portal takes two.
SEATS: Sequence[tuple[Seat, ...]] = (
    (Seat("grantor", "ito"), Seat("grantor", "post")),
    (Seat("grantor", "ito"), Seat("grantor", "post")),
    (Seat("operator", "ito"),),
    (Seat("operator", "ito"),),
    (Seat("officer", "post", "post.23"),),
    (Seat("officer", "post", "post.21"),),
)


@dataclass(frozen=True, slots=True)
class Role:
    """A practice person, their story, and the seats they have at the desk."""

    person: Person
    story: Story
    postal_code: str | None
    seats: tuple[Seat, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return what a journey needs to act this person: dates ISO and Jalali, the mobile in both forms."""
        person, mobile = self.person, Mobile(self.person.mobile or "")
        return {
            "story": self.story.value,
            "national_number": person.national_number,
            "birth_date": person.birth_date.isoformat(),
            "birth_date_jalali": format_date(person.birth_date, digits=Digits.ASCII),
            "mobile": mobile.national,
            "mobile_international": mobile.value,
            "given_name": person.given_name,
            "family_name": person.family_name,
            "father_name": person.father_name,
            "sex": person.sex.value,
            "age": person.age(),
            "postal_code": self.postal_code,
            "seats": [asdict(seat) for seat in self.seats],
        }


def roles(country: Country) -> list[Role]:
    """Return every adult with a story, in the order in which the people were made.

    The last of the granted are the officers, where there are enough of them.
    """
    told = list(_citizens(country))
    granted = [place for place, role in enumerate(told) if role.story is Story.GRANTED]
    if len(granted) > len(SEATS):
        for place, seats in zip(granted[-len(SEATS) :], SEATS, strict=True):
            told[place] = replace(told[place], story=Story.OFFICER, seats=seats)
    return told


def _citizens(country: Country) -> Iterator[Role]:
    for person in country.people.values():
        if person.age() >= AGE_OF_MAJORITY:
            residence = country.residences.get(person.national_number)
            yield Role(person, story_of(person, country), residence.postal_code if residence else None)


def story_of(person: Person, country: Country) -> Story:
    """Return what happens to an adult who signs in with their own phone and asks for the certificate."""
    residence = country.residences.get(person.national_number)
    if not person.is_alive:
        return Story.DEAD
    if person.mobile is None or country.phone_owners[person.mobile] != person.national_number:
        return Story.PHONE_OF_ANOTHER
    if residence is None:
        return Story.NO_RESIDENCE
    place = country.places.get(residence.postal_code)
    if place is None:
        return Story.PLACE_UNKNOWN
    return Story.GRANTED if place.kind is PlaceKind.DWELLING else Story.PLACE_NOT_A_DWELLING


def cast(country: Country, *, count: int) -> list[Role]:
    """Return up to `count` people of each story, but every officer: the granted first, officers last."""
    found: dict[Story, list[Role]] = {story: [] for story in TOLD}
    for role in roles(country):
        if role.seats or len(found[role.story]) < count:
            found[role.story].append(role)
    return [role for story in TOLD for role in found[story]]
