"""More of the table in `operations.py`: doors for officers who run the platform, and for its commands."""

from uuid import UUID

from panjereh.domain.audit import api as audit
from panjereh.domain.casework import api as casework
from panjereh.domain.people import api as people
from panjereh.domain.upkeep import api as upkeep
from panjereh_kernel.actor import OfficerRole
from panjereh_kernel.identifiers import NationalNumber
from tests.platform.access.answers import ABSENT, DONE, EMPTY, Operation
from tests.platform.access.country import AT, Country
from tests.platform.people.desk import fresh_id
from tests.platform.people.orders import approved_order
from tests.platform.people.registers import MINAS_NUMBER


def order_about(of: Country) -> UUID:
    return approved_order(of.mina.subject_id, at=AT)


OF_OFFICERS = (
    Operation(
        "people.account_of_number",
        lambda _, who: people.account_of_number(NationalNumber(MINAS_NUMBER), actor=who),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    Operation(
        "people.grantors_of",
        lambda _, who: people.grantors_of("post", actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, EMPTY,
    ),
    Operation(
        "people.officer_of_number",
        lambda _, who: people.officer_of_number(NationalNumber(MINAS_NUMBER), actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
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
    # of officers who are operators of the platform: what they may is in people/test_ordering_erasure.py
    Operation(
        "people.ask_erasure",
        lambda of, who: people.ask_erasure(
            fresh_id(),
            subject_id=of.mina.subject_id, reason=people.ErasureReason.COURT_ORDER, actor=who, at=AT,
        ),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "people.approve_erasure",
        lambda _, who: people.approve_erasure(fresh_id(), actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "people.refuse_erasure",
        lambda _, who: people.refuse_erasure(fresh_id(), actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "people.erasure_orders",
        lambda _, who: people.erasure_orders(actor=who, at=AT, limit=9),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "people.erasure_order",
        lambda of, who: people.erasure_order(order_about(of), actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    Operation(
        "people.order_names",
        lambda of, who: people.order_names(order_about(of), actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    # of the platform's commands and jobs
    Operation(
        "people.order_to_carry_out",
        lambda of, who: people.order_to_carry_out(order_about(of), actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    Operation(
        "people.erase_subject",
        lambda of, who: people.erase_subject(order_about(of), actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    Operation(
        "people.erase_again",
        lambda of, who: people.erase_again(
            people.PastOrder(of.mina.subject_id, people.ErasureReason.COURT_ORDER), actor=who, at=AT
        ),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    Operation(
        "upkeep.note_rules",
        lambda _, who: upkeep.note_rules({"profile": "practice"}, actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    Operation(
        "casework.end_cases_of_erased",
        lambda of, who: casework.end_cases_of_erased(
            of.mina.subject_id, new_id=fresh_id, actor=who, at=AT
        ),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    # the same: what they may is in upkeep/test_failed_jobs.py
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
        "casework.count_overdue_cases",
        lambda _, who: casework.count_overdue_cases(actor=who, at=AT, most=9),
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
