"""The rows of `people` in the table of doors."""

import datetime as dt
from uuid import UUID

from panjereh.domain.people import api as people
from panjereh_kernel.actor import Actor, OfficerRole, Post
from panjereh_kernel.identifiers import NationalNumber
from tests.platform.access.answers import ABSENT, DONE, EMPTY, Operation
from tests.platform.access.country import AT, Country
from tests.platform.people.desk import fresh_id
from tests.platform.people.orders import approved_order
from tests.platform.people.registers import ARASHS_NUMBER, MINAS_NUMBER


def request_grant(_of: Country, who: Actor) -> None:
    people.request_grant(
        fresh_id(),
        national_number=NationalNumber(ARASHS_NUMBER),
        post=Post("post", "", frozenset({OfficerRole.OFFICER})),
        last_day=AT.date() + dt.timedelta(days=90),
        operating_agency="ito",
        actor=who,
        at=AT,
    )


def name_first_grantor(_of: Country, who: Actor) -> None:
    people.name_first_grantor(
        fresh_id(),
        national_number=NationalNumber(MINAS_NUMBER),
        agency_id="post",
        reason=people.FirstReason.NEW_AGENCY,
        actor=who,
        at=AT,
    )


def order_about(of: Country) -> UUID:
    return approved_order(of.mina.subject_id, at=AT)


ACTING = (
    # of the platform alone: no person decides, not even about their own case
    Operation(
        "people.rewrap_keys",
        lambda _, who: people.rewrap_keys(limit=9, actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    Operation(
        "people.reindex_people",
        lambda _, who: people.reindex_people(after=people.START, limit=9, actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    Operation(
        "people.retire_wrapping_key",
        lambda _, who: people.retire_wrapping_key("0" * 16, actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    # of the person alone: what they allowed programs
    Operation(
        "people.consents_of",
        lambda _, who: people.consents_of(actor=who, at=AT),
        ABSENT, DONE, DONE, ABSENT,
    ),
    Operation(
        "people.program_names",
        lambda _, who: people.program_names(actor=who),
        ABSENT, DONE, DONE, ABSENT,
    ),
    Operation(
        "people.take_back_consent",
        lambda of, who: people.take_back_consent(of.mina.consent_id, actor=who, at=AT),
        ABSENT, DONE, ABSENT, ABSENT,
    ),
    Operation(
        "people.consent",
        lambda of, who: people.consent(of.mina.consent_id, actor=who, at=AT),
        ABSENT, DONE, ABSENT, DONE,
    ),
    Operation(
        "people.note_end_told",
        lambda of, who: people.note_end_told(of.mina.consent_id, actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    # of the person, and of the platform, which leaves a trace
    Operation(
        "people.person",
        lambda of, who: people.person(of.mina.subject_id, actor=who, at=AT),
        ABSENT, DONE, ABSENT, DONE,
    ),
    # of officers: not even the person a role is about acts for one; what an officer may is in test_grants.py
    Operation("people.request_grant", request_grant, ABSENT, ABSENT, ABSENT, ABSENT),
    Operation(
        "people.approve_grant",
        lambda _, who: people.approve_grant(fresh_id(), act_id=fresh_id(), actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "people.refuse_grant",
        lambda _, who: people.refuse_grant(
            fresh_id(), reason=people.RefuseReason.TOO_LONG, act_id=fresh_id(), actor=who, at=AT
        ),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "people.revoke_grant",
        lambda _, who: people.revoke_grant(
            fresh_id(), reason=people.RevokeReason.LEFT, act_id=fresh_id(), actor=who, at=AT
        ),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "people.grant",
        lambda _, who: people.grant(fresh_id(), actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "people.grant_acts",
        lambda _, who: people.grant_acts(fresh_id(), actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "people.grants_at",
        lambda _, who: people.grants_at(actor=who, at=AT, limit=9),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "people.officer_names",
        lambda of, who: people.officer_names([of.mina.subject_id], actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    # of the platform's operator, at the command line
    Operation("people.name_first_grantor", name_first_grantor, ABSENT, ABSENT, ABSENT, DONE),
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
)  # fmt: skip
BY_BROWSER = {
    "people.allow_program", "people.begin_sign_in", "people.confirm_code", "people.give_birth_date",
    "people.give_mobile", "people.give_number", "people.give_up_sign_in",
    "people.kept_consent", "people.resend_code",
    "people.sign_in", "people.sign_in_state",
}  # fmt: skip
CALLERS_RIGHT = {
    "people.account", "people.account_of_subject",
    "people.allows", "people.labels", "people.mobile_to_notify",
    "people.posts_of", "people.role_holders",
}  # fmt: skip
WORK = {
    "people.ask_registers", "people.code_to_send", "people.conclude_check", "people.expire_sign_ins",
    "people.stop_check",
}  # fmt: skip
