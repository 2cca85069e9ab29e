"""The Django app of the room, and the one place where its settings enter."""

from django.apps import AppConfig
from django.conf import settings  # noqa: TID251 -- settings are handed to the room here and nowhere else in it

from panjereh.plumbing.policies import Policy


class AuditConfig(AppConfig):
    """Leaves, their order, and traces of access."""

    name = "panjereh.domain.audit"
    label = "audit"

    @property
    def reading_limit(self) -> Policy:
        """How many people one officer may look at in a time."""
        return settings.EXPORT_LIMITS["desk"]
