"""Jobs of `casework`: automatic decisions."""

from uuid import UUID

from panjereh.domain.casework import api as casework
from panjereh.jobs.registry import job
from panjereh.plumbing import edge
from panjereh_kernel.actor import Actor


@job("casework.decide")
def decide(case_id: str) -> None:
    """Decide one submitted case by its rules."""
    casework.decide_case(
        UUID(case_id),
        act_id=edge.new_id(),
        output_id=edge.new_id(),
        actor=Actor.system("case-decision"),
        at=edge.now(),
    )
