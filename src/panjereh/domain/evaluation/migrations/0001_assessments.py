"""Question lists filled in by two who do not see each other, settled by a third, with what a program saw."""

import django.db.models.deletion
from django.db import migrations, models

from panjereh.plumbing.grants import Grant


# The assessors beside a settlement are those of its assessment: a check on the row then keeps them out of it,
# and whoever settled out of the seats, which may pass to others.
_THEIR_ASSESSORS = """
ALTER TABLE evaluation_reconciled ADD CONSTRAINT evaluation_reconciled_of_its_assessors
    FOREIGN KEY (assessment_id, assessor_a, assessor_b)
    REFERENCES evaluation_assessment (id, assessor_a, assessor_b) ON UPDATE CASCADE
"""

class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('seat', models.CharField(max_length=1)),
                ('code', models.CharField(max_length=8)),
                ('reply', models.CharField(max_length=16)),
                ('evidence', models.CharField(blank=True, max_length=500)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('by', models.UUIDField()),
                ('answered_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('question_set', models.CharField(max_length=12)),
                ('iso3', models.CharField(max_length=3)),
                ('city', models.CharField(blank=True, max_length=60)),
                ('addresses', models.JSONField()),
                ('tolerance', models.DecimalField(decimal_places=2, max_digits=3)),
                ('assessor_a', models.UUIDField()),
                ('assessor_b', models.UUIDField()),
                ('state', models.CharField(max_length=12)),
                ('opened_by', models.UUIDField()),
                ('opened_at', models.DateTimeField()),
                ('closed_by', models.UUIDField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('seat', models.CharField(max_length=1)),
                ('left_by', models.UUIDField()),
                ('taken_by', models.UUIDField()),
                ('reason', models.CharField(max_length=500)),
                ('by', models.UUIDField()),
                ('handed_over_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='MachineFinding',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('look_id', models.UUIDField()),
                ('code', models.CharField(max_length=8)),
                ('address', models.CharField(max_length=500)),
                ('found', models.CharField(max_length=8)),
                ('seen', models.CharField(max_length=24)),
                ('seen_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Reconciled',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('assessor_a', models.UUIDField()),
                ('assessor_b', models.UUIDField()),
                ('code', models.CharField(max_length=8)),
                ('reply', models.CharField(max_length=16)),
                ('reason', models.CharField(max_length=500)),
                ('by', models.UUIDField()),
                ('reconciled_at', models.DateTimeField()),
            ],
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('assessor_a', models.F('assessor_b')), _negated=True), name='evaluation_assessment_two_assessors'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'reconciled', 'closed'])), name='evaluation_assessment_state_known'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at__isnull', True), ('closed_by__isnull', True)), _connector='OR'), name='evaluation_assessment_closed_iff_over'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('tolerance__range', (0, 1))), name='evaluation_assessment_tolerance_is_a_share'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('question_set__startswith', 'losi-'), models.Q(('city', ''), _negated=True)), models.Q(models.Q(('question_set__startswith', 'losi-'), _negated=True), ('city', '')), _connector='OR'), name='evaluation_assessment_of_a_city_iff_local'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.UniqueConstraint(fields=('id', 'assessor_a', 'assessor_b'), name='evaluation_assessment_its_assessors'),
        ),
        migrations.AddField(
            model_name='answer',
            name='assessment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='evaluation.assessment'),
        ),
        migrations.AddField(
            model_name='handover',
            name='assessment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='evaluation.assessment'),
        ),
        migrations.AddField(
            model_name='machinefinding',
            name='assessment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='evaluation.assessment'),
        ),
        migrations.AddField(
            model_name='reconciled',
            name='assessment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='evaluation.assessment'),
        ),
        migrations.AddIndex(
            model_name='answer',
            index=models.Index(fields=['assessment', 'seat', 'code', '-id'], name='evaluation_answer_newest'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('seat__in', ['A', 'B'])), name='evaluation_answer_seat_known'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('reply__in', ['yes', 'no', 'not-applicable'])), name='evaluation_answer_reply_known'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reply', 'yes'), _negated=True), models.Q(('evidence', ''), _negated=True), _connector='OR'), name='evaluation_answer_yes_is_seen'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('seat__in', ['A', 'B'])), name='evaluation_handover_seat_known'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('taken_by', models.F('left_by')), _negated=True), name='evaluation_handover_to_another'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='evaluation_handover_says_why'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.UniqueConstraint(fields=('assessment', 'taken_by'), name='evaluation_handover_taken_once'),
        ),
        migrations.AddConstraint(
            model_name='machinefinding',
            constraint=models.UniqueConstraint(fields=('look_id', 'code', 'address'), name='evaluation_machinefinding_once'),
        ),
        migrations.AddConstraint(
            model_name='machinefinding',
            constraint=models.CheckConstraint(condition=models.Q(('found__in', ['yes', 'no', 'unknown'])), name='evaluation_machinefinding_found_known'),
        ),
        migrations.AddConstraint(
            model_name='reconciled',
            constraint=models.UniqueConstraint(fields=('assessment', 'code'), name='evaluation_reconciled_once'),
        ),
        migrations.AddConstraint(
            model_name='reconciled',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by', models.F('assessor_a')), _negated=True), models.Q(('by', models.F('assessor_b')), _negated=True)), name='evaluation_reconciled_third_eyes'),
        ),
        migrations.AddConstraint(
            model_name='reconciled',
            constraint=models.CheckConstraint(condition=models.Q(('reply__in', ['yes', 'no', 'not-applicable'])), name='evaluation_reconciled_reply_known'),
        ),
        migrations.AddConstraint(
            model_name='reconciled',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='evaluation_reconciled_says_why'),
        ),
        migrations.RunSQL(_THEIR_ASSESSORS, migrations.RunSQL.noop),
        Grant("evaluation_assessment", application=("SELECT", "INSERT", "UPDATE"), reader=("SELECT",)),
        Grant("evaluation_answer", application=("SELECT", "INSERT"), reader=("SELECT",)),
        Grant("evaluation_handover", application=("SELECT", "INSERT"), reader=("SELECT",)),
        Grant("evaluation_reconciled", application=("SELECT", "INSERT"), reader=("SELECT",)),
        Grant("evaluation_machinefinding", application=("SELECT", "INSERT"), reader=("SELECT",)),
    ]
