"""The inbox, text messages on their way, and the phones of the practice country."""

from django.db import migrations, models

from panjereh.plumbing.grants import Grant


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='InboxMessage',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('subject_id', models.UUIDField()),
                ('template', models.CharField(max_length=40)),
                ('sealed_parameters', models.BinaryField()),
                ('reference', models.UUIDField()),
                ('posted_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['subject_id', '-posted_at', '-id'], name='messaging_inbox_page')],
                'constraints': [models.CheckConstraint(condition=models.Q(('template__in', ['case-granted', 'case-refused'])), name='messaging_inbox_template'), models.CheckConstraint(condition=models.Q(('read_at__isnull', True), ('read_at__gte', models.F('posted_at')), _connector='OR'), name='messaging_inbox_read_after_posted')],
            },
        ),
        migrations.CreateModel(
            name='PracticeSms',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('sealed_mobile', models.BinaryField()),
                ('sealed_text', models.BinaryField()),
                ('written_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['-written_at', '-id'], name='messaging_practice_newest')],
            },
        ),
        migrations.CreateModel(
            name='SmsMessage',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('sealed_mobile', models.BinaryField(null=True)),
                ('sealed_text', models.BinaryField(null=True)),
                ('state', models.CharField(max_length=8)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('queued_at', models.DateTimeField()),
                ('useful_until', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sent', 'failed'])), name='messaging_sms_state'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('sealed_mobile__isnull', False), ('sealed_text__isnull', False), ('state', "queued")), models.Q(models.Q(('state', "queued"), _negated=True), ('finished_at__isnull', False), ('sealed_mobile__isnull', True), ('sealed_text__isnull', True)), _connector='OR'), name='messaging_sms_keeps_nothing_when_finished')],
            },
        ),
        Grant("messaging_inboxmessage", application=("SELECT", "INSERT", "UPDATE")),
        Grant("messaging_smsmessage", application=("SELECT", "INSERT", "UPDATE")),
        Grant("messaging_practicesms", application=("SELECT", "INSERT")),
    ]
