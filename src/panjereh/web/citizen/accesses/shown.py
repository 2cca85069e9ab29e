"""One look at a person's data as a sentence with its reason, its law and its outcome."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from panjereh.domain.directory import api as directory
from panjereh.domain.disclosure import api as disclosure
from panjereh.domain.exchange import api as exchange
from panjereh.plumbing import pages

OUTCOMES = {
    "given": gettext_noop("given"),
    "absent": gettext_noop("nothing held"),
    "denied": gettext_noop("refused"),
    "failed": gettext_noop("no answer"),
}
READERS = {
    "citizen": gettext_noop("Another person"),
    "system": gettext_noop("The platform itself, by rule and with nobody looking"),
}
PURPOSES = {
    "case-facts": gettext_noop("gathering what your request needs"),
    "case-decision": gettext_noop("deciding your request"),
    "sign-in": gettext_noop("your sign-in"),
    "own-affairs": gettext_noop("your own affairs"),
}
READ = {
    "people.person": gettext_noop("your identity record"),
    "documents.document": gettext_noop("a document of yours"),
    "messaging.message": gettext_noop("a message of yours"),
}


@dataclass(frozen=True, slots=True)
class ShownLook:
    """What the page shows of one look."""

    at: dt.datetime
    sentence: str
    outcome: str
    is_denied: bool
    purpose: str
    law: str
    case: str
    receipt_id: UUID | None


def look(one: disclosure.Look) -> ShownLook:
    """Return a look in words of the page's language."""
    if one.kind is disclosure.LookKind.ACCESS:
        return _access(one)
    values = {
        "agency": pages.either(directory.agency(one.who).name),
        "what": pages.named(exchange.data_set(one.what).title),
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
        is_denied=is_denied,
        purpose=pages.named(exchange.purpose_title(one.purpose)),
        law=pages.named(exchange.legal_basis_title(one.legal_basis)),
        case=one.case_reference,
        receipt_id=one.receipt_id,
    )


def _access(one: disclosure.Look) -> ShownLook:
    values = {"who": _(READERS.get(one.who, one.who)), "what": _(READ.get(one.what, one.what))}
    return ShownLook(
        at=one.at,
        sentence=_("%(who)s read %(what)s.") % values,
        outcome=_(OUTCOMES["given"]),
        is_denied=False,
        purpose=_(PURPOSES.get(one.purpose, one.purpose)),
        law="",
        case="",
        receipt_id=None,
    )
