"""The Django app of the room."""

from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    """Jobs that failed for good, signs of intrusion, breaches, and what an operator did about them."""

    name = "panjereh.domain.upkeep"
    label = "upkeep"
