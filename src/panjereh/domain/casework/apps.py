"""The Django app of the room."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Cases and their acts."""

    name = "panjereh.domain.casework"
    label = "casework"
