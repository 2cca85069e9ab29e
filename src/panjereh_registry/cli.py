"""`python -m panjereh_registry serve`."""

import argparse
import os
import sys

from granian.constants import Interfaces
from granian.server import Server

from panjereh_kernel.environment import EnvironmentFaulty
from panjereh_kernel.logs import configuration
from panjereh_registry.adapters.settings import read_settings, unknown_variables


def main(arguments: list[str] | None = None) -> int:
    """Run the registry until it is told to stop; 2 if the settings are at fault."""
    parser = argparse.ArgumentParser(prog="panjereh-registry", description=__doc__)
    parser.add_argument("command", choices=["serve"])
    parser.parse_args(arguments)
    for name in unknown_variables(os.environ):
        sys.stderr.write(f"unknown setting: {name}\n")
    try:
        settings = read_settings(os.environ)
    except EnvironmentFaulty as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    # One worker: the serial has one owner.
    Server(
        "panjereh_registry.asgi:create_app",
        factory=True,
        address=settings.listen[0],
        port=settings.listen[1],
        interface=Interfaces.ASGI,
        workers=1,
        log_dictconfig=configuration(),
    ).serve()
    return 0
