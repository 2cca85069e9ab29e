"""Reports that an office did not accept a valid document. A report is never changed or deleted."""

from django.db import migrations, models

from panjereh.plumbing.grants import Grant


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0003_receipts_of_checks'),
    ]

    operations = [
        migrations.CreateModel(
            name='RefusalReport',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('tracking_code', models.CharField(max_length=20, unique=True)),
                ('document_id', models.UUIDField()),
                ('subject_id', models.UUIDField()),
                ('agency_id', models.CharField(max_length=40)),
                ('reason', models.CharField(choices=[('wants-paper', 'wants-paper'), ('wants-copy', 'wants-copy'), ('cannot-check', 'cannot-check'), ('not-known', 'not-known'), ('no-reason', 'no-reason'), ('other', 'other')], max_length=20)),
                ('sealed_office', models.BinaryField()),
                ('sealed_words', models.BinaryField()),
                ('reported_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['document_id', '-id'], name='documents_refusal_report_of')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason__in', ['wants-paper', 'wants-copy', 'cannot-check', 'not-known', 'no-reason', 'other'])), name='documents_refusal_report_reason_known')],
            },
        ),
        Grant("documents_refusalreport", application=("SELECT", "INSERT"), reader=("SELECT",)),
    ]
