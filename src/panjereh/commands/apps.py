"""The Django app of the commands."""

from django.apps import AppConfig


class CommandsConfig(AppConfig):
    """Makes Django find the commands."""

    name = "panjereh.commands"
    label = "commands"
