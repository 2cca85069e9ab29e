"""Somebody without account: two registers are asked, a code proves the phone, an account is opened."""

import datetime as dt

import pytest

from panjereh.domain.audit.models import Leaf
from panjereh.domain.exchange import api as exchange
from panjereh.domain.people import api as people
from panjereh.domain.people.models import Account, SignInChallenge, Subject
from panjereh.plumbing import sealing
from panjereh.plumbing.models import OutboxEvent
from panjereh_kernel.actor import Actor, Channel, Role
from panjereh_kernel.refusal import NotFound
from tests.platform.people.desk import BIRTH_DATE, Desk, fresh_id
from tests.platform.people.registers import AT, MINAS_MOBILE, MINAS_NUMBER

IDENTITY_NOT_CONFIRMED = "identity-not-confirmed"


def events_of(desk):
    """One instant has no order of its own, so events are compared by name."""
    return sorted(leaf.event for leaf in Leaf.objects.filter(subject=str(desk.id)))


def test_a_confirmed_person_with_the_right_code_gets_an_account(desk):
    desk.prove_identity()

    signed_in = desk.type_code()

    account = people.account(signed_in.account_id)
    assert (account.subject_id, account.ial, account.is_active) == (signed_in.subject_id, 1, True)
    assert (signed_in.acr, signed_in.ial, signed_in.at) == (1, 1, AT)
    assert desk.see().signed_in == signed_in


def test_the_account_keeps_what_the_registers_said_with_source_time_and_receipt(desk):
    desk.prove_identity()
    signed_in = desk.type_code()

    person = people.person(signed_in.subject_id, actor=own(signed_in), at=AT)

    assert (person.given_name, person.family_name, person.father_name) == ("مینا", "نمونه‌پور", "بهرام")
    assert (person.national_number, person.birth_date) == (MINAS_NUMBER, BIRTH_DATE)
    assert person.is_alive
    assert (person.source, person.as_of) == ("civil.person", dt.datetime(2025, 11, 22, 5, tzinfo=dt.UTC))
    receipts = {receipt.id for receipt in exchange.receipts_of(signed_in.subject_id, limit=9)}
    row, account = Subject.objects.get(), Account.objects.get()
    assert receipts == {row.source_receipt_id, account.mobile_receipt_id}


def own(signed_in):
    return Actor(
        role=Role.CITIZEN, channel=Channel.WEB, purpose="own-affairs", subject_id=signed_in.subject_id
    )


def test_every_step_is_recorded_by_ids_alone(desk):
    desk.prove_identity()
    signed_in = desk.type_code()

    assert events_of(desk) == [
        "people.code.wanted",
        "people.code.wanted",
        "people.identity.asked",
        "people.identity.confirmed",
        "people.sign_in.accepted",
        "people.sign_in.begun",
        "people.sign_in.number_given",
    ]
    assert Leaf.objects.filter(subject=str(signed_in.account_id)).get().event == "people.account.opened"
    told = " ".join(f"{leaf.subject} {leaf.facts}" for leaf in Leaf.objects.order_by("id"))
    told += " ".join(str(event.payload) for event in OutboxEvent.objects.order_by("id"))
    for secret in (MINAS_NUMBER, MINAS_MOBILE, "مینا", BIRTH_DATE.isoformat(), desk.last_code):
        assert secret not in told


@pytest.mark.parametrize("wrong", ["birth date", "phone", "dead", "unknown"])
def test_whatever_is_wrong_the_answer_is_the_same_and_may_be_corrected(desk, registers, wrong):
    registers.person["alive"] = wrong != "dead"
    desk.begin()
    desk.give_number("9990000026" if wrong == "unknown" else MINAS_NUMBER)
    desk.give_birth_date(dt.date(1990, 5, 12) if wrong == "birth date" else BIRTH_DATE)

    desk.check(desk.give_mobile("+989800000002" if wrong == "phone" else MINAS_MOBILE))

    view = desk.see()
    assert (view.state, view.refusal) == (people.SignInState.ASKED, IDENTITY_NOT_CONFIRMED)
    assert people.IdentityNotConfirmed.code == IDENTITY_NOT_CONFIRMED
    assert len(registers.asked) == 2
    assert not Subject.objects.exists()


def test_a_corrected_mistake_leads_to_the_code(desk):
    desk.prove_identity(date=dt.date(1991, 1, 1))

    desk.give_birth_date()
    desk.check(desk.give_mobile())

    view = desk.see()
    assert (view.state, view.refusal) == (people.SignInState.CODE_SENT, "")
    assert desk.type_code().ial == 1


@pytest.mark.parametrize("register", ["civil.person", "phone.ownership"])
def test_while_a_register_is_away_the_sign_in_waits_and_says_for_whom(desk, registers, register):
    registers.away = {register}

    with pytest.raises(exchange.RegisterUnavailable):
        desk.prove_identity()

    view = desk.see()
    assert (view.state, view.awaited_register) == (people.SignInState.CHECKING, register)


def test_nothing_is_lost_when_the_register_comes_back_and_it_sees_the_same_question(desk, registers):
    desk.begin()
    desk.give_number()
    desk.give_birth_date()
    check_id = desk.give_mobile()
    registers.away = {"civil.person"}
    with pytest.raises(exchange.RegisterUnavailable):
        desk.check(check_id)

    registers.away = set()
    desk.check(check_id)

    assert desk.see().state is people.SignInState.CODE_SENT
    assert desk.see().awaited_register == ""
    assert [id_ for key, id_ in registers.asked if key == "civil.person"] == [check_id, check_id]


def asked(desk):
    """Go as far as the question to the registers; return its check."""
    desk.begin()
    desk.give_number()
    desk.give_birth_date()
    return desk.give_mobile()


@pytest.mark.parametrize("register", ["civil.person", "phone.ownership"])
def test_a_question_that_is_refused_for_good_names_no_register_as_away(desk, registers, register):
    registers.denied = {register}
    check_id = asked(desk)

    with pytest.raises(exchange.RegisterRefused):
        desk.check(check_id)

    assert desk.see().awaited_register == ""


def test_a_stopped_check_ends_the_waiting_with_its_reason(desk):
    check_id = asked(desk)

    people.stop_check(desk.id, check_id=check_id, at=AT)

    view = desk.see()
    assert (view.state, view.refusal) == (people.SignInState.ASKED, people.IdentityNotCheckable.code)
    assert "people.identity.denied" in events_of(desk)


def test_after_a_stopped_check_the_same_person_may_try_again(desk):
    people.stop_check(desk.id, check_id=asked(desk), at=AT)

    desk.give_birth_date()
    desk.check(desk.give_mobile())

    assert desk.see().state is people.SignInState.CODE_SENT


def test_stopping_an_overtaken_or_answered_check_changes_nothing(desk):
    overtaken = asked(desk)
    desk.give_birth_date()
    current = desk.give_mobile("+989800000005")

    people.stop_check(desk.id, check_id=overtaken, at=AT)

    assert desk.see().state is people.SignInState.CHECKING
    desk.check(current)
    people.stop_check(desk.id, check_id=current, at=AT)
    assert desk.see().refusal == IDENTITY_NOT_CONFIRMED


def test_a_check_that_ran_twice_sends_one_code(desk, registers):
    desk.begin()
    desk.give_number()
    desk.give_birth_date()
    check_id = desk.give_mobile()
    findings = people.ask_registers(desk.id, check_id=check_id, at=AT)
    people.conclude_check(desk.id, check_id=check_id, findings=findings, at=AT, **desk.draw())
    sent = desk.last_code

    people.conclude_check(desk.id, check_id=check_id, findings=findings, at=AT, **desk.draw())
    desk.check(check_id)

    assert desk.type_code(sent).ial == 1


def test_the_answer_to_an_overtaken_check_changes_nothing(desk):
    desk.begin()
    desk.give_number()
    desk.give_birth_date(dt.date(1991, 1, 1))
    overtaken = desk.give_mobile()
    findings = people.ask_registers(desk.id, check_id=overtaken, at=AT)
    desk.give_birth_date()
    current = desk.give_mobile("+989800000005")

    people.conclude_check(desk.id, check_id=overtaken, findings=findings, at=AT, **desk.draw())

    assert desk.see().state is people.SignInState.CHECKING
    assert people.ask_registers(desk.id, check_id=overtaken, at=AT) is None
    assert people.ask_registers(desk.id, check_id=current, at=AT) is not None


def test_sending_the_same_mobile_twice_asks_once(desk):
    desk.begin()
    desk.give_number()
    desk.give_birth_date()
    first = desk.give_mobile()

    second = desk.give_mobile()

    assert people.ask_registers(desk.id, check_id=second, at=AT) is None
    assert people.ask_registers(desk.id, check_id=first, at=AT) is not None


def test_two_first_sign_ins_of_one_person_end_in_one_account(desk):
    other = Desk(browser="second-browser")
    desk.prove_identity()
    other.prove_identity()

    first, second = desk.type_code(), other.type_code()

    assert first.account_id == second.account_id
    assert Account.objects.count() == Subject.objects.count() == 1


def test_receipts_carry_the_subject_from_the_first_question_on(desk):
    desk.prove_identity()
    asked_about = SignInChallenge.objects.get().subject_id

    assert desk.type_code().subject_id == asked_about
    assert len(exchange.receipts_of(asked_about, limit=9)) == 2


def test_after_the_end_nothing_typed_can_be_opened(desk):
    desk.prove_identity()
    sealed = SignInChallenge.objects.get().sealed_national_number

    desk.type_code()

    row = SignInChallenge.objects.get()
    typed = (row.sealed_national_number, row.sealed_birth_date, row.sealed_mobile, row.sealed_findings)
    assert typed == (None, None, None, None)
    with pytest.raises(sealing.ContentErased):
        sealing.unseal(desk.id, "national_number", sealed)


def test_a_person_confirmed_on_a_new_phone_keeps_the_account(desk, registers):
    desk.prove_identity()
    first = desk.type_code()
    registers.mobile = "+989800000007"
    later = Desk(browser="new-phone")
    later.prove_identity(mobile=registers.mobile)

    again = later.type_code()

    assert again.account_id == first.account_id
    assert people.mobile_to_notify(first.subject_id) == "+989800000007"
    told = Leaf.objects.filter(subject=str(first.account_id)).values_list("event", flat=True)
    assert sorted(told) == ["people.account.opened", "people.account.proven_again"]


def test_who_proves_the_identity_behind_a_locked_account_is_told_so(desk):
    desk.prove_identity()
    desk.type_code()
    Account.objects.update(state="locked")
    later = Desk(browser="later")
    later.prove_identity()

    with pytest.raises(people.AccountLocked) as refused:
        later.type_code()

    assert refused.value.code == "account-locked"


@pytest.mark.parametrize("step", ["birth date", "mobile", "code", "resend"])
def test_a_step_ahead_of_its_turn_is_refused(desk, step):
    desk.begin()
    steps = {
        "birth date": desk.give_birth_date,
        "mobile": desk.give_mobile,
        "code": lambda: desk.type_code("123456"),
        "resend": desk.resend,
    }

    with pytest.raises(people.SignInStepImpossible) as refused:
        steps[step]()

    assert (refused.value.code, refused.value.state) == ("sign-in-step-impossible", "asked")


def test_another_browser_sees_nothing_of_a_sign_in(desk):
    desk.prove_identity()
    thief = Desk(browser="somebody-elses", id=desk.id)

    with pytest.raises(NotFound):
        thief.see()
    with pytest.raises(NotFound):
        thief.type_code(desk.last_code)
    with pytest.raises(NotFound):
        people.begin_sign_in(fresh_id(), login_challenge=f"login-{desk.id}", visitor=thief.visitor, at=AT)


def test_a_sign_in_begun_twice_is_one(desk):
    desk.begin()

    again = people.begin_sign_in(fresh_id(), login_challenge=f"login-{desk.id}", visitor=desk.visitor, at=AT)

    assert again == desk.id
    assert events_of(desk) == ["people.sign_in.begun"]
