"""The pure decisions of messaging."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjereh.domain.messaging.rules import sms_states, templates
from panjereh.domain.messaging.rules.sms_states import SmsEvent, SmsState
from panjereh.domain.messaging.rules.templates import Template

AT = dt.datetime(2025, 11, 22, 6, tzinfo=dt.UTC)


@pytest.mark.parametrize("state", SmsState)
@pytest.mark.parametrize("event", SmsEvent)
def test_each_state_knows_what_each_event_does(state, event):
    assert sms_states.next_state(state, event) is sms_states.STEPS[state][event]


@given(st.lists(st.sampled_from(SmsEvent), max_size=9))
def test_a_message_that_was_sent_stays_sent(events):
    state = SmsState.QUEUED
    for event in events:
        was_sent = state is SmsState.SENT
        state = sms_states.next_state(state, event)
        assert state is SmsState.SENT or not was_sent


@given(st.lists(st.sampled_from(SmsEvent), max_size=9))
def test_a_finished_message_is_never_queued_again(events):
    state = SmsState.QUEUED
    for event in events:
        was_finished = state is not SmsState.QUEUED
        state = sms_states.next_state(state, event)
        assert not (was_finished and state is SmsState.QUEUED)


def test_the_last_attempt_without_answer_is_the_end():
    assert sms_states.after_no_answer(sms_states.MOST_ATTEMPTS - 1) is SmsEvent.NO_ANSWER
    assert sms_states.after_no_answer(sms_states.MOST_ATTEMPTS) is SmsEvent.NO_ANSWER_AT_LAST


def test_a_text_is_useful_until_its_time_and_always_without_one():
    assert sms_states.is_useful(None, AT)
    assert sms_states.is_useful(AT + dt.timedelta(seconds=1), AT)
    assert not sms_states.is_useful(AT, AT)


@pytest.mark.parametrize("template", Template)
def test_every_template_names_both_languages_or_none(template):
    names = templates.PARAMETERS[template]

    assert {name[:-2] + "en" for name in names if name.endswith("_fa")} <= names
    assert {name[:-2] + "fa" for name in names if name.endswith("_en")} <= names


def test_parameters_too_many_or_too_few_are_a_bug_of_the_sender():
    with pytest.raises(templates.ParametersFaulty, match="service_en, tracking_code"):
        templates.check_parameters(Template.CASE_GRANTED, {"service_fa": "گواهی نشانی"})


def test_a_text_sees_its_own_language_without_the_ending():
    parameters = {"service_fa": "گواهی نشانی", "service_en": "Address certificate", "tracking_code": "7320"}

    assert templates.in_language(parameters, "en") == {
        "service": "Address certificate",
        "tracking_code": "7320",
    }
