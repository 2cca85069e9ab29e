"""The drill: walk a case, back up, go on, lose the machine, restore to a moment, verify, go on."""

import io
import resource
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.core.management.base import CommandError

from panjereh.commands.bundles import making
from panjereh.domain.casework import api as casework
from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory
from panjereh.domain.messaging import api as messaging
from panjereh.domain.people import api as people
from panjereh.jobs import messaging as messaging_jobs
from panjereh.plumbing import edge
from panjereh_tlog.directory import PublishedLog
from panjereh_tlog.notes import Signer
from tests.platform.audit.conftest import write_leaf
from tests.platform.backup.conftest import Machine
from tests.platform.casework.conftest import registers as registers  # noqa: PLC0414 -- a fixture
from tests.platform.casework.test_applying import ready
from tests.platform.casework.window import AT, Window
from tests.platform.messaging.gateways import Phone
from tests.platform.people.desk import open_minas_account

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, databases=["default", "trace"])]

RunJobs = Callable[[], int]


@pytest.fixture
def phone(monkeypatch: pytest.MonkeyPatch) -> Phone:
    """The carrier, which is not lost with the machine."""
    phone = Phone()
    monkeypatch.setattr(messaging_jobs, "gateway", lambda: phone)
    return phone


def submitted(registers: Any, run_jobs: RunJobs) -> Window:
    registers.residence = None
    directory.import_directory(Path(django_settings.PANJEREH.data_directory) / "iran", at=AT)
    catalogue.install_packs(Path(django_settings.PANJEREH.packs_directory), at=AT)
    window = Window.of(open_minas_account())
    ready(window, run_jobs)
    window.submit()
    return window


def test_a_case_goes_on_after_the_machine_was_lost_and_nothing_is_sent_twice(
    machine: Machine, registers: Any, run_jobs: RunJobs, phone: Phone, settings: Any
) -> None:
    with machine.running() as socket:
        machine.point(settings, socket)
        machine.keep_log(socket)
        window = submitted(registers, run_jobs)
        machine.sequence()
        bundle = machine.back_up("bundle")
        moment, sent_before = edge.now(), len(phone.got)
        assert run_jobs() > 0  # after that moment: decided, told, the text message is out
        sent = dict(phone.got)
        assert len(sent) > sent_before
        machine.keep_log(socket)
    machine.lose()
    new = machine.home / "new"

    listed = machine.home / "elsewhere" / "list"
    listed.write_text(f'{{"subject_id": "{edge.new_id()}", "reason": "holder-asked"}}\n')
    out = io.StringIO()

    machine.restore(bundle, new, wal=machine.archive, until=moment, erasures=listed, stdout=out)

    assert "is not in this database" in out.getvalue()
    with machine.running(new / making.CLUSTER):
        assert window.see().state is casework.CaseState.SUBMITTED
        run_jobs()
        assert window.see().state is casework.CaseState.REFUSED
        told = [each.template for each in messaging.inbox(window.actor, limit=10)]
        assert told.count("case-refused") == 1
        assert phone.got == sent
        assert phone.calls > len(sent)


@pytest.mark.rehearsal
def test_a_moment_before_the_last_checkpoint_is_refused_and_the_end_of_the_log_is_not(
    machine: Machine, registers: Any, run_jobs: RunJobs, phone: Phone, settings: Any
) -> None:
    with machine.running() as socket:
        machine.point(settings, socket)
        machine.keep_log(socket)
        submitted(registers, run_jobs)
        machine.sequence()
        bundle = machine.back_up("bundle")
        moment = edge.now()
        run_jobs()
        machine.sequence()
        machine.keep_log(socket)
    # The published checkpoints lie on another machine: only the rest is lost.
    (machine.state / "audit-checkpoints").rename(machine.home / "published")
    machine.lose()
    left = {"wal": machine.archive, "checkpoints": machine.home / "published"}

    with pytest.raises(CommandError, match="does not reach what was published") as refused:
        machine.restore(bundle, machine.home / "new", until=moment, **left)
    assert not list(machine.home.glob("new*"))
    assert "1. Restore to a later moment: --until " in str(refused.value)

    with pytest.raises(CommandError, match="ends before"):
        machine.restore(bundle, machine.home / "new", until=edge.now(), **left)

    machine.restore(bundle, machine.home / "new", **left)


@pytest.mark.rehearsal
def test_acts_that_are_lost_for_good_begin_a_record_under_a_new_key(machine: Machine, settings: Any) -> None:
    with machine.running() as socket:
        machine.point(settings, socket)
        write_leaf()
        machine.sequence()
        bundle = machine.back_up("bundle")
        write_leaf()
        machine.sequence()
    shutil.rmtree(machine.data)  # the published checkpoints are left, and speak of two leaves
    new_key = Signer.make("panjereh.test/audit-2", seed=b"\x22" * 32)
    settings.PANJEREH.audit_key_file.write_text(new_key.private_text() + "\n", encoding="utf-8")

    machine.restore(bundle, machine.home / "new", new_record=True)

    files = machine.home / "new" / making.FILES
    log = PublishedLog(files / making.LOG, origin=new_key.name, verifier=new_key.verifier())
    assert log.size == 1
    assert (files / f"{making.CHECKPOINTS}-before").is_dir()


@pytest.mark.rehearsal
def test_who_was_erased_since_is_erased_again(
    machine: Machine, registers: Any, run_jobs: RunJobs, phone: Phone, settings: Any
) -> None:
    with machine.running() as socket:
        machine.point(settings, socket)
        window = submitted(registers, run_jobs)
        machine.sequence()
        bundle = machine.back_up("bundle")
        person = window.actor.subject_id
        call_command("erase", subject=person, reason="holder-asked", stdout=io.StringIO())
    listed = machine.home / "elsewhere" / "list"
    (machine.state / making.ERASURES).rename(listed)
    machine.lose()

    machine.restore(bundle, machine.home / "new", erasures=listed)

    with machine.running(machine.home / "new" / making.CLUSTER) as socket:
        assert people.labels([person]) == {}
        with psycopg.connect(f"postgresql://postgres@/postgres?host={socket}") as connection:
            rows = connection.execute("SELECT 1 FROM pg_database WHERE datname = 'panjereh_idp'")
            assert rows.fetchone() == (1,)


@pytest.mark.rehearsal
def test_a_disk_that_is_full_leaves_no_bundle(machine: Machine, settings: Any) -> None:
    with machine.running() as socket:
        machine.point(settings, socket)
        machine.sequence()
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, most))  # of one file, here and in what is started
        try:
            with pytest.raises(CommandError, match="pg_basebackup failed"):
                machine.back_up("bundle")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    assert list((machine.home / "elsewhere").iterdir()) == []
