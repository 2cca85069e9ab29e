"""Rows of the upkeep."""

from django.db import models

from panjereh.domain.upkeep.rules.jobs import PutAsideReason


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
