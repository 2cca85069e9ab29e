"""Ask for a document: the row and the job that will make it, in the transaction of the decision."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from panjereh.domain.audit import api as audit
from panjereh.domain.documents import access, forms
from panjereh.domain.documents.models import Document
from panjereh.domain.documents.rules.records import canonical, masked
from panjereh.domain.documents.rules.states import DocumentState
from panjereh.plumbing import queue, sealing
from panjereh_kernel.actor import Actor


def request_document(
    document_id: UUID,
    *,
    case_id: UUID,
    subject_id: UUID,
    template: forms.TemplateRef,
    data: Mapping[str, object],
    valid_until: dt.date | None,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Have a document made from `template` and `data` (JSON; amounts integers, dates ISO text). A step.

    `data["holder"]` has `given_name` and `family_name`; its `national_number` is masked before anything is
    kept. `valid_until` is the last good day, in Tehran. Asking twice for the same case and template changes
    nothing. Ends in `documents.issued`, or in `documents.failed` when the template cannot make a document of
    this data.
    """
    if access.document_of_case(case_id, template.output) is not None:
        return
    form = forms.form_of(template)
    Document.objects.create(
        id=document_id,
        case_id=case_id,
        subject_id=subject_id,
        service_id=template.service_id,
        pack_version=template.pack_version,
        template=template.output,
        issuer_id=form.issuer_id,
        title_fa=form.title["fa"],
        title_en=form.title["en"],
        state=DocumentState.REQUESTED,
        sealed_data=sealing.seal(subject_id, access.DATA_FIELD, canonical(masked(data))),
        valid_until=valid_until,
        requested_at=at,
    )
    audit.record(event="documents.document.requested", actor=actor, subject=str(document_id), at=at)
    queue.defer("documents.issue", key=str(document_id), document_id=document_id)
