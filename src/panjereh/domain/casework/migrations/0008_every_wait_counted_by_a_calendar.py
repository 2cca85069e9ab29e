"""The rule about kept limits holds for the cases there were, and what nobody asks any more goes."""

from django.contrib.postgres.operations import RemoveIndexConcurrently, ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    atomic = False
    dependencies = [("casework", "0007_limits_of_every_wait")]

    operations = [
        ValidateConstraint("case", "casework_case_wait_counted_by_a_calendar"),
        RemoveIndexConcurrently("case", "casework_case_running"),
    ]
