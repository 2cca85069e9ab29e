"""Guessing and pumping: every try is counted where a new session cannot undo it."""

import datetime as dt

import pytest

from panjereh.domain.people import api as people
from panjereh.domain.people.models import AttemptCounter, OneTimeCode, SignInChallenge
from panjereh.domain.people.rules import caps
from panjereh.domain.people.rules.caps import AttemptKind, AttemptScope
from tests.platform.people.desk import Desk, open_minas_account
from tests.platform.people.registers import ARASHS_NUMBER, AT

NEXT_HOUR = "2025-11-22T07:00:00+00:00"


@pytest.fixture
def ready(desk, registers):
    open_minas_account()
    desk.begin()
    desk.give_number()
    return desk


@pytest.fixture
def low_caps(monkeypatch):
    """Set one cap low; the others stay as they are."""

    def lower(kind, scope, cap):
        monkeypatch.setitem(caps.CAPS[kind], scope, cap)

    return lower


def test_a_wrong_code_says_how_many_tries_are_left(ready):
    with pytest.raises(people.CodeWrong) as refused:
        ready.type_wrong_code()

    assert (refused.value.code, refused.value.facts()) == ("code-wrong", {"tries_left": 4})


def test_after_five_wrong_tries_not_even_the_right_code_opens(ready):
    for _ in range(5):
        with pytest.raises(people.CodeWrong):
            ready.type_wrong_code()

    with pytest.raises(people.CodeExpired) as refused:
        ready.type_code()
    assert refused.value.code == "code-expired"


def test_a_code_dies_after_two_minutes(ready):
    ready.pass_time(minutes=2)

    with pytest.raises(people.CodeExpired):
        ready.type_code()


def test_another_code_voids_the_older_one(ready):
    older = ready.last_code
    ready.pass_time(seconds=60)
    ready.resend()

    with pytest.raises(people.CodeWrong):
        ready.type_code(older)
    assert ready.type_code().acr == 1


def test_another_code_within_a_minute_changes_nothing(ready):
    code = ready.last_code
    ready.pass_time(seconds=59)

    ready.resend()

    assert OneTimeCode.objects.filter(challenge=ready.id).count() == 1
    assert ready.type_code(code).acr == 1


def test_a_resent_code_on_each_path_goes_the_way_of_the_first(desk, registers):
    desk.prove_identity()
    decoy = Desk(browser="other")
    decoy.begin()
    decoy.give_number(ARASHS_NUMBER)
    for each in (desk, decoy):
        each.pass_time(seconds=61)
        each.resend()

    assert people.code_to_send(desk.last_code_id, at=desk.at).code == desk.last_code
    assert people.code_to_send(decoy.last_code_id, at=decoy.at) is None


@pytest.mark.parametrize("scope", AttemptScope)
def test_wrong_codes_are_capped_and_a_new_session_does_not_help(ready, low_caps, scope):
    low_caps(AttemptKind.WRONG_CODE, scope, 2)
    for _ in range(2):
        with pytest.raises(people.CodeWrong):
            ready.type_wrong_code()
    fresh = Desk(browser="fresh-session")
    fresh.begin()
    fresh.give_number()

    with pytest.raises(people.TooManyAttempts) as refused:
        fresh.type_code()

    assert (refused.value.code, refused.value.try_again_at) == ("too-many-attempts", NEXT_HOUR)


def test_a_cap_is_lifted_with_the_next_hour(ready, low_caps):
    low_caps(AttemptKind.WRONG_CODE, AttemptScope.ACCOUNT, 1)
    with pytest.raises(people.CodeWrong):
        ready.type_wrong_code()
    later = Desk(browser="later", at=AT + dt.timedelta(hours=1))
    later.begin()
    later.give_number()

    assert later.type_code().acr == 1


def test_right_codes_are_not_counted(ready):
    ready.type_code()

    counted = AttemptCounter.objects.filter(kind=AttemptKind.WRONG_CODE, window_at=caps.window_of(AT))
    assert {counter.count for counter in counted} == {0}


@pytest.mark.parametrize("scope", AttemptScope)
def test_sends_are_capped(ready, low_caps, scope):
    low_caps(AttemptKind.SEND, scope, 1)
    ready.pass_time(seconds=61)

    with pytest.raises(people.TooManyAttempts):
        ready.resend()
    assert OneTimeCode.objects.filter(challenge=ready.id).count() == 1


def test_the_number_typed_in_many_sign_ins_sends_no_more_codes_than_the_cap(ready, low_caps):
    low_caps(AttemptKind.SEND, AttemptScope.ACCOUNT, 2)
    second, third = Desk(browser="second"), Desk(browser="third")
    second.begin()
    second.give_number()
    third.begin()

    with pytest.raises(people.TooManyAttempts):
        third.give_number()
    assert third.see().state is people.SignInState.ASKED


@pytest.mark.parametrize("scope", AttemptScope)
def test_identity_checks_are_capped(desk, low_caps, scope):
    low_caps(AttemptKind.CHECK, scope, 1)
    desk.prove_identity(date=dt.date(1991, 1, 1))
    fresh = Desk(browser="fresh-session")

    with pytest.raises(people.TooManyAttempts):
        fresh.prove_identity()


def test_a_confirmed_person_over_the_cap_of_codes_is_told_when_to_come_back(desk, low_caps):
    low_caps(AttemptKind.SEND, AttemptScope.ACCOUNT, 1)

    desk.prove_identity()

    view = desk.see()
    assert (view.state, view.refusal) == (people.SignInState.ASKED, "too-many-attempts")
    assert view.refused_until == dt.datetime(2025, 11, 22, 7, tzinfo=dt.UTC)


def test_an_attempt_over_the_cap_is_not_counted(ready, low_caps):
    low_caps(AttemptKind.SEND, AttemptScope.ADDRESS, 1)
    ready.pass_time(seconds=61)
    with pytest.raises(people.TooManyAttempts):
        ready.resend()

    sends = AttemptCounter.objects.filter(kind=AttemptKind.SEND, window_at=caps.window_of(AT))
    assert {counter.count for counter in sends} == {1}


def test_counters_hold_neither_numbers_nor_addresses(ready):
    for counter in AttemptCounter.objects.order_by("id"):
        assert len(counter.key) == 32
        assert ready.address.encode() not in bytes(counter.key)


def test_a_sign_in_runs_out_after_a_quarter_of_an_hour(ready):
    ready.pass_time(minutes=15)

    assert ready.see().state is people.SignInState.EXPIRED
    with pytest.raises(people.SignInExpired) as refused:
        ready.type_code()
    assert refused.value.code == "challenge-expired"


def test_upkeep_ends_what_ran_out_and_erases_it(ready):
    ready.pass_time(minutes=15)

    assert people.expire_sign_ins(at=ready.at) == 1

    row = SignInChallenge.objects.get(id=ready.id)
    assert (row.state, row.sealed_national_number, row.finished_at) == ("expired", None, ready.at)
    assert people.expire_sign_ins(at=ready.at) == 0
    assert ready.see().state is people.SignInState.EXPIRED


def test_upkeep_drops_old_counters_and_keeps_those_of_this_hour(ready):
    assert AttemptCounter.objects.filter(window_at__lt=caps.window_of(AT)).exists()

    people.expire_sign_ins(at=AT)

    assert not AttemptCounter.objects.filter(window_at__lt=AT - 2 * caps.WINDOW).exists()
    assert AttemptCounter.objects.filter(window_at=caps.window_of(AT)).exists()


def test_a_sign_in_given_up_is_over(ready):
    people.give_up_sign_in(ready.id, visitor=ready.visitor, at=AT)
    people.give_up_sign_in(ready.id, visitor=ready.visitor, at=AT)

    assert ready.see().state is people.SignInState.REFUSED
    with pytest.raises(people.SignInStepImpossible):
        ready.type_code()


def test_an_accepted_sign_in_cannot_be_given_up(ready):
    ready.type_code()

    with pytest.raises(people.SignInStepImpossible):
        people.give_up_sign_in(ready.id, visitor=ready.visitor, at=AT)


def test_the_answer_of_a_register_after_the_end_changes_nothing(desk, registers):
    desk.begin()
    desk.give_number()
    desk.give_birth_date()
    check_id = desk.give_mobile()
    findings = people.ask_registers(desk.id, check_id=check_id, at=AT)
    people.give_up_sign_in(desk.id, visitor=desk.visitor, at=AT)

    people.conclude_check(desk.id, check_id=check_id, findings=findings, at=AT, **desk.draw())

    assert desk.see().state is people.SignInState.REFUSED
