"""The Django app of the room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Leaves, their order, and traces of access."""

    name = "panjereh.domain.audit"
    label = "audit"
