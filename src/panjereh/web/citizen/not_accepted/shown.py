"""What the pages of the report show: organisations to choose from, reasons in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from panjereh.domain.directory import api as directory
from panjereh.domain.documents import api as documents
from panjereh.plumbing import edge, pages
from panjereh_kernel import jalali

REASONS = {
    documents.SaidReason.WANTS_PAPER: gettext_noop("They wanted a print, a stamp or a paper original."),
    documents.SaidReason.WANTS_COPY: gettext_noop("They wanted a copy of it."),
    documents.SaidReason.CANNOT_CHECK: gettext_noop("They said they cannot check it."),
    documents.SaidReason.NOT_KNOWN: gettext_noop("They did not know such documents."),
    documents.SaidReason.NO_REASON: gettext_noop("They gave no reason."),
    documents.SaidReason.OTHER: gettext_noop("Something else"),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was typed and chosen so far."""

    agency: str = ""
    office: str = ""
    reason: str = ""
    words: str = ""


def organisations() -> list[tuple[str, str]]:
    """Return today's agencies by name in the page's language, and the one for all others, at the end."""
    today = directory.agencies(on=jalali.tehran_date(edge.now()))
    named = [(found.id, pages.either(found.name)) for found in today.values()]
    return [
        *sorted(named, key=lambda each: each[1]),
        (documents.OTHER_ORGANISATION, _("Another organisation, a bank for example")),
    ]


def organisation(agency_id: str) -> str:
    """Return the name of an organisation in the page's language. Raises `AgencyUnknown`."""
    if agency_id == documents.OTHER_ORGANISATION:
        return _("Another organisation, a bank for example")
    return pages.either(directory.agency(agency_id).name)


def reasons() -> list[tuple[str, str]]:
    """Return the reasons to choose from, with their words."""
    return [(reason.value, _(words)) for reason, words in REASONS.items()]


def report_rows(found: list[documents.ReportView]) -> list[dict[str, object]]:
    """Return each report in words; the names of all organisations are asked for at once."""
    names = {
        key: pages.either(each.name) for key, each in directory.agencies(r.agency_id for r in found).items()
    }
    names[documents.OTHER_ORGANISATION] = _("Another organisation, a bank for example")
    return [
        {
            "tracking_code": report.tracking_code,
            "organisation": names[report.agency_id],
            "reason": _(REASONS[report.reason]),
            "reported_at": report.reported_at,
        }
        for report in found
    ]
