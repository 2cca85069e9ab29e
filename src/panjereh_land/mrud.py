"""The ministry of roads and urban development (`mrud`): where a person lives, since when and by what bond."""

import datetime as dt
from collections.abc import Mapping

from panjereh_land import questions
from panjereh_land.country import Country
from panjereh_land.questions import Answer

CURRENT_MEMBERS = frozenset({"national_number"})


def current(country: Country, question: Mapping[str, str], *, at: dt.datetime) -> Answer:
    """Answer `housing.residence`. It says what was declared, even where the post knows no such place."""
    found = country.residences.get(questions.national_number(question))
    if found is None:
        return {"found": False, "as_of": questions.as_instant(at)}
    return {
        "found": True,
        "as_of": questions.as_instant(at),
        "residence": {
            "postal_code": found.postal_code,
            "since": found.since.isoformat(),
            "bond": found.bond.value,
        },
    }
