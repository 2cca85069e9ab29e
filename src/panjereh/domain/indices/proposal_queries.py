"""Proposed editions, for the officers who decide on them."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from panjereh.domain.indices import models
from panjereh.domain.indices.queries import EditionUnknown, edition, edition_tables
from panjereh.domain.indices.rules.editions import parse_method
from panjereh.domain.indices.rules.proposals import from_json
from panjereh.domain.indices.rules.states import ProposalState
from panjereh.domain.indices.rules.tables import EditionTable
from panjereh.domain.indices.rules.written import parts_in, proposed_csv, template_csv
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


def proposals(
    *,
    actor: Actor,
    at: dt.datetime,
    limit: int = MOST,
    before: UUID | None = None,
    only_waiting: bool = False,
) -> list[ProposalView]:
    """Return proposed editions, the newest first, of those behind the one `before`.

    Raises `NotFound` unless the actor is an operator, and where there is no such proposal as `before`.
    """
    people.check_role(OfficerRole.OPERATOR, actor=actor, at=at)
    rows = models.Proposal.objects.defer("rows", "method").order_by("-proposed_at", "-id")
    if only_waiting:
        rows = rows.filter(state=ProposalState.PROPOSED)
    if before is not None:
        last = _row(before)
        same_moment = Q(proposed_at=last.proposed_at, id__lt=last.id)
        rows = rows.filter(Q(proposed_at__lt=last.proposed_at) | same_moment)
    return [_view(row) for row in rows[:limit]]


def proposal(proposal_id: UUID, *, actor: Actor, at: dt.datetime) -> ProposalView:
    """Return one proposed edition. Raises `NotFound`, also unless the actor is an operator."""
    people.check_role(OfficerRole.OPERATOR, actor=actor, at=at)
    return _view(_row(proposal_id))


def proposal_file(proposal_id: UUID, *, actor: Actor, at: dt.datetime) -> bytes:
    """Return the figures of a proposed edition as a table, states by their code, to hold against the source.

    Raises `NotFound`, also unless the actor is an operator.
    """
    people.check_role(OfficerRole.OPERATOR, actor=actor, at=at)
    row = _row(proposal_id)
    return proposed_csv(from_json(row.rows), parse_method(json.loads(row.method)))


def edition_template(index: str) -> bytes:
    """Return the form in which an edition of an index is proposed: a line for each state, nothing filled in.

    Raises `EditionUnknown` for an index that is not known.
    """
    table = _latest(index)
    parts = {part for row in table.rows for part in row.values}
    return template_csv((row.iso3 for row in table.rows), parts_in(table.method, parts))


def edition_method(index: str) -> bytes:
    """Return the method of the latest edition of an index as a file: what a new edition's is made from.

    Raises `EditionUnknown` for an index that is not known.
    """
    told = edition(index, _latest(index).edition).method_told
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def _latest(index: str) -> EditionTable:
    tables = edition_tables(index)
    if not tables:
        raise EditionUnknown
    return tables[-1]


def _row(proposal_id: UUID) -> models.Proposal:
    found = models.Proposal.objects.filter(id=proposal_id).first()
    if found is None:
        raise NotFound
    return found


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
