"""Roles of officers: two pairs of eyes, an end, and nothing for anybody else."""

import datetime as dt
import io
import threading
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from panjereh.domain.audit.models import AccessTrace, Leaf
from panjereh.domain.directory.models import UnitVersion
from panjereh.domain.people import api as people
from panjereh.domain.people.models import AccountState, OfficerGrant
from panjereh.domain.people.rules import grants
from panjereh_kernel.actor import Actor, OfficerRole, Post
from panjereh_kernel.refusal import NotFound, Refusal
from tests.platform.people import officers
from tests.platform.people.officers import AGENCY, AT, OTHER_AGENCY, Somebody, make_somebody
from tests.platform.people.operators import at_work, make_operator

YEAR = dt.timedelta(days=365)


@pytest.fixture
def pair() -> tuple[Actor, Actor]:
    """The two grantors of the agency, at their desks."""
    first, second = officers.make_grantors()
    return first.at_the_desk(), second.at_the_desk()


@pytest.fixture
def clerk() -> Somebody:
    return make_somebody(given="کارمند")


def make_units() -> None:
    """Two agencies with one unit each."""
    for agency in (AGENCY, OTHER_AGENCY):
        UnitVersion.objects.create(
            code=f"{agency}.hq",
            agency_code=agency,
            kind="headquarters",
            name_fa="ستاد",
            certainty="D",
            source="compiled",
            recorded_at=AT,
        )


def state_of(grant_id: object) -> str:
    return OfficerGrant.objects.get(id=grant_id).state


def test_a_request_gives_nothing_before_another_approves_it(pair, clerk):
    grant_id = officers.request(clerk, by=pair[0])
    before = people.posts_of(clerk.subject_id, at=AT)

    officers.approve(grant_id, by=pair[1])

    held = people.posts_of(clerk.subject_id, at=AT)
    assert (before, held) == ([], [Post(AGENCY, "", frozenset({OfficerRole.OFFICER}))])


def test_a_grant_ends_by_itself(pair, clerk):
    grant_id = officers.request(clerk, by=pair[0], days=90)
    officers.approve(grant_id, by=pair[1])

    last = grants.end_of(AT.date() + dt.timedelta(days=90))
    assert people.posts_of(clerk.subject_id, at=last - dt.timedelta(seconds=1)) != []
    assert people.posts_of(clerk.subject_id, at=last) == []


def test_a_unit_and_its_agency_are_two_places_of_one_officer(pair, clerk):
    make_units()
    for unit in ("", "post.hq"):
        officers.approve(officers.request(clerk, by=pair[0], unit=unit), by=pair[1])

    assert [post.unit_id for post in people.posts_of(clerk.subject_id, at=AT)] == ["", "post.hq"]


def test_nobody_approves_what_they_asked_for(pair, clerk):
    grant_id = officers.request(clerk, by=pair[0])

    with pytest.raises(people.NotOverOneself):
        officers.approve(grant_id, by=pair[0])

    assert state_of(grant_id) == "requested"


def test_nobody_asks_for_a_role_of_their_own():
    first, _second = officers.make_grantors()

    with pytest.raises(people.NotOverOneself):
        officers.request(first, by=first.at_the_desk())


def test_nobody_approves_a_role_of_their_own():
    first, second = officers.make_grantors()
    grant_id = officers.request(second, by=first.at_the_desk())

    with pytest.raises(people.NotOverOneself):
        officers.approve(grant_id, by=second.at_the_desk())


def test_the_database_itself_refuses_one_pair_of_eyes(pair, clerk):
    grant_id = officers.request(clerk, by=pair[0])
    alone = OfficerGrant.objects.filter(id=grant_id)

    with pytest.raises(IntegrityError, match="people_grant_four_eyes"), transaction.atomic():
        alone.update(state="granted", decided_by=pair[0].subject_id, decided_at=AT, valid_until=AT + YEAR)


def test_what_happened_to_a_grant_cannot_be_changed(pair, clerk):
    officers.request(clerk, by=pair[0])

    for statement in ("UPDATE people_officergrantact SET act = 'x'", "DELETE FROM people_officergrantact"):
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


@pytest.mark.parametrize("step", [officers.approve, officers.refuse, officers.revoke])
def test_a_grantor_of_another_agency_finds_nothing(pair, clerk, step: Callable[..., None]):
    stranger = officers.make_grantors(agency=OTHER_AGENCY)[0]
    grant_id = officers.request(clerk, by=pair[0])

    for actor in (stranger.at_the_desk(OTHER_AGENCY), stranger.at_the_desk(AGENCY)):
        with pytest.raises(NotFound):
            step(grant_id, by=actor)


def test_a_grantor_asks_for_nothing_at_another_agency(pair, clerk):
    for actor in (pair[0], officers.elsewhere(pair[0], OTHER_AGENCY)):
        with pytest.raises(NotFound):
            officers.request(clerk, by=actor, agency=OTHER_AGENCY)


def test_an_officer_who_may_not_grant_sees_and_gives_nothing(pair, clerk):
    officers.approve(officers.request(clerk, by=pair[0]), by=pair[1])
    pretended = clerk.at_the_desk()  # as a stale session would still say

    with pytest.raises(NotFound):
        people.grants_at(actor=pretended, at=AT, limit=5)
    with pytest.raises(NotFound):
        officers.request(make_somebody(), by=pretended)


def test_the_right_to_grant_ends_with_its_grant(pair, clerk):
    later = AT + dt.timedelta(days=91)

    with pytest.raises(NotFound):
        officers.request(clerk, by=pair[0], at=later)


def test_revoking_takes_one_grantor_and_holds_at_once(pair, clerk):
    grant_id = officers.request(clerk, by=pair[0])
    officers.approve(grant_id, by=pair[1])

    officers.revoke(grant_id, by=pair[0])

    assert people.posts_of(clerk.subject_id, at=AT) == []
    assert people.grant(grant_id, actor=pair[1], at=AT).reason == "left"


@pytest.mark.parametrize("second", [officers.approve, officers.refuse])
def test_what_was_decided_is_not_decided_again(pair, clerk, second: Callable[..., None]):
    grant_id = officers.request(clerk, by=pair[0])
    officers.refuse(grant_id, by=pair[1])

    with pytest.raises(people.GrantStepImpossible):
        second(grant_id, by=pair[1])


def test_a_request_nobody_decided_lapses(pair, clerk):
    grant_id = officers.request(clerk, by=pair[0])
    late = AT + dt.timedelta(days=14)

    with pytest.raises(people.GrantStepImpossible):
        officers.approve(grant_id, by=pair[1], at=late)

    assert people.grant(grant_id, actor=pair[1], at=late).state is people.GrantState.LAPSED
    officers.request(clerk, by=pair[0], at=late)


def test_a_grant_that_ended_can_be_asked_for_again(pair, clerk):
    first, _second = pair
    officers.approve(officers.request(clerk, by=first, days=90), by=pair[1])
    row = OfficerGrant.objects.filter(holder_id=clerk.subject_id)
    row.update(decided_at=AT - YEAR, valid_until=AT)

    officers.request(clerk, by=first)

    assert sorted(row.values_list("state", flat=True).order_by("id")) == ["ended", "requested"]


def test_sent_twice_it_is_one_request(pair, clerk):
    grant_id = officers.request(clerk, by=pair[0])

    officers.request(clerk, by=pair[0], grant_id=grant_id)

    assert len(people.grant_acts(grant_id, actor=pair[0], at=AT)) == 1


def test_the_same_role_is_not_asked_for_twice(pair, clerk):
    officers.request(clerk, by=pair[0])

    with pytest.raises(people.GrantHeldAlready):
        officers.request(clerk, by=pair[1])


@pytest.mark.parametrize(
    ("role", "unit", "days", "refusal"),
    [
        (OfficerRole.OPERATOR, "", 90, people.RoleNotThere),
        (OfficerRole.GRANTOR, "post.hq", 90, people.UnitNotThere),
        (OfficerRole.OFFICER, "nocr.hq", 90, people.UnitNotThere),
        (OfficerRole.OFFICER, "", 366, people.GrantPeriodWrong),
        (OfficerRole.OFFICER, "", 0, people.GrantPeriodWrong),
    ],
)
def test_a_role_that_cannot_be_held_there_is_refused(pair, clerk, role, unit, days, refusal):
    make_units()

    with pytest.raises(refusal):
        officers.request(clerk, by=pair[0], role=role, unit=unit, days=days)


def test_a_request_lapses_at_the_latest_with_its_last_day(pair, clerk):
    grant_id = officers.request(clerk, by=pair[0], days=3)
    over = grants.end_of(AT.date() + dt.timedelta(days=3))

    with pytest.raises(people.GrantStepImpossible):
        officers.approve(grant_id, by=pair[1], at=over)


def test_what_was_asked_for_before_grants_had_a_last_day_counts_its_days(pair, clerk):
    grant_id = officers.request(clerk, by=pair[0], days=90)
    OfficerGrant.objects.filter(id=grant_id).update(last_day=None)

    officers.approve(grant_id, by=pair[1])

    assert OfficerGrant.objects.get(id=grant_id).valid_until == AT + dt.timedelta(days=90)


def test_operators_sit_at_the_agency_that_runs_the_platform(clerk):
    first, second = officers.make_grantors(agency=officers.OPERATING)
    grant_id = officers.request(
        clerk, by=first.at_the_desk(officers.OPERATING), role=OfficerRole.OPERATOR, agency=officers.OPERATING
    )

    officers.approve(grant_id, by=second.at_the_desk(officers.OPERATING))

    assert people.posts_of(clerk.subject_id, at=AT)[0].roles == {OfficerRole.OPERATOR}


def test_only_who_has_an_account_that_opens_something_can_hold_a_role(pair):
    locked = make_somebody(state=AccountState.LOCKED)

    with pytest.raises(people.HolderWithoutAccount):
        officers.request(locked, by=pair[0])


@pytest.mark.slow
@pytest.mark.django_db(databases=["default", "trace"], transaction=True)
def test_an_operator_finds_an_officer_by_number_and_the_officer_sees_it():
    operator = make_operator()
    clerk, idle = make_somebody(given="کارمند"), make_somebody()
    asking, deciding = (each.at_the_desk(AGENCY) for each in officers.make_grantors())
    officers.approve(officers.request(clerk, by=asking), by=deciding)

    found = people.officer_of_number(clerk.number, actor=at_work(operator), at=AT)
    for nobody in (idle, make_somebody(state=AccountState.LOCKED), operator):
        with pytest.raises(people.NoSuchOfficer):
            people.officer_of_number(nobody.number, actor=at_work(operator), at=AT)
    with pytest.raises(NotFound):
        people.officer_of_number(clerk.number, actor=asking, at=AT)

    assert found == clerk.subject_id
    assert people.officer_names([found], actor=at_work(operator), at=AT) == {found: "کارمند آزمون"}
    traces = AccessTrace.objects.filter(what="people.officer")
    assert [trace.subject_id for trace in traces] == [found, found]


@pytest.mark.slow
@pytest.mark.django_db(databases=["default", "trace"], transaction=True)
def test_names_are_read_with_a_trace_of_the_agency(pair, clerk):
    names = people.officer_names([clerk.subject_id, pair[0].subject_id], actor=pair[0], at=AT)

    assert names[clerk.subject_id] == "کارمند آزمون"
    trace = AccessTrace.objects.get(subject_id=clerk.subject_id)
    assert (trace.agency_id, trace.what, trace.purpose) == (AGENCY, "people.officer", "officer-grants")
    assert not AccessTrace.objects.filter(subject_id=pair[0].subject_id).exists()


def test_a_citizen_reads_no_names_of_officers(clerk):
    citizen = Actor.anonymous("own-affairs")

    with pytest.raises(NotFound):
        people.officer_names([clerk.subject_id], actor=citizen, at=AT)


def test_every_step_is_in_the_record_with_the_place_of_who_took_it(pair, clerk):
    grant_id = officers.request(clerk, by=pair[0])
    officers.approve(grant_id, by=pair[1])
    officers.revoke(grant_id, by=pair[0])

    leaves = Leaf.objects.filter(subject=str(grant_id)).order_by("id")
    assert {leaf.event for leaf in leaves} == {
        "people.grant.requested", "people.grant.approved", "people.grant.revoked",
    }  # fmt: skip
    assert {leaf.facts["officer_agency"] for leaf in leaves} == {AGENCY}


def test_the_operator_names_two_grantors_and_no_third():
    officers.make_grantors()

    with pytest.raises(people.EnoughGrantors):
        officers.name_grantor(make_somebody())


def test_when_a_grantor_is_gone_the_operator_names_another():
    first, second = officers.make_grantors()
    grant_id = OfficerGrant.objects.get(holder_id=second.subject_id).id
    officers.revoke(grant_id, by=first.at_the_desk())

    officers.name_grantor(successor := make_somebody())

    assert people.posts_of(successor.subject_id, at=AT)[0].roles == {OfficerRole.GRANTOR}


def test_nobody_but_the_operator_names_a_first_grantor(pair, clerk):
    for actor in (pair[0], Actor.anonymous("x")):
        with pytest.raises(NotFound):
            officers.name_grantor(clerk, actor=actor, agency=OTHER_AGENCY)


def test_the_command_reads_the_number_from_its_input(clerk, monkeypatch, directory_imported):
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(clerk.number.value + "\n"))

    call_command("name_grantor", AGENCY, "--reason", "new-agency", stdout=out)

    assert out.getvalue() == "named\n"
    assert Leaf.objects.get(event="people.grant.first_named").facts["reason"] == "new-agency"


@pytest.mark.parametrize(
    ("typed", "agency"), [("12", AGENCY), ("", AGENCY), ("9990000018", "no-such-agency")]
)
def test_the_command_says_what_it_could_not_do(typed, agency, monkeypatch, directory_imported):
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))

    with pytest.raises(CommandError):
        call_command("name_grantor", agency, "--reason", "new-agency")


@given(st.lists(st.sampled_from(grants.GrantStep)))
def test_a_grant_that_is_over_never_moves_again(steps):
    state, was_over = grants.GrantState.REQUESTED, False
    for step in steps:
        try:
            state = grants.next_state(state, step)
            assert not was_over
        except grants.ImpossibleGrantStep:
            pass
        was_over = state not in grants.LIVE


@pytest.mark.slow
@pytest.mark.django_db(databases=["default", "trace"], transaction=True)
def test_of_two_decisions_at_once_one_counts():
    first, second = officers.make_grantors()
    third = make_somebody()
    officers.approve(
        officers.request(third, by=first.at_the_desk(), role=OfficerRole.GRANTOR), by=second.at_the_desk()
    )
    grant_id = officers.request(make_somebody(), by=first.at_the_desk())
    outcomes: list[str] = []
    together = threading.Barrier(2)

    def decide(step: Callable[..., None], actor: Actor) -> None:
        together.wait(5)
        try:
            step(grant_id, by=actor)
            outcomes.append("done")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=decide, args=(officers.approve, second.at_the_desk())),
        threading.Thread(target=decide, args=(officers.refuse, third.at_the_desk())),
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join(10)

    assert sorted(outcomes) == ["done", "grant-step-impossible"]
