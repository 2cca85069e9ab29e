"""Jobs of the account plane: ask the registers about a person, and end sign-ins nobody finished."""

import logging
from uuid import UUID

from panjereh.domain.exchange import api as exchange
from panjereh.domain.people import api as people
from panjereh.jobs.registry import job, periodic_job
from panjereh.plumbing import edge

log = logging.getLogger(__name__)


@job("people.check_identity")
def check_identity(challenge_id: str, check_id: str) -> None:
    """Ask the registers, then let their answers decide. While a register is away the job is retried."""
    sign_in, check = UUID(challenge_id), UUID(check_id)
    try:
        findings = people.ask_registers(sign_in, check_id=check, at=edge.now())
    except exchange.RegisterRefused as refused:
        # An operator has to act: a contract is missing or was withdrawn. The person is told at once.
        log.error("the question to %s was refused: %s", refused.data_set, refused.fault)  # noqa: TRY400
        people.stop_check(sign_in, check_id=check, at=edge.now())
        return
    if findings is None:
        return
    people.conclude_check(
        sign_in,
        check_id=check,
        findings=findings,
        code_id=edge.new_id(),
        code=edge.draw_code(),
        at=edge.now(),
    )


@periodic_job("people.expire_sign_ins", every="*/5 * * * *")
def expire_sign_ins(timestamp: int) -> None:  # noqa: ARG001 -- procrastinate hands the tick in
    """End what has run out of time."""
    people.expire_sign_ins(at=edge.now())
