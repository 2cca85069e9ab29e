"""Somebody with an account: the number alone, a code to the phone of the account, and nothing given away."""

import datetime as dt
from dataclasses import replace
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from panjereh.domain.audit import api as audit
from panjereh.domain.people import api as people
from panjereh.domain.people.models import Account, OneTimeCode
from panjereh.plumbing.models import OutboxEvent
from panjereh_kernel.actor import Actor, Role
from panjereh_kernel.refusal import NotFound
from tests.platform.people.desk import Desk, fresh_id, open_minas_account
from tests.platform.people.registers import ARASHS_NUMBER, AT, MINAS_MOBILE


@pytest.fixture
def mina(registers):
    return open_minas_account()


def taken(desk):
    return people.code_to_send(desk.last_code_id, at=desk.at)


def test_the_number_and_the_code_on_the_phone_of_the_account_are_enough(desk, mina, registers):
    asked = len(registers.asked)
    desk.begin()
    desk.give_number()

    signed_in = desk.type_code(taken(desk).code)

    assert (signed_in.account_id, signed_in.subject_id) == (mina.account_id, mina.subject_id)
    assert len(registers.asked) == asked


def test_a_number_without_account_looks_the_same_from_outside(desk, mina):
    other = Desk(browser="other")
    for each, number in ((desk, "9990000018"), (other, ARASHS_NUMBER)):
        each.begin()
        each.give_number(number)

    known, unknown = desk.see(), other.see()
    for field in ("state", "path", "mobile", "refusal", "awaited_register", "has_birth_date"):
        assert getattr(known, field) == getattr(unknown, field)
    told = (
        OutboxEvent.objects.filter(name="people.code_wanted").order_by("id").values_list("payload", flat=True)
    )
    assert {desk.last_code_id, other.last_code_id} <= {UUID(payload["code_id"]) for payload in told}
    for each in (desk, other):
        with pytest.raises(people.CodeWrong):
            each.type_wrong_code()


def test_a_number_without_account_takes_as_many_statements(desk, mina):
    """The same work takes the same time; only the mobile of a real account is opened besides."""
    other, counts = Desk(browser="other"), []
    for each, number in ((desk, "9990000018"), (other, ARASHS_NUMBER)):
        each.begin()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            each.give_number(number)
        counts.append(len(queries))

    assert abs(counts[0] - counts[1]) <= 4


def test_not_even_the_drawn_code_opens_a_number_without_account(desk, mina):
    desk.begin()
    desk.give_number(ARASHS_NUMBER)

    with pytest.raises(people.CodeWrong):
        desk.type_code()


def test_a_locked_account_gets_no_code_and_looks_like_none(desk, mina):
    Account.objects.update(state="locked")
    desk.begin()
    desk.give_number()

    assert taken(desk) is None
    with pytest.raises(people.CodeWrong):
        desk.type_code()


def test_an_account_locked_after_its_code_was_sent_stays_shut(desk, mina):
    desk.begin()
    desk.give_number()
    Account.objects.update(state="locked")

    with pytest.raises(people.AccountLocked):
        desk.type_code()


def test_a_code_sent_for_one_number_does_not_open_another(desk, mina):
    desk.begin()
    desk.give_number()
    code = desk.last_code
    desk.give_number(ARASHS_NUMBER)

    with pytest.raises(people.CodeWrong):
        desk.type_code(code)


def test_the_code_of_the_account_does_not_prove_an_identity_typed_after_it(desk, mina, registers):
    desk.begin()
    desk.give_number()
    code = desk.last_code
    desk.give_birth_date()
    desk.give_mobile()

    with pytest.raises(people.SignInStepImpossible):
        desk.type_code(code)


def test_what_the_registers_said_of_one_number_does_not_open_another(desk, mina):
    desk.prove_identity()
    desk.give_number(ARASHS_NUMBER)

    with pytest.raises(people.CodeWrong):
        desk.type_code()


def test_the_number_sent_twice_sends_one_code(desk, mina):
    desk.begin()
    desk.give_number()
    code = desk.last_code

    desk.give_number()

    assert OneTimeCode.objects.filter(challenge=desk.id).count() == 1
    assert desk.type_code(code).account_id == mina.account_id


def test_a_code_is_handed_over_once_and_its_copy_erased(desk, mina):
    desk.begin()
    desk.give_number()

    first, second = taken(desk), taken(desk)

    assert (first.mobile, first.code, first.expires_at) == (
        MINAS_MOBILE,
        desk.last_code,
        AT + dt.timedelta(minutes=2),
    )
    assert second is None
    row = OneTimeCode.objects.get(id=desk.last_code_id)
    assert (row.sealed_code, row.sealed_mobile, row.taken_at) == (None, None, AT)


def test_a_decoy_and_a_late_and_an_unknown_code_are_not_handed_over(desk, mina):
    desk.begin()
    desk.give_number(ARASHS_NUMBER)
    assert taken(desk) is None

    desk.give_number()
    desk.pass_time(minutes=2)
    assert taken(desk) is None
    assert people.code_to_send(fresh_id(), at=AT) is None


def test_the_mobile_of_the_account_is_never_shown(desk, mina):
    desk.begin()
    desk.give_number()

    assert desk.see().mobile == ""
    assert desk.see().national_number == "999•••••18"


def test_the_accepted_sign_in_answers_the_same_again(desk, mina):
    desk.begin()
    desk.give_number()
    signed_in = desk.type_code()

    desk.pass_time(minutes=30)

    assert desk.type_code("000000") == signed_in
    assert desk.see().signed_in == signed_in


@pytest.mark.slow  # real commits: the trace is written on a connection of its own
@pytest.mark.django_db(transaction=True, databases=["default", "trace"])
def test_reading_a_person_leaves_a_trace_unless_it_is_oneself(mina):
    officer = Actor.system("case.address-certificate")
    herself = replace(officer, role=Role.CITIZEN, subject_id=mina.subject_id)

    people.person(mina.subject_id, actor=herself, at=AT)
    assert audit.accesses_of(mina.subject_id, limit=9) == []
    people.person(mina.subject_id, actor=officer, at=AT)

    [access] = audit.accesses_of(mina.subject_id, limit=9)
    assert access.what == "people.person"


def test_an_unknown_person_and_an_unknown_account_are_not_found():
    with pytest.raises(NotFound):
        people.person(fresh_id(), actor=Actor.system("case.address-certificate"), at=AT)
    with pytest.raises(NotFound):
        people.account(fresh_id())
    assert people.account_of_subject(fresh_id()) is None
    assert people.mobile_to_notify(fresh_id()) is None


def test_names_for_a_list_come_by_id_and_leave_out_who_is_unknown(mina):
    assert people.labels([mina.subject_id, fresh_id()]) == {mina.subject_id: "مینا نمونه‌پور"}


def test_a_subject_leads_to_its_account(mina):
    account = people.account_of_subject(mina.subject_id)

    assert account is not None
    assert account.id == mina.account_id


def test_a_locked_account_gets_no_notices(mina):
    Account.objects.update(state="locked")

    assert people.mobile_to_notify(mina.subject_id) is None
