"""A case under way ends when its person is erased, before its submission, after it and after its decision."""

from django.db import migrations, models

STATES = ["draft", "gathering", "ready", "submitted", "granted", "issued", "refused", "withdrawn", "erased"]
DECIDED = ["granted", "issued", "refused"]


class Migration(migrations.Migration):

    dependencies = [("casework", "0003_limits_counted_again")]

    operations = [
        migrations.RemoveConstraint("case", "casework_case_state_known"),
        migrations.RemoveConstraint("case", "casework_case_submitted_at_iff_submitted"),
        migrations.RemoveConstraint("case", "casework_case_decided_at_iff_decided"),
        migrations.AlterField(
            "case",
            "state",
            models.CharField(choices=[(each, each) for each in STATES], max_length=12),
        ),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(name="casework_case_state_known", condition=models.Q(state__in=STATES)),
        ),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                name="casework_case_submitted_at_iff_submitted",
                condition=models.Q(state__in=["submitted", *DECIDED], submitted_at__isnull=False)
                | models.Q(state__in=["draft", "gathering", "ready"], submitted_at__isnull=True)
                | models.Q(state__in=["withdrawn", "erased"]),
            ),
        ),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                name="casework_case_decided_at_iff_decided",
                condition=models.Q(state__in=DECIDED, decided_at__isnull=False)
                | (~models.Q(state__in=DECIDED) & models.Q(decided_at__isnull=True))
                | models.Q(state="erased"),
            ),
        ),
    ]
