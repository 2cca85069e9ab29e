"""Wrapped keys and the outbox, and the rights of the programs on what others brought along."""

import django.db.models.deletion
from django.db import migrations, models

from panjereh.plumbing.grants import Grant

PROGRAMS = "panjereh_app, panjereh_read, panjereh_trace"
# procrastinate's tables are worked with through its own functions, which run with the caller's rights.
QUEUE = """
DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema AND tablename LIKE 'procrastinate\\_%' LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO panjereh_app', name);
  END LOOP;
  FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema AND sequencename LIKE 'procrastinate\\_%' LOOP
    EXECUTE format('GRANT USAGE ON SEQUENCE %I TO panjereh_app', name);
  END LOOP;
END $$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("sessions", "0001_initial"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations = [
        migrations.RunSQL(f"GRANT USAGE ON SCHEMA public TO {PROGRAMS}", migrations.RunSQL.noop),
        migrations.RunSQL(QUEUE, migrations.RunSQL.noop),
        Grant("django_session", application=("SELECT", "INSERT", "UPDATE", "DELETE")),
        Grant("django_migrations", application=("SELECT",), reader=("SELECT",)),
        migrations.CreateModel(
            name="SubjectKey",
            fields=[
                ("owner_id", models.UUIDField(primary_key=True, serialize=False)),
                ("wrapped_key", models.BinaryField(null=True)),
                ("wrapping_key_id", models.CharField(max_length=16)),
                ("erased_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="OutboxEvent",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("payload", models.JSONField()),
                ("emitted_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="OutboxDelivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subscriber", models.CharField(max_length=120)),
                ("delivered_at", models.DateTimeField()),
                (
                    "event",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="plumbing.outboxevent"),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="subjectkey",
            constraint=models.CheckConstraint(
                name="plumbing_subject_key_erased_iff_no_key",
                condition=models.Q(wrapped_key__isnull=True, erased_at__isnull=False)
                | models.Q(wrapped_key__isnull=False, erased_at__isnull=True),
            ),
        ),
        migrations.AddConstraint(
            model_name="outboxdelivery",
            constraint=models.UniqueConstraint(
                name="plumbing_outbox_delivery_once", fields=["event", "subscriber"]
            ),
        ),
        Grant("plumbing_subjectkey", application=("SELECT", "INSERT", "UPDATE")),
        Grant("plumbing_outboxevent", application=("SELECT", "INSERT")),
        Grant("plumbing_outboxdelivery", application=("SELECT", "INSERT")),
    ]
