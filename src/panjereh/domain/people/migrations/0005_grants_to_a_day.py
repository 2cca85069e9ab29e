"""A grant holds to the end of a day that its request names."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("people", "0004_people_may_be_erased")]

    operations = [migrations.AddField("officergrant", "last_day", models.DateField(null=True))]
