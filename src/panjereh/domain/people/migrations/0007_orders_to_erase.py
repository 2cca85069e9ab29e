"""Orders to erase a person: asked for by one operator, approved by another."""

from django.db import migrations, models

from panjereh.plumbing.grants import Grant


class Migration(migrations.Migration):

    dependencies = [("people", "0006_grants_outlive_their_holder")]

    operations = [
        migrations.CreateModel(
            name="ErasureOrder",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("subject_id", models.UUIDField()),
                ("reason", models.CharField(max_length=20)),
                ("state", models.CharField(max_length=12)),
                ("asked_by", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                ("lapses_at", models.DateTimeField()),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(name="people_erasure_by_state", fields=["state", "id"])],
                "constraints": [
                    models.CheckConstraint(
                        name="people_erasure_state",
                        condition=models.Q(state__in=["asked", "approved", "refused", "lapsed", "done"]),
                    ),
                    models.CheckConstraint(
                        name="people_erasure_reason",
                        condition=models.Q(
                            reason__in=["holder-asked", "court-order", "retention-ended", "opened-in-error"]
                        ),
                    ),
                    models.CheckConstraint(
                        name="people_erasure_approved_by_other_eyes",
                        condition=(
                            ~models.Q(state__in=["approved", "done"])
                            | (
                                models.Q(decided_by__isnull=False, decided_at__isnull=False)
                                & ~models.Q(decided_by=models.F("asked_by"))
                                & ~models.Q(decided_by=models.F("subject_id"))
                            )
                        )
                        & ~models.Q(asked_by=models.F("subject_id")),
                    ),
                    models.CheckConstraint(
                        name="people_erasure_done_at_iff_done",
                        condition=models.Q(state="done", done_at__isnull=False)
                        | (~models.Q(state="done") & models.Q(done_at__isnull=True)),
                    ),
                    models.UniqueConstraint(
                        name="people_erasure_one_alive",
                        fields=["subject_id"],
                        condition=models.Q(state__in=["asked", "approved"]),
                    ),
                ],
            },
        ),
        Grant("people_erasureorder", application=("SELECT", "INSERT", "UPDATE")),
    ]
