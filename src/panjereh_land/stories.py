"""What happens to each practice person who asks for an address certificate, told by the registers alone.

For people who try the demonstration and for the journeys: both need somebody of each kind.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

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


TOLD: Mapping[Story, str] = {
    Story.GRANTED: "signs in; the certificate is granted by the registers alone",
    Story.PLACE_NOT_A_DWELLING: "signs in; condition 1 fails: the registered place is a shop or bare land",
    Story.PLACE_UNKNOWN: "signs in; condition 1 fails: the post does not know the registered postal code",
    Story.NO_RESIDENCE: "signs in; condition 2 fails: no bond with any place is registered",
    Story.PHONE_OF_ANOTHER: "cannot sign in: the phone belongs to somebody else",
    Story.DEAD: "cannot sign in: died",
}


@dataclass(frozen=True, slots=True)
class Role:
    """A practice person and their story."""

    person: Person
    story: Story
    postal_code: str | None

    def as_json(self) -> dict[str, str | int | None]:
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
        }


def roles(country: Country) -> Iterator[Role]:
    """Yield every adult with a story, in the order in which the people were made."""
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
    """Return up to `count` people of each story, the granted first."""
    found: dict[Story, list[Role]] = {story: [] for story in TOLD}
    for role in roles(country):
        if len(found[role.story]) < count:
            found[role.story].append(role)
    return [role for story in TOLD for role in found[story]]
