"""The index key of a number may change, so the application may change the index of an allotted subject."""

from django.db import migrations

from panjereh.plumbing.grants import Grant


class Migration(migrations.Migration):
    dependencies = [("people", "0001_subjects_and_sign_in")]
    operations = [Grant("people_allottedsubject", application=("SELECT", "INSERT", "UPDATE"))]
