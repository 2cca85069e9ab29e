"""The way to when a program last read something of a person's."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("audit", "0005_way_to_what_officers_read")]

    operations = [
        AddIndexConcurrently(
            model_name="accesstrace",
            index=models.Index(
                condition=models.Q(("channel", "api")),
                fields=["subject_id", "purpose", "-at"],
                name="audit_accesstrace_by_program",
            ),
        ),
    ]
