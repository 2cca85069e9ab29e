"""The sequencer and `audit verify` as an operator runs them."""

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command

from panjereh.commands.management.commands import sequencer
from tests.platform.audit.conftest import SIGNER, Record, write_leaf

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
