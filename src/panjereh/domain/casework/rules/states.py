"""The words the interpreter knows: what a case can be and what can happen to it.

Which may follow which is said by the pack of the service, in its flow, and nowhere else.
"""

from enum import StrEnum


class CaseState(StrEnum):
    """Where a case stands. The words a person reads are in the message catalogue."""

    DRAFT = "draft"  # the person answers
    GATHERING = "gathering"  # registers are asked
    READY = "ready"  # all is there; the person looks it over
    SUBMITTED = "submitted"  # the legal clock runs
    GRANTED = "granted"  # decided; the document is being made
    ISSUED = "issued"  # the document is in the person's hands
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # the person no longer wants it, before or after submission
    ERASED = "erased"  # the person was erased while it was under way; no flow of a pack leads here


class CaseEvent(StrEnum):
    """What can happen to a case: the ids of a pack's actions."""

    ANSWER = "answer"
    GATHER = "gather"
    FACTS_COMPLETE = "facts-complete"
    SUBMIT = "submit"
    GRANT = "grant"
    REFUSE = "refuse"
    ISSUE = "issue"
    WITHDRAW = "withdraw"


# Before submission a case is the person's own paper: it can be changed and there is one per service.
OPEN_STATES = (CaseState.DRAFT, CaseState.GATHERING, CaseState.READY)
SUBMITTED_STATES = (CaseState.SUBMITTED, CaseState.GRANTED, CaseState.ISSUED, CaseState.REFUSED)
# What something still has to happen to.
RUNNING_STATES = (*OPEN_STATES, CaseState.SUBMITTED, CaseState.GRANTED)
# The ball is with the agencies, and a limit runs.
WAITING_STATES = (CaseState.GATHERING, CaseState.SUBMITTED, CaseState.GRANTED)
DECIDED_STATES = (CaseState.GRANTED, CaseState.ISSUED, CaseState.REFUSED)
