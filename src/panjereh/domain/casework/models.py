"""Cases, what was done to them, and how they were decided."""

from django.db import models

from panjereh.domain.casework.rules.states import (
    DECIDED_STATES,
    OPEN_STATES,
    SUBMITTED_STATES,
    WAITING_STATES,
    CaseState,
)


class Case(models.Model):
    """One application of one person for one service, at the version of the pack it began with."""

    id = models.UUIDField(primary_key=True)
    tracking_code = models.CharField(max_length=20, unique=True)
    service_id = models.CharField(max_length=80)
    pack_version = models.PositiveIntegerField()
    subject_id = models.UUIDField()
    account_id = models.UUIDField()
    state = models.CharField(max_length=12, choices=[(each.value, each.value) for each in CaseState])
    sealed_answers = models.BinaryField(null=True)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    # When the wait for registers began. The same form sent again does not begin it anew.
    asked_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    calendar_version = models.CharField(max_length=40, default="")
    # The limit of the last wait for registers or for the document, and the calendar that counted it. There is
    # no day where it lies beyond that calendar.
    waits_until = models.DateField(null=True)
    waits_version = models.CharField(max_length=40, default="", db_default="")
    decided_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    # When a wait was found to be beyond its limit. It holds for the wait it fell into, not for a later one.
    overdue_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="casework_case_state_known",
                condition=models.Q(state__in=[each.value for each in CaseState]),
            ),
            # Two tabs and a double click still make one draft.
            models.UniqueConstraint(
                name="casework_case_one_open_per_person_and_service",
                fields=["subject_id", "service_id"],
                condition=models.Q(state__in=[each.value for each in OPEN_STATES]),
            ),
            models.CheckConstraint(
                name="casework_case_submitted_at_iff_submitted",
                condition=models.Q(
                    state__in=[each.value for each in SUBMITTED_STATES], submitted_at__isnull=False
                )
                | models.Q(state__in=[each.value for each in OPEN_STATES], submitted_at__isnull=True)
                # One may withdraw, and be erased, before and after it.
                | models.Q(state__in=[CaseState.WITHDRAWN.value, CaseState.ERASED.value]),
            ),
            models.CheckConstraint(
                name="casework_case_clock_iff_submitted",
                condition=models.Q(submitted_at__isnull=True, due_on__isnull=True, calendar_version="")
                | (
                    models.Q(submitted_at__isnull=False, due_on__isnull=False)
                    & ~models.Q(calendar_version="")
                ),
            ),
            models.CheckConstraint(
                name="casework_case_wait_counted_by_a_calendar",
                condition=models.Q(waits_until__isnull=True) | ~models.Q(waits_version=""),
            ),
            models.CheckConstraint(
                name="casework_case_decided_at_iff_decided",
                condition=models.Q(
                    state__in=[each.value for each in DECIDED_STATES], decided_at__isnull=False
                )
                | (
                    ~models.Q(state__in=[each.value for each in DECIDED_STATES])
                    & models.Q(decided_at__isnull=True)
                )
                # Its person may be erased while the document of a granted case is being made.
                | models.Q(state=CaseState.ERASED.value),
            ),
        ]
        indexes = [
            models.Index(name="casework_case_of_person", fields=["subject_id", "-id"]),
            # One pass over all that waits, of millions that are decided, and the few that wait too long.
            models.Index(
                name="casework_case_waiting",
                fields=["id"],
                include=["state", "due_on"],
                condition=models.Q(state__in=[each.value for each in WAITING_STATES]),
            ),
            models.Index(
                name="casework_case_overdue",
                fields=["id"],
                condition=models.Q(
                    state__in=[each.value for each in WAITING_STATES], overdue_at__isnull=False
                ),
            ),
        ]


class CaseAct(models.Model):
    """One thing done to a case. Rows are added, never changed: the history is what was written then."""

    id = models.UUIDField(primary_key=True)
    case_id = models.UUIDField()
    # Clocks of two machines may disagree; the order in which the case was held does not.
    number = models.PositiveSmallIntegerField()
    event = models.CharField(max_length=24)
    state = models.CharField(max_length=12)
    role = models.CharField(max_length=20)
    account_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="casework_act_numbered_in_case", fields=["case_id", "number"])
        ]


class Decision(models.Model):
    """How a case was decided, by which rules and on which answers of registers."""

    case_id = models.UUIDField(primary_key=True)
    outcome = models.CharField(max_length=8)
    pack_version = models.PositiveIntegerField()
    # [{"id": condition, "held": bool}]: which conditions were met. Never the facts themselves.
    conditions = models.JSONField()
    receipt_ids = models.JSONField()
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="casework_decision_outcome_known", condition=models.Q(outcome__in=["grant", "refuse"])
            )
        ]


class DeadlineRecount(models.Model):
    """A running limit counted again as the calendar changed. Insert-only: a decision with its reason."""

    id = models.UUIDField(primary_key=True)
    case_id = models.UUIDField()
    # What the case waited for.
    state = models.CharField(max_length=12, default=CaseState.SUBMITTED, db_default=CaseState.SUBMITTED)
    old_due_on = models.DateField()
    new_due_on = models.DateField()
    old_version = models.CharField(max_length=40)
    new_version = models.CharField(max_length=40)
    # [{"on": day, "is_closed": bool}]: the days off within the limit that one calendar has and the other not.
    days = models.JSONField()
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="casework_recount_by_another_calendar",
                condition=~models.Q(old_version=models.F("new_version")),
            )
        ]
        indexes = [models.Index(name="casework_recount_of_case", fields=["case_id", "id"])]
