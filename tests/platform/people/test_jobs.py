"""The jobs of the room, run as the worker runs them."""

import datetime as dt

import pytest

from panjereh.domain.exchange import api as exchange
from panjereh.domain.people import api as people
from panjereh.jobs import people as jobs
from panjereh.plumbing import edge
from tests.platform.people.desk import Desk


@pytest.fixture
def now_desk(registers):
    return Desk(at=edge.now())


def ask(desk):
    desk.begin()
    desk.give_number()
    desk.give_birth_date()
    desk.give_mobile()


def test_the_job_made_with_the_mobile_asks_the_registers_and_sends_a_code(now_desk, run_jobs):
    ask(now_desk)

    run_jobs()

    assert now_desk.see().state is people.SignInState.CODE_SENT


def test_the_job_fails_for_a_retry_while_a_register_is_away(now_desk, registers, run_jobs):
    registers.away = {"phone.ownership"}
    ask(now_desk)

    with pytest.raises(exchange.RegisterUnavailable):
        run_jobs()
    registers.away = set()
    run_jobs()

    assert now_desk.see().state is people.SignInState.CODE_SENT


def test_a_question_refused_for_good_ends_the_waiting_and_the_job(now_desk, registers, run_jobs):
    registers.denied = {"civil.person"}
    ask(now_desk)

    run_jobs()

    view = now_desk.see()
    assert (view.state, view.refusal) == (people.SignInState.ASKED, people.IdentityNotCheckable.code)
    assert [key for key, _ in registers.asked] == ["civil.person"]


def test_a_check_whose_sign_in_is_over_asks_nobody(now_desk, registers, run_jobs):
    ask(now_desk)
    people.give_up_sign_in(now_desk.id, visitor=now_desk.visitor, at=now_desk.at)

    run_jobs()

    assert registers.asked == []


def test_upkeep_runs_by_the_clock(registers):
    old = Desk(at=edge.now() - dt.timedelta(minutes=16))
    old.begin()

    jobs.expire_sign_ins(0)

    old.at = edge.now()
    assert old.see().state is people.SignInState.EXPIRED
