"""Close a breach: everybody was told, and what was changed so that it does not come again is written down."""

import datetime as dt

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.upkeep import access
from panjereh.domain.upkeep.models import BreachNotice
from panjereh.domain.upkeep.refusals import BreachClosed, NoticesOpen
from panjereh_kernel.actor import Actor


@transaction.atomic(durable=True)
def close_breach(number: int, *, changed: str, actor: Actor, at: dt.datetime) -> None:
    """Close the breach `number`; `changed` says what was mended.

    Of an operator alone: raises `NotFound` for everybody else, `BreachClosed` the second time, and
    `NoticesOpen` while somebody is neither told nor noted as not to be told.
    """
    breach = access.lock_breach(number, actor=actor, at=at)
    if breach.closed_at is not None:
        raise BreachClosed
    if BreachNotice.objects.filter(breach=breach, outcome="").exists():
        raise NoticesOpen
    breach.closed_at, breach.closed_by, breach.changed = at, actor.subject_id, changed
    breach.save(update_fields=["closed_at", "closed_by", "changed"])
    audit.record(event="upkeep.breach.closed", actor=actor, subject=str(number), at=at)
