"""Issue a document: render it behind walls, sign it, and only then let it exist."""

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.documents import access, forms, paper
from panjereh.domain.documents.events import DocumentFailed, DocumentIssued
from panjereh.domain.documents.models import Document
from panjereh.domain.documents.rendering.renderer import Renderer, TemplateFailed, TemplateTooLarge
from panjereh.domain.documents.rules.numbers import draw_numbers
from panjereh.domain.documents.rules.states import DocumentState
from panjereh.domain.documents.signing.seal import DocumentKey, sign_document
from panjereh.domain.documents.signing.stamping import TimeStampAuthority
from panjereh.plumbing import outbox, sealing
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import Refusal

ISSUER = Actor.system("documents.issue")


@dataclass(frozen=True, slots=True)
class Press:
    """What documents are made with, where they are checked, and whether the country is invented.

    `operator` is who answers for the installation, in both languages, where that was set.
    """

    renderer: Renderer
    key: DocumentKey
    public_url: str
    is_practice: bool
    authority: TimeStampAuthority | None = None
    operator: Mapping[str, str] | None = None


def issue_document(document_id: UUID, *, press: Press, entropy: bytes, at: dt.datetime) -> None:
    """Render, sign and store a requested document, and tell that it was issued. Only from jobs.

    Repeating is safe: a document that was issued meanwhile stays as it is and this call's copy is dropped. A
    process killed anywhere before the commit leaves a requested document, and nobody has seen its number. A
    template that cannot make this document ends it as failed; `TemplateTooSlow`, `SandboxMissing` and
    `RenderServerDied` and `TimeStampMissing` are raised, because another time or machine may do better.
    """
    document = access.document_for_job(document_id)
    if document.state != DocumentState.REQUESTED:
        return
    serial, code = draw_numbers(entropy)
    try:
        rendered = _render(document, press, serial=serial, code=code, at=at)
    except (TemplateFailed, TemplateTooLarge) as refusal:
        _fail(document_id, refusal, at=at)
        return
    signed = sign_document(rendered, key=press.key, at=at, authority=press.authority)
    _store(document_id, signed, serial=serial, code=code, at=at)


def _render(document: Document, press: Press, *, serial: str, code: str, at: dt.datetime) -> bytes:
    facts = paper.PaperFacts(
        serial=serial,
        code=code,
        title=document.title_fa,
        issuer=forms.issuer_of(document.issuer_id),
        signer=press.key.holder,
        public_url=press.public_url,
        is_practice=press.is_practice,
        valid_until=document.valid_until,
    )
    ref = forms.TemplateRef(document.service_id, document.pack_version, document.template)
    template = forms.template_text(ref)
    files = paper.files_of(template, facts=facts, data=json.loads(access.data_of(document)), at=at)
    return press.renderer.render(files, created_at=at)


@transaction.atomic(durable=True)
def _store(document_id: UUID, signed: bytes, *, serial: str, code: str, at: dt.datetime) -> None:
    document = access.lock_for_job(document_id)
    if document.state != DocumentState.REQUESTED:
        return
    document.state = DocumentState.ISSUED
    document.serial = serial
    document.check_code_index = access.code_index(serial, code)
    document.sealed_pdf = sealing.seal(
        document.subject_id, access.FILE_FIELD, base64.b64encode(signed).decode("ascii")
    )
    document.pdf_sha256 = hashlib.sha256(signed).digest()
    document.issued_at = at
    document.save()
    audit.record(event="documents.document.issued", actor=ISSUER, subject=str(document_id), at=at)
    outbox.emit(DocumentIssued(document_id=document_id, case_id=document.case_id), at=at)


@transaction.atomic(durable=True)
def _fail(document_id: UUID, refusal: Refusal, *, at: dt.datetime) -> None:
    document = access.lock_for_job(document_id)
    if document.state != DocumentState.REQUESTED:
        return
    document.state = DocumentState.FAILED
    document.failure = refusal.code
    document.save(update_fields=["state", "failure"])
    audit.record(
        event="documents.document.failed",
        actor=ISSUER,
        subject=str(document_id),
        at=at,
        facts={"code": refusal.code},
    )
    outbox.emit(DocumentFailed(document_id=document_id, case_id=document.case_id), at=at)
