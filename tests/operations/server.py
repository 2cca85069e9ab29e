"""A PostgreSQL server of a test's own, in memory where there is enough of it."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devtool import postgres
from panjereh.commands.bundles.postgresql import Programs

QUICK = {"fsync": "off", "shared_buffers": "32MB", "wal_level": "replica", "hot_standby": "on"}
_ENOUGH = 1 << 30


@contextmanager
def folder_for_servers() -> Iterator[Path]:
    """Return a folder that the server's user can get through, also where we are root."""
    # In memory, as every file of a backup is synced.
    memory = Path("/dev/shm")  # noqa: S108 -- a folder of our own is made in it
    is_enough = memory.is_dir() and shutil.disk_usage(memory).free > _ENOUGH
    folder = Path(tempfile.mkdtemp(prefix="panjereh-drill-", dir=memory if is_enough else None))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def programs() -> Programs:
    return Programs(postgres.server("test").programs / "bin", "nobody" if os.geteuid() == 0 else None)


def make_cluster(programs: Programs, data: Path) -> None:
    """Make an empty cluster that lets everybody in who reaches it."""
    data.mkdir(mode=0o700)
    programs.give(data)
    account = {"user": programs.user, "group": "nogroup", "extra_groups": []} if programs.user else {}
    subprocess.run(
        [programs.folder / "initdb", "-D", data, "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8",
         "--no-sync", "--no-instructions", "--auth=trust"],
        check=True, capture_output=True, cwd="/", **account,
    )  # fmt: skip


def superuser(socket: Path) -> str:
    return f"postgresql://postgres@/postgres?host={socket}"
