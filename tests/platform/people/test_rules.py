"""The pure decisions of a sign-in, over every state, event and hour."""

import datetime as dt
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjereh.domain.people.rules import caps, codes, identity, states
from tests.platform.people.registers import AT, MINA

ID = UUID(int=1)
instants = st.datetimes(
    min_value=dt.datetime(2020, 1, 1),  # noqa: DTZ001 -- hypothesis adds the zone itself
    max_value=dt.datetime(2060, 1, 1),  # noqa: DTZ001 -- hypothesis adds the zone itself
    timezones=st.just(dt.UTC),
)


@given(st.lists(st.sampled_from(states.SignInEvent), max_size=9))
def test_a_sign_in_that_ended_never_moves(events):
    state, ended = states.SignInState.ASKED, None
    for event in events:
        try:
            state = states.next_state(state, event)
        except states.ImpossibleStep:
            continue
        assert ended is None
        ended = state if state in states.ENDS else None


@pytest.mark.parametrize("state", states.SignInState)
@pytest.mark.parametrize("event", states.SignInEvent)
def test_each_state_knows_what_each_event_does(state, event):
    if event in states.STEPS[state]:
        assert states.next_state(state, event) is states.STEPS[state][event]
    else:
        with pytest.raises(states.ImpossibleStep) as impossible:
            states.next_state(state, event)
        assert (impossible.value.state, impossible.value.event) == (state, event)


def test_only_a_right_code_leads_in_and_only_from_where_a_code_was_sent():
    ways_in = [
        (state, event)
        for state, steps in states.STEPS.items()
        for event, after in steps.items()
        if after is states.SignInState.ACCEPTED
    ]

    assert ways_in == [(states.SignInState.CODE_SENT, states.SignInEvent.CODE_RIGHT)]


def test_every_sign_in_under_way_can_be_given_up_and_can_run_out_of_time():
    for state in set(states.SignInState) - states.ENDS:
        assert {states.SignInEvent.GIVEN_UP, states.SignInEvent.TIME_PASSED} <= states.STEPS[state].keys()


@given(instants)
def test_an_instant_lies_in_its_window_and_the_cap_is_lifted_after_it(at):
    assert caps.window_of(at) <= at < caps.free_again_at(at)
    assert caps.window_of(caps.free_again_at(at)) == caps.free_again_at(at)


@pytest.mark.parametrize("kind", caps.AttemptKind)
@pytest.mark.parametrize("scope", caps.AttemptScope)
def test_everything_counted_is_capped(kind, scope):
    cap = caps.CAPS[kind][scope]

    assert not caps.is_over(kind, scope, cap)
    assert caps.is_over(kind, scope, cap + 1)


@pytest.mark.parametrize("kind", caps.AttemptKind)
def test_the_cap_of_a_mobile_never_strikes_before_that_of_the_account(kind):
    """Else a number with an account could be told from one without."""
    assert caps.CAPS[kind][caps.AttemptScope.MOBILE] >= caps.CAPS[kind][caps.AttemptScope.ACCOUNT]


facts_of_codes = st.builds(
    codes.CodeFacts,
    expires_at=st.just(AT + codes.LIFE),
    tries=st.integers(0, 9),
    is_used_or_void=st.booleans(),
    is_decoy=st.booleans(),
)


@given(facts_of_codes, st.booleans(), st.timedeltas(dt.timedelta(0), dt.timedelta(minutes=5)))
def test_a_code_is_right_only_if_sent_alive_and_the_same(facts, is_same, age):
    verdict = codes.judge(facts, is_same=is_same, at=AT + age)

    alive = age < codes.LIFE and facts.tries < codes.TRIES and not facts.is_used_or_void
    assert (verdict is codes.Verdict.DEAD) == (not alive)
    assert (verdict is codes.Verdict.RIGHT) == (alive and is_same and not facts.is_decoy)


def test_another_code_may_be_sent_after_a_minute():
    assert codes.may_send_another(None, AT)
    assert not codes.may_send_another(AT, AT + dt.timedelta(seconds=59))
    assert codes.may_send_another(AT, AT + dt.timedelta(seconds=60))


@pytest.mark.parametrize(
    ("person", "owns_mobile", "confirmed"),
    [
        (MINA, True, True),
        (MINA, False, False),
        (None, True, False),
        ({**MINA, "alive": False}, True, False),
    ],
)
def test_an_identity_is_confirmed_when_both_registers_agree_and_the_person_lives(
    person, owns_mobile, confirmed
):
    findings = identity.Findings(person, AT, ID, owns_mobile, AT, ID)

    assert identity.is_confirmed(findings) is confirmed
