"""Files that people hand in: sealed rows, and a trigger that holds the order of their states."""

from django.db import migrations, models

from panjereh.plumbing.grants import Grant

TRIGGER = """
CREATE FUNCTION plumbing_refuse_blob_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.id <> OLD.id OR NEW.subject_id <> OLD.subject_id OR NEW.kind <> OLD.kind
     OR (NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
       ('quarantined', 'released'), ('quarantined', 'refused'), ('quarantined', 'erased'),
       ('released', 'erased'), ('refused', 'erased')))
     OR (NEW.state = OLD.state AND OLD.sealed_content IS DISTINCT FROM NEW.sealed_content) THEN
    RAISE EXCEPTION 'a file does not go from % to %', OLD.state, NEW.state
      USING ERRCODE = 'check_violation', CONSTRAINT = 'plumbing_blob_step';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER plumbing_blob_step BEFORE UPDATE ON plumbing_blob
  FOR EACH ROW EXECUTE FUNCTION plumbing_refuse_blob_step();
CREATE FUNCTION plumbing_refuse_blob_start() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'quarantined' THEN
    RAISE EXCEPTION 'a file begins in quarantine'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'plumbing_blob_step';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER plumbing_blob_start BEFORE INSERT ON plumbing_blob
  FOR EACH ROW EXECUTE FUNCTION plumbing_refuse_blob_start();
"""
UNDO = """
DROP TRIGGER plumbing_blob_step ON plumbing_blob;
DROP TRIGGER plumbing_blob_start ON plumbing_blob;
DROP FUNCTION plumbing_refuse_blob_step();
DROP FUNCTION plumbing_refuse_blob_start();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('plumbing', '0004_rate_counts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Blob',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('subject_id', models.UUIDField()),
                ('state', models.CharField(max_length=12)),
                ('kind', models.CharField(max_length=8)),
                ('size', models.PositiveIntegerField()),
                ('fingerprint_index', models.BinaryField(null=True)),
                ('sealed_content', models.BinaryField(null=True)),
                ('reason', models.CharField(default='', max_length=20)),
                ('received_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['subject_id'], name='plumbing_blob_of_subject')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['quarantined', 'released', 'refused', 'erased'])), name='plumbing_blob_state_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['pdf', 'jpeg', 'png'])), name='plumbing_blob_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('fingerprint_index__isnull', False), ('sealed_content__isnull', False), ('size__gt', 0), ('state__in', ['quarantined', 'released'])), models.Q(('fingerprint_index__isnull', True), ('sealed_content__isnull', True), ('size', 0), ('state__in', ['refused', 'erased'])), _connector='OR'), name='plumbing_blob_content_iff_kept'), models.CheckConstraint(condition=models.Q(models.Q(('reason__gt', ''), ('state', 'refused')), models.Q(models.Q(('state', 'refused'), _negated=True), ('reason', '')), _connector='OR'), name='plumbing_blob_reason_iff_refused'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('state', 'quarantined')), models.Q(models.Q(('state', 'quarantined'), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='plumbing_blob_settled_iff_left_quarantine')],
            },
        ),
        migrations.RunSQL(TRIGGER, UNDO),
        Grant("plumbing_blob", application=("SELECT", "INSERT", "UPDATE")),
    ]
