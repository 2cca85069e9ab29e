"""Receipts stay as they are, but for the two indexes that would give an erased person away."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_receipts")]
    operations = [
        migrations.RunSQL(
            "GRANT UPDATE (question_index, answer_index) ON exchange_receipt TO panjereh_app",
            "REVOKE UPDATE (question_index, answer_index) ON exchange_receipt FROM panjereh_app",
        )
    ]
