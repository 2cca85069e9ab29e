"""Show the metrics of a process and of those it starts, on an address of its own.

The web process answers in several workers, and what one counted is not in another's memory. So each writes
its counts into a folder that lives as long as the process, and whoever asks gets the sum.
"""

import atexit
import os
import shutil
import tempfile
from importlib import import_module
from typing import Final

_FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"  # prometheus-client looks for it when it is first imported
# One process per database asks the database for what stands there: two would show it twice.
ASKS_THE_DATABASE: Final = "sequencer"


def listen(address: tuple[str, int], *, command: str) -> None:
    """Listen at `address` on a thread of its own. To be called before anything is counted."""
    os.environ[_FOLDER] = folder = tempfile.mkdtemp(prefix="panjereh-metrics-")
    atexit.register(_remove, folder, os.getpid())
    client = import_module("prometheus_client")
    registry = client.CollectorRegistry()
    import_module("prometheus_client.multiprocess").MultiProcessCollector(registry)
    if command == ASKS_THE_DATABASE:
        registry.register(_Later())
    host, port = address
    client.start_http_server(port, host, registry=registry)


class _Later:
    """Asks the database once Django is ready; the settings are not, when a program begins to listen."""

    def collect(self) -> object:
        apps = import_module("django.apps").apps
        return import_module("panjereh.plumbing.metrics").DatabaseMetrics().collect() if apps.ready else ()


def _remove(folder: str, owner: int) -> None:
    if os.getpid() == owner:  # not a child that inherited this
        shutil.rmtree(folder, ignore_errors=True)
