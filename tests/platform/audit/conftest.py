"""What tests of the record share: writing leaves, putting them in order, changing what may not change."""

import dataclasses
import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.audit import queries
from panjereh_kernel.actor import Actor
from panjereh_tlog.directory import TileLog
from panjereh_tlog.notes import Signer

AT = dt.datetime(2026, 11, 22, 8, 30, tzinfo=dt.UTC)
SYSTEM = Actor.system("case-decision")
SIGNER = Signer.make("panjereh.test/audit", seed=b"\x11" * 32)


def write_leaf(event: str = "casework.case.submitted", *, at: dt.datetime = AT, **facts: str | int) -> UUID:
    with transaction.atomic():
        return audit.record(event=event, actor=SYSTEM, subject="a-case", at=at, facts=facts)


def sequence_all(*, seconds: float = 30) -> None:
    """Place every leaf. Other databases of the server may hold the horizon back for a moment."""
    until = time.monotonic() + seconds
    audit.sequence_leaves(at=AT)
    while queries.waiting_count():
        assert time.monotonic() < until, "leaves still wait"
        time.sleep(0.01)  # whoever holds it back needs the processor too
        audit.sequence_leaves(at=AT)


@pytest.fixture
def owner(settings: Any) -> Iterator[psycopg.Connection[Any]]:
    """Somebody who can change what the programs cannot: the owner of the tables."""
    with psycopg.connect(settings.PANJEREH_TEST_OWNER_URL, autocommit=True) as connection:
        yield connection


@dataclass(frozen=True)
class Record:
    """The folders of one record, and what the sequencer does to them."""

    log: Path
    checkpoints: Path

    def catch_up(self, *, at: dt.datetime = AT) -> None:
        sequence_all()
        with TileLog.open(self.log, signer=SIGNER, origin=SIGNER.name) as tile_log:
            audit.write_log(tile_log)
            audit.publish_checkpoint(tile_log, verifier=SIGNER.verifier(), directory=self.checkpoints, at=at)

    def verify(self) -> audit.Verified:
        return audit.verify_log(
            log_directory=self.log, checkpoint_directory=self.checkpoints, verifier=SIGNER.verifier()
        )


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record(tmp_path / "log", tmp_path / "checkpoints")


@pytest.fixture
def configured(record: Record, tmp_path: Path, settings: Any) -> None:
    """Point the platform's settings at the record's folders and key."""
    key = tmp_path / "key"
    key.write_text(SIGNER.private_text() + "\n", encoding="utf-8")
    settings.PANJEREH = dataclasses.replace(
        settings.PANJEREH,
        audit_log_directory=record.log,
        audit_checkpoint_directory=record.checkpoints,
        audit_key_file=key,
        state_directory=tmp_path / "state",
    )
