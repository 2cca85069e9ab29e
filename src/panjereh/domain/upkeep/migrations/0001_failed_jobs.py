"""Why jobs failed for good, and the way to them in a long queue."""

from django.db import migrations, models

from panjereh.plumbing.grants import Grant


class Migration(migrations.Migration):

    initial = True
    dependencies = [("plumbing", "0003_retired_wrapping_keys")]

    operations = [
        migrations.CreateModel(
            name="JobFailure",
            fields=[
                ("job_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("error", models.CharField(blank=True, default="", max_length=160)),
                ("put_aside_reason", models.CharField(blank=True, default="", max_length=20)),
            ],
        ),
        migrations.AddConstraint(
            model_name="jobfailure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("put_aside_reason__in", ["", "done-otherwise", "not-needed", "cannot-succeed"])
                ),
                name="upkeep_put_aside_for_a_known_reason",
            ),
        ),
        Grant("upkeep_jobfailure", application=("SELECT", "INSERT", "UPDATE", "DELETE")),
        migrations.RunSQL(
            "CREATE INDEX upkeep_failed_jobs ON procrastinate_jobs (id) WHERE status = 'failed'",
            "DROP INDEX upkeep_failed_jobs",
        ),
    ]
