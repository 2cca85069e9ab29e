"""One look at a person's data as a sentence with its reason, its law and its outcome."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from panjereh.domain.directory import api as directory
from panjereh.domain.disclosure import api as disclosure
from panjereh.domain.exchange import api as exchange
from panjereh.plumbing import pages
from panjereh_kernel import jalali

# A sign-in asks under an identifier that tells a person nothing; a case under its tracking code.
TRACKING_CODE = re.compile(r"[0-9]{4}-[0-9]{4}-[0-9]{4}")
OUTCOMES = {
    "given": gettext_noop("given"),
    "absent": gettext_noop("nothing held"),
    "denied": gettext_noop("refused"),
    "failed": gettext_noop("no answer"),
}
KINDS = {"given": "good", "absent": "", "denied": "bad", "failed": "wait"}
READERS = {
    "citizen": gettext_noop("Another person"),
    "anonymous": gettext_noop("Somebody who is not signed in"),
    "system": gettext_noop("The platform itself, by rule and with nobody looking"),
}
PURPOSES = {
    "case-facts": gettext_noop("gathering what your request needs"),
    "case-decision": gettext_noop("deciding your request"),
    "sign-in": gettext_noop("your sign-in"),
    "own-affairs": gettext_noop("your own affairs"),
    "document-check": gettext_noop("checking that a document is genuine"),
}
READ = {
    "people.person": gettext_noop("your identity record"),
    "documents.file": gettext_noop("a document of yours"),
    "messaging.message": gettext_noop("a message of yours"),
}
# Looks that are no reading and have a sentence of their own.
DEEDS = {
    "documents.check": gettext_noop(
        "Somebody who has a document of yours, or its number and code, checked that it is genuine."
    ),
}


@dataclass(frozen=True, slots=True)
class ShownLook:
    """What the page shows of one look."""

    at: dt.datetime
    sentence: str
    outcome: str
    kind: str
    is_denied: bool
    purpose: str
    law: str
    case: str
    receipt_id: UUID | None

    @property
    def on(self) -> dt.date:
        """The day in Tehran, under which the page lists it."""
        return jalali.tehran_date(self.at)

    @property
    def clock(self) -> str:
        """The time of day in Tehran."""
        return f"{self.at.astimezone(jalali.TEHRAN):%-H:%M}"


def looks(those: Sequence[disclosure.Look]) -> list[ShownLook]:
    """Return looks in words of the page's language."""
    holders = {one.who for one in those if one.kind is disclosure.LookKind.EXCHANGE}
    agencies = directory.agencies(holders)
    return [_look(one, agencies) for one in those]


def _look(one: disclosure.Look, agencies: Mapping[str, directory.Agency]) -> ShownLook:
    if one.kind is disclosure.LookKind.ACCESS:
        return _access(one)
    values = {
        "agency": pages.either(agencies[one.who].name),
        "what": _name(lambda code: exchange.data_set(code).title, one.what),
    }
    is_denied = one.outcome == "denied"
    sentence = (
        _("%(agency)s was asked for your %(what)s and gave nothing.")
        if is_denied
        else _("%(agency)s was asked for your %(what)s by this platform.")
    )
    return ShownLook(
        at=one.at,
        sentence=sentence % values,
        outcome=_(OUTCOMES[one.outcome]),
        kind=KINDS[one.outcome],
        is_denied=is_denied,
        purpose=_name(exchange.purpose_title, one.purpose),
        law=_name(exchange.legal_basis_title, one.legal_basis),
        case=one.case_reference if TRACKING_CODE.fullmatch(one.case_reference) else "",
        receipt_id=one.receipt_id,
    )


def _name(name_of: Callable[[str], exchange.Title], code: str) -> str:
    """Return the name of a code, or the code: a look stays to be seen when its contract is long gone."""
    try:
        return pages.named(name_of(code))
    except exchange.DataSetUnknown:
        return code


def _access(one: disclosure.Look) -> ShownLook:
    values = {"who": _(READERS.get(one.who, one.who)), "what": _(READ.get(one.what, one.what))}
    return ShownLook(
        at=one.at,
        sentence=_(DEEDS[one.what]) if one.what in DEEDS else _("%(who)s read %(what)s.") % values,
        outcome=_(OUTCOMES["given"]),
        kind=KINDS["given"],
        is_denied=False,
        purpose=_(PURPOSES.get(one.purpose, one.purpose)),
        law="",
        case="",
        receipt_id=None,
    )
