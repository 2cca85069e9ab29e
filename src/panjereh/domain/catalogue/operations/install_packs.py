"""Install packs: lint, run their tests, keep the version for ever, publish the service."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.catalogue.models import PackFile, PackVersion
from panjereh.domain.catalogue.operations.pack_folder import read_folder
from panjereh.domain.catalogue.operations.world import present_world
from panjereh.domain.catalogue.queries import pack_id
from panjereh.domain.catalogue.rules.linter import read_pack
from panjereh.domain.catalogue.rules.pack import Pack
from panjereh.domain.catalogue.search import index_service
from panjereh.plumbing import memory
from panjereh_kernel.actor import Actor, Channel
from panjereh_kernel.refusal import Refusal


class PackVersionChanged(Refusal):
    """The pack says something else than the installed version of the same number; raise the number."""

    code = "pack-version-changed"

    def __init__(self, service_id: str, version: int) -> None:
        super().__init__(service_id, version)
        self.service_id = service_id
        self.version = version


class PackVersionTooOld(Refusal):
    """A newer version is published; going back would be a silent change of the law in force."""

    code = "pack-version-too-old"

    def __init__(self, service_id: str, version: int, published: int) -> None:
        super().__init__(service_id, version, published)
        self.service_id = service_id
        self.version = version
        self.published = published


@dataclass(frozen=True, slots=True)
class Installed:
    """What became of one pack: `is_new` is False when this very version was there already."""

    service_id: str
    version: int
    is_new: bool


@transaction.atomic(durable=True)
def install_packs(directory: Path, *, at: dt.datetime) -> tuple[Installed, ...]:
    """Install every pack (a folder each) in `directory`, all or none, and return what became of them.

    Repeating it changes nothing. Raises `PackRefusedError` with numbered faults, `PackVersionChanged` and
    `PackVersionTooOld`.
    """
    world = present_world()
    installed = []
    for folder in sorted(entry for entry in directory.iterdir() if entry.is_dir()):
        contents = read_folder(folder)
        pack = read_pack(contents, folder=folder.name, world=world)
        installed.append(_install(pack, contents, at))
    memory.forget()
    return tuple(installed)


def _install(pack: Pack, contents: Mapping[str, bytes], at: dt.datetime) -> Installed:
    digest = _digest(contents)
    kept = PackVersion.objects.filter(service_id=pack.id).order_by("-version")
    newest = kept.first()
    same = kept.filter(version=pack.version).first()
    if same is not None:
        if same.sha256 != digest:
            raise PackVersionChanged(pack.id, pack.version)
        return Installed(pack.id, pack.version, is_new=False)
    if newest is not None and newest.version > pack.version:
        raise PackVersionTooOld(pack.id, pack.version, newest.version)
    _keep(pack, contents, digest, at)
    return Installed(pack.id, pack.version, is_new=True)


def _keep(pack: Pack, contents: Mapping[str, bytes], digest: str, at: dt.datetime) -> None:
    row = PackVersion.objects.create(
        id=pack_id(pack.id, pack.version),
        service_id=pack.id,
        version=pack.version,
        sha256=digest,
        installed_at=at,
    )
    PackFile.objects.bulk_create(
        PackFile(pack=row, path=path, content=content) for path, content in contents.items()
    )
    index_service(pack, at=at)
    audit.record(
        event="catalogue.pack.installed",
        actor=Actor.system("install-packs", channel=Channel.COMMAND),
        subject=pack.id,
        at=at,
        facts={"version": pack.version, "sha256": digest},
    )


def _digest(contents: Mapping[str, bytes]) -> str:
    """Digest names and contents with their lengths, so that no two packs share one."""
    whole = hashlib.sha256()
    for path, content in sorted(contents.items()):
        for part in (path.encode(), content):
            whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()
