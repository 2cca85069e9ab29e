"""One more kind of message: a document was revoked."""

from django.db import migrations, models

TEMPLATES = [
    "case-granted",
    "case-refused",
    "case-ready",
    "case-withdrawn",
    "document-late",
    "document-revoked",
]


class Migration(migrations.Migration):

    dependencies = [("messaging", "0002_messages_of_waiting_and_leaving")]

    operations = [
        migrations.RemoveConstraint("inboxmessage", "messaging_inbox_template"),
        migrations.AddConstraint(
            "inboxmessage",
            models.CheckConstraint(
                name="messaging_inbox_template", condition=models.Q(template__in=TEMPLATES)
            ),
        ),
    ]
