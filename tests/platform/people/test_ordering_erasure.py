"""An order to erase somebody takes two operators, each signed in at the desk."""

import datetime as dt
from uuid import UUID

import pytest

from panjereh.domain.audit.models import Leaf
from panjereh.domain.people import api as people
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import NotFound
from tests.platform.people import officers
from tests.platform.people.desk import fresh_id
from tests.platform.people.officers import OPERATING, Somebody
from tests.platform.people.operators import at_work, make_operators
from tests.platform.people.registers import AT

REASON = people.ErasureReason.COURT_ORDER
LATER = AT + dt.timedelta(days=14)


@pytest.fixture
def pair(db: None) -> tuple[Actor, Actor]:
    first, second = make_operators()
    return at_work(first), at_work(second)


@pytest.fixture
def person(db: None) -> Somebody:
    return officers.make_somebody()


def ask(person: Somebody, by: Actor, *, order_id: UUID | None = None, at: dt.datetime = AT) -> UUID:
    order_id = order_id or fresh_id(at)
    people.ask_erasure(order_id, subject_id=person.subject_id, reason=REASON, actor=by, at=at)
    return order_id


def state_of(order_id: UUID, by: Actor, *, at: dt.datetime = AT) -> str:
    return people.erasure_order(order_id, actor=by, at=at).state


def carry_out(order_id: UUID, *, at: dt.datetime = AT) -> people.ErasureReport:
    return people.erase_subject(order_id, actor=Actor.system("erasure"), at=at)


def test_what_one_asks_for_another_approves_and_the_report_names_both(pair, person):
    order_id = ask(person, pair[0])
    people.approve_erasure(order_id, actor=pair[1], at=AT)

    report = carry_out(order_id)

    order = report.order
    named = (order.order_id, order.asked_by, order.approved_by)
    assert named == (order_id, pair[0].subject_id, pair[1].subject_id)
    assert all(str(each) in report.to_json() for each in named)
    assert state_of(order_id, pair[0]) is people.OrderState.DONE


def test_each_step_is_in_the_record_with_who_did_it(pair, person):
    order_id = ask(person, pair[0])
    people.approve_erasure(order_id, actor=pair[1], at=AT)
    people.refuse_erasure(order_id, actor=pair[0], at=AT)

    leaves = Leaf.objects.filter(subject=str(order_id)).order_by("id")
    assert {leaf.event: leaf.subject_id for leaf in leaves} == {
        "people.erasure.asked": pair[0].subject_id,
        "people.erasure.approved": pair[1].subject_id,
        "people.erasure.refused": pair[0].subject_id,
    }


def test_nobody_approves_what_they_asked_for(pair, person):
    order_id = ask(person, pair[0])

    with pytest.raises(people.OtherOperatorNeeded):
        people.approve_erasure(order_id, actor=pair[0], at=AT)

    with pytest.raises(people.ErasureStepImpossible):
        carry_out(order_id)


def test_nobody_asks_for_their_own_erasure_at_the_desk(pair):
    with pytest.raises(people.OtherOperatorNeeded):
        people.ask_erasure(fresh_id(), subject_id=pair[0].subject_id, reason=REASON, actor=pair[0], at=AT)


def test_what_was_refused_is_neither_approved_nor_carried_out(pair, person):
    order_id = ask(person, pair[0])
    people.refuse_erasure(order_id, actor=pair[1], at=AT)

    with pytest.raises(people.ErasureStepImpossible):
        people.approve_erasure(order_id, actor=pair[1], at=AT)
    with pytest.raises(people.ErasureStepImpossible):
        carry_out(order_id)


def test_an_order_lapses_and_makes_room_for_another(pair, person):
    old = ask(person, pair[0])

    with pytest.raises(people.ErasureStepImpossible):
        people.approve_erasure(old, actor=pair[1], at=LATER)
    new = ask(person, pair[0], at=LATER)

    assert [state_of(each, pair[0], at=LATER) for each in (old, new)] == ["lapsed", "asked"]


def test_there_is_one_open_order_about_a_person(pair, person):
    order_id = ask(person, pair[0])

    assert ask(person, pair[0], order_id=order_id) == order_id
    with pytest.raises(people.ErasureAskedAlready):
        ask(person, pair[1])
    with pytest.raises(NotFound):
        ask(officers.make_somebody(), pair[0], order_id=order_id)


def test_nothing_is_asked_about_an_id_nobody_ever_had_or_about_who_holds_a_role(pair):
    with pytest.raises(NotFound):
        people.ask_erasure(fresh_id(), subject_id=fresh_id(), reason=REASON, actor=pair[0], at=AT)
    with pytest.raises(people.RoleInForce):
        ask(officers.make_grantors()[0], pair[0])


def test_a_role_given_meanwhile_holds_the_approval_back(pair, person):
    order_id = ask(person, pair[0])
    officers.name_grantor(person)

    with pytest.raises(people.RoleInForce):
        people.approve_erasure(order_id, actor=pair[1], at=AT)


def test_who_is_no_operator_sees_no_order_and_does_nothing(pair, person):
    order_id = ask(person, pair[0])
    other = officers.make_somebody().at_the_desk(OPERATING)

    for attempt in (
        lambda: people.erasure_orders(actor=other, at=AT, limit=9),
        lambda: people.erasure_order(order_id, actor=other, at=AT),
        lambda: people.approve_erasure(order_id, actor=other, at=AT),
        lambda: people.refuse_erasure(order_id, actor=other, at=AT),
        lambda: ask(person, other),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_the_latest_order_comes_first_and_those_that_wait_can_be_asked_for_alone(pair):
    made = [ask(officers.make_somebody(), pair[0]) for _ in range(3)]
    people.refuse_erasure(made[2], actor=pair[0], at=AT)

    page = people.erasure_orders(actor=pair[1], at=AT, limit=2)
    rest = people.erasure_orders(actor=pair[1], at=AT, limit=2, before=page[-1].id)
    waiting = people.erasure_orders(actor=pair[1], at=AT, limit=9, only_asked=True)

    assert [each.id for each in (*page, *rest)] == made[::-1]
    assert [each.id for each in waiting] == made[1::-1]


def test_an_order_that_nobody_made_is_absent(pair):
    with pytest.raises(NotFound):
        people.erasure_order(fresh_id(), actor=pair[0], at=AT)
