"""The Django app of the plumbing."""

from django.apps import AppConfig


class PlumbingConfig(AppConfig):
    """Tables every room stands on: wrapped keys, outbox."""

    name = "panjereh.plumbing"
    label = "plumbing"
