"""The Django app of the room."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Inbox messages, text messages on their way, and the practice outbox."""

    name = "panjereh.domain.messaging"
    label = "messaging"
