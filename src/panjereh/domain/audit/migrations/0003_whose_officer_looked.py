"""Whose officer looked at a person's data."""

from django.db import migrations, models

# Older code goes on inserting. Not `db_default`: Django would read the value back, which the connection that
# writes traces may not.
_DEFAULTS = (
    'ALTER TABLE "audit_accesstrace" ALTER COLUMN "agency_id" SET DEFAULT \'\', '
    'ALTER COLUMN "unit_id" SET DEFAULT \'\''
)


class Migration(migrations.Migration):

    dependencies = [("audit", "0002_leaves_of_a_subject")]

    operations = [
        migrations.AddField("accesstrace", "agency_id", models.CharField(blank=True, default="", max_length=40)),
        migrations.AddField("accesstrace", "unit_id", models.CharField(blank=True, default="", max_length=80)),
        migrations.RunSQL(_DEFAULTS, reverse_sql=migrations.RunSQL.noop),
    ]
