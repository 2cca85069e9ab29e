"""Make a server and folders from a bundle, at the bundle's moment or a later one, and see that they agree."""

import datetime as dt
import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from panjereh.commands.bundles.copying import PRIVATE_FOLDER
from panjereh.commands.bundles.making import CLUSTER, FILES
from panjereh.commands.bundles.manifest import Manifest
from panjereh.commands.bundles.postgresql import Programs, check_cluster, private_server
from panjereh.commands.bundles.refusal import BundleRefused

_FIRST: Final = re.compile(r"^START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)$", re.MULTILINE)
_PARTIAL: Final = ".partial"
_ENDED_BEFORE: Final = "recovery ended before configured recovery target was reached"
_TIMELINE_DIGITS: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which bundle, and up to when: `archive` has the server's log since then, `until` ends its replay.

    Without `until` it is replayed to its end; without `archive` there is only what the bundle holds.
    """

    bundle: Path
    archive: Path | None = None
    until: dt.datetime | None = None


def read_bundle(wanted: Wanted, *, programs: Programs) -> Manifest:
    """Return the manifest of a bundle that is whole and fits what is wanted. Raises `BundleRefused`."""
    manifest = Manifest.read(wanted.bundle)
    if not (wanted.bundle / CLUSTER).is_dir():
        raise BundleRefused(f"{wanted.bundle} holds keys and no database: put its files back by hand")
    check_cluster(programs, wanted.bundle / CLUSTER)
    if wanted.until is None:
        return manifest
    if wanted.archive is None:
        raise BundleRefused("--until needs --wal: a bundle alone knows no later moment than its own")
    if wanted.until < manifest.usable_from:
        ended = manifest.usable_from.isoformat()
        raise BundleRefused(f"this bundle was finished at {ended}: for an earlier moment take an older one")
    return manifest


@contextmanager
def recovered(wanted: Wanted, into: Path, *, programs: Programs) -> Iterator[Path]:
    """Lay the bundle's parts into `into` and bring its server to the moment wanted.

    Hands over the socket's folder of that server, which nobody else reaches and which ends with the block.
    Raises `BundleRefused`.
    """
    shutil.copytree(wanted.bundle / CLUSTER, into / CLUSTER)
    (into / CLUSTER).chmod(PRIVATE_FOLDER)
    if (wanted.bundle / FILES).is_dir():
        shutil.copytree(wanted.bundle / FILES, into / FILES)
    else:
        (into / FILES).mkdir(mode=PRIVATE_FOLDER)
    (into / CLUSTER / "recovery.signal").touch()
    wal = into / "wal"
    wal.mkdir(mode=PRIVATE_FOLDER)
    if wanted.archive is not None:
        _lay_out(wanted.archive, wal, since=_first_segment(into / CLUSTER))
    # The server's user passes through to its own two folders and sees nothing else.
    into.chmod(0o711)
    for own in (into / CLUSTER, wal):
        programs.give(own)
    try:
        with private_server(programs, into / CLUSTER, settings=_target(wal, wanted.until)) as socket:
            yield socket
    except BundleRefused as refused:
        if _ENDED_BEFORE in str(refused):
            raise BundleRefused(f"{wanted.archive} ends before {wanted.until}") from refused
        raise
    shutil.rmtree(wal)


def _target(wal: Path, until: dt.datetime | None) -> dict[str, str]:
    where = shlex.quote(str(wal)).replace("%", "%%")
    target = {"restore_command": f"cp {where}/%f %p", "recovery_target_action": "promote"}
    return target | ({"recovery_target_time": until.isoformat()} if until else {})


def _first_segment(cluster: Path) -> str:
    found = _FIRST.search((cluster / "backup_label").read_text(encoding="utf-8"))
    if found is None:
        raise BundleRefused(f"{cluster}/backup_label does not say where the server's log begins")
    return found[1]


def _lay_out(archive: Path, wal: Path, *, since: str) -> None:
    """Copy what is needed of the archive to where the server's user can read it.

    The segment that is being received has an ending of its own, and counts if there is no whole one.
    """
    if not archive.is_dir():
        raise BundleRefused(f"--wal: there is no folder {archive}")
    for path in sorted(archive.iterdir()):
        name = path.name.removesuffix(_PARTIAL)
        is_old = name[_TIMELINE_DIGITS:24] < since[_TIMELINE_DIGITS:] and not name.endswith(".history")
        if not is_old and not (wal / name).exists():
            shutil.copyfile(path, wal / name)
