"""Checks of documents are counted with every other limit; what was counted here was of ten minutes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_reports_of_refused_documents"), ("plumbing", "0004_rate_counts")]
    operations = [migrations.DeleteModel(name="CheckCap")]
