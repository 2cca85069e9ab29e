"""How long a job waits before it is tried again: growing pauses, never more than a minute, not for ever."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from procrastinate.jobs import Job

from panjereh.jobs import registry


def pause_after(attempts: int) -> float | None:
    """Return the seconds until the next try after so many, None for no further one."""
    job = Job(id=1, queue="default", lock=None, queueing_lock=None, task_name="any", attempts=attempts)
    begun = dt.datetime.now(tz=dt.UTC)
    decision = registry.RETRY.get_retry_decision(exception=OSError(), job=job)
    return None if decision is None else (decision.retry_at - begun).total_seconds()


def test_the_first_pauses_double():
    assert [round(pause_after(attempts)) for attempts in range(5)] == [2, 4, 8, 16, 32]


@given(st.integers(5, registry.MOST_ATTEMPTS - 1))
def test_no_later_pause_is_longer_than_a_minute(attempts):
    assert round(pause_after(attempts)) == registry.LONGEST_PAUSE_SECONDS


def test_in_the_end_a_job_is_given_up():
    assert pause_after(registry.MOST_ATTEMPTS) is None
