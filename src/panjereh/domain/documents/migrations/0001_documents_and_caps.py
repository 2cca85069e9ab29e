"""Documents, and the caps on checking them."""

from django.db import migrations, models

from panjereh.plumbing.grants import Grant


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='CheckCap',
            fields=[
                ('address_index', models.BinaryField(primary_key=True, serialize=False)),
                ('window_at', models.DateTimeField()),
                ('tries', models.PositiveIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['window_at'], name='documents_check_cap_by_window')],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('case_id', models.UUIDField()),
                ('subject_id', models.UUIDField()),
                ('service_id', models.CharField(max_length=80)),
                ('pack_version', models.PositiveIntegerField()),
                ('template', models.CharField(max_length=80)),
                ('issuer_id', models.CharField(max_length=40)),
                ('title_fa', models.CharField(max_length=200)),
                ('title_en', models.CharField(max_length=200)),
                ('state', models.CharField(choices=[('requested', 'requested'), ('issued', 'issued'), ('revoked', 'revoked'), ('failed', 'failed')], max_length=12)),
                ('sealed_data', models.BinaryField()),
                ('valid_until', models.DateField(null=True)),
                ('requested_at', models.DateTimeField()),
                ('serial', models.CharField(max_length=20, null=True, unique=True)),
                ('check_code_index', models.BinaryField(null=True)),
                ('sealed_pdf', models.BinaryField(null=True)),
                ('pdf_sha256', models.BinaryField(null=True, unique=True)),
                ('issued_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('failure', models.CharField(blank=True, default='', max_length=60)),
            ],
            options={
                'indexes': [models.Index(fields=['subject_id', '-id'], name='documents_document_of_person')],
                'constraints': [models.UniqueConstraint(fields=('case_id', 'template'), name='documents_document_one_per_case_and_template'), models.CheckConstraint(condition=models.Q(('state__in', ['requested', 'issued', 'revoked', 'failed'])), name='documents_document_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['issued', 'revoked']), ('check_code_index__isnull', False), ('issued_at__isnull', False), ('pdf_sha256__isnull', False), ('sealed_pdf__isnull', False), ('serial__isnull', False)), models.Q(models.Q(('state__in', ['issued', 'revoked']), _negated=True), ('check_code_index__isnull', True), ('issued_at__isnull', True), ('pdf_sha256__isnull', True), ('sealed_pdf__isnull', True), ('serial__isnull', True)), _connector='OR'), name='documents_document_signed_iff_numbered_and_filed'), models.CheckConstraint(condition=models.Q(models.Q(('revoked_at__isnull', False), ('state', 'revoked')), models.Q(models.Q(('state', 'revoked'), _negated=True), ('revoked_at__isnull', True)), _connector='OR'), name='documents_document_revoked_at_iff_revoked'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), models.Q(('failure', ''), _negated=True)), models.Q(models.Q(('state', 'failed'), _negated=True), ('failure', '')), _connector='OR'), name='documents_document_failure_iff_failed')],
            },
        ),
        # A document is never deleted; what erasing a person's key leaves is its number and fingerprint.
        Grant("documents_document", application=("SELECT", "INSERT", "UPDATE"), reader=("SELECT",)),
        Grant("documents_checkcap", application=("SELECT", "INSERT", "UPDATE", "DELETE")),
    ]
