"""Have a program look at the sites of an assessment, and keep what it saw as evidence for the assessors."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.evaluation import access
from panjereh.domain.evaluation.crawler import Crawler
from panjereh.domain.evaluation.models import Assessment, MachineFinding
from panjereh.domain.evaluation.refusals import AssessmentClosed
from panjereh.domain.evaluation.rules.page_checks import PageChecks, SiteSeen, check_site
from panjereh.domain.evaluation.rules.states import AssessmentState
from panjereh.plumbing import queue
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import NotFound

JOB = "evaluation.look_at_address"


@transaction.atomic(durable=True)
def request_look(assessment_id: UUID, *, look_id: UUID, actor: Actor, at: dt.datetime) -> None:
    """Have every address of an assessment looked at by a job.

    An address that waits to be looked at is looked at once. Raises `NotFound` unless an assessor or an
    operator asks, `AssessmentClosed`.
    """
    row = access.lock_assessment(assessment_id, actor=actor, at=at)
    if row.state == AssessmentState.CLOSED:
        raise AssessmentClosed
    for number in range(len(row.addresses)):
        key = f"{row.id}:{number}"
        queue.defer(JOB, key=key, assessment_id=row.id, number=number, look_id=look_id)
    audit.record(event="evaluation.assessment.look_requested", actor=actor, subject=str(row.id), at=at)


def look_at_address(
    assessment_id: UUID,
    number: int,
    *,
    look_id: UUID,
    crawler: Crawler,
    checks: PageChecks,
    at: dt.datetime,
) -> int:
    """Look at one address of an assessment and return how many findings are new; work of a job.

    `number` is its place among the addresses. That a site did not answer is a finding; the same look done
    again writes nothing and asks nobody. Raises `NotFound`.
    """
    row = Assessment.objects.filter(id=assessment_id).first()
    if row is None or number >= len(row.addresses):
        raise NotFound
    address = row.addresses[number]
    if MachineFinding.objects.filter(look_id=look_id, address=address).exists():
        return 0
    return _note(row, address, crawler.look_at(address), look_id=look_id, checks=checks, at=at)


@transaction.atomic(durable=True)
def _note(
    row: Assessment, address: str, site: SiteSeen, *, look_id: UUID, checks: PageChecks, at: dt.datetime
) -> int:
    found = check_site(row.question_set, site, checks)
    MachineFinding.objects.bulk_create(
        [
            MachineFinding(
                assessment=row,
                look_id=look_id,
                code=code,
                address=address,
                found=seen.found,
                seen=seen.seen,
                seen_at=at,
            )
            for code, seen in found.items()
        ],
        # Two workers may have looked at once: what the first saw stays.
        ignore_conflicts=True,
    )
    facts = {"number": row.addresses.index(address), "trouble": site.trouble}
    audit.record(
        event="evaluation.assessment.looked", actor=Actor.system(JOB), subject=str(row.id), at=at, facts=facts
    )
    return len(found)
