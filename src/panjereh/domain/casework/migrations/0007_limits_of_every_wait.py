"""The limits of waiting for registers and for a document are kept like that of the decision.

What waits already gets its limit from the job that counts limits again, within the hour.
"""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("casework", "0006_way_to_waiting_cases")]

    operations = [
        migrations.AddField("case", "asked_at", models.DateTimeField(null=True)),
        migrations.AddField("case", "waits_until", models.DateField(null=True)),
        migrations.AddField(
            "case", "waits_version", models.CharField(max_length=40, default="", db_default="")
        ),
        AddConstraintNotValid(
            "case",
            models.CheckConstraint(
                name="casework_case_wait_counted_by_a_calendar",
                condition=models.Q(waits_until__isnull=True) | ~models.Q(waits_version=""),
            ),
        ),
        migrations.AddField(
            "deadlinerecount",
            "state",
            models.CharField(max_length=12, default="submitted", db_default="submitted"),
        ),
    ]
