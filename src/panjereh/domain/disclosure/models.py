"""Facts asked of registers for a case, and what came back."""

from django.db import models

from panjereh.domain.disclosure.rules.states import FactState


class Fact(models.Model):
    """One requirement of one case and the register's answer to it.

    Request and answer are sealed under the subject's key. The row's id is the message id on the exchange,
    so asking again after a crash is the same message and not a second question.
    """

    id = models.UUIDField(primary_key=True)
    case_id = models.UUIDField()
    subject_id = models.UUIDField()
    evidence = models.CharField(max_length=40)
    data_set = models.CharField(max_length=60)
    purpose = models.CharField(max_length=60)
    legal_basis = models.CharField(max_length=80)
    case_reference = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=[(each.value, each.value) for each in FactState])
    sealed_request = models.BinaryField()
    sealed_answer = models.BinaryField(null=True)
    receipt_id = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # A new answer of the person replaces the old question; two live ones would be two truths.
            models.UniqueConstraint(
                name="disclosure_fact_one_live_per_evidence",
                fields=["case_id", "evidence"],
                condition=~models.Q(state=FactState.DISCARDED.value),
            ),
            models.CheckConstraint(
                name="disclosure_fact_state_known",
                condition=models.Q(state__in=[each.value for each in FactState]),
            ),
            models.CheckConstraint(
                name="disclosure_fact_answer_iff_answered",
                condition=models.Q(
                    state=FactState.ANSWERED.value, sealed_answer__isnull=False, receipt_id__isnull=False
                )
                | ~models.Q(state=FactState.ANSWERED.value),
            ),
        ]
        indexes = [
            models.Index(
                name="disclosure_fact_waiting", fields=["asked_at"], condition=models.Q(state="asked")
            ),
        ]
