"""The Django app of the room."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Signed electronic documents and the counters that cap guessing at their codes."""

    name = "panjereh.domain.documents"
    label = "documents"
