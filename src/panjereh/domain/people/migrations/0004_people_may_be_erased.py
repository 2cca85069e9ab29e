"""Erasing a person deletes the rows by which the person is found."""

from django.db import migrations

from panjereh.plumbing.grants import Grant, Right

ALL: tuple[Right, ...] = ("SELECT", "INSERT", "UPDATE", "DELETE")


class Migration(migrations.Migration):
    dependencies = [("people", "0003_officers_and_their_grants")]
    operations = [
        Grant("people_subject", application=ALL),
        Grant("people_account", application=ALL),
        Grant("people_allottedsubject", application=ALL),
    ]
