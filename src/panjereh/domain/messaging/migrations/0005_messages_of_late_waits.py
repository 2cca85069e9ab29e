"""Messages of a wait: its limit passed, or was counted again."""

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
    "submitted-overdue",
]


class Migration(migrations.Migration):

    dependencies = [("messaging", "0004_message_of_a_moved_deadline")]

    operations = [
        migrations.RemoveConstraint("inboxmessage", "messaging_inbox_template"),
        migrations.AddConstraint(
            "inboxmessage",
            models.CheckConstraint(
                name="messaging_inbox_template", condition=models.Q(template__in=TEMPLATES)
            ),
        ),
    ]
