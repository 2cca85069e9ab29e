"""Make a bundle: beside its place, and put there whole as the last step."""

import datetime as dt
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from panjereh.commands.bundles.copying import PRIVATE_FOLDER, copy_file, copy_settled, sync_folder
from panjereh.commands.bundles.manifest import Manifest, sums
from panjereh.commands.bundles.postgresql import Programs, check_cluster, copy_cluster
from panjereh.commands.bundles.refusal import BundleRefused

CLUSTER: Final = "cluster"
FILES: Final = "files"
KEYS: Final = "keys"
CHECKPOINTS: Final = "audit-checkpoints"
LOG: Final = "audit-log"
ERASURES: Final = "erasures.jsonl"
_MAKING: Final = ".making"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What is copied, by the names it has in a bundle: the server, folders, and the list of erasures."""

    address: str
    folders: Mapping[str, Path]
    erasures: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the manifest says of the installation."""

    versions: dict[str, str]
    migrations: dict[str, str]
    databases: list[str]


@contextmanager
def put_whole(place: Path) -> Iterator[Path]:
    """Hand over a folder to fill; it gets its name when all went well and is gone if not.

    Raises `BundleRefused` if `place` is taken, or another backup to it is under way or was killed.
    """
    if place.exists():
        raise BundleRefused(f"{place} is there already: give every bundle a name of its own")
    making = place.with_name(place.name + _MAKING)
    try:
        making.mkdir(mode=PRIVATE_FOLDER, parents=True)
    except FileExistsError:
        raise BundleRefused(
            f"{making} is of another run, or of one that was killed: then remove it"
        ) from None
    try:
        yield making
        making.rename(place)
    except OSError as error:
        shutil.rmtree(making, ignore_errors=True)
        raise BundleRefused(f"{place} was not made: {error}") from error
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    sync_folder(place.parent)


def make_bundle(
    place: Path,
    source: Source,
    *,
    programs: Programs,
    about: About,
    last_note: Callable[[Path], str],
    clock: Callable[[], dt.datetime],
) -> Manifest:
    """Copy everything but the keys to `place`, whole or not at all. Nothing stops meanwhile.

    What is further out is copied first: published checkpoints, then the log, then the database. Each is made
    from the next, so the database of the bundle has every leaf that its log and checkpoints speak of.
    The list of erasures comes last: nobody whom the database has erased is missing from it.
    Raises `BundleRefused`.
    """
    with put_whole(place) as making:
        begun_at = clock()
        for name, folder in sorted(source.folders.items(), key=lambda item: item[0] != CHECKPOINTS):
            if not folder.is_dir():
                raise BundleRefused(f"{name}: there is no folder {folder}")
            copy_settled(folder, making / FILES / name)
        copy_cluster(programs, source.address, making / CLUSTER)
        if source.erasures.exists():
            copy_file(source.erasures, making / FILES / ERASURES)
        check_cluster(programs, making / CLUSTER)
        manifest = Manifest(
            begun_at=begun_at.isoformat(),
            ended_at=clock().isoformat(),
            versions=about.versions,
            migrations=about.migrations,
            databases=about.databases,
            audit_checkpoint=last_note(making / FILES / CHECKPOINTS),
            files=sums(making),
        )
        manifest.write(making)
    return manifest


def make_key_bundle(place: Path, keys: Mapping[str, Path], *, clock: Callable[[], dt.datetime]) -> Manifest:
    """Copy key files and folders of keys to `place`, by the names they are given; whole or not at all.

    Raises `BundleRefused`.
    """
    with put_whole(place) as making:
        at = clock().isoformat()
        for name, path in sorted(keys.items()):
            if path.is_dir():
                copy_settled(path, making / KEYS / name)
            else:
                copy_file(path, making / KEYS / name)
        manifest = Manifest(
            begun_at=at,
            ended_at=at,
            versions={},
            migrations={},
            databases=[],
            audit_checkpoint="",
            files=sums(making),
        )
        manifest.write(making)
    return manifest


def refuse_one_place(bundle: Path, keys: Path) -> None:
    """Raise `BundleRefused` if one lies in the other: who finds the bundle must not find its keys."""
    bundle, keys = bundle.resolve(), keys.resolve()
    if bundle == keys or bundle in keys.parents or keys in bundle.parents:
        raise BundleRefused(f"keys and data must lie apart: {keys} and {bundle} are in one another")
