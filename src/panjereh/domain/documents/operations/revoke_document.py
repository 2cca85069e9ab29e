"""Take back a signed document: from then on everybody who checks it is told so, with the reason."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.documents import access
from panjereh.domain.documents.models import Document
from panjereh.domain.documents.rules.states import DocumentState, RevocationReason
from panjereh.domain.documents.words import reason_texts
from panjereh.domain.messaging import api as messaging
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import Refusal


class CannotRevoke(Refusal):
    """The document was never signed, so there is nothing to take back."""

    code = "document-cannot-be-revoked"

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


@transaction.atomic(durable=True)
def revoke_document(
    document_id: UUID, *, reason: RevocationReason, message_id: UUID, actor: Actor, at: dt.datetime
) -> None:
    """Revoke a signed document and tell its holder why, in one transaction.

    Only the platform itself, by an operator's command: there is no desk yet. Raises `NotFound` for anybody
    else and for a document that is absent, `CannotRevoke` for one that was never signed. Repeating changes
    nothing: the first revocation, its time and its reason stand.
    """
    document = access.lock_to_revoke(document_id, actor=actor)
    if document.state == DocumentState.REVOKED:
        return
    if document.state != DocumentState.ISSUED:
        raise CannotRevoke(document.state)
    document.state = DocumentState.REVOKED
    document.revoked_at = at
    document.revocation_reason = reason
    document.save(update_fields=["state", "revoked_at", "revocation_reason"])
    audit.record(
        event="documents.document.revoked",
        actor=actor,
        subject=str(document_id),
        at=at,
        facts={"reason": reason.value, "agency": document.issuer_id},
    )
    _tell_holder(document, reason, message_id=message_id, at=at)


def _tell_holder(document: Document, reason: RevocationReason, *, message_id: UUID, at: dt.datetime) -> None:
    because = reason_texts(reason)
    messaging.post_message(
        message_id,
        subject_id=document.subject_id,
        template="document-revoked",
        parameters={
            "document_fa": document.title_fa,
            "document_en": document.title_en,
            "reason_fa": because["fa"],
            "reason_en": because["en"],
            "serial": document.serial or "",
        },
        reference=document.case_id,
        at=at,
    )
