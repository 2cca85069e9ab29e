"""Rows of the room. Every table here is insert-only for the programs: the grants stand in the migrations."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from panjereh.domain.audit.fields import CurrentTransaction, TransactionId
from panjereh.domain.audit.rules.canonical import SALT_BYTES

CODE = r"^[a-z][a-z-]*$"
EVENT_NAME = r"^[a-z][a-z_-]*(\.[a-z][a-z_-]*)+$"


class Leaf(models.Model):
    """One thing that happened: ids and short codes, never personal data.

    Written unchained inside the transaction of the change it tells of; its place in the log comes later.
    """

    id = models.UUIDField(primary_key=True)
    event = models.CharField(max_length=120)
    role = models.CharField(max_length=16)
    channel = models.CharField(max_length=16)
    subject_id = models.UUIDField(null=True)
    account_id = models.UUIDField(null=True)
    subject = models.CharField(max_length=200)
    facts = models.JSONField()
    at = models.DateTimeField()
    salt = models.BinaryField()
    transaction_id = TransactionId(db_default=CurrentTransaction(), editable=False)

    class Meta:
        indexes = [
            models.Index(name="audit_leaf_in_commit_order", fields=["transaction_id", "id"]),
            models.Index(name="audit_leaf_by_whom", fields=["subject_id"]),
            models.Index(name="audit_leaf_about_what", fields=["subject"]),
            models.Index(
                name="audit_leaf_of_an_officer", fields=["account_id", "id"], condition=Q(channel="desk")
            ),
        ]
        constraints = [
            models.CheckConstraint(name="audit_leaf_event_is_a_name", condition=Q(event__regex=EVENT_NAME)),
            models.CheckConstraint(
                name="audit_leaf_actor_in_codes", condition=Q(role__regex=CODE, channel__regex=CODE)
            ),
            models.CheckConstraint(name="audit_leaf_has_a_salt", condition=Exact(Length("salt"), SALT_BYTES)),
        ]


class Sequenced(models.Model):
    """The place of a leaf in the log. The order here is the order; the log in the folder follows it."""

    index = models.BigIntegerField(primary_key=True)
    leaf = models.OneToOneField(Leaf, on_delete=models.PROTECT)

    class Meta:
        db_table = "audit_sequenced"
        constraints = [models.CheckConstraint(name="audit_sequenced_from_nought", condition=Q(index__gte=0))]


class AccessTrace(models.Model):
    """Somebody read a person's data: written before it is shown, on a connection that can only insert."""

    id = models.UUIDField(primary_key=True)
    subject_id = models.UUIDField()
    role = models.CharField(max_length=16)
    channel = models.CharField(max_length=16)
    actor_subject_id = models.UUIDField(null=True)
    actor_account_id = models.UUIDField(null=True)
    # Of an officer; empty for everybody else.
    agency_id = models.CharField(max_length=40, default="", blank=True)
    unit_id = models.CharField(max_length=80, default="", blank=True)
    purpose = models.CharField(max_length=80)
    what = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(name="audit_accesstrace_of_a_person", fields=["subject_id", "id"]),
            # How many people an officer read of late: a limit is held against it.
            models.Index(
                name="audit_accesstrace_at_the_desk",
                fields=["actor_account_id", "at"],
                condition=Q(channel="desk"),
            ),
            # When a program last read, for the person who allowed it.
            models.Index(
                name="audit_accesstrace_by_program",
                fields=["subject_id", "purpose", "-at"],
                condition=Q(channel="api"),
            ),
        ]
        constraints = [
            models.CheckConstraint(name="audit_accesstrace_has_a_purpose", condition=~Q(purpose="")),
            models.CheckConstraint(name="audit_accesstrace_says_what", condition=~Q(what="")),
        ]
