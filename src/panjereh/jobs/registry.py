"""How a function becomes a job.

Every job is retried with growing pauses, because each calls an operation that may be repeated. A job that
still fails stays in the table as failed, for an operator to see.
"""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

P = ParamSpec("P")
R = TypeVar("R")

RETRY = RetryStrategy(max_attempts=12, exponential_wait=2)


def job(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Register a function as the job `name`. The function stays callable as itself."""

    def register(function: Callable[P, R]) -> Callable[P, R]:
        app.task(name=name, retry=RETRY)(function)
        return function

    return register


def periodic_job(
    name: str, *, every: str
) -> Callable[[Callable[Concatenate[int, P], R]], Callable[Concatenate[int, P], R]]:
    """Register a function as the job `name`, run at the cron times `every`.

    Its one argument is the `timestamp` of the tick, in seconds. The function stays callable as itself.
    """

    def register(function: Callable[Concatenate[int, P], R]) -> Callable[Concatenate[int, P], R]:
        app.periodic(cron=every)(app.task(name=name, retry=RETRY)(function))
        return function

    return register
