"""What a bundle says about itself; a folder without it is not one."""

import datetime as dt
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Self

from panjereh.commands.bundles.copying import PRIVATE, digest, digests, sync_folder
from panjereh.commands.bundles.refusal import BundleRefused

MANIFEST: Final = "manifest.json"
FORMAT: Final = 1
# PostgreSQL's own list of sums covers the cluster; that list is in ours.
_OWN_SUMS: Final = "cluster/backup_manifest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Instants are ISO in UTC.

    `files`: SHA-256 by path, of everything but the cluster, which has its own list. `audit_checkpoint`: the
    signed note that was published last when the bundle was made, empty if none was.
    """

    begun_at: str
    ended_at: str
    versions: dict[str, str]
    migrations: dict[str, str]
    databases: list[str]
    audit_checkpoint: str
    files: dict[str, str]
    format: int = FORMAT

    @property
    def usable_from(self) -> dt.datetime:
        """The earliest moment a restore can go to."""
        return dt.datetime.fromisoformat(self.ended_at)

    def write(self, folder: Path) -> None:
        """Write it durably: the last thing that happens to a bundle."""
        path = folder / MANIFEST
        with path.open("x", encoding="utf-8") as file:
            path.chmod(PRIVATE)
            json.dump(asdict(self), file, indent=1, sort_keys=True)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        sync_folder(folder)

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Return what a bundle says, held against its files. Raises `BundleRefused` with the first fault."""
        path = folder / MANIFEST
        if not path.exists():
            raise BundleRefused(
                f"{folder} is no bundle: it has no {MANIFEST}, so its making was not finished"
            )
        try:
            manifest = cls(**json.loads(path.read_text(encoding="utf-8")))
        except (ValueError, TypeError) as error:
            raise BundleRefused(f"{path} is not what a backup writes: {error}") from error
        if manifest.format != FORMAT:
            raise BundleRefused(f"{folder} has format {manifest.format}; this version reads {FORMAT}")
        found = sums(folder)
        wrong = sorted(name for name in manifest.files | found if manifest.files.get(name) != found.get(name))
        if wrong:
            raise BundleRefused(
                f"{folder} was changed or damaged, first in {wrong[0]} ({len(wrong)} files in all)"
            )
        return manifest


def sums(folder: Path) -> dict[str, str]:
    """Return the sums that a manifest of this folder holds."""
    found: dict[str, str] = {}
    for part in ("files", "keys"):
        found |= {f"{part}/{name}": value for name, value in digests(folder / part).items()}
    own = folder / _OWN_SUMS
    return found | ({_OWN_SUMS: digest(own)} if own.exists() else {})
