"""Receipts: what was asked of whom about whom and why, with the proof, and nothing of what was answered."""

from django.db import models

from panjereh.domain.exchange.rules.outcomes import Outcome

_ANSWERED = [Outcome.GIVEN, Outcome.ABSENT]


class Receipt(models.Model):
    """One end of one question: inserted, never changed; in the clear it holds ids and codes only.

    A question has at most one row per outcome and answer: asking again after a lost answer adds nothing, but
    a register that really answers twice leaves two. The node's own receipt, for proof, is sealed: the plain
    digests in it would give a national number away to anyone who tries them all. For the same reason question
    and answer are told apart by blind indexes.
    """

    id = models.UUIDField(primary_key=True)
    subject_id = models.UUIDField()
    data_set = models.CharField(max_length=60)
    holder = models.CharField(max_length=40)
    purpose = models.CharField(max_length=60)
    legal_basis = models.CharField(max_length=80)
    contract = models.CharField(max_length=128)
    case_reference = models.CharField(max_length=40)
    message_id = models.UUIDField()
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=6)
    fault = models.CharField(max_length=60, blank=True, default="")
    question_index = models.BinaryField(max_length=32)
    answer_index = models.BinaryField(max_length=32, blank=True, default=b"")
    sealed_receipt = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="exchange_receipt_once_per_answer", fields=["message_id", "outcome", "answer_index"]
            ),
            models.CheckConstraint(
                name="exchange_receipt_outcome_known",
                condition=models.Q(outcome__in=[each.value for each in Outcome]),
            ),
            models.CheckConstraint(
                name="exchange_receipt_answer_is_proven",
                condition=~models.Q(outcome__in=[each.value for each in _ANSWERED])
                | models.Q(sealed_receipt__isnull=False),
            ),
            models.CheckConstraint(
                name="exchange_receipt_fault_iff_no_answer",
                condition=models.Q(outcome__in=[each.value for each in _ANSWERED], fault="")
                | (~models.Q(outcome__in=[each.value for each in _ANSWERED]) & ~models.Q(fault="")),
            ),
            models.CheckConstraint(
                name="exchange_receipt_proof_whole",
                condition=models.Q(sealed_receipt__isnull=True, answered_at__isnull=True, answer_index=b"")
                | (
                    models.Q(sealed_receipt__isnull=False, answered_at__isnull=False)
                    & ~models.Q(answer_index=b"")
                ),
            ),
        ]
        indexes = [models.Index(name="exchange_receipt_of_subject", fields=["subject_id", "-asked_at"])]
