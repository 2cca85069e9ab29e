"""Erasing a person deletes the rows by which the person is found."""

from django.db import migrations

from panjereh.plumbing.grants import Grant


class Migration(migrations.Migration):
    dependencies = [("people", "0003_officers_and_their_grants")]
    operations = [
        Grant("people_subject", application=("SELECT", "INSERT", "UPDATE", "DELETE")),
        Grant("people_account", application=("SELECT", "INSERT", "UPDATE", "DELETE")),
        Grant("people_allottedsubject", application=("SELECT", "INSERT", "UPDATE", "DELETE")),
    ]
