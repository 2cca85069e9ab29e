"""Rows of the upkeep."""

from django.db import models

from panjereh.domain.upkeep.rules.breaches import Exposure, Outcome, Whom
from panjereh.domain.upkeep.rules.jobs import PutAsideReason
from panjereh.domain.upkeep.rules.signs import Sign

# Of one text of a breach.
MOST_LETTERS = 2000


class JobFailure(models.Model):
    """Why a job in the queue failed for good, and why an operator put it aside. No foreign key: the queue is
    procrastinate's, and changes by its own migrations.
    """

    job_id = models.BigIntegerField(primary_key=True)
    error = models.CharField(max_length=160, default="", blank=True)
    put_aside_reason = models.CharField(max_length=20, default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="upkeep_put_aside_for_a_known_reason",
                condition=models.Q(put_aside_reason__in=["", *(reason.value for reason in PutAsideReason)]),
            )
        ]


class SignOfIntrusion(models.Model):
    """Something an operator should look at. It has the id of its leaf, and says no more than that."""

    leaf_id = models.UUIDField(primary_key=True)
    sign = models.CharField(max_length=16)
    route = models.CharField(max_length=80)
    account_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="upkeep_signs_by_time", fields=["at"])]
        constraints = [
            models.CheckConstraint(
                name="upkeep_sign_is_known", condition=models.Q(sign__in=[each.value for each in Sign])
            )
        ]


class Breach(models.Model):
    """Data got out. Its texts name nobody: whose data it was is in the record of looks."""

    number = models.BigAutoField(primary_key=True)
    form_id = models.UUIDField(unique=True)
    noticed_at = models.DateTimeField()
    exposure = models.CharField(max_length=16)
    people_count = models.PositiveIntegerField(null=True)
    what = models.CharField(max_length=MOST_LETTERS)
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    changed = models.CharField(max_length=MOST_LETTERS, default="", blank=True)
    closed_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="upkeep_breach_exposure_is_known",
                condition=models.Q(exposure__in=[each.value for each in Exposure]),
            ),
            models.CheckConstraint(
                name="upkeep_breach_noticed_before_recorded",
                condition=models.Q(noticed_at__lte=models.F("recorded_at")),
            ),
            models.CheckConstraint(
                name="upkeep_breach_closed_by_somebody_with_words",
                condition=models.Q(closed_at=None, closed_by=None, changed="")
                | (models.Q(closed_at__isnull=False, closed_by__isnull=False) & ~models.Q(changed="")),
            ),
        ]


class BreachNotice(models.Model):
    """Somebody who is to be told of a breach, and how that ended."""

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT)
    whom = models.CharField(max_length=16)
    due_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, default="", blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="upkeep_one_notice_each", fields=["breach", "whom"]),
            models.CheckConstraint(
                name="upkeep_notice_is_of_somebody",
                condition=models.Q(whom__in=[each.value for each in Whom]),
            ),
            models.CheckConstraint(
                name="upkeep_notice_ended_by_somebody",
                condition=models.Q(outcome="", settled_at=None, settled_by=None)
                | models.Q(
                    outcome__in=[each.value for each in Outcome],
                    settled_at__isnull=False,
                    settled_by__isnull=False,
                ),
            ),
        ]
