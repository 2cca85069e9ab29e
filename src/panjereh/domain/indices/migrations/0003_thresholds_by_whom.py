"""When the thresholds of a target were fixed, and by whom.

The targets that are there were brought by the platform itself, on the day of the default.
"""

from django.db import migrations, models

_COLUMNS = """
ALTER TABLE indices_target
    ADD COLUMN thresholds_fixed_on date NOT NULL DEFAULT '2026-11-22',
    ADD COLUMN thresholds_by varchar(20) NOT NULL DEFAULT 'operator'
"""


class Migration(migrations.Migration):
    dependencies = [("indices", "0002_effort_of_questions")]

    operations = [
        migrations.RunSQL(
            _COLUMNS,
            "ALTER TABLE indices_target DROP COLUMN thresholds_fixed_on, DROP COLUMN thresholds_by",
            state_operations=[
                migrations.AddField("target", "thresholds_fixed_on", models.DateField()),
                migrations.AddField("target", "thresholds_by", models.CharField(max_length=20)),
            ],
        )
    ]
