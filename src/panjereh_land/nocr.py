"""The civil registry (`nocr`): who a person is, told to those who already know number and birth date."""

import datetime as dt
from collections.abc import Mapping

from panjereh_land import questions
from panjereh_land.country import Country
from panjereh_land.questions import Answer

PERSON_MEMBERS = frozenset({"national_number", "birth_date"})


def person(country: Country, question: Mapping[str, str], *, at: dt.datetime) -> Answer:
    """Answer `civil.person`. A wrong birth date is the same as nobody: numbers cannot be tried out."""
    found = country.people.get(questions.national_number(question))
    if found is None or found.birth_date != questions.birth_date(question):
        return {"found": False, "as_of": questions.as_instant(at)}
    return {
        "found": True,
        "as_of": questions.as_instant(at),
        "person": {
            "given_name": found.given_name,
            "family_name": found.family_name,
            "father_name": found.father_name,
            "birth_date": found.birth_date.isoformat(),
            "sex": found.sex.value,
            "alive": found.is_alive,
        },
    }
