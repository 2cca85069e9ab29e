"""The Django app of the room."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Agencies, provinces, calendars and legal instruments."""

    name = "panjereh.domain.directory"
    label = "directory"
