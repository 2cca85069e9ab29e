"""Counters of limits whose window is over are forgotten: they say who asked, if only by a mark."""

from panjereh.jobs.registry import periodic_job
from panjereh.plumbing import edge, limits


@periodic_job("limits.forget", every="*/10 * * * *")
def forget(timestamp: int) -> None:  # noqa: ARG001 -- procrastinate hands the tick in
    """Delete what is over."""
    limits.forget_before(edge.now())
