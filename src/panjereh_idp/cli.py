"""The command line: `migrate` as the database's owner, `serve` as the application."""

import argparse
import logging
import logging.config
import os
import sys

from granian import Granian
from granian.constants import Interfaces

from panjereh_idp.adapters.migrate import migrate
from panjereh_idp.adapters.settings import read_migration_settings, read_settings, unknown_variables
from panjereh_kernel.environment import EnvironmentFaulty
from panjereh_kernel.logs import configuration


def main(arguments: list[str] | None = None) -> None:
    """Run one command; faults of the environment go to stderr and end with status 2."""
    parser = argparse.ArgumentParser(prog="panjereh-idp", description="The identity provider of Panjereh.")
    parser.add_argument("command", choices=("migrate", "serve"))
    command = parser.parse_args(arguments).command
    logging.config.dictConfig(configuration())
    for name in unknown_variables(os.environ):
        sys.stderr.write(f"unknown setting: {name}\n")
    try:
        _migrate() if command == "migrate" else _serve()
    except EnvironmentFaulty as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(2) from error


def _migrate() -> None:
    settings = read_migration_settings(os.environ)
    for name in migrate(settings.database_owner_url, application_url=settings.database_url):
        logging.getLogger(__name__).info("applied %s", name)


def _serve() -> None:
    host, port = read_settings(os.environ).listen  # faults are told here, before a worker starts
    # One worker: what another counted would not be in the metrics, and the caps on calls are per process.
    Granian(
        "panjereh_idp.asgi:make_application",
        factory=True,
        interface=Interfaces.ASGI,
        address=host,
        port=port,
        workers=1,
        websockets=False,
        log_dictconfig=configuration(),
    ).serve()
