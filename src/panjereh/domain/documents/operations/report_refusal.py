"""A holder reports that an office did not accept a valid document: recorded, counted, never lost."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.directory import api as directory
from panjereh.domain.documents import access
from panjereh.domain.documents.models import Document, RefusalReport
from panjereh.domain.documents.rules import states
from panjereh.domain.documents.rules.turned_down import (
    MOST_REPORTS,
    MOST_WORDS,
    OTHER_ORGANISATION,
    SaidReason,
)
from panjereh.plumbing import sealing
from panjereh_kernel import jalali, persian
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import Refusal


class DocumentNotValid(Refusal):
    """The document is not valid now, so not accepting it is no refusal of a valid document."""

    code = "document-not-valid"


class TooManyReports(Refusal):
    """So many reports about one document are kept already that one more would add nothing."""

    code = "document-reports-too-many"
    status = 429


@transaction.atomic(durable=True)
def report_refusal(
    report_id: UUID,
    *,
    document_id: UUID,
    agency_id: str,
    office: str,
    reason: SaidReason,
    words: str,
    tracking_code: str,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Record that an office did not accept the acting person's valid document.

    `agency_id` is one of the directory, or `OTHER_ORGANISATION`. `office` and `words` are the person's own
    and sealed; what is longer than `MOST_WORDS` is cut. Repeating it with the same `report_id` changes
    nothing. Raises `NotFound` for a document that is absent or another's, `AgencyUnknown`,
    `DocumentNotValid`, and `TooManyReports`.
    """
    document = access.lock_own_document(document_id, actor=actor)
    earlier = access.report_ids_of(document_id)
    if report_id in earlier:
        return
    _check(document, agency_id, reports=len(earlier), at=at)
    RefusalReport.objects.create(
        id=report_id,
        tracking_code=tracking_code,
        document_id=document_id,
        subject_id=document.subject_id,
        agency_id=agency_id,
        reason=reason,
        sealed_office=_seal(document, "office", office),
        sealed_words=_seal(document, "words", words),
        reported_at=at,
    )
    audit.record(
        event="documents.document.not_accepted",
        actor=actor,
        subject=str(report_id),
        at=at,
        facts={"agency": agency_id, "reason": reason.value},
    )


def _check(document: Document, agency_id: str, *, reports: int, at: dt.datetime) -> None:
    today = jalali.tehran_date(at)
    is_valid = document.state == states.DocumentState.ISSUED and not states.is_past_its_term(
        document.valid_until, today=today
    )
    if not is_valid:
        raise DocumentNotValid
    if agency_id != OTHER_ORGANISATION:
        directory.agency(agency_id)
    if reports >= MOST_REPORTS:
        raise TooManyReports


def _seal(document: Document, field: str, text: str) -> bytes:
    return sealing.seal(
        document.subject_id, f"documents.report_{field}", persian.normalise(text)[:MOST_WORDS]
    )
