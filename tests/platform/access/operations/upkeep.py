"""The rows of `upkeep` in the table of doors."""

from panjereh.domain.upkeep import api as upkeep
from tests.platform.access.answers import ABSENT, DONE, Operation
from tests.platform.access.country import AT

ACTING = (
    # of the platform's commands and jobs
    Operation(
        "upkeep.note_rules",
        lambda _, who: upkeep.note_rules({"profile": "practice"}, actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    # of officers who are operators of the platform: what they may is in upkeep/test_failed_jobs.py
    Operation(
        "upkeep.failed_jobs",
        lambda _, who: upkeep.failed_jobs(actor=who, at=AT, limit=9),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "upkeep.count_failed_jobs",
        lambda _, who: upkeep.count_failed_jobs(actor=who, at=AT, most=9),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "upkeep.failed_job",
        lambda _, who: upkeep.failed_job(1, actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "upkeep.retry_job",
        lambda _, who: upkeep.retry_job(1, actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "upkeep.put_aside_job",
        lambda _, who: upkeep.put_aside_job(
            1, reason=upkeep.PutAsideReason.NOT_NEEDED, actor=who, at=AT
        ),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "upkeep.count_signs",
        lambda _, who: upkeep.count_signs(actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "upkeep.latest_signs",
        lambda _, who: upkeep.latest_signs(actor=who, at=AT, limit=9),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "upkeep.breaches",
        lambda _, who: upkeep.breaches(actor=who, at=AT, limit=9),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "upkeep.breach",
        lambda _, who: upkeep.breach(1, actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "upkeep.count_due_notices",
        lambda _, who: upkeep.count_due_notices(actor=who, at=AT, most=9),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "upkeep.record_breach",
        lambda of, who: upkeep.record_breach(
            of.mina.subject_id, noticed_at=AT, exposure=upkeep.Exposure.NONE, people_count=None, what="x",
            actor=who, at=AT,
        ),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "upkeep.settle_notice",
        lambda _, who: upkeep.settle_notice(
            1, whom=upkeep.Whom.PEOPLE, outcome=upkeep.Outcome.TOLD, actor=who, at=AT
        ),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "upkeep.close_breach",
        lambda _, who: upkeep.close_breach(1, changed="x", actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
)  # fmt: skip
WORK = {"upkeep.note_failure", "upkeep.note_sign"}
