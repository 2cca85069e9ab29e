"""A case remembers when its wait was found to be beyond the limit."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("casework", "0004_cases_of_the_erased")]

    operations = [migrations.AddField("case", "overdue_at", models.DateTimeField(null=True))]
