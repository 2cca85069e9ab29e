"""Jobs of `casework`: automatic decisions, limits that a new calendar counts again or that passed."""

from uuid import UUID

from panjereh.domain.casework import api as casework
from panjereh.jobs.registry import job, periodic_job
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


@job("casework.recount")
def recount() -> None:
    """Count every running limit again that another calendar than the current one counted.

    Batch after batch, each in a transaction of its own: one that was stopped goes on where it was.
    """
    actor, after = Actor.system("calendar-change"), None
    while True:
        after = casework.recount_deadlines(after=after, new_id=edge.new_id, actor=actor, at=edge.now())
        if after is None:
            return


# In the daytime of Tehran alone (the hours are those of UTC): a limit ends at midnight, and who is told gets
# a text message.
@periodic_job("casework.note_overdue", every="11 4-16 * * *")
def note_overdue(timestamp: int) -> None:  # noqa: ARG001 -- procrastinate hands the tick in
    """Note every case that waits beyond the limit of its state, batch after batch."""
    actor, after = Actor.system("case-limits"), None
    while True:
        after = casework.note_overdue(after=after, new_id=edge.new_id, actor=actor, at=edge.now())
        if after is None:
            return


@periodic_job("casework.recount_left", every="41 * * * *")
def recount_left(timestamp: int) -> None:  # noqa: ARG001 -- procrastinate hands the tick in
    """Find what a change of the calendar missed: cases somebody held, or submitted in that very moment."""
    recount()
