"""Keep a sign of an intrusion: in the record, where nobody takes it away, and where operators see it."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.upkeep.models import SignOfIntrusion
from panjereh.domain.upkeep.rules.signs import Sign
from panjereh_kernel.actor import Actor, Channel


@transaction.atomic(durable=True)
def note_sign(sign: Sign, *, route: str, account_id: UUID | None, at: dt.datetime) -> None:
    """Keep that somebody was noticed at a route: an account where one is known, nobody's address ever.

    Who calls sees to it that one asker is noted once in a window: each call is a leaf for ever.
    """
    facts = {"sign": sign.value, "route": route, **({"account": str(account_id)} if account_id else {})}
    actor = Actor.system("intrusion-signs", channel=Channel.WEB)
    leaf_id = audit.record(event="upkeep.sign.noted", actor=actor, subject=sign.value, at=at, facts=facts)
    SignOfIntrusion.objects.create(
        leaf_id=leaf_id, sign=sign.value, route=route, account_id=account_id, at=at
    )
