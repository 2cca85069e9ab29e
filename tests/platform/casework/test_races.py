"""Two at once on one case, each with a connection of its own: whoever holds the case first wins."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections

from panjereh.domain.casework import api as casework
from panjereh.domain.casework.models import Decision
from panjereh.domain.documents.models import Document
from tests.platform.casework.test_applying import events, ready
from tests.platform.casework.test_overdue import just_after, note

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "trace"]),
]
LONGEST_WAIT_S = 20


@contextmanager
def held(window) -> Iterator[None]:
    """Hold the row of the case, as somebody in the middle of a transaction does."""
    with psycopg.connect(settings.PANJEREH_TEST_OWNER_URL) as other:
        other.execute("SELECT 1 FROM casework_case WHERE id = %s FOR UPDATE", [window.case_id])
        yield


def waiting_for_locks() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return int(cursor.fetchone()[0])


def queue_up(deeds: list[Callable[[], None]]) -> tuple[list[threading.Thread], list[Exception]]:
    """Start each deed on its own connection once the one before it waits for the case."""
    refused: list[Exception] = []

    def run(deed: Callable[[], None]) -> None:
        try:
            deed()
        except casework.CaseStepImpossible as refusal:
            refused.append(refusal)
        finally:
            connections.close_all()

    threads = []
    for place, deed in enumerate(deeds, start=1):
        threads.append(threading.Thread(target=run, args=(deed,)))
        threads[-1].start()
        until = time.monotonic() + LONGEST_WAIT_S
        while waiting_for_locks() < place:
            assert time.monotonic() < until
            time.sleep(0.01)
    return threads, refused


def run_in_order(window, *deeds: Callable[[], None]) -> list[Exception]:
    with held(window):
        threads, refused = queue_up(list(deeds))
    for thread in threads:
        thread.join(LONGEST_WAIT_S)
    return refused


def test_a_withdrawal_that_comes_first_leaves_nothing_to_decide(window, registers, run_jobs):
    ready(window, run_jobs)
    window.submit()

    refused = run_in_order(window, window.withdraw, window.decide)

    assert window.see().state is casework.CaseState.WITHDRAWN
    assert (refused, Decision.objects.count(), Document.objects.count()) == ([], 0, 0)


def test_a_decision_that_comes_first_cannot_be_withdrawn_from(window, registers, run_jobs):
    ready(window, run_jobs)
    window.submit()

    refused = run_in_order(window, window.decide, window.withdraw)

    assert window.see().state is casework.CaseState.GRANTED
    assert len(refused) == 1
    assert "withdraw" not in events(window)


def test_a_double_click_on_withdrawing_withdraws_once(window, registers, run_jobs):
    ready(window, run_jobs)
    window.submit()

    refused = run_in_order(window, window.withdraw, window.withdraw)

    assert len(refused) == 1
    assert events(window).count("withdraw") == 1


def test_withdrawing_in_one_tab_and_submitting_in_another_ends_in_one_of_them(window, registers, run_jobs):
    ready(window, run_jobs)

    refused = run_in_order(window, window.withdraw, window.submit)

    assert len(refused) == 1
    assert window.see().state is casework.CaseState.WITHDRAWN
    assert window.see().submitted_at is None


def test_a_case_that_somebody_holds_is_noted_as_late_in_the_next_round(window, registers, run_jobs):
    ready(window, run_jobs)
    window.submit()
    with held(window):
        note(just_after())
    assert not window.see().is_overdue

    note(just_after())

    assert window.see().is_overdue
