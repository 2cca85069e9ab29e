"""Why a document was revoked. No document could be revoked before, so no row needs a reason made up for it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0001_documents_and_caps'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='revocation_reason',
            field=models.CharField(blank=True, choices=[('issued-in-error', 'issued-in-error'), ('facts-changed', 'facts-changed'), ('replaced', 'replaced'), ('holder-asked', 'holder-asked'), ('court-order', 'court-order')], db_default='', default='', max_length=20),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revocation_reason__in', ['issued-in-error', 'facts-changed', 'replaced', 'holder-asked', 'court-order']), ('state', 'revoked')), models.Q(models.Q(('state', 'revoked'), _negated=True), ('revocation_reason', '')), _connector='OR'), name='documents_document_revocation_reason_iff_revoked'),
        ),
    ]
