"""Proposed editions, for the officers who decide on them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from panjereh.domain.indices import models
from panjereh.domain.people import api as people
from panjereh_kernel.actor import Actor, OfficerRole
from panjereh_kernel.refusal import NotFound

MOST = 50


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposed edition.

    `report` has `added`, `restated` (name, old, new), `missing`, and `findings` (line, number, what about).
    """

    id: UUID
    index: str
    edition: str
    sha256: str
    source: str
    report: Mapping[str, Any]
    state: str
    reason: str
    proposed_by: UUID
    proposed_at: dt.datetime
    decided_by: UUID | None
    decided_at: dt.datetime | None


def proposals(*, actor: Actor, at: dt.datetime) -> list[ProposalView]:
    """Return proposed editions, the newest first and at most fifty. Raises `NotFound` unless an operator."""
    people.check_role(OfficerRole.OPERATOR, actor=actor, at=at)
    return [_view(row) for row in models.Proposal.objects.order_by("-proposed_at", "id")[:MOST]]


def proposal(proposal_id: UUID, *, actor: Actor, at: dt.datetime) -> ProposalView:
    """Return one proposed edition. Raises `NotFound`, also unless the actor is an operator."""
    people.check_role(OfficerRole.OPERATOR, actor=actor, at=at)
    row = models.Proposal.objects.filter(id=proposal_id).first()
    if row is None:
        raise NotFound
    return _view(row)


def _view(row: models.Proposal) -> ProposalView:
    return ProposalView(
        id=row.id,
        index=row.index,
        edition=row.edition,
        sha256=row.sha256,
        source=row.source_id,
        report=row.report,
        state=row.state,
        reason=row.reason,
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )
