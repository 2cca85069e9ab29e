"""Wrapping keys that were taken out of use, and the trigger that keeps them out."""

from django.db import migrations, models

from panjereh.plumbing.grants import Grant

TRIGGER = """
CREATE FUNCTION plumbing_refuse_retired_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.wrapped_key IS NOT NULL
     AND EXISTS (SELECT 1 FROM plumbing_retiredkey WHERE key_id = NEW.wrapping_key_id) THEN
    RAISE EXCEPTION 'wrapping key % is retired', NEW.wrapping_key_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'plumbing_subject_key_not_retired';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER plumbing_subject_key_not_retired
  BEFORE INSERT OR UPDATE OF wrapped_key, wrapping_key_id ON plumbing_subjectkey
  FOR EACH ROW EXECUTE FUNCTION plumbing_refuse_retired_key();
"""
UNDO = """
DROP TRIGGER plumbing_subject_key_not_retired ON plumbing_subjectkey;
DROP FUNCTION plumbing_refuse_retired_key();
"""


class Migration(migrations.Migration):
    dependencies = [("plumbing", "0002_persian_order")]
    operations = [
        migrations.CreateModel(
            name="RetiredKey",
            fields=[
                ("key_id", models.CharField(max_length=16, primary_key=True, serialize=False)),
                ("retired_at", models.DateTimeField()),
            ],
        ),
        migrations.AddIndex(
            model_name="subjectkey",
            index=models.Index(
                name="plumbing_subject_key_wrapped",
                fields=["wrapping_key_id", "owner_id"],
                condition=models.Q(wrapped_key__isnull=False),
            ),
        ),
        migrations.RunSQL(TRIGGER, UNDO),
        Grant("plumbing_retiredkey", application=("SELECT", "INSERT")),
    ]
