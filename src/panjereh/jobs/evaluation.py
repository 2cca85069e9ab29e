"""Looking at the sites of an assessment."""

import time
from functools import cache
from uuid import UUID

from django.conf import settings

from panjereh.domain.evaluation import api as evaluation
from panjereh.jobs.registry import job
from panjereh.plumbing import edge


@job("evaluation.look_at_address")
def look_at_address(assessment_id: str, number: int, look_id: str) -> None:
    """Look at one address; a site that does not answer is a finding and no reason to come again."""
    evaluation.look_at_address(
        UUID(assessment_id),
        number,
        look_id=UUID(look_id),
        crawler=crawler(),
        checks=page_checks(),
        at=edge.now(),
    )


@cache
def crawler() -> evaluation.Crawler:
    """Return what this installation looks at sites with: it says who it is, and stays off what is near."""
    environment = settings.PANJEREH
    return evaluation.Crawler(
        agent=f"Panjereh-assessment/1 (+{environment.public_url})",
        clock=time.monotonic,
        wait=time.sleep,
        allows_loopback=environment.is_practice,
    )


@cache
def page_checks() -> evaluation.PageChecks:
    """Return which question is looked at how."""
    path = settings.PANJEREH.data_directory / "assessments" / "page_checks.json"
    return evaluation.parse_checks(path.read_bytes())
