"""`./dev bench`: the benchmarks, on a PostgreSQL of their own that keeps the promises of production."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

from devtool import environment, paths, postgres

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def run(names: Sequence[str]) -> int:
    """Measure the benchmarks of these names, or all of them; return the status."""
    environment.set_up()
    paths.make_private(paths.RUN)
    with _database() as admin_url:
        settings = environment.program_environment() | {
            "PYTHONPATH": os.pathsep.join([str(paths.ROOT / "src"), str(paths.ROOT)]),
            "PANJEREH_BENCH_ADMIN_URL": admin_url,
        }
        command = [str(paths.PYTHON), "-m", "benchmarks", *names]
        return subprocess.run(command, cwd=paths.ROOT, env=settings, check=False).returncode


@contextmanager
def _database() -> Iterator[str]:
    """Hand over a superuser's address: of `DATABASE_URL`, or of a server that is removed afterwards."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    server = postgres.server("bench")
    postgres.stop(server)
    shutil.rmtree(server.data, ignore_errors=True)  # left by a run that was killed
    try:
        with postgres.stopped_together(server) as admin_url:
            yield admin_url
    finally:
        shutil.rmtree(server.data, ignore_errors=True)
