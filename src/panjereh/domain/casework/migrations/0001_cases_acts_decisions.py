"""Cases, their acts and their decisions; the last two are only ever added to."""

from django.db import migrations, models

from panjereh.plumbing.grants import Grant


class Migration(migrations.Migration):

    initial = True

    dependencies = [("plumbing", "0001_keys_and_outbox")]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('tracking_code', models.CharField(max_length=20, unique=True)),
                ('service_id', models.CharField(max_length=80)),
                ('pack_version', models.PositiveIntegerField()),
                ('subject_id', models.UUIDField()),
                ('account_id', models.UUIDField()),
                ('state', models.CharField(choices=[('draft', 'draft'), ('gathering', 'gathering'), ('ready', 'ready'), ('submitted', 'submitted'), ('granted', 'granted'), ('issued', 'issued'), ('refused', 'refused')], max_length=12)),
                ('sealed_answers', models.BinaryField(null=True)),
                ('started_at', models.DateTimeField()),
                ('saved_at', models.DateTimeField()),
                ('submitted_at', models.DateTimeField(null=True)),
                ('due_on', models.DateField(null=True)),
                ('calendar_version', models.CharField(default='', max_length=40)),
                ('decided_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['subject_id', '-id'], name='casework_case_of_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'gathering', 'ready', 'submitted', 'granted', 'issued', 'refused'])), name='casework_case_state_known'), models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'gathering', 'ready'])), fields=('subject_id', 'service_id'), name='casework_case_one_open_per_person_and_service'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['submitted', 'granted', 'issued', 'refused']), ('submitted_at__isnull', False)), models.Q(('state__in', ['draft', 'gathering', 'ready']), ('submitted_at__isnull', True)), _connector='OR'), name='casework_case_submitted_at_iff_submitted'), models.CheckConstraint(condition=models.Q(models.Q(('calendar_version', ''), ('due_on__isnull', True), ('submitted_at__isnull', True)), models.Q(('due_on__isnull', False), ('submitted_at__isnull', False), models.Q(('calendar_version', ''), _negated=True)), _connector='OR'), name='casework_case_clock_iff_submitted'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', False), ('state__in', ['granted', 'issued', 'refused'])), models.Q(models.Q(('state__in', ['granted', 'issued', 'refused']), _negated=True), ('decided_at__isnull', True)), _connector='OR'), name='casework_case_decided_at_iff_decided')],
            },
        ),
        migrations.CreateModel(
            name='CaseAct',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('case_id', models.UUIDField()),
                ('number', models.PositiveSmallIntegerField()),
                ('event', models.CharField(max_length=24)),
                ('state', models.CharField(max_length=12)),
                ('role', models.CharField(max_length=20)),
                ('account_id', models.UUIDField(null=True)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case_id', 'number'), name='casework_act_numbered_in_case')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('case_id', models.UUIDField(primary_key=True, serialize=False)),
                ('outcome', models.CharField(max_length=8)),
                ('pack_version', models.PositiveIntegerField()),
                ('conditions', models.JSONField()),
                ('receipt_ids', models.JSONField()),
                ('decided_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['grant', 'refuse'])), name='casework_decision_outcome_known')],
            },
        ),
        Grant("casework_case", application=("SELECT", "INSERT", "UPDATE"), reader=("SELECT",)),
        Grant("casework_caseact", application=("SELECT", "INSERT")),
        Grant("casework_decision", application=("SELECT", "INSERT")),
    ]
