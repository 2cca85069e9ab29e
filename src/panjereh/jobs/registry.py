"""How a function becomes a job.

Every job is retried with growing pauses, because each calls an operation that may be repeated. A job that
still fails stays in the table as failed, for an operator to see.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

P = ParamSpec("P")
R = TypeVar("R")

RETRY = RetryStrategy(max_attempts=12, exponential_wait=2)


def job(name: str, *, every: str | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Register a function as the job `name`, run at the cron times `every` if given.

    A job at cron times takes one argument, the `timestamp` of the tick. The
    function stays callable as itself.
    """

    def register(function: Callable[P, R]) -> Callable[P, R]:
        task = app.task(name=name, retry=RETRY)(function)
        if every is not None:
            app.periodic(cron=every)(task)
        return function

    return register
