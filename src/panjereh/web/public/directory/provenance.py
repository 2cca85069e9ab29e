"""What the page about the sources of the reference data shows, and what other pages say of one entry."""

import datetime as dt
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from panjereh.domain.directory import api as directory
from panjereh.plumbing import pages

KINDS: Final = {
    "agency": gettext_noop("Agencies"),
    "succession": gettext_noop("Mergers of agencies"),
    "unit": gettext_noop("Offices"),
    "division": gettext_noop("Provinces, counties and cities"),
    "instrument": gettext_noop("Legal instruments"),
    "article": gettext_noop("Articles of law"),
    "relation": gettext_noop("Relations between laws"),
}
CERTAINTIES: Final = {
    "A": gettext_noop("Published text seen"),
    "B": gettext_noop("Secondary source"),
    "C": gettext_noop("General knowledge"),
    "D": gettext_noop("Assumption"),
}
# The sources of the data that comes with the product; an operator's own are shown by their code.
SOURCES: Final = {
    "compiled": gettext_noop("compiled by hand for this project"),
    "sci-codes": gettext_noop("codes of the Statistical Centre"),
    "iran-cities-3.0": gettext_noop("the open list of cities of Iran, version 3.0"),
    "published-text": gettext_noop("the published text"),
    "secondary": gettext_noop("secondary sources"),
}


def shown() -> dict[str, Any]:
    """Return the values of the page."""
    known = directory.provenance()
    return {
        "certainties": [_(title) for title in CERTAINTIES.values()],
        "kinds": [
            (
                each,
                _(KINDS[each.kind]),
                [each.by_certainty.get(code, 0) for code in CERTAINTIES],
                _sources(each),
            )
            for each in known.kinds
        ],
        "files": known.files,
        "days_off": known.days_off,
    }


def of_entry(source: str, certainty: str, recorded_at: dt.datetime | None) -> dict[str, str]:
    """Return what a page says of where its entry comes from."""
    return {
        "source": _source(source),
        "certainty": _(CERTAINTIES[certainty]),
        "recorded": pages.show_date(recorded_at) if recorded_at else "",
    }


def _sources(kind: directory.KindOfData) -> list[str]:
    return [_source(each) for each in kind.sources]


def _source(code: str) -> str:
    return _(SOURCES[code]) if code in SOURCES else code
