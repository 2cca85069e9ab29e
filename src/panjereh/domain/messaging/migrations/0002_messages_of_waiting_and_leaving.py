"""Messages that all answers are there, that a case was withdrawn, and that a document takes longer."""

from django.db import migrations, models

TEMPLATES = ["case-granted", "case-refused", "case-ready", "case-withdrawn", "document-late"]


class Migration(migrations.Migration):

    dependencies = [("messaging", "0001_inbox_and_sms")]

    operations = [
        migrations.RemoveConstraint("inboxmessage", "messaging_inbox_template"),
        migrations.AddConstraint(
            "inboxmessage",
            models.CheckConstraint(
                name="messaging_inbox_template", condition=models.Q(template__in=TEMPLATES)
            ),
        ),
    ]
