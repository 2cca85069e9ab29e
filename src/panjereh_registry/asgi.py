"""The registry's application as a server loads it."""

import datetime as dt
import os

from prometheus_client import start_http_server
from starlette.applications import Starlette

from panjereh_registry.adapters.app import make_app
from panjereh_registry.adapters.settings import read_settings
from panjereh_registry.adapters.shelf import DiskShelf
from panjereh_registry.flows.publish import Publisher


def create_app() -> Starlette:
    """Build the application from the environment; raises `EnvironmentFaulty`."""
    settings = read_settings(os.environ)
    if settings.metrics_listen:
        host, port = settings.metrics_listen
        start_http_server(port, host)
    shelf = DiskShelf(settings.source_file, settings.state_directory)
    return make_app(Publisher(shelf, settings.key), clock=lambda: dt.datetime.now(dt.UTC))
