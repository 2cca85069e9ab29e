"""More of the table in `operations.py`: doors for officers who run the platform, and for its commands."""

from panjereh.domain.people import api as people
from panjereh.domain.upkeep import api as upkeep
from panjereh_kernel.actor import OfficerRole
from panjereh_kernel.identifiers import NationalNumber
from tests.platform.access.country import AT
from tests.platform.access.operations import ABSENT, DONE, Operation
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
)  # fmt: skip
