"""Rows of the room: what was counted, the counts, and how far each figure has read the record."""

from django.db import models
from django.db.models import Q


class CountedEvent(models.Model):
    """One event behind a number: its place in the log and the cell it was counted in. Insert-only."""

    id = models.BigAutoField(primary_key=True)
    figure = models.CharField(max_length=80)
    log_index = models.BigIntegerField()
    leaf_id = models.UUIDField()
    service = models.CharField(max_length=120)
    state = models.CharField(max_length=40)
    on = models.DateField()

    class Meta:
        indexes = [
            models.Index(
                name="figures_countedevent_of_a_cell",
                fields=["figure", "on", "service", "state", "log_index"],
            )
        ]
        constraints = [
            models.UniqueConstraint(name="figures_countedevent_once", fields=["figure", "log_index"]),
            models.CheckConstraint(name="figures_countedevent_has_a_place", condition=Q(log_index__gte=0)),
        ]


class DailyCount(models.Model):
    """How many events fell into one cell: a service, a state, a Tehran calendar day."""

    id = models.BigAutoField(primary_key=True)
    figure = models.CharField(max_length=80)
    service = models.CharField(max_length=120)
    state = models.CharField(max_length=40)
    on = models.DateField()
    count = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="figures_dailycount_one_a_cell", fields=["figure", "on", "service", "state"]
            ),
            models.CheckConstraint(name="figures_dailycount_counts_something", condition=Q(count__gt=0)),
        ]


class Cursor(models.Model):
    """How far a figure has read the record: every leaf up to `log_index` is in it, none behind."""

    figure = models.CharField(primary_key=True, max_length=80)
    log_index = models.BigIntegerField()
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="figures_cursor_from_before_the_first", condition=Q(log_index__gte=-1)
            )
        ]
