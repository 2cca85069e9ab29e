"""Decisions: granted with a document, refused with reason, law and remedy, once."""

import pytest

from panjereh.domain.casework import api as casework
from panjereh.domain.casework.models import Decision
from panjereh.domain.documents import api as documents
from panjereh.domain.messaging import api as messaging
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import NotFound
from tests.platform.casework.registers import HOME, SHOP
from tests.platform.casework.test_applying import ready
from tests.platform.people.desk import fresh_id


def submitted(window, run_jobs, **typed):
    ready(window, run_jobs, **typed)
    window.submit()


def test_who_lives_where_the_register_says_is_granted(window, registers, run_jobs):
    submitted(window, run_jobs)

    window.decide()

    assert window.see().state is casework.CaseState.GRANTED
    decision = Decision.objects.get()
    assert {each["finding"] for each in decision.conditions} == {"held"}
    assert len(decision.receipt_ids) == 3


def test_a_grant_asks_for_one_document(window, registers, run_jobs):
    submitted(window, run_jobs, source="postal-code", postal_code=HOME)

    window.decide()
    window.decide()

    assert len(documents.documents_of(window.actor, at=window.at)) == 1


def told(window):
    return [message.template for message in messaging.inbox(window.actor, limit=10)]


@pytest.mark.parametrize(
    ("typed", "residence", "failed"),
    [
        ({"source": "postal-code", "postal_code": SHOP}, True, ("place-is-dwelling", "bond-with-place")),
        ({"source": "register"}, False, ("bond-with-place",)),
    ],
)
def test_a_failed_condition_refuses_with_its_reason(window, registers, run_jobs, typed, residence, failed):
    if not residence:
        registers.residence = None
    submitted(window, run_jobs, **typed)

    window.decide()

    view = window.see()
    assert view.state is casework.CaseState.REFUSED
    assert view.failed_conditions == failed


def test_a_refusal_lands_in_the_inbox_once(window, registers, run_jobs):
    registers.residence = None
    submitted(window, run_jobs)

    window.decide()
    window.decide()

    assert told(window).count("case-refused") == 1


def test_an_issued_document_closes_the_case_and_tells_the_person_once(window, registers, run_jobs):
    submitted(window, run_jobs)
    window.decide()

    for _ in range(2):
        casework.finish_case(
            window.case_id,
            act_id=fresh_id(),
            message_id=fresh_id(),
            actor=Actor.system("case-decision"),
            at=window.at,
        )

    assert window.see().state is casework.CaseState.ISSUED
    assert told(window).count("case-granted") == 1


def test_only_the_platform_itself_decides(window, registers, run_jobs):
    submitted(window, run_jobs)

    with pytest.raises(NotFound):
        casework.decide_case(
            window.case_id, act_id=fresh_id(), output_id=fresh_id(), actor=window.actor, at=window.at
        )
