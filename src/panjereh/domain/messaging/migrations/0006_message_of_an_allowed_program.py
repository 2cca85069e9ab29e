"""One more kind of message: a program was allowed something."""

from django.db import migrations, models

TEMPLATES = [
    "case-granted",
    "case-refused",
    "case-ready",
    "case-withdrawn",
    "deadline-moved",
    "document-late",
    "document-revoked",
    "gathering-overdue",
    "granted-overdue",
    "limit-moved",
    "program-allowed",
    "submitted-overdue",
]


class Migration(migrations.Migration):

    dependencies = [("messaging", "0005_messages_of_late_waits")]

    operations = [
        migrations.RemoveConstraint("inboxmessage", "messaging_inbox_template"),
        migrations.AddConstraint(
            "inboxmessage",
            models.CheckConstraint(
                name="messaging_inbox_template", condition=models.Q(template__in=TEMPLATES)
            ),
        ),
    ]
