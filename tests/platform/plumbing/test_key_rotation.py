"""The wrapping key changes while everybody goes on, and no old key is thrown away too early."""

import base64
import dataclasses
import datetime as dt
import io
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, connections, transaction

from panjereh.domain.audit.models import Leaf
from panjereh.domain.people import api as people
from panjereh.plumbing import sealing
from panjereh.plumbing.models import SubjectKey
from panjereh.plumbing.wrapping import HeldKeys, WrappingKeyMissing, key_id, read_keys
from panjereh_kernel.actor import Actor

ROOT = Path(__file__).resolve().parents[3]
AT = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
OLD, NEW = b"w" * 32, b"n" * 32
PLATFORM = Actor.system("key-rotation")


def owner(number: int) -> UUID:
    return UUID(int=number)


@pytest.fixture
def hold(settings) -> Callable[..., None]:
    def keys(*held: bytes) -> None:
        settings.PANJEREH = dataclasses.replace(settings.PANJEREH, wrapping_key_file=held)

    return keys


@pytest.fixture
def sealed(hold) -> dict[UUID, bytes]:
    hold(OLD)
    return {owner(n): sealing.seal(owner(n), "name", f"person {n}") for n in range(1, 6)}


def rotate(batch: int = 2) -> str:
    out = io.StringIO()
    call_command("keys", "rotate", "--batch", str(batch), stdout=out)
    return out.getvalue()


def wrapped_with(key: bytes) -> int:
    return SubjectKey.objects.filter(wrapping_key_id=key_id(key), wrapped_key__isnull=False).count()


def test_keys_are_read_current_first():
    text = f"{base64.b64encode(NEW).decode()}\n{base64.b64encode(OLD).decode()}\n"

    held = HeldKeys(read_keys(text))

    assert held.current == key_id(NEW)
    assert held.known == {key_id(NEW), key_id(OLD)}


@pytest.mark.parametrize("text", ["", "c2hvcnQ=", "not base64!", f"{base64.b64encode(OLD).decode()} " * 2])
def test_what_are_no_keys_is_refused(text):
    with pytest.raises(ValueError, match="hold"):
        read_keys(text)


def test_a_wrapped_key_opens_with_the_key_it_names_and_no_other():
    name, wrapped = HeldKeys([OLD]).wrap(b"k" * 32)

    assert HeldKeys([NEW, OLD]).unwrap(name, wrapped) == b"k" * 32
    with pytest.raises(WrappingKeyMissing):
        HeldKeys([NEW]).unwrap(name, wrapped)
    with pytest.raises(InvalidUnwrap):
        HeldKeys([NEW]).unwrap(key_id(NEW), wrapped)


def work_while_two_rotate(sealed: dict[UUID, bytes], made: dict[UUID, bytes]) -> list[Exception]:
    """Rotate on two connections while two read what is sealed and one seals more; return what went wrong."""
    done, faults = threading.Event(), []

    def read() -> None:
        while not done.is_set():
            assert all(sealing.unseal(who, "name", what) == str(who.int) for who, what in sealed.items())

    def write() -> None:
        number = 1000
        while not done.is_set():
            number += 1
            made[owner(number)] = sealing.seal(owner(number), "name", str(number))

    def turn() -> None:
        while people.rewrap_keys(limit=7, actor=PLATFORM, at=AT):
            pass

    def guarded(work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as fault:  # noqa: BLE001 -- a thread's fault is told by the test
            faults.append(fault)
        finally:
            connections.close_all()

    around = start_all(guarded, (read, read, write))
    join_all(start_all(guarded, (turn, turn)))
    done.set()
    join_all(around)
    return faults


def start_all(
    guard: Callable[[Callable[[], None]], None], works: Sequence[Callable[[], None]]
) -> list[threading.Thread]:
    threads = [threading.Thread(target=guard, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    return threads


def join_all(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.join(timeout=60)


@pytest.mark.django_db(transaction=True, databases=["default", "trace"])
class TestRotation:
    """With real commits."""

    def test_after_a_rotation_all_is_opened_by_the_new_key_alone(self, sealed, hold):
        hold(NEW, OLD)

        said = rotate()

        hold(NEW)
        assert [sealing.unseal(who, "name", what) for who, what in sorted(sealed.items())] == [
            f"person {n}" for n in range(1, 6)
        ]
        assert said.splitlines()[-1] == "every key is wrapped with the current wrapping key"

    def test_a_rotation_leaves_a_leaf_for_each_batch_with_ids_and_counts_only(self, sealed, hold):
        hold(NEW, OLD)

        rotate(batch=2)

        leaves = Leaf.objects.filter(event="people.keys.rewrapped").order_by("at")
        assert [(leaf.subject, leaf.facts) for leaf in leaves] == [
            (key_id(NEW), {"count": count}) for count in (2, 2, 1)
        ]

    def test_a_second_rotation_does_nothing(self, sealed, hold):
        hold(NEW, OLD)
        rotate()
        before = Leaf.objects.count()

        rotate()

        assert Leaf.objects.count() == before

    def test_an_erased_key_stays_erased(self, sealed, hold):
        sealing.erase_key(owner(1), at=AT)
        hold(NEW, OLD)

        rotate()

        with pytest.raises(sealing.ContentErased):
            sealing.unseal(owner(1), "name", sealed[owner(1)])

    def test_without_the_old_key_nothing_is_changed_and_the_operator_is_told(self, sealed, hold):
        hold(NEW)

        with pytest.raises(CommandError, match=key_id(OLD)):
            rotate()

        assert wrapped_with(OLD) == 5

    def test_the_list_shows_what_is_used_held_and_retired(self, sealed, hold):
        hold(NEW)
        out = io.StringIO()

        call_command("keys", "list", stdout=out)

        assert out.getvalue().splitlines() == [
            f"{key_id(NEW)} wraps 0, current",
            f"{key_id(OLD)} wraps 5, NOT HELD",
        ]

    def test_a_key_in_use_cannot_be_retired(self, sealed, hold):
        hold(NEW, OLD)

        with pytest.raises(CommandError, match="wrapping-key-in-use"):
            call_command("keys", "retire", key_id(OLD))

    def test_the_current_key_cannot_be_retired(self, hold):
        hold(NEW)

        with pytest.raises(CommandError, match="wrapping-key-in-use"):
            call_command("keys", "retire", key_id(NEW))

    def test_retiring_is_recorded_once(self, sealed, hold):
        hold(NEW, OLD)
        rotate()

        for _ in range(2):
            people.retire_wrapping_key(key_id(OLD), actor=PLATFORM, at=AT)

        assert Leaf.objects.filter(event="people.wrapping_key.retired", subject=key_id(OLD)).count() == 1

    def test_a_program_left_behind_with_a_retired_key_seals_nothing(self, sealed, hold):
        hold(NEW, OLD)
        rotate()
        people.retire_wrapping_key(key_id(OLD), actor=PLATFORM, at=AT)
        hold(OLD)

        with pytest.raises(IntegrityError, match="retired"):
            sealing.seal(owner(9), "name", "left behind")

    def test_a_key_made_while_its_wrapping_key_is_retired_is_not_overlooked(self, sealed, hold):
        """The retirement waits for the transaction that makes a key, and then counts it."""
        hold(NEW, OLD)
        rotate()
        hold(OLD)
        retired: list[object] = []

        def retire() -> None:
            try:
                with transaction.atomic():
                    sealing.retire_key(key_id(OLD), at=AT)
            except sealing.WrappingKeyInUse as refusal:
                retired.append(refusal.uses)
            finally:
                connections.close_all()

        with transaction.atomic():
            sealing.seal(owner(9), "name", "just now")
            hold(NEW, OLD)
            thread = threading.Thread(target=retire)
            thread.start()
            thread.join(timeout=0.1)
            assert thread.is_alive()
        thread.join(timeout=10)

        assert retired == [1]

    @pytest.mark.slow
    def test_readers_and_writers_go_on_while_two_rotate(self, hold):
        hold(OLD)
        sealed = {owner(n): sealing.seal(owner(n), "name", str(n)) for n in range(1, 301)}
        hold(NEW, OLD)
        made: dict[UUID, bytes] = {}
        faults = work_while_two_rotate(sealed, made)

        assert faults == []
        assert made
        assert wrapped_with(OLD) == 0
        assert sum(leaf.facts["count"] for leaf in Leaf.objects.order_by("at")) == 300
        hold(NEW)
        for who, what in (sealed | made).items():
            assert sealing.unseal(who, "name", what) == str(who.int)

    @pytest.mark.slow
    def test_killed_in_the_middle_it_goes_on_where_it_was(self, hold, tmp_path):
        hold(OLD)
        sealed = {owner(n): sealing.seal(owner(n), "name", str(n)) for n in range(1, 301)}
        key_file = tmp_path / "wrapping"
        key_file.write_text("\n".join(base64.b64encode(key).decode() for key in (NEW, OLD)), encoding="ascii")
        database = connection.settings_dict
        address = (
            f"postgresql://{database['USER']}@/{database['NAME']}"
            f"?host={database['HOST']}&port={database['PORT'] or 5432}"
        )
        process = subprocess.Popen(
            [sys.executable, "-m", "panjereh", "keys", "rotate", "--batch", "1"],
            env=os.environ
            | {
                "PYTHONPATH": str(ROOT / "src"),
                "DJANGO_SETTINGS_MODULE": "panjereh.config.settings",
                "PANJEREH_DATABASE_URL": address,
                "PANJEREH_WRAPPING_KEY_FILE": str(key_file),
                "PYTHONUNBUFFERED": "1",
            },
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None
        for _ in range(5):
            assert process.stdout.readline().startswith(b"wrapped anew")
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=10)
        left = wrapped_with(OLD)
        hold(NEW, OLD)

        rotate(batch=100)

        assert 0 < left < 300
        assert wrapped_with(OLD) == 0
        assert django_settings.PANJEREH.wrapping.current == key_id(NEW)
        assert {who: sealing.unseal(who, "name", what) for who, what in sealed.items()} == {
            who: str(who.int) for who in sealed
        }
