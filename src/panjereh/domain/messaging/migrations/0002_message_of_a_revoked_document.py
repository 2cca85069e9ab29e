"""One more kind of message: a document was revoked."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('messaging', '0001_inbox_and_sms'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='inboxmessage',
            name='messaging_inbox_template',
        ),
        migrations.AddConstraint(
            model_name='inboxmessage',
            constraint=models.CheckConstraint(condition=models.Q(('template__in', ['case-granted', 'case-refused', 'document-revoked'])), name='messaging_inbox_template'),
        ),
    ]
