"""The command line of the platform: Django's management commands, with our settings."""

import os
import sys

from django.core.management import execute_from_command_line

from panjereh.config.environment import read_environment, unknown_variables
from panjereh.config.listening import listen
from panjereh_kernel.environment import EnvironmentFaulty

STAYING = ("serve", "worker", "sequencer")  # a command that does one thing and ends has nobody to tell


def main() -> None:
    """Run one command with the arguments of the process; faults of the environment end it with status 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panjereh.config.settings")
    # Named and not refused: what an older or newer version knows must not keep this one from starting.
    for name in unknown_variables(os.environ):
        sys.stderr.write(f"unknown setting: {name}\n")
    try:
        environment = read_environment(os.environ)  # before anything starts
    except EnvironmentFaulty as fault:
        sys.stderr.write(f"{fault}\n")
        raise SystemExit(2) from fault
    if environment.metrics_listen and sys.argv[1:2] and sys.argv[1] in STAYING:
        listen(environment.metrics_listen, command=sys.argv[1])
    execute_from_command_line([sys.argv[0], *(_command_name(sys.argv[1:]))])


def _command_name(arguments: list[str]) -> list[str]:
    # Python modules cannot carry hyphens; people should not have to type underscores.
    if arguments and not arguments[0].startswith("-"):
        return [arguments[0].replace("-", "_"), *arguments[1:]]
    return arguments
