"""Officers: who holds which role at which agency, and what happened to each grant."""

import django.db.models.deletion
from django.db import migrations, models

from panjereh.plumbing.grants import Grant


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_indexes_may_be_renewed'),
    ]

    operations = [
        migrations.CreateModel(
            name='OfficerGrant',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('role', models.CharField(max_length=16)),
                ('agency_id', models.CharField(max_length=40)),
                ('unit_id', models.CharField(blank=True, default='', max_length=80)),
                ('days', models.PositiveSmallIntegerField()),
                ('state', models.CharField(max_length=12)),
                ('requested_by', models.UUIDField(null=True)),
                ('requested_at', models.DateTimeField()),
                ('lapses_at', models.DateTimeField()),
                ('decided_by', models.UUIDField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('valid_until', models.DateTimeField(null=True)),
                ('revoked_by', models.UUIDField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, default='', max_length=20)),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.subject')),
            ],
        ),
        migrations.CreateModel(
            name='OfficerGrantAct',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('act', models.CharField(max_length=12)),
                ('by_subject_id', models.UUIDField(null=True)),
                ('reason', models.CharField(blank=True, default='', max_length=20)),
                ('at', models.DateTimeField()),
                ('grant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='people.officergrant')),
            ],
        ),
        migrations.AddIndex(
            model_name='officergrant',
            index=models.Index(fields=['holder', 'state'], name='people_grant_of_a_person'),
        ),
        migrations.AddIndex(
            model_name='officergrant',
            index=models.Index(fields=['agency_id', 'id'], name='people_grant_of_an_agency'),
        ),
        migrations.AddConstraint(
            model_name='officergrant',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['requested', 'granted', 'refused', 'lapsed', 'revoked', 'ended'])), name='people_grant_state'),
        ),
        migrations.AddConstraint(
            model_name='officergrant',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['grantor', 'officer', 'operator'])), name='people_grant_role'),
        ),
        migrations.AddConstraint(
            model_name='officergrant',
            constraint=models.CheckConstraint(condition=models.Q(('unit_id', ''), ('role', 'officer'), _connector='OR'), name='people_grant_only_officers_in_units'),
        ),
        migrations.AddConstraint(
            model_name='officergrant',
            constraint=models.CheckConstraint(condition=models.Q(('days__range', (1, 366))), name='people_grant_days'),
        ),
        migrations.AddConstraint(
            model_name='officergrant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('requested_by', models.F('holder')), _negated=True), models.Q(('decided_by', models.F('holder')), _negated=True), models.Q(('decided_by', models.F('requested_by')), _negated=True)), name='people_grant_four_eyes'),
        ),
        migrations.AddConstraint(
            model_name='officergrant',
            constraint=models.CheckConstraint(condition=models.Q(('requested_by__isnull', False), models.Q(('decided_by__isnull', True), ('role', 'grantor'), ('state__in', ['granted', 'revoked', 'ended'])), _connector='OR'), name='people_grant_unapproved_is_a_first_grantor'),
        ),
        migrations.AddConstraint(
            model_name='officergrant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state__in', ['requested', 'lapsed'])), models.Q(('decided_at__isnull', False), ('requested_by__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='people_grant_decided_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='officergrant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['requested', 'lapsed', 'refused']), ('valid_until__isnull', True)), models.Q(('state__in', ['granted', 'revoked', 'ended']), ('valid_until__gt', models.F('decided_at'))), _connector='OR'), name='people_grant_holds_for_a_while'),
        ),
        migrations.AddConstraint(
            model_name='officergrant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('state', 'revoked'), _negated=True), ('revoked_by__isnull', True)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False), ('state', 'revoked'), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='people_grant_revoked_says_by_whom_and_why'),
        ),
        migrations.AddConstraint(
            model_name='officergrant',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['requested', 'granted'])), fields=('holder', 'role', 'agency_id', 'unit_id'), name='people_grant_one_alive'),
        ),
        migrations.AddIndex(
            model_name='officergrantact',
            index=models.Index(fields=['grant', 'id'], name='people_grantact_of_a_grant'),
        ),
        Grant("people_officergrant", application=("SELECT", "INSERT", "UPDATE")),
        Grant("people_officergrantact", application=("SELECT", "INSERT")),
    ]
