"""Question lists filled in by ourselves, and what a program saw at the portals they are about.

Answers, settlements, findings and hand-overs are insert-only: of the answers of one seat to a question the
newest counts.
"""

from django.db import models
from django.db.models import F, Q

from panjereh.domain.evaluation.rules.assessing import Reply
from panjereh.domain.evaluation.rules.states import AssessmentState, Found, Seat

LONGEST_ADDRESS = 500
LONGEST_NOTE = 500
LONGEST_CITY = 60
LOCAL = "losi-"


class Assessment(models.Model):
    """One filling-in of a question list: about a state, or one city of it, with two seats.

    `tolerance` is the share of differing answers up to which the two count as of one mind.
    """

    id = models.UUIDField(primary_key=True)
    question_set = models.CharField(max_length=12)
    iso3 = models.CharField(max_length=3)
    city = models.CharField(max_length=LONGEST_CITY, blank=True)
    addresses = models.JSONField()
    tolerance = models.DecimalField(max_digits=3, decimal_places=2)
    assessor_a = models.UUIDField()
    assessor_b = models.UUIDField()
    state = models.CharField(max_length=12)
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField()
    closed_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="evaluation_assessment_two_assessors", condition=~Q(assessor_a=F("assessor_b"))
            ),
            models.CheckConstraint(
                name="evaluation_assessment_state_known", condition=Q(state__in=[*map(str, AssessmentState)])
            ),
            models.CheckConstraint(
                name="evaluation_assessment_closed_iff_over",
                condition=Q(state="closed", closed_by__isnull=False, closed_at__isnull=False)
                | ~Q(state="closed") & Q(closed_by__isnull=True, closed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="evaluation_assessment_tolerance_is_a_share", condition=Q(tolerance__range=(0, 1))
            ),
            models.CheckConstraint(
                name="evaluation_assessment_of_a_city_iff_local",
                condition=Q(question_set__startswith=LOCAL) & ~Q(city="")
                | ~Q(question_set__startswith=LOCAL) & Q(city=""),
            ),
            # What a settlement points at, so that the database itself knows whose eyes are the third.
            models.UniqueConstraint(
                name="evaluation_assessment_its_assessors", fields=["id", "assessor_a", "assessor_b"]
            ),
        ]


class Answer(models.Model):
    """What was answered from one seat to one question, with where it is seen. Insert-only; the newest counts.

    `by` is who gave it: a seat may pass to somebody else, and the answer stays theirs.
    """

    id = models.BigAutoField(primary_key=True)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT)
    seat = models.CharField(max_length=1)
    code = models.CharField(max_length=8)
    reply = models.CharField(max_length=16)
    evidence = models.CharField(max_length=LONGEST_ADDRESS, blank=True)
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    by = models.UUIDField()
    answered_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(name="evaluation_answer_newest", fields=["assessment", "seat", "code", "-id"])
        ]
        constraints = [
            models.CheckConstraint(
                name="evaluation_answer_seat_known", condition=Q(seat__in=[*map(str, Seat)])
            ),
            models.CheckConstraint(
                name="evaluation_answer_reply_known", condition=Q(reply__in=[*map(str, Reply)])
            ),
            models.CheckConstraint(
                name="evaluation_answer_yes_is_seen", condition=~Q(reply="yes") | ~Q(evidence="")
            ),
        ]


class Reconciled(models.Model):
    """What a third officer decided where the two differ. Insert-only, once for a question.

    The assessors stand beside the decision, tied to the assessment by the migration: neither can be `by`.
    They follow the seats, so that whoever decided cannot sit down later either.
    """

    id = models.BigAutoField(primary_key=True)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT)
    assessor_a = models.UUIDField()
    assessor_b = models.UUIDField()
    code = models.CharField(max_length=8)
    reply = models.CharField(max_length=16)
    reason = models.CharField(max_length=LONGEST_NOTE)
    by = models.UUIDField()
    reconciled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="evaluation_reconciled_once", fields=["assessment", "code"]),
            models.CheckConstraint(
                name="evaluation_reconciled_third_eyes",
                condition=~Q(by=F("assessor_a")) & ~Q(by=F("assessor_b")),
            ),
            models.CheckConstraint(
                name="evaluation_reconciled_reply_known", condition=Q(reply__in=[*map(str, Reply)])
            ),
            models.CheckConstraint(name="evaluation_reconciled_says_why", condition=~Q(reason="")),
        ]


class Handover(models.Model):
    """A seat that passed from somebody who may no longer answer to another officer. Insert-only."""

    id = models.BigAutoField(primary_key=True)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT)
    seat = models.CharField(max_length=1)
    left_by = models.UUIDField()
    taken_by = models.UUIDField()
    reason = models.CharField(max_length=LONGEST_NOTE)
    by = models.UUIDField()
    handed_over_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="evaluation_handover_seat_known", condition=Q(seat__in=[*map(str, Seat)])
            ),
            models.CheckConstraint(
                name="evaluation_handover_to_another", condition=~Q(taken_by=F("left_by"))
            ),
            models.CheckConstraint(name="evaluation_handover_says_why", condition=~Q(reason="")),
            # Nobody sits down twice: who came back to the role has seen what was answered meanwhile.
            models.UniqueConstraint(name="evaluation_handover_taken_once", fields=["assessment", "taken_by"]),
        ]


class MachineFinding(models.Model):
    """What a program saw for one question at one address: evidence, never an answer. Insert-only."""

    id = models.BigAutoField(primary_key=True)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT)
    look_id = models.UUIDField()
    code = models.CharField(max_length=8)
    address = models.CharField(max_length=LONGEST_ADDRESS)
    found = models.CharField(max_length=8)
    seen = models.CharField(max_length=24)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="evaluation_machinefinding_once", fields=["look_id", "code", "address"]
            ),
            models.CheckConstraint(
                name="evaluation_machinefinding_found_known", condition=Q(found__in=[*map(str, Found)])
            ),
        ]
