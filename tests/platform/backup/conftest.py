"""A whole server of its own for each drill: it is copied, destroyed and made again."""

import dataclasses
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connections

from devtool import databases, roles
from panjereh.commands.bundles import agreement
from panjereh.commands.bundles.postgresql import Programs, private_server
from panjereh.domain.audit import api as audit
from panjereh.plumbing import edge
from panjereh_tlog.directory import TileLog
from panjereh_tlog.notes import Signer
from tests.operations import server

SIGNER = Signer.make("panjereh.test/audit", seed=b"\x11" * 32)


@dataclass(frozen=True)
class Machine:
    """The machine that will be lost: its server, its folders, and what lies elsewhere."""

    home: Path
    programs: Programs

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def state(self) -> Path:
        return self.home / "state"

    @property
    def archive(self) -> Path:
        return self.home / "elsewhere" / "wal"

    @contextmanager
    def running(self, data: Path | None = None) -> Iterator[Path]:
        """Run a server on `data` and let the platform use it."""
        with (
            private_server(self.programs, data or self.data, settings=server.QUICK) as socket,
            agreement.pointed_at(socket),
        ):
            yield socket

    def settings(self, socket: Path) -> dict[str, Any]:
        return {
            "database_backup_url": server.superuser(socket),
            "audit_log_directory": self.state / "audit-log",
            "audit_checkpoint_directory": self.state / "audit-checkpoints",
            "state_directory": self.state,
        }

    def point(self, settings: Any, socket: Path) -> None:
        settings.PANJEREH = dataclasses.replace(settings.PANJEREH, **self.settings(socket))

    def sequence(self) -> None:
        """One round of the sequencer."""
        with TileLog.open(self.state / "audit-log", signer=SIGNER, origin=SIGNER.name) as log:
            audit.write_log(log)
            while audit.sequence_leaves(at=edge.now()):
                pass
            audit.write_log(log)
            audit.publish_checkpoint(
                log,
                verifier=SIGNER.verifier(),
                directory=self.state / "audit-checkpoints",
                at=edge.now(),
            )

    def keep_log(self, socket: Path) -> None:
        """Receive the server's log up to now, as the unit `panjereh-wal` does all the time."""
        address = server.superuser(socket)
        self.archive.mkdir(parents=True, exist_ok=True)
        self.programs.run(
            "pg_receivewal",
            *("-d", address, "-D", str(self.archive), "--slot", "panjereh"),
            *("--create-slot", "--if-not-exists"),
        )
        with psycopg.connect(address, autocommit=True) as connection:
            end = connection.execute("SELECT pg_current_wal_flush_lsn()").fetchone()
        assert end is not None
        self.programs.run(
            "pg_receivewal",
            *("-d", address, "-D", str(self.archive), "--slot", "panjereh", "--no-loop", "--endpos", end[0]),
        )

    def lose(self) -> None:
        shutil.rmtree(self.data)
        shutil.rmtree(self.state)

    def back_up(self, name: str, **options: Any) -> Path:
        place = self.home / "elsewhere" / name
        call_command("backup", to=place, programs=self.programs.folder, **options)
        return place

    def restore(self, bundle: Path, into: Path, **options: Any) -> None:
        call_command(
            "restore",
            bundle=bundle,
            into=into,
            user=self.programs.user,
            programs=self.programs.folder,
            **options,
        )


@pytest.fixture(scope="session")
def _folder() -> Iterator[Path]:
    with server.folder_for_servers() as folder:
        yield folder


@pytest.fixture(scope="session")
def _made(_folder: Path, admin_url: str, django_db_setup: None) -> Machine:
    """A server with the platform's tables, empty, and a second database beside it."""
    programs = server.programs()
    machine = Machine(_folder / "made", programs)
    machine.home.mkdir()
    server.make_cluster(programs, machine.data)
    with private_server(programs, machine.data, settings=server.QUICK) as socket:
        address = server.superuser(socket)
        name = connections["default"].settings_dict["NAME"]
        roles.prepare(address, name)
        roles.prepare(address, "panjereh_idp", roles=roles.IDP)
        dump = _folder / "dump"
        there = databases.address(admin_url, database=name, user=connections_user(admin_url))
        programs.run("pg_dump", "-Fc", "-Z0", "-f", str(dump), there)
        programs.run(
            "pg_restore", "-d", databases.address(address, database=name, user="postgres"), str(dump)
        )
    return machine


def connections_user(admin_url: str) -> str:
    return str(psycopg.conninfo.conninfo_to_dict(admin_url).get("user") or "postgres")


@pytest.fixture
def machine(_made: Machine, _folder: Path, settings: Any, run_name: str) -> Iterator[Machine]:
    home = Path(tempfile.mkdtemp(dir=_folder))
    home.chmod(0o711)
    machine = Machine(home, _made.programs)
    shutil.copytree(_made.data, machine.data)
    machine.data.chmod(0o700)
    _made.programs.give(machine.data)
    machine.state.mkdir()
    key = home / "audit.key"
    key.write_text(SIGNER.private_text() + "\n", encoding="utf-8")
    settings.PANJEREH = dataclasses.replace(settings.PANJEREH, audit_key_file=key)
    assert django_settings.PANJEREH.audit_key_file == key
    yield machine
    shutil.rmtree(home)
