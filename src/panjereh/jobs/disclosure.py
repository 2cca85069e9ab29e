"""Jobs of `disclosure`: asking registers."""

from uuid import UUID

from panjereh.domain.disclosure import api as disclosure
from panjereh.jobs.registry import job, periodic_job
from panjereh.plumbing import edge
from panjereh_kernel.actor import Actor


@job("disclosure.fetch")
def fetch(fact_id: str) -> None:
    """Ask one register; raises, and is tried again, while it is away."""
    disclosure.fetch_fact(UUID(fact_id), actor=Actor.system("case-facts"), at=edge.now())


@periodic_job("disclosure.ask_again", every="* * * * *")
def ask_again(timestamp: int) -> None:  # noqa: ARG001 -- procrastinate hands the tick in
    """Find questions whose job was given up."""
    disclosure.ask_again(at=edge.now())
