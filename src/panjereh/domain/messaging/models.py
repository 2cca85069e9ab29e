"""Rows of the room. Parameters, mobiles and texts are sealed."""

from django.db import models

from panjereh.domain.messaging.rules.sms_states import SmsState
from panjereh.domain.messaging.rules.templates import Template


class InboxMessage(models.Model):
    """One message in a person's inbox. That this row exists is that the message was delivered.

    Parameters are sealed under the key of the person.
    """

    id = models.UUIDField(primary_key=True)
    subject_id = models.UUIDField()
    template = models.CharField(max_length=40)
    sealed_parameters = models.BinaryField()
    reference = models.UUIDField()
    posted_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="messaging_inbox_template",
                condition=models.Q(template__in=[str(template) for template in Template]),
            ),
            models.CheckConstraint(
                name="messaging_inbox_read_after_posted",
                condition=models.Q(read_at__isnull=True) | models.Q(read_at__gte=models.F("posted_at")),
            ),
        ]
        indexes = [models.Index(name="messaging_inbox_page", fields=["subject_id", "-posted_at", "-id"])]


class SmsMessage(models.Model):
    """One text message on its way. Mobile and text are sealed under its own key, erased when it is finished.

    Its id is the id of what it speaks of (a one-time code, an inbox message), so each is sent once, and it is
    the id the gateway knows it by.
    """

    SEALED_UNDER = "id"

    id = models.UUIDField(primary_key=True)
    sealed_mobile = models.BinaryField(null=True)
    sealed_text = models.BinaryField(null=True)
    state = models.CharField(max_length=8)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    useful_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="messaging_sms_state",
                condition=models.Q(state__in=[str(state) for state in SmsState]),
            ),
            models.CheckConstraint(
                name="messaging_sms_keeps_nothing_when_finished",
                condition=models.Q(
                    state=SmsState.QUEUED.value,
                    finished_at__isnull=True,
                    sealed_mobile__isnull=False,
                    sealed_text__isnull=False,
                )
                | (
                    ~models.Q(state=SmsState.QUEUED.value)
                    & models.Q(
                        finished_at__isnull=False, sealed_mobile__isnull=True, sealed_text__isnull=True
                    )
                ),
            ),
        ]


class PracticeSms(models.Model):
    """A text message as the practice country's phones got it. Never written in production."""

    SEALED_UNDER = ""  # one key for the whole practice country

    id = models.UUIDField(primary_key=True)
    sealed_mobile = models.BinaryField()
    sealed_text = models.BinaryField()
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="messaging_practice_newest", fields=["-written_at", "-id"])]
