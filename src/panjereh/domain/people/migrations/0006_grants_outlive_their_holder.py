"""The grant of a role stays when its holder is erased: its id names nobody any more."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("people", "0005_grants_to_a_day")]

    operations = [
        migrations.AlterField(
            "officergrant",
            "holder",
            models.ForeignKey(
                db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to="people.subject"
            ),
        )
    ]
