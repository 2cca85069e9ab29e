"""Running limits can be found by their calendar, and each new count is kept."""

from django.db import migrations, models

from panjereh.plumbing.grants import Grant


class Migration(migrations.Migration):

    dependencies = [("casework", "0002_withdrawn_cases")]

    operations = [
        migrations.AddIndex(
            "case",
            models.Index(
                name="casework_case_running",
                fields=["id"],
                include=["calendar_version"],
                condition=models.Q(state="submitted"),
            ),
        ),
        migrations.CreateModel(
            name="DeadlineRecount",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("case_id", models.UUIDField()),
                ("old_due_on", models.DateField()),
                ("new_due_on", models.DateField()),
                ("old_version", models.CharField(max_length=40)),
                ("new_version", models.CharField(max_length=40)),
                ("days", models.JSONField()),
                ("decided_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        name="casework_recount_by_another_calendar",
                        condition=~models.Q(old_version=models.F("new_version")),
                    )
                ],
                "indexes": [models.Index(name="casework_recount_of_case", fields=["case_id", "id"])],
            },
        ),
        Grant("casework_deadlinerecount", application=("SELECT", "INSERT")),
    ]
