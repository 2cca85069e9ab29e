"""The signed receipts of checks. A row is never deleted: by it a receipt is recognised for ever."""

from django.db import migrations, models

from panjereh.plumbing.grants import Grant


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0002_reason_of_a_revocation'),
    ]

    operations = [
        migrations.CreateModel(
            name='CheckReceipt',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('reference_index', models.BinaryField(unique=True)),
                ('statement', models.TextField()),
                ('requested_at', models.DateTimeField()),
                ('serial', models.CharField(max_length=20, null=True, unique=True)),
                ('check_code_index', models.BinaryField(null=True)),
                ('pdf_sha256', models.BinaryField(null=True, unique=True)),
                ('pdf', models.BinaryField(null=True)),
                ('issued_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('pdf__isnull', False)), fields=['issued_at'], name='documents_receipt_with_file')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('check_code_index__isnull', False), ('issued_at__isnull', False), ('pdf_sha256__isnull', False), ('serial__isnull', False)), models.Q(('check_code_index__isnull', True), ('issued_at__isnull', True), ('pdf__isnull', True), ('pdf_sha256__isnull', True), ('serial__isnull', True)), _connector='OR'), name='documents_receipt_numbered_iff_issued')],
            },
        ),
        Grant("documents_checkreceipt", application=("SELECT", "INSERT", "UPDATE"), reader=("SELECT",)),
    ]
