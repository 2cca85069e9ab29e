"""The Django app of the reference pages."""

from django.apps import AppConfig


class PlainConfig(AppConfig):
    """Tables of services, and other programs' tables under names of its own."""

    name = "benchmarks.plain"
    label = "plain"
    default_auto_field = "django.db.models.BigAutoField"
