"""The way to what waits and what waits too long, built while cases go on."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

WAITING = ["gathering", "submitted", "granted"]


class Migration(migrations.Migration):

    atomic = False
    dependencies = [("casework", "0005_waits_beyond_their_limit")]

    operations = [
        AddIndexConcurrently(
            "case",
            models.Index(
                name="casework_case_waiting",
                fields=["id"],
                include=["state", "due_on"],
                condition=models.Q(state__in=WAITING),
            ),
        ),
        AddIndexConcurrently(
            "case",
            models.Index(
                name="casework_case_overdue",
                fields=["id"],
                condition=models.Q(state__in=WAITING, overdue_at__isnull=False),
            ),
        ),
    ]
