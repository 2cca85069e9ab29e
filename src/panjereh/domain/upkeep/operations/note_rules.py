"""Write down by which rules the platform works that no operation of its own changes: limits, definitions."""

import datetime as dt
from typing import Final

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh_kernel.actor import Actor, Role
from panjereh_kernel.refusal import NotFound

EVENT: Final = "upkeep.rules.in_force"
RULES: Final = "rules"


@transaction.atomic(durable=True)
def note_rules(rules: audit.Facts, *, actor: Actor, at: dt.datetime) -> bool:
    """Record the rules in force, by name, unless the record says the same already; return whether it did.

    So whoever loosens a limit in a setting or a file leaves a leaf, and nobody can say when it began
    otherwise. Of the platform alone: raises `NotFound` for everybody else.
    """
    if actor.role is not Role.SYSTEM:
        raise NotFound
    if audit.latest_facts(EVENT, subject=RULES) == rules:
        return False
    audit.record(event=EVENT, actor=actor, subject=RULES, at=at, facts=rules)
    return True
