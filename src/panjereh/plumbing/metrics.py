"""What the platform counts besides requests and refusals, see `panjereh_kernel.metering`."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import Error, connections
from prometheus_client import Counter, Histogram
from prometheus_client.metrics_core import GaugeMetricFamily, Metric

from panjereh_kernel.metering import SECONDS

# `task` and not `job`: that label is Prometheus's own.
jobs = Counter(
    "panjereh_jobs", "Attempts at jobs, by how they ended: done, retried, failed", ["task", "outcome"]
)
job_seconds = Histogram("panjereh_job_seconds", "Seconds of one attempt at a job", ["task"], buckets=SECONDS)
exchange_calls = Counter(
    "panjereh_exchange_calls", "Questions to registers, by data set and outcome", ["data_set", "outcome"]
)
signs = Counter("panjereh_intrusion_signs", "Signs of an intrusion that were noted, by kind", ["sign"])

# More than this many waiting jobs are told apart by nobody.
OLDEST_AMONG: Final = 1000
_QUEUE: Final = """
SELECT task_name, status::text, count(*) FROM procrastinate_jobs
WHERE status IN ('todo', 'doing', 'failed') GROUP BY 1, 2
"""
_OLDEST: Final = """
SELECT coalesce(max(extract(epoch FROM now() - greatest(deferred.at, waiting.scheduled_at))), 0) FROM (
  SELECT id, scheduled_at FROM procrastinate_jobs
  WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now()) ORDER BY id LIMIT %s::int
) waiting JOIN procrastinate_events deferred ON deferred.job_id = waiting.id AND deferred.type = 'deferred'
"""
_RECORD: Final = """
WITH last AS (
  SELECT s.index, l.transaction_id, l.id FROM audit_sequenced s JOIN audit_leaf l ON l.id = s.leaf_id
  ORDER BY s.index DESC LIMIT 1
)
SELECT coalesce((SELECT index + 1 FROM last), 0), count(waiting.id),
  coalesce(extract(epoch FROM now() - min(waiting.at)), 0)
FROM audit_leaf waiting
WHERE NOT EXISTS (SELECT 1 FROM last) OR (waiting.transaction_id, waiting.id) >
  ((SELECT transaction_id FROM last), (SELECT id FROM last))
"""
_DELIVERY: Final = "outbox.deliver"


@contextmanager
def timing_job(name: str) -> Iterator[None]:
    """Count an attempt that ends well, and the seconds of every attempt; who retries counts the others."""
    begun = time.monotonic()
    try:
        yield
        jobs.labels(name, "done").inc()
    finally:
        job_seconds.labels(name).observe(time.monotonic() - begun)


def count_attempt_that_raised(name: str, *, is_retried: bool) -> None:
    """Count an attempt at a job that did not end well."""
    jobs.labels(name, "retried" if is_retried else "failed").inc()


class DatabaseMetrics:
    """What stands in the database when Prometheus asks. For one process per database: the sequencer.

    GAP: the queue is counted whole at each look; an operator with millions of failed jobs would feel it.
    """

    def collect(self) -> Iterator[Metric]:
        """Yield queue, outbox and record; nothing when the database is away, which other metrics tell."""
        try:
            yield from [*_queue(), *_record()]
        except Error:
            return
        finally:
            connections.close_all()  # this thread's own


def _queue() -> Iterator[Metric]:
    queued = GaugeMetricFamily(
        "panjereh_jobs_queued", "Jobs in the queue: todo, doing, failed for good", labels=["task", "state"]
    )
    undelivered = 0
    for name, state, count in _rows(_QUEUE):
        queued.add_metric([name, state], count)
        undelivered += count if name == _DELIVERY else 0
    yield queued
    ((seconds,),) = _rows(_OLDEST, OLDEST_AMONG)
    yield GaugeMetricFamily(
        "panjereh_oldest_job_seconds",
        "How long the oldest job that could begin has waited",
        value=float(seconds),
    )
    yield GaugeMetricFamily(
        "panjereh_outbox_undelivered", "Events that not every subscriber has had yet", value=undelivered
    )


def _record() -> Iterator[Metric]:
    ((size, waiting, seconds),) = _rows(_RECORD)
    yield GaugeMetricFamily(
        "panjereh_record_size", "Leaves of the audit record that have their place", value=size
    )
    yield GaugeMetricFamily("panjereh_record_waiting", "Leaves that wait for their place", value=waiting)
    yield GaugeMetricFamily(
        "panjereh_record_lag_seconds", "How long the oldest of them has waited", value=float(seconds)
    )


def _rows(statement: str, *values: int) -> list[tuple[Any, ...]]:
    with connections["default"].cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
