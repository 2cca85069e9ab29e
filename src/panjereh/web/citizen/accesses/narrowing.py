"""Which looks a person wants to see, as the address of the page says it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from panjereh.domain.directory import api as directory
from panjereh.domain.disclosure import api as disclosure
from panjereh.domain.exchange import api as exchange
from panjereh.plumbing import pages
from panjereh_kernel.refusal import NotFound

PLATFORM = "platform"
PERIODS: Mapping[str, tuple[int, str]] = {
    "30": (30, gettext_noop("the last thirty days")),
    "365": (365, gettext_noop("the last year")),
}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """An agency by its code or PLATFORM, and a period; empty: all."""

    agency: str = ""
    period: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Narrowing":
        """Read the query of an address. Raises `NotFound` for an agency or a period that is none."""
        wanted = cls(query.get("agency", ""), query.get("period", ""))
        if wanted.agency not in {"", PLATFORM, *holders()} or wanted.period not in {"", *PERIODS}:
            raise NotFound
        return wanted

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.agency or self.period)

    def wanted(self, *, at: dt.datetime) -> disclosure.LooksWanted:
        """Return the same for the room that keeps the looks."""
        return disclosure.LooksWanted(
            holder="" if self.agency == PLATFORM else self.agency,
            kind=disclosure.LookKind.ACCESS if self.agency == PLATFORM else None,
            since=at - dt.timedelta(days=PERIODS[self.period][0]) if self.period else None,
        )

    def address(self, **more: str) -> str:
        """Return the query of an address that narrows the same way."""
        chosen = {**more, "agency": self.agency, "period": self.period}
        return "?" + urlencode({name: value for name, value in chosen.items() if value})


def holders() -> set[str]:
    """Return the agencies that can be asked about a person."""
    return {each.holder for each in exchange.data_sets()}


def agency_choices(agencies: Mapping[str, directory.Agency]) -> list[tuple[str, str]]:
    """Return what a person can choose: every agency that answers, and the platform itself."""
    named = sorted((pages.either(agencies[each].name), each) for each in holders())
    return [(code, name) for name, code in named] + [(PLATFORM, _("This platform itself"))]


def period_choices() -> list[tuple[str, str]]:
    """Return the periods a person can choose."""
    return [(code, _(name)) for code, (_days, name) in PERIODS.items()]


def written(place: disclosure.LooksPlace) -> str:
    """Return a place as it stands in an address: two identifiers, either may be empty."""
    return f"{place.receipt_id or ''}.{place.access_id or ''}"


def place_in(text: str) -> disclosure.LooksPlace:
    """Return the place in an address. Raises `NotFound` for what is none."""
    if not text:
        return disclosure.LooksPlace()
    receipt, separator, access = text.partition(".")
    if not separator:
        raise NotFound
    try:
        return disclosure.LooksPlace(UUID(receipt) if receipt else None, UUID(access) if access else None)
    except ValueError as error:
        raise NotFound from error
