"""The sequencer and `audit verify` as an operator runs them."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from panjereh.commands.management.commands import audit as audit_command
from panjereh.commands.management.commands import sequencer
from panjereh.domain.audit import api as audit
from panjereh_kernel.actor import Actor, Channel, Role
from panjereh_tlog.bundle import verify_bundle
from panjereh_tlog.checkpoints import Checkpoint, sign_checkpoint
from panjereh_tlog.notes import Signer
from panjereh_tlog.proof_file import verify_proofs
from tests.platform.audit.conftest import AT, SIGNER, Record, sequence_all, write_leaf

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "trace"]),
    pytest.mark.usefixtures("configured"),
]
ROOT = Path(__file__).resolve().parents[3]


def run_once() -> None:
    call_command("sequencer", once=True)


def verify(**options: Any) -> str:
    out = io.StringIO()
    call_command("audit", "verify", stdout=out, **options)
    return out.getvalue()


def run_until_placed() -> None:
    """Other databases of the server may hold the horizon back for a moment."""
    from panjereh.domain.audit import queries

    until = time.monotonic() + 30
    run_once()
    while queries.waiting_count():
        assert time.monotonic() < until
        time.sleep(0.01)  # whoever holds it back needs the processor too
        run_once()


def test_one_round_orders_writes_publishes_and_counts() -> None:
    write_leaf(service="address-certificate", state="submitted")

    run_until_placed()

    said = verify()
    assert said.startswith("OK size 1 root ")
    assert "checkpoint 20" in said
    assert "OK figure cases-by-state-and-day events 1" in said


def test_a_round_leaves_a_heartbeat(tmp_path: Path) -> None:
    run_once()

    assert (tmp_path / "state" / sequencer.HEARTBEAT).read_text().startswith("20")


def test_verifying_takes_a_key_that_others_hold() -> None:
    run_once()

    assert "OK size 0" in verify(public_key=str(SIGNER.verifier()))


def test_verifying_a_changed_record_names_the_leaf_and_ends_with_one(owner: psycopg.Connection[Any]) -> None:
    write_leaf()
    run_until_placed()
    owner.execute("UPDATE audit_leaf SET subject = 'another-case'")

    with pytest.raises(CommandError, match="BROKEN audit-broken leaf 0") as broken:
        verify()

    assert broken.value.returncode == 1


def test_verifying_a_changed_number_ends_with_one(owner: psycopg.Connection[Any]) -> None:
    write_leaf(service="address-certificate", state="submitted")
    run_until_placed()
    owner.execute("UPDATE figures_dailycount SET count = 2")

    with pytest.raises(CommandError, match="BROKEN figure-differs-from-events") as broken:
        verify()

    assert broken.value.returncode == 1


def start_sequencer(record: Record, tmp_path: Path, *, owner_url: str) -> subprocess.Popen[bytes]:
    url = owner_url.replace("panjereh_owner", "panjereh_app")
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "DJANGO_SETTINGS_MODULE": "panjereh.config.settings",
        "PANJEREH_DATABASE_URL": url,
        "PANJEREH_AUDIT_LOG_DIRECTORY": str(record.log),
        "PANJEREH_AUDIT_CHECKPOINT_DIRECTORY": str(record.checkpoints),
        "PANJEREH_AUDIT_KEY_FILE": str(tmp_path / "key"),
        "PANJEREH_STATE_DIRECTORY": str(tmp_path / "state"),
    }
    return subprocess.Popen([sys.executable, "-m", "panjereh", "sequencer"], env=environment, cwd=ROOT)


def wait_for_beat(tmp_path: Path, *, after: str = "") -> str:
    path = tmp_path / "state" / sequencer.HEARTBEAT
    until = time.monotonic() + 60
    while time.monotonic() < until:
        said = path.read_text() if path.exists() else ""
        if said > after:
            return said
        time.sleep(0.02)
    raise AssertionError("the sequencer does not beat")


@pytest.mark.slow
def test_a_killed_sequencer_goes_on_where_it_was_and_a_stopped_one_ends_cleanly(
    record: Record, tmp_path: Path, settings: Any
) -> None:
    owner_url = settings.PANJEREH_TEST_OWNER_URL
    for _ in range(20):
        write_leaf()
    process = start_sequencer(record, tmp_path, owner_url=owner_url)
    beat = wait_for_beat(tmp_path)
    write_leaf()
    process.kill()
    process.wait()

    process = start_sequencer(record, tmp_path, owner_url=owner_url)
    wait_for_beat(tmp_path, after=beat)
    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=10) == 0
    run_until_placed()
    assert record.verify().size == 21


PERSON = UUID("019e4c5e-0000-7000-8000-0000000000aa")


def test_the_record_is_exported_and_verifies_without_the_platform(tmp_path: Path) -> None:
    for _ in range(3):
        write_leaf()
    run_until_placed()
    out = io.StringIO()

    call_command("audit", "export", to=tmp_path / "bundle", stdout=out)

    assert out.getvalue() == "OK leaves 0 until 3 of 3\n"
    assert verify_bundle(tmp_path / "bundle", verifier=SIGNER.verifier()).checkpoint.size == 3
    assert (tmp_path / "bundle" / "README.fa.md").read_text(encoding="utf-8").startswith("# ")


def test_an_export_says_nothing_about_the_time_it_was_made(tmp_path: Path) -> None:
    write_leaf()
    run_until_placed()

    for name in ("one", "other"):
        call_command("audit", "export", to=tmp_path / name, stdout=io.StringIO())

    # The manifest has the digest of every file.
    one, other = ((tmp_path / name / "manifest").read_bytes() for name in ("one", "other"))
    assert one == other


@pytest.mark.parametrize("options", [{"start": 2}, {"until": 9}])
def test_leaves_that_are_not_published_are_not_exported(options: dict[str, int], tmp_path: Path) -> None:
    write_leaf()
    run_until_placed()

    with pytest.raises(CommandError, match="nothing was written"):
        call_command("audit", "export", to=tmp_path / "bundle", **options)

    assert not (tmp_path / "bundle").exists()


def test_a_broken_record_is_not_exported_as_if_it_were_whole(record: Record, tmp_path: Path) -> None:
    write_leaf(state="submitted")
    run_until_placed()
    entries = record.log / "tile/entries/000.p/1"
    entries.write_bytes(entries.read_bytes().replace(b"submitted", b"sUbmitted"))

    with pytest.raises(CommandError, match=r"BROKEN audit-broken tile/0/000\.p/1: leaf 0"):
        call_command("audit", "export", to=tmp_path / "bundle")


def test_published_checkpoints_of_another_log_are_not_exported(record: Record, tmp_path: Path) -> None:
    write_leaf()
    run_until_placed()
    other = Signer.make("another.test/log", seed=bytes(32))
    (path,) = record.checkpoints.glob("*.checkpoints")
    note = sign_checkpoint(Checkpoint("another.test/log", 1, bytes(32)), other)
    path.write_text(json.dumps({"at": "2026-11-22T08:30:00+00:00", "checkpoint": note}) + "\n")

    with pytest.raises(CommandError, match="BROKEN audit-broken checkpoints"):
        call_command("audit", "export", to=tmp_path / "bundle")


def test_what_was_done_by_a_person_or_to_them_is_proven_in_one_file(tmp_path: Path) -> None:
    write_leaf()
    theirs = [
        record_leaf(subject=str(PERSON), actor=Actor.system("case-decision")),
        record_leaf(subject="a-case", actor=citizen(PERSON)),
    ]
    run_until_placed()
    proven: list[str] = []

    call_command("audit", "prove", subject=PERSON, to=tmp_path / "proofs", stdout=io.StringIO())

    found = verify_proofs(
        tmp_path / "proofs",
        verifier=SIGNER.verifier(),
        seen=lambda each: proven.append(json.loads(each.entry)["id"]),
    )
    assert (found.about, found.count, found.checkpoint.size) == (str(PERSON), 2, 3)
    assert sorted(proven) == sorted(str(leaf_id) for leaf_id in theirs)


def test_proofs_end_with_what_is_published(tmp_path: Path) -> None:
    record_leaf(subject=str(PERSON), actor=citizen(PERSON))
    run_until_placed()
    record_leaf(subject=str(PERSON), actor=citizen(PERSON))
    sequence_all()

    call_command("audit", "prove", subject=PERSON, to=tmp_path / "proofs", stdout=io.StringIO())

    assert verify_proofs(tmp_path / "proofs").count == 1


def test_a_leaf_that_was_changed_in_the_database_is_not_proven(
    owner: psycopg.Connection[Any], tmp_path: Path
) -> None:
    record_leaf(subject=str(PERSON), actor=citizen(PERSON))
    run_until_placed()
    owner.execute("UPDATE audit_leaf SET event = 'casework.case.granted'")

    with pytest.raises(CommandError, match=r"BROKEN audit-broken leaf 0: .* is not what the log has there"):
        call_command("audit", "prove", subject=PERSON, to=tmp_path / "proofs")


def test_nothing_is_proven_before_anything_was_published(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nothing was written"):
        call_command("audit", "prove", subject=PERSON, to=tmp_path / "proofs")


@pytest.mark.parametrize("arguments", [["export"], ["prove"], ["prove", "--to", "x"]])
def test_a_command_that_lacks_something_says_what(arguments: list[str]) -> None:
    with pytest.raises(CommandError, match=r"--to says where|--subject says whose"):
        call_command("audit", *arguments)


def test_verifying_a_long_record_tells_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_command, "STEP", 2)
    for _ in range(3):
        write_leaf()
    run_until_placed()
    told = io.StringIO()

    verify(stderr=told)

    assert told.getvalue() == "2 of 3 leaves\n"


def citizen(subject_id: UUID) -> Actor:
    return Actor(
        role=Role.CITIZEN,
        channel=Channel.WEB,
        purpose="case-decision",
        subject_id=subject_id,
        account_id=UUID(int=1),
    )


def record_leaf(*, subject: str, actor: Actor) -> UUID:
    with transaction.atomic():
        return audit.record(event="casework.case.seen", actor=actor, subject=subject, at=AT)
