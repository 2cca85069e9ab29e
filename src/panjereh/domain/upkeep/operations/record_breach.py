"""Record that data got out: from then on everybody who must be told has a clock."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.upkeep import access
from panjereh.domain.upkeep.models import Breach, BreachNotice
from panjereh.domain.upkeep.refusals import BreachTimeWrong
from panjereh.domain.upkeep.rules import breaches
from panjereh_kernel.actor import Actor

# Longer ago than this is a slip of the pen.
LONGEST_AGO = dt.timedelta(days=365)


@transaction.atomic(durable=True)
def record_breach(
    breach_id: UUID,
    *,
    noticed_at: dt.datetime,
    exposure: breaches.Exposure,
    people_count: int | None,
    what: str,
    actor: Actor,
    at: dt.datetime,
) -> int:
    """Return the number of the breach, and begin the clocks of all notices at `noticed_at`.

    `people_count` is None while it is not known; `what` is a text that names nobody. Of an operator alone:
    raises `NotFound` for everybody else, and `BreachTimeWrong` for a moment in the future or more than a year
    ago. The same id again records nothing more.
    """
    access.check_operator(actor=actor, at=at)
    assert actor.subject_id is not None  # noqa: S101 -- an operator is a person
    if not at - LONGEST_AGO <= noticed_at <= at:
        raise BreachTimeWrong
    breach, is_new = Breach.objects.get_or_create(
        form_id=breach_id,
        defaults={
            "noticed_at": noticed_at,
            "exposure": exposure.value,
            "people_count": people_count,
            "what": what,
            "recorded_by": actor.subject_id,
            "recorded_at": at,
        },
    )
    if is_new:
        BreachNotice.objects.bulk_create(
            BreachNotice(breach=breach, whom=whom.value, due_at=due_at)
            for whom, due_at in breaches.due_times(noticed_at).items()
        )
        facts = {"exposure": exposure.value}
        audit.record(
            event="upkeep.breach.recorded", actor=actor, subject=str(breach.number), at=at, facts=facts
        )
    return breach.number
