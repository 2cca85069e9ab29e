"""What the platform counts of its pages and jobs, and what it reads from the database when asked."""

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.jobs import Job
from prometheus_client import REGISTRY

from panjereh.domain.audit import api as audit
from panjereh.jobs import registry
from panjereh.plumbing import metrics, queue
from panjereh_kernel.actor import Actor

AT = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
WORK = "test.metered-work"


def sample(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0


def test_a_request_is_counted_by_the_name_of_its_route():
    def counted() -> float:
        return sample("panjereh_requests_total", route="live", method="GET", status="2xx")

    before = counted()

    Client().get("/health/live?q=9991234569")

    assert counted() == before + 1


def test_a_refusal_is_counted_by_its_code():
    before = sample("panjereh_refusals_total", code="not-found")

    Client().get("/9991234569")

    assert sample("panjereh_refusals_total", code="not-found") == before + 1


@pytest.fixture
def work() -> Any:
    """A job that does what it is told, known for this test alone."""

    @registry.job(WORK)
    def do(what: str) -> None:
        if what == "raise":
            raise OSError

    yield app.tasks[WORK]
    del app.tasks[WORK]


def test_an_attempt_that_ends_well_is_counted_and_timed(work: Any):
    before = sample("panjereh_jobs_total", task=WORK, outcome="done")
    timed = sample("panjereh_job_seconds_count", task=WORK)

    work(what="end")

    assert sample("panjereh_jobs_total", task=WORK, outcome="done") == before + 1
    assert sample("panjereh_job_seconds_count", task=WORK) == timed + 1


@pytest.mark.parametrize(("attempts", "outcome"), [(0, "retried"), (registry.MOST_ATTEMPTS, "failed")])
def test_an_attempt_that_raises_is_retried_or_failed_for_good(work: Any, attempts: int, outcome: str):
    job = Job(id=1, queue="default", lock=None, queueing_lock=None, task_name=WORK, attempts=attempts)
    before = sample("panjereh_jobs_total", task=WORK, outcome=outcome)
    done = sample("panjereh_jobs_total", task=WORK, outcome="done")

    with pytest.raises(OSError):  # noqa: PT011 -- it says nothing
        work(what="raise")
    registry.RETRY.get_retry_decision(exception=OSError(), job=job)

    assert sample("panjereh_jobs_total", task=WORK, outcome=outcome) == before + 1
    assert sample("panjereh_jobs_total", task=WORK, outcome="done") == done


def in_database() -> dict[str, dict[tuple[str, ...], float]]:
    """Return name → labels' values → value, as a scrape finds it: on a thread and connection of its own."""
    with ThreadPoolExecutor(1) as scraper:
        families = scraper.submit(lambda: list(metrics.DatabaseMetrics().collect())).result()
    return {
        family.name: {tuple(sample.labels.values()): sample.value for sample in family.samples}
        for family in families
    }


@pytest.mark.django_db(transaction=True)
def test_queue_outbox_and_record_are_read_from_the_database():
    queue.defer("people.check_identity", sign_in_id=1)
    queue.defer("outbox.deliver", event_id=1)
    audit.record(event="test.thing.done", actor=Actor.anonymous("test"), subject="x", at=AT)
    with psycopg.connect(settings.PANJEREH_TEST_OWNER_URL, autocommit=True) as owner:
        owner.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE task_name LIKE 'people.%'")
        owner.execute("UPDATE procrastinate_events SET at = at - interval '1 hour'")

    before = in_database()
    until = time.monotonic() + 20
    while not audit.sequence_leaves(at=AT) and time.monotonic() < until:
        time.sleep(0.05)  # it waits for whatever transaction runs on this server, another test's too
    after = in_database()

    assert before["panjereh_jobs_queued"] == {
        ("people.check_identity", "failed"): 1,
        ("outbox.deliver", "todo"): 1,
    }
    assert before["panjereh_oldest_job_seconds"][()] >= 3600
    assert before["panjereh_outbox_undelivered"] == {(): 1}
    assert before["panjereh_record_waiting"] == {(): 1}
    assert before["panjereh_record_lag_seconds"][()] > 0
    assert after["panjereh_record_waiting"] == {(): 0}
    assert after["panjereh_record_size"] == {(): 1}


def test_while_the_database_is_away_nothing_is_said_of_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(connections.settings["default"], "HOST", "/nowhere/at/all")

    assert in_database() == {}
