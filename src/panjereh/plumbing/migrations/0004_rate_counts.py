"""Counters of how often somebody asked: not logged, as losing them in a crash harms nobody."""

from django.db import migrations, models

from panjereh.plumbing.grants import Grant


class Migration(migrations.Migration):
    dependencies = [("plumbing", "0003_retired_wrapping_keys")]
    operations = [
        migrations.CreateModel(
            name="RateCount",
            fields=[
                ("key", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("policy", models.CharField(max_length=40)),
                ("window_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("spent", models.IntegerField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        name="plumbing_rate_count_positive", condition=models.Q(spent__gte=1)
                    ),
                    models.CheckConstraint(
                        name="plumbing_rate_count_window_ends",
                        condition=models.Q(window_at__lt=models.F("ends_at")),
                    ),
                ]
            },
        ),
        migrations.RunSQL("ALTER TABLE plumbing_ratecount SET UNLOGGED", migrations.RunSQL.noop),
        Grant("plumbing_ratecount", application=("SELECT", "INSERT", "UPDATE", "DELETE")),
    ]
