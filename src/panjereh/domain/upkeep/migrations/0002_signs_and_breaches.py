"""Signs of intrusion, which stay, and breaches with the clocks of those who must be told."""

import django.db.models.deletion
from django.db import migrations, models

from panjereh.plumbing.grants import Grant


class Migration(migrations.Migration):

    dependencies = [
        ("upkeep", "0001_failed_jobs"),
    ]

    operations = [
        migrations.CreateModel(
            name="Breach",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("form_id", models.UUIDField(unique=True)),
                ("noticed_at", models.DateTimeField()),
                ("exposure", models.CharField(max_length=16)),
                ("people_count", models.PositiveIntegerField(null=True)),
                ("what", models.CharField(max_length=2000)),
                ("recorded_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                ("changed", models.CharField(blank=True, default="", max_length=2000)),
                ("closed_by", models.UUIDField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("exposure__in", ["clear", "sealed", "none", "unknown"])), name="upkeep_breach_exposure_is_known"), models.CheckConstraint(condition=models.Q(("noticed_at__lte", models.F("recorded_at"))), name="upkeep_breach_noticed_before_recorded"), models.CheckConstraint(condition=models.Q(models.Q(("changed", ""), ("closed_at", None), ("closed_by", None)), models.Q(("closed_at__isnull", False), ("closed_by__isnull", False), models.Q(("changed", ""), _negated=True)), _connector="OR"), name="upkeep_breach_closed_by_somebody_with_words")],
            },
        ),
        migrations.CreateModel(
            name="SignOfIntrusion",
            fields=[
                ("leaf_id", models.UUIDField(primary_key=True, serialize=False)),
                ("sign", models.CharField(max_length=16)),
                ("route", models.CharField(max_length=80)),
                ("account_id", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["at"], name="upkeep_signs_by_time")],
                "constraints": [models.CheckConstraint(condition=models.Q(("sign__in", ["limit", "refused", "tokens", "codes"])), name="upkeep_sign_is_known")],
            },
        ),
        migrations.CreateModel(
            name="BreachNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("whom", models.CharField(max_length=16)),
                ("due_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(blank=True, default="", max_length=16)),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_by", models.UUIDField(null=True)),
                ("breach", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="upkeep.breach")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("breach", "whom"), name="upkeep_one_notice_each"), models.CheckConstraint(condition=models.Q(("whom__in", ["agency", "response-team", "people", "supervisor", "prosecutor", "public"])), name="upkeep_notice_is_of_somebody"), models.CheckConstraint(condition=models.Q(models.Q(("outcome", ""), ("settled_at", None), ("settled_by", None)), models.Q(("outcome__in", ["told", "not-needed"]), ("settled_at__isnull", False), ("settled_by__isnull", False)), _connector="OR"), name="upkeep_notice_ended_by_somebody")],
            },
        ),
        Grant("upkeep_signofintrusion", application=("SELECT", "INSERT")),
        Grant("upkeep_breach", application=("SELECT", "INSERT", "UPDATE")),
        Grant("upkeep_breachnotice", application=("SELECT", "INSERT", "UPDATE")),
    ]
