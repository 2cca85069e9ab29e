"""The way to one officer's own acts, built while the record goes on being written."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False
    dependencies = [("audit", "0003_whose_officer_looked")]

    operations = [
        AddIndexConcurrently(
            "leaf",
            models.Index(
                condition=models.Q(("channel", "desk")),
                fields=["account_id", "id"],
                name="audit_leaf_of_an_officer",
            ),
        ),
    ]
