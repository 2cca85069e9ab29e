"""The way out: a draft is dropped, a submitted case withdrawn, and what was decided stays decided."""

import dataclasses
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjereh.domain.audit.models import Leaf
from panjereh.domain.casework import api as casework
from panjereh.domain.casework.models import Case
from panjereh.domain.casework.rules import flow
from panjereh.domain.casework.rules.states import DECIDED_STATES, OPEN_STATES
from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.messaging.models import SmsMessage
from panjereh_kernel.actor import Actor, Role
from panjereh_kernel.refusal import NotFound
from tests.platform.casework.registers import HOME
from tests.platform.casework.test_applying import events, ready
from tests.platform.casework.test_deciding import told
from tests.platform.casework.window import SERVICE
from tests.platform.people.desk import fresh_id

ENDS = {casework.CaseState.ISSUED, casework.CaseState.REFUSED, casework.CaseState.WITHDRAWN}


def answered(window, run_jobs):
    window.start()
    window.answer(source="postal-code", postal_code=HOME)


def gathering(window, run_jobs):
    answered(window, run_jobs)
    window.gather()


def submitted(window, run_jobs):
    ready(window, run_jobs)
    window.submit()


def leaves(window):
    found = Leaf.objects.filter(subject=str(window.case_id)).order_by("id")
    return [(leaf.event, leaf.facts["state"]) for leaf in found]


@pytest.mark.parametrize("prepare", [answered, gathering, ready])
def test_a_draft_is_dropped_with_its_answers_and_facts(window, registers, run_jobs, prepare):
    prepare(window, run_jobs)

    window.withdraw()

    view = window.see()
    assert view.state is casework.CaseState.WITHDRAWN
    assert (view.answers, view.facts, view.submitted_at) == ({}, (), None)
    assert "case-withdrawn" not in told(window)


def test_after_a_dropped_draft_a_new_one_can_be_started(window):
    first = window.start()
    window.withdraw()

    assert window.start() != first


def test_an_answer_that_arrives_after_the_draft_was_dropped_changes_nothing(window, registers, run_jobs):
    gathering(window, run_jobs)
    window.withdraw()

    run_jobs()

    assert window.see().state is casework.CaseState.WITHDRAWN
    assert window.see().facts == ()


def test_a_submitted_case_is_withdrawn_and_keeps_what_was_asked(window, registers, run_jobs):
    submitted(window, run_jobs)

    window.withdraw()

    view = window.see()
    assert view.state is casework.CaseState.WITHDRAWN
    assert view.answers == {"source": "register"}
    assert view.submitted_at == window.at
    assert view.finished_at == window.at
    assert events(window)[-1] == "withdraw"


def test_a_withdrawal_is_recorded_for_the_figures(window, registers, run_jobs):
    submitted(window, run_jobs)

    window.withdraw()

    assert leaves(window)[-1] == ("casework.case.withdrawn", "withdrawn")


def test_a_withdrawal_is_confirmed_in_the_inbox_and_not_by_text_message(window, registers, run_jobs):
    submitted(window, run_jobs)
    sent = SmsMessage.objects.count()

    window.withdraw()

    assert told(window).count("case-withdrawn") == 1
    assert SmsMessage.objects.count() == sent


def test_withdrawing_twice_is_refused_and_leaves_one_trace(window, registers, run_jobs):
    submitted(window, run_jobs)
    window.withdraw()

    with pytest.raises(casework.CaseStepImpossible):
        window.withdraw()

    assert events(window).count("withdraw") == 1


def test_a_withdrawn_case_is_not_decided(window, registers, run_jobs):
    submitted(window, run_jobs)
    window.withdraw()

    run_jobs()

    assert window.see().state is casework.CaseState.WITHDRAWN


def test_a_decided_case_cannot_be_withdrawn_and_does_not_offer_it(window, registers, run_jobs):
    submitted(window, run_jobs)
    assert window.see().can_withdraw
    window.decide()

    with pytest.raises(casework.CaseStepImpossible):
        window.withdraw()

    assert window.see().state is casework.CaseState.GRANTED
    assert not window.see().can_withdraw


def test_nobody_withdraws_for_somebody_else(window, registers, run_jobs):
    submitted(window, run_jobs)
    stranger = dataclasses.replace(window.actor, subject_id=fresh_id(), account_id=fresh_id())

    for actor in (stranger, Actor.system("case-decision"), Actor.anonymous("own-affairs")):
        with pytest.raises(NotFound):
            casework.withdraw_case(
                window.case_id, act_id=fresh_id(), message_id=fresh_id(), actor=actor, at=window.at
            )

    assert window.see().state is casework.CaseState.SUBMITTED


def test_a_case_of_a_version_without_the_step_offers_no_way_out(window, registers, monkeypatch):
    window.start()
    old = catalogue.pack(SERVICE, Case.objects.get().pack_version)
    kept = tuple(each for each in old.actions if each.id != "withdraw")
    monkeypatch.setattr(catalogue, "pack", lambda *_: dataclasses.replace(old, actions=kept))

    with pytest.raises(casework.CaseStepImpossible):
        window.withdraw()

    assert not window.see().can_withdraw


@given(st.lists(st.tuples(st.sampled_from(casework.CaseEvent), st.sampled_from([Role.CITIZEN, Role.SYSTEM]))))
def test_a_decided_or_withdrawn_case_never_goes_back(product_pack, deeds):
    state = casework.CaseState.DRAFT
    for event, role in deeds:
        before = state
        if flow.can_happen(product_pack.actions, state, event, role=role):
            state = flow.next_state(product_pack.actions, state, event, role=role)
        if before in ENDS:
            assert state is before
        if before in DECIDED_STATES:
            assert state in DECIDED_STATES


def test_only_the_person_can_withdraw_and_only_before_the_decision(product_pack):
    allowed = {
        (state, role)
        for state, role in itertools.product(casework.CaseState, Role)
        if flow.can_happen(product_pack.actions, state, casework.CaseEvent.WITHDRAW, role=role)
    }

    assert allowed == {(state, Role.CITIZEN) for state in (*OPEN_STATES, casework.CaseState.SUBMITTED)}
