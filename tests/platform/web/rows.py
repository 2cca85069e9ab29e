"""Many rows of one person, to fill more than a page: cases, messages, documents, receipts, accesses."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction

from panjereh.domain.audit.models import AccessTrace
from panjereh.domain.casework.models import Case
from panjereh.domain.documents.models import Document
from panjereh.domain.exchange.models import Receipt
from panjereh.domain.messaging import api as messaging
from panjereh.plumbing import sealing
from tests.platform.access.country import AT, SERVICE, Citizen
from tests.platform.casework.window import PACK_VERSION
from tests.platform.people.allowed import keep_consent
from tests.platform.people.desk import fresh_id

SEALED_DATA = '{"holder":{"given_name":"x","family_name":"y"}}'


def instant(place: int) -> dt.datetime:
    """Return a moment in the past: two rows share each, so that equal times are met at every page's edge."""
    return AT - dt.timedelta(days=30, minutes=place // 2)


def add_cases(citizen: Citizen, count: int) -> None:
    first = Case.objects.count()
    Case.objects.bulk_create(
        Case(
            id=fresh_id(instant(place)),
            tracking_code=f"1000-0000-{first + place:04}",
            service_id=SERVICE,
            pack_version=PACK_VERSION,
            subject_id=citizen.subject_id,
            account_id=citizen.actor.account_id,
            state="refused",
            started_at=instant(place),
            saved_at=instant(place),
            submitted_at=instant(place),
            due_on=instant(place).date(),
            calendar_version="1405",
            decided_at=instant(place),
            finished_at=instant(place),
        )
        for place in range(count)
    )


def add_messages(citizen: Citizen, count: int) -> None:
    words = {"service_fa": "گواهی نشانی", "service_en": "Address certificate", "tracking_code": "7320"}
    with transaction.atomic():
        for place in range(count):
            messaging.post_message(
                fresh_id(instant(place)),
                subject_id=citizen.subject_id,
                template="case-granted",
                parameters=words,
                reference=citizen.cases["issued"],
                at=instant(place),
            )


def add_documents(citizen: Citizen, count: int) -> None:
    Document.objects.bulk_create(
        Document(
            id=fresh_id(instant(place)),
            case_id=fresh_id(),
            subject_id=citizen.subject_id,
            service_id=SERVICE,
            pack_version=PACK_VERSION,
            template="address-certificate",
            issuer_id="post",
            title_fa="گواهی نشانی",
            title_en="Address certificate",
            state="requested",
            sealed_data=sealing.seal(citizen.subject_id, "documents.data", SEALED_DATA),
            requested_at=instant(place),
        )
        for place in range(count)
    )


def add_receipts(citizen: Citizen, count: int, **changes: Any) -> None:
    """Add questions that were refused; `changes` replaces columns of them all."""
    like = Receipt.objects.filter(subject_id=citizen.subject_id, purpose="case.address-certificate").first()
    assert like is not None
    Receipt.objects.bulk_create(
        Receipt(
            **{
                "id": uuid.uuid4(),
                "subject_id": citizen.subject_id,
                "data_set": like.data_set,
                "holder": like.holder,
                "purpose": like.purpose,
                "legal_basis": like.legal_basis,
                "contract": like.contract,
                "case_reference": "1000-0000-0000",
                "message_id": fresh_id(),
                "asked_at": instant(place),
                "outcome": "denied",
                "fault": "server.clientproxy.access_denied",
                "question_index": b"0" * 32,
            }
            | changes
        )
        for place in range(count)
    )


def add_consents(citizen: Citizen, count: int) -> None:
    for _ in range(count):
        keep_consent(citizen.actor, scope="cases:read", at=AT, client_id=f"program-{fresh_id()}")


def add_accesses(citizen: Citizen, count: int) -> None:
    """Add traces by the connection that may; only a test with real commits sees them."""
    AccessTrace.objects.using("trace").bulk_create(
        AccessTrace(
            id=fresh_id(instant(place)),
            subject_id=citizen.subject_id,
            role="system",
            channel="job",
            purpose="case-facts",
            what="people.person",
            at=instant(place),
        )
        for place in range(count)
    )
