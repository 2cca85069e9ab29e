"""Note that somebody was told of a breach, or need not be."""

import datetime as dt

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.upkeep import access
from panjereh.domain.upkeep.models import BreachNotice
from panjereh.domain.upkeep.refusals import NoticeSettled
from panjereh.domain.upkeep.rules.breaches import Outcome, Whom
from panjereh_kernel.actor import Actor


@transaction.atomic(durable=True)
def settle_notice(number: int, *, whom: Whom, outcome: Outcome, actor: Actor, at: dt.datetime) -> None:
    """Stop the clock of one notice of the breach `number`.

    Of an operator alone: raises `NotFound` for everybody else, and `NoticeSettled` for the second to say so.
    """
    breach = access.lock_breach(number, actor=actor, at=at)
    changed = BreachNotice.objects.filter(breach=breach, whom=whom.value, outcome="").update(
        outcome=outcome.value, settled_at=at, settled_by=actor.subject_id
    )
    if not changed:
        raise NoticeSettled
    facts = {"whom": whom.value, "outcome": outcome.value}
    audit.record(event="upkeep.breach.notice_settled", actor=actor, subject=str(number), at=at, facts=facts)
