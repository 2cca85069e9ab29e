"""Rows of the plumbing: keys that open sealed fields, and events on their way."""

from django.db import models


class SubjectKey(models.Model):
    """The key of one owner's sealed fields, wrapped by a key that is not in the database.

    Erasing the row's `wrapped_key` erases everything sealed under it, backups included.
    """

    owner_id = models.UUIDField(primary_key=True)
    wrapped_key = models.BinaryField(null=True)
    wrapping_key_id = models.CharField(max_length=16)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="plumbing_subject_key_erased_iff_no_key",
                condition=models.Q(wrapped_key__isnull=True, erased_at__isnull=False)
                | models.Q(wrapped_key__isnull=False, erased_at__isnull=True),
            )
        ]
        indexes = [
            models.Index(
                name="plumbing_subject_key_wrapped",
                fields=["wrapping_key_id", "owner_id"],
                condition=models.Q(wrapped_key__isnull=False),
            )
        ]


class RetiredKey(models.Model):
    """A wrapping key nothing is wrapped with any more. A trigger refuses whatever would use it again."""

    key_id = models.CharField(primary_key=True, max_length=16)
    retired_at = models.DateTimeField()


class UsedMark(models.Model):
    """Something that counts once, such as a proof of possession, until it is forgotten."""

    mark = models.BinaryField(primary_key=True, max_length=32)
    forget_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="plumbing_used_mark_by_end", fields=["forget_at"])]


class KeptAnswer(models.Model):
    """What a program was answered to a request it named by a key, so that a second sending changes nothing.

    Who sent which key is a keyed digest; the answer opens to whoever brings the key and to nobody else.
    """

    key_digest = models.BinaryField(primary_key=True, max_length=32)
    fingerprint = models.BinaryField(max_length=32)
    wrapped_answer = models.BinaryField(null=True)
    began_at = models.DateTimeField()
    forget_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="plumbing_kept_answer_is_forgotten",
                condition=models.Q(forget_at__gt=models.F("began_at")),
            )
        ]
        indexes = [models.Index(name="plumbing_kept_answer_by_end", fields=["forget_at"])]


class OutboxEvent(models.Model):
    """Something that happened in a room, told to others after its transaction: ids only."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=80)
    payload = models.JSONField()
    emitted_at = models.DateTimeField()


class OutboxDelivery(models.Model):
    """One subscriber has done its part for one event."""

    event = models.ForeignKey(OutboxEvent, on_delete=models.PROTECT)
    subscriber = models.CharField(max_length=120)
    delivered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="plumbing_outbox_delivery_once", fields=["event", "subscriber"])
        ]
