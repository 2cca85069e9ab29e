"""Consents: what a person allowed a program, in which words, until when, and how it ended."""

from django.db import migrations, models

from panjereh.plumbing.grants import Grant


class Migration(migrations.Migration):

    dependencies = [("people", "0007_orders_to_erase")]

    operations = [
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("subject_id", models.UUIDField()),
                ("client_id", models.CharField(max_length=64)),
                ("name", models.JSONField()),
                ("scope", models.CharField(max_length=400)),
                ("language", models.CharField(max_length=2)),
                ("wishes", models.JSONField()),
                ("leaf_id", models.UUIDField()),
                ("given_at", models.DateTimeField()),
                ("valid_until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("end", models.CharField(blank=True, default="", max_length=12)),
                ("end_told_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(name="people_consent_of_a_person", fields=["subject_id", "-given_at"])
                ],
                "constraints": [
                    models.UniqueConstraint(
                        name="people_consent_one_alive",
                        fields=["subject_id", "client_id"],
                        condition=models.Q(ended_at__isnull=True),
                    ),
                    models.CheckConstraint(
                        name="people_consent_ended_says_how",
                        condition=models.Q(ended_at__isnull=True, end="", end_told_at__isnull=True)
                        | models.Q(
                            ended_at__gte=models.F("given_at"), end__in=["taken-back", "replaced", "erased"]
                        ),
                    ),
                    models.CheckConstraint(
                        name="people_consent_holds_for_a_while",
                        condition=models.Q(valid_until__gt=models.F("given_at")) & ~models.Q(scope=""),
                    ),
                ],
            },
        ),
        Grant("people_consent", application=("SELECT", "INSERT", "UPDATE")),
    ]
