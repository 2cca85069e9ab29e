"""Subjects, accounts, and what proves them at sign-in."""

import django.db.models.deletion
from django.db import migrations, models

from panjereh.plumbing.grants import Grant


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AllottedSubject',
            fields=[
                ('national_number_index', models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ('subject_id', models.UUIDField(unique=True)),
                ('allotted_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='AttemptCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=12)),
                ('scope', models.CharField(max_length=8)),
                ('key', models.BinaryField(max_length=32)),
                ('window_at', models.DateTimeField()),
                ('count', models.PositiveIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['window_at'], name='people_attempts_window')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'scope', 'key', 'window_at'), name='people_attempts_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['wrong_code', 'send', 'check'])), name='people_attempts_kind'), models.CheckConstraint(condition=models.Q(('scope__in', ['account', 'mobile', 'address'])), name='people_attempts_scope')],
            },
        ),
        migrations.CreateModel(
            name='SignInChallenge',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('login_challenge', models.TextField(unique=True)),
                ('browser_index', models.BinaryField(max_length=32)),
                ('state', models.CharField(max_length=12)),
                ('path', models.CharField(max_length=12)),
                ('national_number_index', models.BinaryField(max_length=32, null=True)),
                ('sealed_national_number', models.BinaryField(null=True)),
                ('sealed_birth_date', models.BinaryField(null=True)),
                ('sealed_mobile', models.BinaryField(null=True)),
                ('sealed_findings', models.BinaryField(null=True)),
                ('subject_id', models.UUIDField(null=True)),
                ('account_id', models.UUIDField(null=True)),
                ('person_check_id', models.UUIDField(null=True)),
                ('mobile_check_id', models.UUIDField(null=True)),
                ('awaited_register', models.CharField(blank=True, default='', max_length=40)),
                ('refusal', models.CharField(blank=True, default='', max_length=40)),
                ('refused_until', models.DateTimeField(null=True)),
                ('begun_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('finished_at__isnull', True)), fields=['expires_at'], name='people_challenge_running')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'checking', 'code_sent', 'accepted', 'refused', 'expired'])), name='people_challenge_state'), models.CheckConstraint(condition=models.Q(('path__in', ['account', 'identity'])), name='people_challenge_path'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('state__in', ["accepted", "expired", "refused"])), models.Q(models.Q(('state__in', ["accepted", "expired", "refused"]), _negated=True), ('finished_at__isnull', True)), _connector='OR'), name='people_challenge_finished_iff_ended'), models.CheckConstraint(condition=models.Q(models.Q(('state', "accepted"), _negated=True), models.Q(('account_id__isnull', False), ('subject_id__isnull', False)), _connector='OR'), name='people_challenge_accepted_has_account'), models.CheckConstraint(condition=models.Q(('finished_at__isnull', True), models.Q(('sealed_birth_date__isnull', True), ('sealed_findings__isnull', True), ('sealed_mobile__isnull', True), ('sealed_national_number__isnull', True)), _connector='OR'), name='people_challenge_ended_keeps_nothing_typed')],
            },
        ),
        migrations.CreateModel(
            name='Subject',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('sealed_given_name', models.BinaryField()),
                ('sealed_family_name', models.BinaryField()),
                ('sealed_father_name', models.BinaryField()),
                ('sealed_birth_date', models.BinaryField()),
                ('sealed_national_number', models.BinaryField()),
                ('national_number_index', models.BinaryField(max_length=32)),
                ('life', models.CharField(choices=[('alive', 'Alive'), ('dead', 'Dead')], max_length=8)),
                ('source', models.CharField(max_length=40)),
                ('source_as_of', models.DateTimeField()),
                ('source_receipt_id', models.UUIDField()),
                ('confirmed_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('national_number_index',), name='people_subject_number_once'), models.CheckConstraint(condition=models.Q(('life__in', ['alive', 'dead'])), name='people_subject_life')],
            },
        ),
        migrations.CreateModel(
            name='OneTimeCode',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('code_hash', models.BinaryField(max_length=32)),
                ('is_decoy', models.BooleanField()),
                ('mobile_index', models.BinaryField(max_length=32, null=True)),
                ('sealed_mobile', models.BinaryField(null=True)),
                ('sealed_code', models.BinaryField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('taken_at', models.DateTimeField(null=True)),
                ('used_at', models.DateTimeField(null=True)),
                ('voided_at', models.DateTimeField(null=True)),
                ('challenge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.signinchallenge')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('challenge', 'ordinal'), name='people_code_ordinal_once'), models.UniqueConstraint(condition=models.Q(('used_at__isnull', True), ('voided_at__isnull', True)), fields=('challenge',), name='people_code_one_alive'), models.CheckConstraint(condition=models.Q(('taken_at__isnull', True), models.Q(('sealed_code__isnull', True), ('sealed_mobile__isnull', True)), _connector='OR'), name='people_code_taken_is_erased'), models.CheckConstraint(condition=models.Q(('is_decoy', False), ('used_at__isnull', True), _connector='OR'), name='people_code_decoy_never_used')],
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('sealed_mobile', models.BinaryField()),
                ('mobile_index', models.BinaryField(max_length=32)),
                ('mobile_source', models.CharField(max_length=40)),
                ('mobile_as_of', models.DateTimeField()),
                ('mobile_receipt_id', models.UUIDField()),
                ('state', models.CharField(choices=[('active', 'Active'), ('locked', 'Locked')], max_length=8)),
                ('ial', models.PositiveSmallIntegerField()),
                ('opened_at', models.DateTimeField()),
                ('proven_at', models.DateTimeField()),
                ('subject', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='people.subject')),
            ],
            options={
                'indexes': [models.Index(fields=['mobile_index'], name='people_account_mobile')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['active', 'locked'])), name='people_account_state'), models.CheckConstraint(condition=models.Q(('proven_at__gte', models.F('opened_at'))), name='people_account_proven_after_opened')],
            },
        ),
        Grant("people_subject", application=("SELECT", "INSERT", "UPDATE")),
        Grant("people_account", application=("SELECT", "INSERT", "UPDATE")),
        Grant("people_signinchallenge", application=("SELECT", "INSERT", "UPDATE")),
        Grant("people_onetimecode", application=("SELECT", "INSERT", "UPDATE")),
        Grant("people_allottedsubject", application=("SELECT", "INSERT")),
        Grant("people_attemptcounter", application=("SELECT", "INSERT", "UPDATE", "DELETE")),
    ]
