"""A kept what-if may change raw indicators."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("indices", "0002_assessments")]

    operations = [
        migrations.AddField(model_name="scenario", name="raw", field=models.JSONField(null=True)),
    ]
