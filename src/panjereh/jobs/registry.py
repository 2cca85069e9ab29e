"""How a function becomes a job.

Every job is retried with growing pauses, because each calls an operation that may be repeated. A job that
still fails stays in the table as failed, for an operator to see.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job
from procrastinate.worker import Worker

from panjereh.domain.upkeep import api as upkeep
from panjereh.plumbing import outbox, queue, sealing

log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

# A person may be waiting: however long a register was away, it is asked again within a minute of its return.
LONGEST_PAUSE_SECONDS: Final = 60
# Two hours and a half in all.
MOST_ATTEMPTS: Final = 150


class Patience(BaseRetryStrategy):
    """Two seconds, four, eight, and so on up to a minute."""

    def get_retry_decision(
        self,
        *,
        exception: BaseException,  # noqa: ARG002 -- procrastinate's signature
        job: Job,
    ) -> RetryDecision | None:
        """Return when to try again, None when it was tried often enough."""
        if job.attempts >= MOST_ATTEMPTS:
            return None
        # The exponent is held small: what is cut off anyway need not become a number of fifty digits.
        pause = min(2 ** min(job.attempts + 1, 10), LONGEST_PAUSE_SECONDS)
        return RetryDecision(retry_in={"seconds": pause})


RETRY = Patience()


def keep_last_error(call_next: Callable[[], Any], context: JobContext, _worker: Worker) -> Any:
    """Run a job, as a middleware of the worker; of one that is given up, keep which kind of error it was."""
    try:
        return call_next()
    except Exception as error:
        if context.job.id is not None and RETRY.get_retry_decision(exception=error, job=context.job) is None:
            upkeep.note_failure(context.job.id, error=error)
        raise


def job(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Register a function as the job `name`. The function stays callable as itself."""

    def register(function: Callable[P, R]) -> Callable[P, R]:
        _task(name)(_as_one_piece(function))
        return function

    return register


def periodic_job(
    name: str, *, every: str
) -> Callable[[Callable[Concatenate[int, P], R]], Callable[Concatenate[int, P], R]]:
    """Register a function as the job `name`, run at the cron times `every`.

    Its one argument is the `timestamp` of the tick, in seconds. The function stays callable as itself.
    """

    def register(function: Callable[Concatenate[int, P], R]) -> Callable[Concatenate[int, P], R]:
        app.periodic(cron=every)(_task(name)(_as_one_piece(function)))
        return function

    return register


def _task(name: str) -> Callable[[Callable[..., Any]], Any]:
    return app.task(name=name, retry=RETRY, task_middleware=[keep_last_error])


def _as_one_piece(function: Callable[P, R]) -> Callable[P, R]:
    @wraps(function)
    def work(*arguments: P.args, **named: P.kwargs) -> R:
        with sealing.keeping_keys(), outbox.collecting() as events:
            done = function(*arguments, **named)
        for event in events:
            _deliver(event)
        return done

    return work


def _deliver(event: outbox.Emitted) -> None:
    """Do at once what the job of the delivery would do later, and take that job back."""
    try:
        app.tasks["outbox.deliver"](event_id=str(event.event_id))
    except Exception:
        # Whatever it was, the job of the delivery meets it again, and retries.
        log.warning("event %s is left to its own job", event.event_id, exc_info=True)
        return
    queue.withdraw(event.job_id)
