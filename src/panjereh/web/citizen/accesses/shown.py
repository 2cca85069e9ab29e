"""One look at a person's data as a sentence with its reason, its law and its outcome."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from markupsafe import Markup

from panjereh.domain.casework import api as casework
from panjereh.domain.directory import api as directory
from panjereh.domain.disclosure import api as disclosure
from panjereh.domain.exchange import api as exchange
from panjereh.plumbing import pages
from panjereh_kernel import jalali

# A sign-in asks under an identifier that tells a person nothing; a case under its tracking code.
TRACKING_CODE = re.compile(r"[0-9]{4}-[0-9]{4}-[0-9]{4}")
SHORT_NUMBER = 8
PROGRAM = "program:"  # a program that the person allowed something, by its client identifier
SENTENCES = {
    "given": gettext_noop("<b>%(agency)s</b> gave this platform your <b>%(what)s</b>."),
    "absent": gettext_noop(
        "This platform asked <b>%(agency)s</b> for your <b>%(what)s</b>; nothing is recorded there."
    ),
    "denied": gettext_noop(
        "This platform asked <b>%(agency)s</b> for your <b>%(what)s</b>. The question was refused and "
        "nothing was given."
    ),
    "failed": gettext_noop(
        "This platform asked <b>%(agency)s</b> for your <b>%(what)s</b>; no answer that can be believed "
        "has come."
    ),
}
OUTCOMES = {
    "given": gettext_noop("given"),
    "absent": gettext_noop("nothing held"),
    "denied": gettext_noop("refused"),
    "failed": gettext_noop("no answer"),
}
KINDS = {"given": "good", "absent": "", "denied": "bad", "failed": "wait"}
# Why nothing was given, by the last word of the fault's code.
FAULTS = {
    "no-contract": gettext_noop("no contract allows this question"),
    "access_denied": gettext_noop("no contract allows this question"),
    "unknown_service": gettext_noop("the exchange does not know this register"),
    "unknown_member": gettext_noop("the exchange does not know this agency"),
    "timeout": gettext_noop("the answer did not come in time"),
    "network": gettext_noop("the agency could not be reached"),
    "malformed-answer": gettext_noop("the answer was not in the form agreed on"),
    "unproven-answer": gettext_noop("the answer was not signed as it must be"),
}
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
    "program": gettext_noop("what you allowed the program"),
    "document-check": gettext_noop("checking that a document is genuine"),
    "officer-grants": gettext_noop("granting and checking the roles of officers"),
    "erasure-orders": gettext_noop("checking an order to erase someone's data"),
}
READ = {
    "people.person": gettext_noop("your identity record"),
    "people.officer": gettext_noop("your name"),
    "documents.file": gettext_noop("a document of yours"),
    "messaging.message": gettext_noop("a message of yours"),
    "casework.cases": gettext_noop("the list of your requests"),
    "casework.case": gettext_noop("a request of yours"),
    "documents.documents": gettext_noop("the list of your documents"),
    "documents.document": gettext_noop("what a document of yours is worth"),
    "disclosure.looks": gettext_noop("the list of who saw your data"),
}
# Looks that are no reading and have a sentence of their own.
DEEDS = {
    "documents.check": gettext_noop(
        "Somebody who has a document of yours, or its number and code, checked that it is genuine."
    ),
    "audit.proofs": gettext_noop("The file with the proofs of your own record was taken from this page."),
}


@dataclass(frozen=True, slots=True)
class ShownLook:
    """What the page shows of one look. `fields` are the names of what was given, `case` where it was used."""

    at: dt.datetime
    what: str
    sentence: str
    outcome: str
    kind: str
    is_denied: bool
    is_automatic: bool
    purpose: str
    law: str
    refusal: str
    fields: tuple[str, ...]
    case: casework.CaseSummary | None
    case_code: str
    receipt_id: UUID | None
    is_provable: bool

    @property
    def on(self) -> dt.date:
        """The day in Tehran, under which the page lists it."""
        return jalali.tehran_date(self.at)

    @property
    def clock(self) -> str:
        """The time of day in Tehran."""
        return f"{self.at.astimezone(jalali.TEHRAN):%-H:%M}"

    @property
    def number(self) -> str:
        """The beginning of the receipt's identifier: enough to tell the receipts of one person apart."""
        return short_number(self.receipt_id) if self.receipt_id else ""


@dataclass(frozen=True, slots=True)
class ShownDay:
    """One day: what agencies gave and people read, and the platform's own readings, to be folded into one."""

    on: dt.date
    looks: list[ShownLook]
    automatic: list[ShownLook]


def summary(counts: exchange.ReceiptsSummary) -> Markup:
    """Return what the last thirty days come to, as one sentence."""
    denied = ngettext(
        "<b>one question</b> was refused", "<b>%(count)s questions</b> were refused", counts.denied
    )
    refused = _marked(denied, count=counts.denied) if counts.denied else _("no question was refused")
    if not counts.given:
        return _marked(
            _("In the last thirty days no agency gave this platform anything of yours, and %(refused)s."),
            refused=refused,
        )
    agencies = ngettext("<b>one agency</b>", "<b>%(count)s agencies</b>", counts.holders)
    times = ngettext("<b>once</b>", "<b>%(count)s times</b>", counts.given)
    return _marked(
        _(
            "In the last thirty days %(agencies)s gave this platform something of yours, %(times)s in all, "
            "and %(refused)s."
        ),
        agencies=_marked(agencies, count=counts.holders),
        times=_marked(times, count=counts.given),
        refused=refused,
    )


def short_number(receipt_id: UUID) -> str:
    """Return a receipt's identifier as short as a person can say it."""
    return str(receipt_id)[:SHORT_NUMBER].upper()


def days(those: Sequence[ShownLook]) -> list[ShownDay]:
    """Return looks by day, in the order given. A single automatic reading is not worth folding."""
    shown = []
    for on, group in groupby(those, key=lambda look: look.on):
        of_day = list(group)
        automatic = [look for look in of_day if look.is_automatic]
        is_folded = len(automatic) > 1
        shown.append(
            ShownDay(
                on,
                [look for look in of_day if not (is_folded and look.is_automatic)],
                automatic if is_folded else [],
            )
        )
    return shown


def looks(
    those: Sequence[disclosure.Look],
    *,
    cases: Mapping[str, casework.CaseSummary],
    agencies: Mapping[str, directory.Agency],
    programs: Mapping[str, Mapping[str, str]],
) -> list[ShownLook]:
    """Return looks in words of the page's language, with the cases they were for.

    `programs` are the names of programs by their client identifiers.
    """
    return [
        _access(one, agencies, programs)
        if one.kind is disclosure.LookKind.ACCESS
        else _question(one, cases, agencies)
        for one in those
    ]


def has_programs(those: Sequence[disclosure.Look]) -> bool:
    """Whether a program is among those who looked."""
    return any(one.purpose.startswith(PROGRAM) for one in those)


def codes_in(those: Sequence[disclosure.Look]) -> set[str]:
    """Return the tracking codes that looks were for."""
    return {one.case_reference for one in those if TRACKING_CODE.fullmatch(one.case_reference)}


def sentence(outcome: str, *, agency: str, what: str) -> Markup:
    """Return what happened with one question, as a sentence with its two names set off."""
    return _marked(_(SENTENCES[outcome]), agency=agency, what=what)


def what_of(data_set: str) -> str:
    """Return the name of what was asked for, as it stands inside a sentence."""
    title = _name(lambda code: exchange.data_set(code).title, data_set)
    return title if pages.page_language() is jalali.Language.FA else title[:1].lower() + title[1:]


def fields_of(data_set: str) -> tuple[str, ...]:
    """Return the names of what an answer tells by its contract; none once the contract is gone."""
    try:
        return tuple(pages.named(title) for title in exchange.data_set(data_set).fields.values())
    except exchange.DataSetUnknown:
        return ()


def purpose(code: str) -> str:
    """Return why something was asked."""
    return _name(exchange.purpose_title, code)


def law(code: str) -> str:
    """Return the law something was asked under."""
    return _name(exchange.legal_basis_title, code)


def _marked(text: str, **values: str | int) -> Markup:
    """Fill a text of our catalogue, which may hold mark-up, with values, which may not."""
    shown = {name: pages.digits(value) if isinstance(value, int) else value for name, value in values.items()}
    return Markup(text) % shown  # noqa: S704 -- the text is ours, and the values are escaped


def _question(
    one: disclosure.Look, cases: Mapping[str, casework.CaseSummary], agencies: Mapping[str, directory.Agency]
) -> ShownLook:
    return ShownLook(
        at=one.at,
        what=what_of(one.what),
        sentence=sentence(one.outcome, agency=pages.either(agencies[one.who].name), what=what_of(one.what)),
        outcome=_(OUTCOMES[one.outcome]),
        kind=KINDS[one.outcome],
        is_denied=one.outcome == "denied",
        is_automatic=False,
        purpose=purpose(one.purpose),
        law=law(one.legal_basis),
        refusal=_refusal(one.fault),
        fields=fields_of(one.what) if one.outcome == "given" else (),
        case=cases.get(one.case_reference),
        case_code=one.case_reference if TRACKING_CODE.fullmatch(one.case_reference) else "",
        receipt_id=one.receipt_id,
        is_provable=one.is_provable,
    )


def _refusal(fault: str) -> str:
    if not fault:
        return ""
    words = FAULTS.get(fault.rpartition(".")[2])
    return _(words) if words else _("the answer was “%(code)s”") % {"code": fault}


def _name(name_of: Callable[[str], exchange.Title], code: str) -> str:
    """Return the name of a code, or the code: a look stays to be seen when its contract is long gone."""
    try:
        return pages.named(name_of(code))
    except exchange.DataSetUnknown:
        return code


def _access(
    one: disclosure.Look,
    agencies: Mapping[str, directory.Agency],
    programs: Mapping[str, Mapping[str, str]],
) -> ShownLook:
    values = {"who": _reader(one, agencies, programs), "what": _(READ.get(one.what, one.what))}
    return ShownLook(
        at=one.at,
        what=values["what"],
        sentence=_(DEEDS[one.what]) if one.what in DEEDS else _("%(who)s read %(what)s.") % values,
        outcome=_("read"),
        kind="",
        is_denied=False,
        is_automatic=one.who == "system" and one.what not in DEEDS,
        purpose=_(_purpose_of(one)),
        law="",
        refusal="",
        fields=(),
        case=None,
        case_code="",
        receipt_id=None,
        is_provable=False,
    )


def _purpose_of(one: disclosure.Look) -> str:
    return PURPOSES.get("program" if one.purpose.startswith(PROGRAM) else one.purpose, one.purpose)


def _reader(
    one: disclosure.Look,
    agencies: Mapping[str, directory.Agency],
    programs: Mapping[str, Mapping[str, str]],
) -> str:
    """Return who read: an officer stands for their agency, and is not named; a program for itself."""
    if one.purpose.startswith(PROGRAM):
        client_id = one.purpose.removeprefix(PROGRAM)
        program = pages.either(programs[client_id]) if client_id in programs else client_id
        return _("The program %(program)s, which you allowed it,") % {"program": f"\u2068{program}\u2069"}
    if not one.agency_id:
        return _(READERS.get(one.who, one.who))
    agency = agencies.get(one.agency_id)
    return _("An officer of %(agency)s") % {"agency": pages.either(agency.name) if agency else one.agency_id}
