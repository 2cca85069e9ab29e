"""The regulator of communications (`cra`): does a mobile number belong to a person. Never: to whom."""

import datetime as dt
from collections.abc import Mapping

from panjereh_land import questions
from panjereh_land.country import Country
from panjereh_land.questions import Answer

MATCH_MEMBERS = frozenset({"national_number", "mobile"})


def match(country: Country, question: Mapping[str, str], *, at: dt.datetime) -> Answer:
    """Answer `phone.ownership`. A number nobody owns matches nobody."""
    number = questions.national_number(question)
    owner = country.phone_owners.get(questions.mobile(question))
    return {"matches": owner == number, "as_of": questions.as_instant(at)}
