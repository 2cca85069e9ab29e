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


class RateCount(models.Model):
    """How often one asker asked under one policy within a window. `key` is an HMAC of both."""

    key = models.BinaryField(max_length=32, primary_key=True)
    policy = models.CharField(max_length=40)
    window_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    spent = models.IntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="plumbing_rate_count_positive", condition=models.Q(spent__gte=1)),
            models.CheckConstraint(
                name="plumbing_rate_count_window_ends",
                condition=models.Q(window_at__lt=models.F("ends_at")),
            ),
        ]


class Blob(models.Model):
    """A file that somebody handed in. A trigger holds the order of its states.

    `fingerprint_index` is an HMAC of what is kept, so that two equal files can be told without telling them.
    """

    id = models.UUIDField(primary_key=True)
    subject_id = models.UUIDField()
    state = models.CharField(max_length=12)
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    fingerprint_index = models.BinaryField(null=True)
    sealed_content = models.BinaryField(null=True)
    reason = models.CharField(max_length=20, default="")
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="plumbing_blob_state_known",
                condition=models.Q(state__in=["quarantined", "released", "refused", "erased"]),
            ),
            models.CheckConstraint(
                name="plumbing_blob_kind_known", condition=models.Q(kind__in=["pdf", "jpeg", "png"])
            ),
            models.CheckConstraint(
                name="plumbing_blob_content_iff_kept",
                condition=models.Q(
                    state__in=["quarantined", "released"],
                    sealed_content__isnull=False,
                    fingerprint_index__isnull=False,
                    size__gt=0,
                )
                | models.Q(
                    state__in=["refused", "erased"],
                    sealed_content__isnull=True,
                    fingerprint_index__isnull=True,
                    size=0,
                ),
            ),
            models.CheckConstraint(
                name="plumbing_blob_reason_iff_refused",
                condition=models.Q(state="refused", reason__gt="")
                | (~models.Q(state="refused") & models.Q(reason="")),
            ),
            models.CheckConstraint(
                name="plumbing_blob_settled_iff_left_quarantine",
                condition=models.Q(state="quarantined", settled_at__isnull=True)
                | (~models.Q(state="quarantined") & models.Q(settled_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(name="plumbing_blob_of_subject", fields=["subject_id"])]
