"""Erasing a person deletes the rows by which the person is found."""

from django.db import migrations

from panjereh.plumbing.grants import Grant, Right

ALL: tuple[Right, ...] = ("SELECT", "INSERT", "UPDATE", "DELETE")


class Migration(migrations.Migration):
    dependencies = [("people", "0002_indexes_may_be_renewed")]
    operations = [
        Grant("people_subject", application=ALL),
        Grant("people_account", application=ALL),
        Grant("people_allottedsubject", application=ALL),
    ]
