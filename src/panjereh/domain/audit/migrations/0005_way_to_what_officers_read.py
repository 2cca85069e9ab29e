"""The way to what one officer read of late: a limit is held against it."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("audit", "0004_way_to_an_officers_acts")]

    operations = [
        AddIndexConcurrently(
            model_name="accesstrace",
            index=models.Index(
                condition=models.Q(("channel", "desk")),
                fields=["actor_account_id", "at"],
                name="audit_accesstrace_at_the_desk",
            ),
        ),
    ]
