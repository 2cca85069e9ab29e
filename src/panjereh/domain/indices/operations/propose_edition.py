"""A new or restated edition: one officer proposes it, another takes it in or turns it down."""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.indices import models
from panjereh.domain.indices.operations import figures
from panjereh.domain.indices.refusals import (
    EditionFaulty,
    EditionSaysTheSame,
    NotOnesOwnProposal,
    ProposalDecided,
    ProposalWaits,
)
from panjereh.domain.indices.rules import proposals
from panjereh.domain.indices.rules.editions import BadMethod, parse_method
from panjereh.domain.indices.rules.faults import Fault, FaultKind
from panjereh.domain.indices.rules.proposals import ReadEdition, Report
from panjereh.domain.indices.rules.reference_files import method_text
from panjereh.domain.indices.rules.revising import Revision, revise
from panjereh.domain.indices.rules.states import ProposalState, TurnDownReason
from panjereh.domain.people import api as people
from panjereh.plumbing import memory
from panjereh_kernel.actor import Actor, OfficerRole
from panjereh_kernel.refusal import NotFound

# Two hundred states with ten parts are some twenty thousand bytes.
MAX_EDITION_BYTES: Final = 512 * 1024
_YEAR: Final = re.compile(r"[0-9]{4}")


@transaction.atomic(durable=True)
def propose_edition(
    proposal_id: UUID,
    *,
    index: str,
    edition: str,
    content: bytes,
    source: str,
    method: Mapping[str, Any] | None = None,
    actor: Actor,
    at: dt.datetime,
) -> Report:
    """Propose an edition of a known index from a file, and return what it changes and what stands out.

    `content` is a CSV file with `iso3`, `ranked`, `rank` and a column for each part, of 0 to 1. `method` is
    an entry as in `methods.json` (with its `sources`); without it a known edition keeps its own. Sent twice
    with the same id it is one proposal. Raises `NotFound` unless the actor is an operator now, and for an
    index that is not known; `EditionFaulty`, also for a file of more than `MAX_EDITION_BYTES`,
    `EditionSaysTheSame`, `ProposalWaits`.
    """
    people.check_role(OfficerRole.OPERATOR, actor=actor, at=at)
    figures.lock()
    latest = models.Edition.objects.filter(index=index).order_by("-edition").first()
    if latest is None:
        raise NotFound
    told = _method(index, edition, method)
    faults: list[Fault] = []
    read = _read(content, told, edition=edition, source=source, like=latest, faults=faults)
    if faults:
        raise EditionFaulty(tuple(sorted(set(faults))))
    revision = _revision(index, edition, read)
    known = _known_method(index, edition)
    otherwise = proposals.method_findings(known or json.loads(latest.method), told)
    report = Report(revision.changes, (*otherwise, *read.findings))
    if models.Proposal.objects.filter(id=proposal_id).exists():
        return report
    if not revision.fresh and told == known:
        raise EditionSaysTheSame
    if models.Proposal.objects.filter(index=index, edition=edition, state=ProposalState.PROPOSED).exists():
        raise ProposalWaits
    assert actor.subject_id is not None  # noqa: S101 -- an operator is a person
    row = models.Proposal.objects.create(
        id=proposal_id,
        index=index,
        edition=edition,
        sha256=hashlib.sha256(content).hexdigest(),
        source_id=source,
        method=method_text(told),
        rows=proposals.to_json(read.figures),
        report=report.as_json() | {"decides_method": told != known},
        state=ProposalState.PROPOSED,
        proposed_by=actor.subject_id,
        proposed_at=at,
    )
    _record(row, "proposed", actor=actor, at=at)
    return report


@transaction.atomic(durable=True)
def accept_edition(proposal_id: UUID, *, actor: Actor, at: dt.datetime) -> int:
    """Take a proposed edition in, and return how many figures are new or restated; older ones stay beside.

    Raises `NotFound`, `NotOnesOwnProposal`, `ProposalDecided`. Repeating it changes nothing.
    """
    row = _lock(proposal_id, actor=actor, at=at)
    figures.lock()
    like = models.Edition.objects.filter(index=row.index).latest("edition")
    models.Edition.objects.update_or_create(
        index=row.index,
        edition=row.edition,
        defaults={"method": row.method},
        create_defaults={
            "method": row.method,
            "title_fa": like.title_fa,
            "title_en": like.title_en,
            "source_id": row.source_id,
            "recorded_at": at,
        },
    )
    # Held against what stands now: since it was proposed a correction may have come by the reference data.
    wanted = proposals.from_json(row.rows)
    standing = figures.standing_published(row.index, row.edition)
    revision = revise("value", wanted, standing, over_decided=True)
    figures.write_published(revision, proposal_id=row.id, at=at)
    _decide(row, ProposalState.ACCEPTED, actor=actor, at=at)
    memory.forget()
    return len(revision.fresh)


@transaction.atomic(durable=True)
def turn_down_edition(proposal_id: UUID, *, reason: TurnDownReason, actor: Actor, at: dt.datetime) -> None:
    """Turn a proposed edition down, with the reason. Raises as `accept_edition` does."""
    row = _lock(proposal_id, actor=actor, at=at)
    row.reason = reason
    _decide(row, ProposalState.TURNED_DOWN, actor=actor, at=at)


def _lock(proposal_id: UUID, *, actor: Actor, at: dt.datetime) -> models.Proposal:
    people.check_role(OfficerRole.OPERATOR, actor=actor, at=at)
    row = models.Proposal.objects.select_for_update(of=("self",)).filter(id=proposal_id).first()
    if row is None:
        raise NotFound
    if row.proposed_by == actor.subject_id:
        raise NotOnesOwnProposal
    if row.state != ProposalState.PROPOSED:
        raise ProposalDecided(row.state)
    return row


def _decide(row: models.Proposal, state: ProposalState, *, actor: Actor, at: dt.datetime) -> None:
    row.state, row.decided_by, row.decided_at = state, actor.subject_id, at
    row.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    _record(row, state.value.replace("-", "_"), actor=actor, at=at)


def _method(index: str, edition: str, method: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the method of an edition as it is kept. Raises `EditionFaulty` where it is not usable."""
    if not _YEAR.fullmatch(edition):
        raise _method_faulty("the edition is no year of four digits")
    told = dict(method) if method is not None else _known_method(index, edition)
    if told is None:
        raise _method_faulty(f"{index} {edition} is new and comes with its method")
    try:
        parsed = parse_method(told)
        texts = dict(told.get("sources", {}))
    except (BadMethod, KeyError, TypeError, ValueError, AttributeError) as error:
        raise _method_faulty(str(error)) from error
    if (parsed.index, parsed.edition) != (index, edition):
        raise _method_faulty(f"{parsed.index} {parsed.edition}")
    unknown = set(parsed.sources.values()) - set(texts)
    if unknown:
        raise _method_faulty(f"no text for: {' '.join(sorted(unknown))}")
    return told


def _method_faulty(about: str) -> EditionFaulty:
    return EditionFaulty((Fault("methods.json", 1, FaultKind.METHOD_NOT_USABLE, about),))


def _known_method(index: str, edition: str) -> dict[str, Any] | None:
    known = models.Edition.objects.filter(index=index, edition=edition).first()
    return None if known is None else dict(json.loads(known.method))


def _read(
    content: bytes,
    method: Mapping[str, Any],
    *,
    edition: str,
    source: str,
    like: models.Edition,
    faults: list[Fault],
) -> ReadEdition:
    if len(content) > MAX_EDITION_BYTES:
        about = f"{len(content)} bytes and not {MAX_EDITION_BYTES} at most"
        raise EditionFaulty((Fault(f"{like.index}-{edition}.csv", 1, FaultKind.NOT_A_TABLE, about),))
    if not models.Source.objects.filter(id=source).exists():
        faults.append(Fault("sources.csv", 1, FaultKind.UNKNOWN_SOURCE, source))
    before = figures.standing_published(like.index, like.edition)
    parts = {part for *_, part in before}
    if strange := sorted({like.index, *parse_method(method).weights} - parts):
        raise _method_faulty(f"no such part: {' '.join(strange)}")
    expected = {iso3 for _, _, iso3, _ in before}
    return proposals.read_edition(
        f"{like.index}-{edition}.csv",
        content,
        edition=edition,
        source=source,
        method=parse_method(method),
        parts=sorted(parts),
        states={
            iso3: iso3 in expected
            for iso3 in models.Country.objects.order_by("iso3").values_list("iso3", flat=True)
        },
        faults=faults,
    )


def _revision(index: str, edition: str, read: ReadEdition) -> Revision:
    standing = figures.standing_published(index, edition)
    return revise("value", read.figures, standing, over_decided=True)


def _record(row: models.Proposal, what: str, *, actor: Actor, at: dt.datetime) -> None:
    facts: dict[str, Any] = {"index": row.index, "edition": row.edition, "sha256": row.sha256}
    facts |= {"reason": row.reason} if row.reason else {}
    audit.record(event=f"indices.edition.{what}", actor=actor, subject=str(row.id), at=at, facts=facts)
