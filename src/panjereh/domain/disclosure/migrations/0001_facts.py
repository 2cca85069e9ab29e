"""Facts asked of registers for cases."""

from django.db import migrations, models

from panjereh.plumbing.grants import Grant


class Migration(migrations.Migration):

    initial = True

    dependencies = [("plumbing", "0001_keys_and_outbox")]

    operations = [
        migrations.CreateModel(
            name='Fact',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('case_id', models.UUIDField()),
                ('subject_id', models.UUIDField()),
                ('evidence', models.CharField(max_length=40)),
                ('data_set', models.CharField(max_length=60)),
                ('purpose', models.CharField(max_length=60)),
                ('legal_basis', models.CharField(max_length=80)),
                ('case_reference', models.CharField(max_length=40)),
                ('state', models.CharField(choices=[('asked', 'asked'), ('answered', 'answered'), ('denied', 'denied'), ('discarded', 'discarded')], max_length=12)),
                ('sealed_request', models.BinaryField()),
                ('sealed_answer', models.BinaryField(null=True)),
                ('receipt_id', models.UUIDField(null=True)),
                ('asked_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'asked')), fields=['asked_at'], name='disclosure_fact_waiting')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'discarded'), _negated=True), fields=('case_id', 'evidence'), name='disclosure_fact_one_live_per_evidence'), models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'answered', 'denied', 'discarded'])), name='disclosure_fact_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('receipt_id__isnull', False), ('sealed_answer__isnull', False), ('state', 'answered')), models.Q(('state', 'answered'), _negated=True), _connector='OR'), name='disclosure_fact_answer_iff_answered')],
            },
        ),
        Grant("disclosure_fact", application=("SELECT", "INSERT", "UPDATE")),
    ]
