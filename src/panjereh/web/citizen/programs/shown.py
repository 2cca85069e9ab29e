"""Consents in words of the page's language."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from panjereh.domain.people import api as people
from panjereh.plumbing import pages
from panjereh.web.citizen.account.consent import in_words

PURPOSE = "program:{}"  # as `rest.tokens.caller` writes it into each trace
ENDS: Mapping[people.ConsentEnd | None, str] = {
    people.ConsentEnd.TAKEN_BACK: gettext_noop("you took it back"),
    people.ConsentEnd.REPLACED: gettext_noop("you allowed the same program something else instead"),
    people.ConsentEnd.ERASED: gettext_noop("your data was erased"),
    None: gettext_noop("its time was over"),
}


@dataclass(frozen=True, slots=True)
class ShownProgram:
    """What one program is allowed. `facts` are its rows: since when, until when, last reading."""

    id: UUID
    name: str
    wishes: list[str]
    facts: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PastProgram:
    """What one program was allowed: from when to when, and why it ended."""

    name: str
    wishes: list[str]
    since: str
    until: str
    how: str


def purposes(those: Sequence[people.ConsentView]) -> list[str]:
    """Return what the programs of these consents read for, as the traces name it."""
    return [PURPOSE.format(each.client_id) for each in those]


def program(one: people.ConsentView, readings: Mapping[str, dt.datetime]) -> ShownProgram:
    """Return one live consent in words, with when its program last read something."""
    read_at = readings.get(PURPOSE.format(one.client_id))
    return ShownProgram(
        id=one.id,
        name=pages.either(one.name),
        wishes=in_words(one.scopes),
        facts=[
            (_("You allowed it"), pages.show_moment(one.given_at)),
            (_("It holds until"), pages.show_date(one.last_day)),
            (
                _("It last saw something"),
                pages.show_moment(read_at) if read_at else _("It has not seen anything yet"),
            ),
        ],
    )


def past(one: people.ConsentView) -> PastProgram:
    """Return one consent that is over in words."""
    return PastProgram(
        name=pages.either(one.name),
        wishes=in_words(one.scopes),
        since=pages.show_date(one.given_at),
        until=pages.show_date(one.ended_at or one.last_day),
        how=_(ENDS[one.end]),
    )
