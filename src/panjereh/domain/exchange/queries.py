"""What may be asked, and what was."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from django.db.models import Count, Exists, OuterRef, Q

from panjereh.domain.exchange import models
from panjereh.domain.exchange.room import room
from panjereh.domain.exchange.rules.data_sets import DataSet, DataSetUnknown, Title
from panjereh.domain.exchange.rules.outcomes import Outcome
from panjereh.plumbing import sealing
from panjereh_contracts import receipt as contracts
from panjereh_contracts.p256 import decode_base64url
from panjereh_kernel.refusal import NotFound

T = TypeVar("T")
RECEIPT_FIELD = "exchange.receipt"


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """One question about a person, as that person may see it. Codes are named by `purpose`, `legal_basis`."""

    id: UUID
    data_set: str
    holder: str
    purpose: str
    legal_basis: str
    contract: str
    case_reference: str
    message_id: UUID
    asked_at: dt.datetime
    answered_at: dt.datetime | None
    outcome: Outcome
    fault: str
    is_provable: bool


@dataclass(frozen=True, slots=True)
class ReceiptsSummary:
    """How often something of a person was given, by how many agencies, and how often it was refused."""

    given: int
    holders: int
    denied: int


def data_set(key: str) -> DataSet:
    """Return what is known of one data set. Raises `DataSetUnknown`."""
    return _known(room().known.data_sets, key)


def data_sets() -> tuple[DataSet, ...]:
    """Return every data set known, in the order of the list."""
    return tuple(room().known.data_sets.values())


def purpose_title(code: str) -> Title:
    """Return what a person reads for the code of a purpose. Raises `DataSetUnknown`."""
    return _known(room().known.purposes, code)


def legal_basis_title(code: str) -> Title:
    """Return what a person reads for the code of a legal basis. Raises `DataSetUnknown`."""
    return _known(room().known.legal_bases, code)


def receipts_of(
    subject_id: UUID,
    *,
    limit: int,
    before: dt.datetime | None = None,
    older_than: UUID | None = None,
    since: dt.datetime | None = None,
    holder: str = "",
) -> list[ReceiptView]:
    """Return what was asked about a person, newest first, at most `limit`, asked before the instant given.

    `older_than` is the last receipt of the page before: the list goes on behind it, also among those of the
    same instant. Raises `NotFound` when it is none of this person's. A try that failed is left out once its
    question was answered or refused: it is the same question. `since` and `holder` narrow the list. The
    caller has the right to the person's data.
    """
    settled = models.Receipt.objects.filter(message_id=OuterRef("message_id")).exclude(outcome=Outcome.FAILED)
    rows = models.Receipt.objects.filter(subject_id=subject_id)
    rows = rows.exclude(Exists(settled), outcome=Outcome.FAILED)
    if before is not None:
        rows = rows.filter(asked_at__lt=before)
    if since is not None:
        rows = rows.filter(asked_at__gte=since)
    if holder:
        rows = rows.filter(holder=holder)
    if older_than is not None:
        last = models.Receipt.objects.filter(id=older_than, subject_id=subject_id).first()
        if last is None:
            raise NotFound
        rows = rows.filter(Q(asked_at__lt=last.asked_at) | Q(asked_at=last.asked_at, id__lt=last.id))
    return [_view(row) for row in rows.order_by("-asked_at", "-id")[:limit]]


def receipt_of(receipt_id: UUID, *, subject_id: UUID) -> ReceiptView:
    """Return one question about a person. Raises `NotFound`, also when it is about somebody else."""
    row = models.Receipt.objects.filter(id=receipt_id, subject_id=subject_id).first()
    if row is None:
        raise NotFound
    return _view(row)


def count_receipts(subject_id: UUID, *, since: dt.datetime) -> ReceiptsSummary:
    """Count what was given and refused of a person since an instant. The caller has the right to know."""
    counts = models.Receipt.objects.filter(subject_id=subject_id, asked_at__gte=since).aggregate(
        given=Count("id", filter=Q(outcome=Outcome.GIVEN)),
        holders=Count("holder", filter=Q(outcome=Outcome.GIVEN), distinct=True),
        denied=Count("id", filter=Q(outcome=Outcome.DENIED)),
    )
    return ReceiptsSummary(**counts)


def evidence_of(receipt_ids: Collection[UUID], *, subject_id: UUID) -> dict[UUID, bytes]:
    """Return the node's receipts of several questions about a person, as JSON; those without one are left
    out. Raises `ContentErased` once the person's key is gone.
    """
    rows = models.Receipt.objects.filter(
        id__in=receipt_ids, subject_id=subject_id, sealed_receipt__isnull=False
    )
    open_one = sealing.opener(subject_id)
    return {
        row.id: decode_base64url(open_one(RECEIPT_FIELD, row.sealed_receipt))
        for row in rows.order_by("id")
        if row.sealed_receipt is not None
    }


def receipt_evidence(receipt_id: UUID, *, subject_id: UUID) -> bytes:
    """Return the node's receipt of one question about a person, as JSON: what proves itself to anybody.

    Raises `NotFound` when it is absent, about somebody else, or no answer came that could be proven, and
    `ContentErased` once the person's key is gone.
    """
    row = models.Receipt.objects.filter(id=receipt_id, subject_id=subject_id).first()
    if row is None or row.sealed_receipt is None:
        raise NotFound
    return decode_base64url(sealing.unseal(row.subject_id, RECEIPT_FIELD, row.sealed_receipt))


def verify_receipt(receipt_id: UUID, *, provider_key: ec.EllipticCurvePublicKey) -> None:
    """Prove again that the provider signed the answer this receipt stands for.

    `provider_key` is the provider's signing key from the configuration of the exchange. Raises
    `SignatureInvalid` or `ReceiptDisprovedError`, `NotFound` for a row without a node's receipt, and
    `ContentErased` once the person's key is gone.
    """
    row = models.Receipt.objects.filter(id=receipt_id).first()
    if row is None or row.sealed_receipt is None:
        raise NotFound
    encoded = sealing.unseal(row.subject_id, RECEIPT_FIELD, row.sealed_receipt)
    contracts.verify_receipt(contracts.Receipt.decode(encoded), provider_key=provider_key)


def _known(entries: Mapping[str, T], name: str) -> T:
    try:
        return entries[name]
    except KeyError as error:
        raise DataSetUnknown(name) from error


def _view(row: models.Receipt) -> ReceiptView:
    return ReceiptView(
        id=row.id,
        data_set=row.data_set,
        holder=row.holder,
        purpose=row.purpose,
        legal_basis=row.legal_basis,
        contract=row.contract,
        case_reference=row.case_reference,
        message_id=row.message_id,
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        outcome=Outcome(row.outcome),
        fault=row.fault,
        is_provable=row.sealed_receipt is not None,
    )
