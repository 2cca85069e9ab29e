"""The national post (`post`): what stands at a postal code."""

import datetime as dt
from collections.abc import Mapping

from panjereh_land import questions
from panjereh_land.country import Country
from panjereh_land.questions import Answer

LOOKUP_MEMBERS = frozenset({"postal_code"})


def lookup(country: Country, question: Mapping[str, str], *, at: dt.datetime) -> Answer:
    """Answer `post.place`."""
    found = country.places.get(questions.postal_code(question))
    if found is None:
        return {"found": False, "as_of": questions.as_instant(at)}
    return {
        "found": True,
        "as_of": questions.as_instant(at),
        "place": {
            "postal_code": found.postal_code,
            "kind": found.kind.value,
            "province_code": found.province_code,
            "county_code": found.county_code,
            "city": found.city,
            "address_line": found.address_line,
        },
    }
