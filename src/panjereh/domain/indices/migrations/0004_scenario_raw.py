"""A kept what-if may change raw indicators."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("indices", "0003_thresholds_by_whom")]

    operations = [
        migrations.AddField(model_name="scenario", name="raw", field=models.JSONField(null=True)),
    ]
