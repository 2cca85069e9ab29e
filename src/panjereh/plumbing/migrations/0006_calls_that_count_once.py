"""Marks of proofs that were used, and answers kept for a request that may be sent twice."""

from django.db import migrations, models

from panjereh.plumbing.grants import Grant


class Migration(migrations.Migration):
    dependencies = [("plumbing", "0005_files_handed_in")]
    operations = [
        migrations.CreateModel(
            name="UsedMark",
            fields=[
                ("mark", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("forget_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(name="plumbing_used_mark_by_end", fields=["forget_at"])],
            },
        ),
        migrations.CreateModel(
            name="KeptAnswer",
            fields=[
                ("key_digest", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("fingerprint", models.BinaryField(max_length=32)),
                ("wrapped_answer", models.BinaryField(null=True)),
                ("began_at", models.DateTimeField()),
                ("forget_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(name="plumbing_kept_answer_by_end", fields=["forget_at"])],
                "constraints": [
                    models.CheckConstraint(
                        name="plumbing_kept_answer_is_forgotten",
                        condition=models.Q(("forget_at__gt", models.F("began_at"))),
                    )
                ],
            },
        ),
        Grant("plumbing_usedmark", application=("SELECT", "INSERT", "UPDATE", "DELETE")),
        Grant("plumbing_keptanswer", application=("SELECT", "INSERT", "UPDATE", "DELETE")),
    ]
