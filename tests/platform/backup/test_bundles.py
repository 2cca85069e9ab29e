"""Bundles are whole or not there, known again to the byte, and keys never lie with data."""

import dataclasses
import datetime as dt
import io
import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from panjereh.commands.bundles import copying, making, restoring
from panjereh.commands.bundles.agreement import agree
from panjereh.commands.bundles.copying import copy_settled
from panjereh.commands.bundles.manifest import Manifest
from panjereh.commands.bundles.postgresql import Programs
from panjereh.commands.bundles.refusal import BundleRefused
from panjereh.domain.audit import api as audit
from panjereh_tlog.directory import TileLog
from panjereh_tlog.notes import Signer
from tests.platform.audit.conftest import AT, SIGNER, Record, sequence_all, write_leaf
from tests.platform.audit.conftest import record as record  # noqa: PLC0414 -- a fixture

REAL = pytest.mark.django_db(transaction=True, databases=["default", "trace"])


def clock() -> dt.datetime:
    return AT


def key_bundle(tmp_path: Path) -> Path:
    (tmp_path / "wrapping").write_bytes(b"w" * 44)
    making.make_key_bundle(tmp_path / "keys", {"WRAPPING": tmp_path / "wrapping"}, clock=clock)
    return tmp_path / "keys"


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def test_a_disk_that_is_full_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "small").write_bytes(b"s")
    (tmp_path / "large").write_bytes(b"l" * 8192)

    with files_of_at_most(4096), pytest.raises(BundleRefused, match="was not made"):
        making.make_key_bundle(
            tmp_path / "keys", {"1": tmp_path / "small", "2": tmp_path / "large"}, clock=clock
        )

    assert not list(tmp_path.glob("keys*"))


def test_a_bundle_whose_making_was_killed_is_none_and_stands_in_nobodys_way(tmp_path: Path) -> None:
    killed = tmp_path / "keys.making"
    killed.mkdir()

    with pytest.raises(BundleRefused, match="its making was not finished"):
        Manifest.read(killed)
    with pytest.raises(BundleRefused, match="then remove it"):
        key_bundle(tmp_path)


def test_a_bundle_is_never_written_over(tmp_path: Path) -> None:
    key_bundle(tmp_path)

    with pytest.raises(BundleRefused, match="is there already"):
        key_bundle(tmp_path)


@pytest.mark.parametrize("change", ["altered", "taken away", "added"])
def test_a_bundle_that_was_changed_is_refused(change: str, tmp_path: Path) -> None:
    bundle = key_bundle(tmp_path)
    match change:
        case "altered":
            (bundle / "keys" / "WRAPPING").write_bytes(b"x" * 44)
        case "taken away":
            (bundle / "keys" / "WRAPPING").unlink()
        case _:
            (bundle / "keys" / "OTHER").write_bytes(b"x")

    with pytest.raises(BundleRefused, match="was changed or damaged"):
        Manifest.read(bundle)


def test_the_command_copies_every_key_that_is_set_for_its_owner_alone(tmp_path: Path, settings: Any) -> None:
    call_command("backup", keys_to=tmp_path / "keys", stdout=io.StringIO())

    copied = {path.name: path.read_bytes() for path in (tmp_path / "keys" / "keys").iterdir()}
    assert copied == {name: path.read_bytes() for name, path in settings.PANJEREH_KEY_FILES.items()}
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "keys").rglob("*"))


@pytest.mark.parametrize(("data", "keys"), [("a", "a"), ("a", "a/keys"), ("a/data", "a")])
def test_keys_never_lie_with_data(data: str, keys: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="must lie apart"):
        call_command("backup", to=tmp_path / data, keys_to=tmp_path / keys)


def test_without_a_role_for_backups_none_is_begun(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="PANJEREH_DATABASE_BACKUP_URL is not set"):
        call_command("backup", to=tmp_path / "bundle")


def test_a_folder_is_copied_as_it_was_at_one_moment(tmp_path: Path) -> None:
    source, rounds = tmp_path / "log", iter(range(2))
    source.mkdir()
    (source / "checkpoint").write_text("0")
    (source / "partial").write_text("0")

    def write_meanwhile(path: Path) -> None:
        if next(rounds, None) is not None:
            (source / "partial").unlink(missing_ok=True)
            (source / "full").write_text("full")

    class Written(type(source)):  # type: ignore[misc] -- a folder whose writer works while it is read
        def rglob(self, pattern: str) -> Any:
            found = list(Path(self).rglob(pattern))
            write_meanwhile(self)
            return found

    copy_settled(Written(source), tmp_path / "copy", pause=lambda _: None)

    assert sorted(path.name for path in (tmp_path / "copy").iterdir()) == ["checkpoint", "full"]


def test_a_folder_that_never_rests_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "MOST_PASSES", 3)
    source = tmp_path / "log"
    source.mkdir()
    file, number = source / "file", iter(range(10_000))

    class Written(type(source)):  # type: ignore[misc] -- the same
        def rglob(self, pattern: str) -> Any:
            file.write_text("x" * next(number))
            return Path(self).rglob(pattern)

    with pytest.raises(BundleRefused, match="without a pause"):
        copy_settled(Written(source), tmp_path / "copy", pause=lambda _: None)


def test_a_moment_needs_its_offset(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="offset from UTC"):
        call_command("restore", bundle=tmp_path, into=tmp_path / "new", until=dt.datetime(2026, 11, 22))  # noqa: DTZ001


def test_keys_are_no_installation(tmp_path: Path) -> None:
    wanted = restoring.Wanted(bundle=key_bundle(tmp_path))

    with pytest.raises(BundleRefused, match="holds keys and no database"):
        restoring.read_bundle(wanted, programs=Programs(tmp_path))


@pytest.fixture
def data_bundle(tmp_path: Path) -> Path:
    """A bundle whose database is only said to be one."""
    (tmp_path / "made" / making.CLUSTER).mkdir(parents=True)
    about = {"begun_at": AT.isoformat(), "ended_at": AT.isoformat(), "audit_checkpoint": ""}
    Manifest(**about, versions={}, migrations={}, databases=[], files={}).write(tmp_path / "made")
    (tmp_path / "pg_verifybackup").write_text("#!/bin/sh\n")
    (tmp_path / "pg_verifybackup").chmod(0o700)
    return tmp_path / "made"


def test_a_later_moment_needs_the_log_and_an_earlier_one_an_older_bundle(data_bundle: Path) -> None:
    programs, second = Programs(data_bundle.parent), dt.timedelta(seconds=1)
    later = restoring.Wanted(bundle=data_bundle, until=AT + second)
    earlier = restoring.Wanted(bundle=data_bundle, until=AT - second, archive=data_bundle)

    with pytest.raises(BundleRefused, match="--until needs --wal"):
        restoring.read_bundle(later, programs=programs)
    with pytest.raises(BundleRefused, match="take an older one"):
        restoring.read_bundle(earlier, programs=programs)


@pytest.mark.parametrize(
    ("text", "said"), [("{}", "is not what a backup writes"), ('"format": 2', "this version reads 1")]
)
def test_another_manifest_is_not_guessed_at(text: str, said: str, data_bundle: Path) -> None:
    manifest = data_bundle / "manifest.json"
    own = manifest.read_text()
    manifest.write_text(own.replace('"format": 1', text) if "format" in text else text)

    with pytest.raises(BundleRefused, match=said):
        Manifest.read(data_bundle)


def test_a_folder_that_is_not_there_is_named_before_anything_is_copied(tmp_path: Path) -> None:
    source = making.Source(address="", folders={"node": tmp_path / "nowhere"}, erasures=tmp_path)
    about = making.About(versions={}, migrations={}, databases=[])

    with pytest.raises(BundleRefused, match="node: there is no folder"):
        making.make_bundle(
            tmp_path / "bundle",
            source,
            programs=Programs(tmp_path),
            about=about,
            last_note=str,
            clock=clock,
        )


def test_keys_that_are_a_value_are_told_to_be_kept_elsewhere(tmp_path: Path, settings: Any) -> None:
    settings.PANJEREH = dataclasses.replace(settings.PANJEREH, wrapping_keys=(b"k" * 32,))
    (tmp_path / "node").mkdir()
    (tmp_path / "node" / "tls.key").write_bytes(b"k")
    out = io.StringIO()

    call_command("backup", keys_to=tmp_path / "keys", also_keys=[f"node={tmp_path / 'node'}"], stdout=out)

    assert "PANJEREH_WRAPPING_KEYS is a value and not in it" in out.getvalue()
    assert (tmp_path / "keys" / "keys" / "node" / "tls.key").read_bytes() == b"k"


@pytest.mark.parametrize(
    ("options", "said"),
    [({}, "--to says where"), ({"keys_to": "k", "also_keys": ["node"]}, "is not NAME=PATH")],
)
def test_what_is_left_out_or_misspelt_is_told(options: dict[str, Any], said: str, tmp_path: Path) -> None:
    places = {name: tmp_path / value if name == "keys_to" else value for name, value in options.items()}

    with pytest.raises(CommandError, match=said):
        call_command("backup", **places)


def test_programs_that_are_missing_are_named(tmp_path: Path) -> None:
    with pytest.raises(BundleRefused, match="has no pg_basebackup, pg_verifybackup, postgres"):
        Programs.found(tmp_path)


@REAL
def test_a_log_behind_its_database_is_brought_up_and_published(record: Record, tmp_path: Path) -> None:
    write_leaf()
    write_leaf()
    sequence_all()

    found = agree(tmp_path, signer=SIGNER, erase_again=lambda: None, clock=clock)

    assert found.size == 2


def published_and_lost(record: Record, restored: Path) -> None:
    """Two leaves are published somewhere else than where the restored folders are."""
    write_leaf()
    record.catch_up()
    published = restored / making.CHECKPOINTS
    with TileLog.open(record.log, signer=SIGNER, origin=SIGNER.name) as log:
        log.append([b'{"id": "lost"}'])
        audit.publish_checkpoint(log, verifier=SIGNER.verifier(), directory=published, at=AT)
    # As a restored folder, it begins empty and is written from the database.
    shutil.rmtree(record.log)


@REAL
def test_a_database_behind_the_published_record_is_refused_with_what_to_do(
    record: Record, tmp_path: Path
) -> None:
    restored = tmp_path / "restored"
    published_and_lost(record, restored)

    with pytest.raises(BundleRefused) as refused:
        agree(restored, signer=SIGNER, erase_again=lambda: pytest.fail("changed"), clock=clock)

    said = str(refused.value)
    assert "counts 2 leaves where the log has 1" in said
    assert f"--until {AT.isoformat()} or later" in said
    assert "--new-record" in said


@REAL
def test_a_shorter_record_goes_on_under_a_new_name_only(record: Record, tmp_path: Path) -> None:
    published_and_lost(record, tmp_path / "restored")
    renamed = Signer.make("panjereh.test/audit-2", seed=b"\x22" * 32)

    found = agree(tmp_path / "new", signer=renamed, erase_again=lambda: None, clock=clock)

    assert found.size == 1
