"""Find the leaves about one person, case or document without reading the whole record."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [("audit", "0001_leaves_order_and_traces")]

    operations = [
        AddIndexConcurrently(
            "leaf", models.Index(fields=["subject_id"], name="audit_leaf_by_whom")
        ),
        AddIndexConcurrently(
            "leaf", models.Index(fields=["subject"], name="audit_leaf_about_what")
        ),
    ]
