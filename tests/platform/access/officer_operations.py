"""More of the table in `operations.py`: doors for officers who run the platform, and for its commands."""

from panjereh.domain.audit import api as audit
from panjereh.domain.people import api as people
from panjereh.domain.upkeep import api as upkeep
from panjereh_kernel.actor import OfficerRole
from panjereh_kernel.identifiers import NationalNumber
from tests.platform.access.answers import ABSENT, DONE, EMPTY, Operation
from tests.platform.access.country import AT
from tests.platform.people.registers import MINAS_NUMBER

OF_OFFICERS = (
    Operation(
        "people.account_of_number",
        lambda _, who: people.account_of_number(NationalNumber(MINAS_NUMBER), actor=who),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    Operation(
        "people.check_erasable",
        lambda of, who: people.check_erasable(of.mina.subject_id, actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    Operation(
        "people.grantors_of",
        lambda _, who: people.grantors_of("post", actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, EMPTY,
    ),
    # holds officers at the desk alone: see desk/test_security.py
    Operation(
        "audit.check_reading",
        lambda _, who: audit.check_reading(actor=who, more=1, at=AT),
        DONE, DONE, DONE, DONE,
    ),
    Operation(
        "people.check_role",
        lambda _, who: people.check_role(OfficerRole.OPERATOR, actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
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
