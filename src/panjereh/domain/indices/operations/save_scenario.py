"""Keep a what-if under a code that may be handed on."""

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from uuid import UUID

from django.db import IntegrityError, transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.indices import queries
from panjereh.domain.indices.models import LONGEST_TITLE, Scenario
from panjereh.domain.indices.raw_parts import try_scenario
from panjereh.domain.indices.refusals import WhatIfImpossible
from panjereh_kernel.actor import Actor
from panjereh_kernel.persian import normalise
from panjereh_kernel.refusal import NotFound


@transaction.atomic(durable=True)
def save_scenario(
    scenario_id: UUID,
    *,
    code: str,
    title: str,
    index: str,
    edition: str,
    iso3: str,
    changes: Mapping[str, float],
    weights: Mapping[str, Fraction] | None = None,
    raw: Mapping[str, float] | None = None,
    actor: Actor,
    at: dt.datetime,
) -> str:
    """Keep a what-if and return the code it is opened by, of 8 to 24 letters, digits, `-` and `_`.

    Anybody may, also without signing in; it never changes. Sent twice with the same id it is one, under the
    first code. Raises `EditionUnknown`, `CountryUnknown`, `WhatIfImpossible` (also for a title that is empty
    or too long), and `NotFound` for an id of somebody else.
    """
    if known := _code_of(scenario_id, actor=actor):
        return known
    words = normalise(title).strip()
    if not 0 < len(words) <= LONGEST_TITLE:
        raise WhatIfImpossible("title", "out-of-range")
    asked = Scenario(
        id=scenario_id,
        code=code,
        title=words,
        index=index,
        iso3=iso3,
        edition=edition,
        changes=dict(changes),
        weights=weights and {part: str(weight) for part, weight in weights.items()},
        raw=dict(raw) if raw else None,
        made_by=actor.subject_id,
        made_at=at,
    )
    # Only what can be computed whenever it is opened is let through.
    try_scenario(queries.scenario_of(asked))
    try:
        with transaction.atomic():
            asked.save(force_insert=True)
    except IntegrityError:
        # A double click: the other press was kept between our look and our insert.
        if twin := _code_of(scenario_id, actor=actor):
            return twin
        raise
    facts = {"index": index, "edition": edition, "country": iso3}
    audit.record(event="indices.scenario.saved", actor=actor, subject=str(scenario_id), at=at, facts=facts)
    return code


def _code_of(scenario_id: UUID, *, actor: Actor) -> str:
    """Return the code of a what-if that is kept already, "" for none. Raises `NotFound` for another's."""
    known = Scenario.objects.filter(id=scenario_id).first()
    if known is not None and known.made_by != actor.subject_id:
        raise NotFound
    return known.code if known else ""
