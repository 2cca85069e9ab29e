"""Documents, and the caps on checking them."""

from django.db import models
from django.db.models import Q

from panjereh.domain.documents.rules.states import SIGNED_STATES, DocumentState, RevocationReason
from panjereh.domain.documents.rules.turned_down import SaidReason

_SIGNED = Q(state__in=[each.value for each in SIGNED_STATES])
_SIGNED_FIELDS = ("serial", "check_code_index", "sealed_pdf", "pdf_sha256", "issued_at")
_RECEIPT_FIELDS = ("serial", "check_code_index", "pdf_sha256", "issued_at")


class Document(models.Model):
    """One document of one person, made for one case. What it says and the file itself are sealed."""

    id = models.UUIDField(primary_key=True)
    case_id = models.UUIDField()
    subject_id = models.UUIDField()
    service_id = models.CharField(max_length=80)
    pack_version = models.PositiveIntegerField()
    template = models.CharField(max_length=80)
    issuer_id = models.CharField(max_length=40)
    title_fa = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=[(each.value, each.value) for each in DocumentState])
    sealed_data = models.BinaryField()
    valid_until = models.DateField(null=True)
    requested_at = models.DateTimeField()
    serial = models.CharField(max_length=20, null=True, unique=True)  # noqa: DJ001 -- null: not yet numbered
    check_code_index = models.BinaryField(null=True)
    sealed_pdf = models.BinaryField(null=True)
    pdf_sha256 = models.BinaryField(null=True, unique=True)
    issued_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revocation_reason = models.CharField(
        max_length=20,
        default="",
        db_default="",
        blank=True,
        choices=[(each.value, each.value) for each in RevocationReason],
    )
    failure = models.CharField(max_length=60, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="documents_document_one_per_case_and_template", fields=["case_id", "template"]
            ),
            models.CheckConstraint(
                name="documents_document_state_known",
                condition=Q(state__in=[each.value for each in DocumentState]),
            ),
            models.CheckConstraint(
                name="documents_document_signed_iff_numbered_and_filed",
                condition=(_SIGNED & Q(**{f"{field}__isnull": False for field in _SIGNED_FIELDS}))
                | (~_SIGNED & Q(**{f"{field}__isnull": True for field in _SIGNED_FIELDS})),
            ),
            models.CheckConstraint(
                name="documents_document_revoked_at_iff_revoked",
                condition=Q(state=DocumentState.REVOKED.value, revoked_at__isnull=False)
                | (~Q(state=DocumentState.REVOKED.value) & Q(revoked_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="documents_document_revocation_reason_iff_revoked",
                condition=Q(
                    state=DocumentState.REVOKED.value,
                    revocation_reason__in=[each.value for each in RevocationReason],
                )
                | (~Q(state=DocumentState.REVOKED.value) & Q(revocation_reason="")),
            ),
            models.CheckConstraint(
                name="documents_document_failure_iff_failed",
                condition=(Q(state=DocumentState.FAILED.value) & ~Q(failure=""))
                | (~Q(state=DocumentState.FAILED.value) & Q(failure="")),
            ),
        ]
        indexes = [models.Index(name="documents_document_of_person", fields=["subject_id", "-id"])]


class CheckReceipt(models.Model):
    """The signed receipt of one check. It names a document and nobody, so nothing in it is sealed.

    Its file is kept for a month; its number and fingerprint for ever, so that it can always be checked.
    """

    id = models.UUIDField(primary_key=True)
    reference_index = models.BinaryField(unique=True)
    statement = models.TextField()
    requested_at = models.DateTimeField()
    serial = models.CharField(max_length=20, null=True, unique=True)  # noqa: DJ001 -- null: not yet numbered
    check_code_index = models.BinaryField(null=True)
    pdf_sha256 = models.BinaryField(null=True, unique=True)
    pdf = models.BinaryField(null=True)
    issued_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="documents_receipt_numbered_iff_issued",
                condition=Q(**{f"{field}__isnull": False for field in _RECEIPT_FIELDS})
                | Q(**{f"{field}__isnull": True for field in (*_RECEIPT_FIELDS, "pdf")}),
            ),
        ]
        indexes = [
            models.Index(
                name="documents_receipt_with_file", fields=["issued_at"], condition=Q(pdf__isnull=False)
            )
        ]


class RefusalReport(models.Model):
    """A holder's report that an office did not accept a valid document. What they wrote is sealed."""

    id = models.UUIDField(primary_key=True)
    tracking_code = models.CharField(max_length=20, unique=True)
    document_id = models.UUIDField()
    subject_id = models.UUIDField()
    agency_id = models.CharField(max_length=40)
    reason = models.CharField(max_length=20, choices=[(each.value, each.value) for each in SaidReason])
    sealed_office = models.BinaryField()
    sealed_words = models.BinaryField()
    reported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="documents_refusal_report_reason_known",
                condition=Q(reason__in=[each.value for each in SaidReason]),
            ),
        ]
        indexes = [models.Index(name="documents_refusal_report_of", fields=["document_id", "-id"])]
