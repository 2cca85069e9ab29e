"""`python -m panjereh_node serve`."""

import argparse
import asyncio
import logging.config
import os
import sys

import uvloop

from panjereh_kernel.environment import EnvironmentFaulty
from panjereh_kernel.logs import configuration
from panjereh_node.adapters.settings import read_settings, unknown_variables
from panjereh_node.asgi import run


def main(arguments: list[str] | None = None) -> int:
    """Run the node until it is told to stop; 2 if the settings are at fault."""
    parser = argparse.ArgumentParser(prog="panjereh-node", description=__doc__)
    parser.add_argument("command", choices=["serve"])
    parser.parse_args(arguments)
    logging.config.dictConfig(configuration())
    for name in unknown_variables(os.environ):
        sys.stderr.write(f"unknown setting: {name}\n")
    try:
        settings = read_settings(os.environ)
    except EnvironmentFaulty as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run(settings))
    return 0
