"""The rows of `casework` in the table of doors."""

from typing import Any

from panjereh.domain.casework import api as casework
from panjereh_kernel.actor import Actor
from panjereh_kernel.identifiers import Installation
from tests.platform.access.answers import ABSENT, DONE, Operation
from tests.platform.access.country import AT, SERVICE, Country
from tests.platform.people.desk import fresh_id


def start(_of: Country, who: Actor) -> Any:
    return casework.start_case(
        fresh_id(), service_id=SERVICE, tracking_code="0000-0000-9999", act_id=fresh_id(), actor=who, at=AT
    )


def gather(of: Country, who: Actor) -> object:
    save(of, of.mina.actor)  # every question is answered; whose registers are asked is what is tried
    return casework.gather_facts(
        of.mina.cases["draft"], fact_id=fresh_id(), act_id=fresh_id(), actor=who, at=AT
    )


def save(of: Country, who: Actor) -> Any:
    return casework.save_page(
        of.mina.cases["draft"],
        page_id="which-address",
        typed={"source": "register"},
        installation=Installation.PRACTICE,
        act_id=fresh_id(),
        actor=who,
        at=AT,
    )


ACTING = (
    # of the person alone: not even the platform acts in their place
    Operation("casework.start_case", start, ABSENT, DONE, DONE, ABSENT),
    Operation("casework.save_page", save, ABSENT, DONE, ABSENT, ABSENT),
    Operation(
        "casework.gather_facts",
        gather,
        ABSENT, DONE, ABSENT, ABSENT,
    ),
    Operation(
        "casework.submit_case",
        lambda of, who: casework.submit_case(of.mina.cases["draft"], act_id=fresh_id(), actor=who, at=AT),
        ABSENT, "case-step-impossible", ABSENT, ABSENT,
    ),
    Operation(
        "casework.gather_again",
        lambda of, who: casework.gather_again(
            of.mina.cases["draft"],
            fact_id=fresh_id(), back_id=fresh_id(), act_id=fresh_id(), actor=who, at=AT,
        ),
        ABSENT, "case-step-impossible", ABSENT, ABSENT,
    ),
    Operation(
        "casework.withdraw_case",
        lambda of, who: casework.withdraw_case(
            of.mina.cases["draft"], act_id=fresh_id(), message_id=fresh_id(), actor=who, at=AT
        ),
        ABSENT, DONE, ABSENT, ABSENT,
    ),
    Operation(
        "casework.case",
        lambda of, who: casework.case(of.mina.cases["issued"], actor=who),
        ABSENT, DONE, ABSENT, ABSENT,
    ),
    Operation(
        "casework.case_state",
        lambda of, who: casework.case_state(of.mina.cases["issued"], actor=who),
        ABSENT, DONE, ABSENT, ABSENT,
    ),
    Operation("casework.cases_of", lambda _, who: casework.cases_of(actor=who), ABSENT, DONE, DONE, ABSENT),
    Operation(
        "casework.cases_by_code",
        lambda _, who: casework.cases_by_code({"0000-0000-0000"}, actor=who),
        ABSENT, DONE, DONE, ABSENT,
    ),
    # of the platform alone: no person decides, not even about their own case
    Operation(
        "casework.continue_gathering",
        lambda of, who: casework.continue_gathering(
            of.mina.cases["draft"], fact_id=fresh_id(), act_id=fresh_id(), actor=who, at=AT
        ),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    Operation(
        "casework.decide_case",
        lambda of, who: casework.decide_case(
            of.mina.cases["issued"], act_id=fresh_id(), output_id=fresh_id(), actor=who, at=AT
        ),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    Operation(
        "casework.finish_case",
        lambda of, who: casework.finish_case(
            of.mina.cases["issued"], act_id=fresh_id(), message_id=fresh_id(), actor=who, at=AT
        ),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    Operation(
        "casework.tell_document_failed",
        lambda of, who: casework.tell_document_failed(
            of.mina.cases["issued"], act_id=fresh_id(), message_id=fresh_id(), actor=who, at=AT
        ),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    Operation(
        "casework.note_overdue",
        lambda _, who: casework.note_overdue(after=None, new_id=fresh_id, actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    Operation(
        "casework.recount_deadlines",
        lambda _, who: casework.recount_deadlines(after=None, new_id=fresh_id, actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    # of the platform's commands and jobs
    Operation(
        "casework.end_cases_of_erased",
        lambda of, who: casework.end_cases_of_erased(
            of.mina.subject_id, new_id=fresh_id, actor=who, at=AT
        ),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    # of officers who are operators of the platform
    Operation(
        "casework.count_overdue_cases",
        lambda _, who: casework.count_overdue_cases(actor=who, at=AT, most=9),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
)  # fmt: skip
PURE = {"casework.fields_of", "casework.page_of", "casework.pages_to_answer"}
