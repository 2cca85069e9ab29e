"""Receipts of questions to other agencies: inserted and read, never changed by anyone."""

from django.db import migrations, models

from panjereh.plumbing.grants import Grant


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('subject_id', models.UUIDField()),
                ('data_set', models.CharField(max_length=60)),
                ('holder', models.CharField(max_length=40)),
                ('purpose', models.CharField(max_length=60)),
                ('legal_basis', models.CharField(max_length=80)),
                ('contract', models.CharField(max_length=128)),
                ('case_reference', models.CharField(max_length=40)),
                ('message_id', models.UUIDField()),
                ('asked_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(max_length=6)),
                ('fault', models.CharField(blank=True, default='', max_length=60)),
                ('question_index', models.BinaryField(max_length=32)),
                ('answer_index', models.BinaryField(blank=True, default=b'', max_length=32)),
                ('sealed_receipt', models.BinaryField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['subject_id', '-asked_at'], name='exchange_receipt_of_subject')],
                'constraints': [models.UniqueConstraint(fields=('message_id', 'outcome', 'answer_index'), name='exchange_receipt_once_per_answer'), models.CheckConstraint(condition=models.Q(('outcome__in', ['given', 'absent', 'denied', 'failed'])), name='exchange_receipt_outcome_known'), models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ['given', 'absent']), _negated=True), ('sealed_receipt__isnull', False), _connector='OR'), name='exchange_receipt_answer_is_proven'), models.CheckConstraint(condition=models.Q(models.Q(('fault', ''), ('outcome__in', ['given', 'absent'])), models.Q(models.Q(('outcome__in', ['given', 'absent']), _negated=True), models.Q(('fault', ''), _negated=True)), _connector='OR'), name='exchange_receipt_fault_iff_no_answer'), models.CheckConstraint(condition=models.Q(models.Q(('answer_index', b''), ('answered_at__isnull', True), ('sealed_receipt__isnull', True)), models.Q(('answered_at__isnull', False), ('sealed_receipt__isnull', False), models.Q(('answer_index', b''), _negated=True)), _connector='OR'), name='exchange_receipt_proof_whole')],
            },
        ),
        Grant("exchange_receipt", application=("SELECT", "INSERT"), reader=("SELECT",)),
    ]
