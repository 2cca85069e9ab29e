"""The Django app of the room."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Roll-ups of the record, and how far each has read."""

    name = "panjereh.domain.figures"
    label = "figures"
