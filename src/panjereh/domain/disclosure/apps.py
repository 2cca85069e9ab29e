"""The Django app of the room."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """Facts fetched for cases."""

    name = "panjereh.domain.disclosure"
    label = "disclosure"
