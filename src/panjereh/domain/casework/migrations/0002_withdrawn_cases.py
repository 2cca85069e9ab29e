"""A case may be withdrawn, before its submission and after it."""

from django.db import migrations, models

STATES = ["draft", "gathering", "ready", "submitted", "granted", "issued", "refused", "withdrawn"]


class Migration(migrations.Migration):

    dependencies = [("casework", "0001_cases_acts_decisions")]

    operations = [
        migrations.RemoveConstraint("case", "casework_case_state_known"),
        migrations.RemoveConstraint("case", "casework_case_submitted_at_iff_submitted"),
        migrations.AlterField(
            "case",
            "state",
            models.CharField(choices=[(each, each) for each in STATES], max_length=12),
        ),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                name="casework_case_state_known", condition=models.Q(state__in=STATES)
            ),
        ),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                name="casework_case_submitted_at_iff_submitted",
                condition=models.Q(
                    state__in=["submitted", "granted", "issued", "refused"], submitted_at__isnull=False
                )
                | models.Q(state__in=["draft", "gathering", "ready"], submitted_at__isnull=True)
                | models.Q(state="withdrawn"),
            ),
        ),
    ]
