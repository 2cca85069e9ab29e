"""Leaves, their order in the log, and traces of access. Nobody the programs run under may change a row."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import panjereh.domain.audit.fields
from django.db import migrations, models

from panjereh.plumbing.grants import Grant


class Migration(migrations.Migration):

    initial = True

    dependencies = [("plumbing", "0001_keys_and_outbox")]

    operations = [
        migrations.CreateModel(
            name='AccessTrace',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('subject_id', models.UUIDField()),
                ('role', models.CharField(max_length=16)),
                ('channel', models.CharField(max_length=16)),
                ('actor_subject_id', models.UUIDField(null=True)),
                ('actor_account_id', models.UUIDField(null=True)),
                ('purpose', models.CharField(max_length=80)),
                ('what', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['subject_id', 'id'], name='audit_accesstrace_of_a_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('purpose', ''), _negated=True), name='audit_accesstrace_has_a_purpose'), models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='audit_accesstrace_says_what')],
            },
        ),
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('event', models.CharField(max_length=120)),
                ('role', models.CharField(max_length=16)),
                ('channel', models.CharField(max_length=16)),
                ('subject_id', models.UUIDField(null=True)),
                ('account_id', models.UUIDField(null=True)),
                ('subject', models.CharField(max_length=200)),
                ('facts', models.JSONField()),
                ('at', models.DateTimeField()),
                ('salt', models.BinaryField()),
                ('transaction_id', panjereh.domain.audit.fields.TransactionId(db_default=panjereh.domain.audit.fields.CurrentTransaction(), editable=False)),
            ],
            options={
                'indexes': [models.Index(fields=['transaction_id', 'id'], name='audit_leaf_in_commit_order')],
                'constraints': [models.CheckConstraint(condition=models.Q(('event__regex', '^[a-z][a-z_-]*(\\.[a-z][a-z_-]*)+$')), name='audit_leaf_event_is_a_name'), models.CheckConstraint(condition=models.Q(('channel__regex', '^[a-z][a-z-]*$'), ('role__regex', '^[a-z][a-z-]*$')), name='audit_leaf_actor_in_codes'), models.CheckConstraint(condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length('salt'), 16), name='audit_leaf_has_a_salt')],
            },
        ),
        migrations.CreateModel(
            name='Sequenced',
            fields=[
                ('index', models.BigIntegerField(primary_key=True, serialize=False)),
                ('leaf', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='audit.leaf')),
            ],
            options={
                'db_table': 'audit_sequenced',
                'constraints': [models.CheckConstraint(condition=models.Q(('index__gte', 0)), name='audit_sequenced_from_nought')],
            },
        ),
        Grant("audit_leaf", application=("SELECT", "INSERT"), reader=("SELECT",)),
        Grant("audit_sequenced", application=("SELECT", "INSERT"), reader=("SELECT",)),
        Grant("audit_accesstrace", application=("SELECT",), trace=("INSERT",)),
    ]
