"""One more kind of message: a limit was counted again."""

from django.db import migrations, models

TEMPLATES = [
    "case-granted",
    "case-refused",
    "case-ready",
    "case-withdrawn",
    "deadline-moved",
    "document-late",
    "document-revoked",
]


class Migration(migrations.Migration):

    dependencies = [("messaging", "0003_message_of_a_revoked_document")]

    operations = [
        migrations.RemoveConstraint("inboxmessage", "messaging_inbox_template"),
        migrations.AddConstraint(
            "inboxmessage",
            models.CheckConstraint(
                name="messaging_inbox_template", condition=models.Q(template__in=TEMPLATES)
            ),
        ),
    ]
