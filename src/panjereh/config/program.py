"""The command line of the platform: Django's management commands, with our settings."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one command with the arguments of the process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panjereh.config.settings")
    execute_from_command_line([sys.argv[0], *(_command_name(sys.argv[1:]))])


def _command_name(arguments: list[str]) -> list[str]:
    # Python modules cannot carry hyphens; people should not have to type underscores.
    if arguments and not arguments[0].startswith("-"):
        return [arguments[0].replace("-", "_"), *arguments[1:]]
    return arguments
