"""A case that waits beyond the limit of its state: on record once, counted, and its owner told once."""

import datetime as dt

import pytest
from django.conf import settings
from procrastinate.contrib.django import app

from panjereh.domain.audit.models import Leaf
from panjereh.domain.casework import api as casework
from panjereh.domain.casework.models import Case
from panjereh.domain.directory import api as directory
from panjereh.domain.figures import api as figures
from panjereh.domain.messaging import api as messaging
from panjereh.jobs import casework as casework_jobs
from panjereh.plumbing import edge
from panjereh_kernel import jalali
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import NotFound
from tests.platform.casework.registers import HOME
from tests.platform.casework.test_applying import events
from tests.platform.casework.test_deciding import submitted, told
from tests.platform.people.desk import fresh_id
from tests.platform.people.registers import AT

pytestmark = pytest.mark.slow
NOTING = "casework.note_overdue"
LIMITS = Actor.system("case-limits")
DAY = dt.timedelta(days=1)


def note(at, *, actor=LIMITS):
    after = None
    while True:
        after = casework.note_overdue(after=after, new_id=fresh_id, actor=actor, at=at)
        if after is None:
            return


def last_day():
    """The pack gives each of the three a working day."""
    return directory.working_calendar(None, on=AT.date()).deadline(AT.date(), days=1).on


def just_after():
    return AT + (last_day() - AT.date() + DAY)


def late_messages(window):
    inbox = messaging.inbox(window.actor, limit=9, language="en")
    return [message for message in inbox if message.template.endswith("-overdue")]


def asked(window, _run_jobs):
    window.start()
    window.answer(source="register")
    window.gather()


def granted(window, run_jobs):
    submitted(window, run_jobs)
    window.decide()


WAYS = {"gathering": asked, "submitted": submitted, "granted": granted}
every_wait = pytest.mark.parametrize("state", WAYS)


@pytest.fixture
def waiting(window, registers, run_jobs, state):
    """A case that waits for registers, for its decision or for its document."""
    WAYS[state](window, run_jobs)
    assert window.see().state == state
    return window


@every_wait
def test_a_wait_has_a_last_day_and_within_it_nothing_is_noted(waiting, state):
    note(AT + (last_day() - AT.date()))

    assert waiting.see().waits_until == last_day()
    assert not waiting.see().is_overdue
    assert f"{state}-overdue" not in events(waiting)


@every_wait
def test_a_wait_beyond_its_last_day_is_on_record_once(waiting, state):
    note(just_after())
    note(just_after() + DAY)

    assert waiting.see().is_overdue
    assert events(waiting).count(f"{state}-overdue") == 1
    leaf = Leaf.objects.get(event="casework.case.overdue", subject=str(waiting.case_id))
    assert leaf.facts["state"] == state
    assert leaf.facts["due_on"] == last_day().isoformat()
    assert leaf.facts["calendar"] == directory.calendar_version()


SILENT = {
    "gathering": ["National Organization for Civil Registration", "Your draft is kept"],
    "submitted": ["no decision yet", "Your request keeps its place"],
    "granted": ["Your request was granted and stays granted", "We tell you when the document is issued"],
}


@every_wait
def test_its_owner_is_told_once_what_is_late_who_is_silent_and_what_comes_next(waiting, state):
    note(just_after())
    note(just_after() + DAY)

    [message] = late_messages(waiting)
    words = " ".join(message.body)
    assert message.template == f"{state}-overdue"
    assert message.reference == waiting.case_id
    assert jalali.format_long(last_day(), language=jalali.Language.EN) in words
    assert [each for each in SILENT[state] if each not in words] == []


def test_a_round_killed_before_its_end_leaves_nothing_and_the_next_tells_once(
    window, registers, run_jobs, monkeypatch
):
    submitted(window, run_jobs)

    def killed(*_arguments, **_more):
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(messaging, "post_message", killed)
        with pytest.raises(ConnectionError):
            note(just_after())
    assert "submitted-overdue" not in [*events(window), *told(window)]

    note(just_after())

    assert events(window).count("submitted-overdue") == 1
    assert told(window).count("submitted-overdue") == 1


def test_noted_anew_after_a_restore_it_is_the_same_message(window, registers, run_jobs):
    submitted(window, run_jobs)
    note(just_after())
    before = late_messages(window)
    Case.objects.update(overdue_at=None)

    note(just_after() + DAY)

    assert late_messages(window) == before


def test_the_form_sent_again_does_not_give_a_silent_register_more_time(window, registers, run_jobs):
    asked(window, run_jobs)
    note(just_after())
    window.at = just_after() + DAY

    window.answer(source="register")
    window.gather()
    note(just_after() + 9 * DAY)

    assert window.see().waits_until == last_day()
    assert window.see().is_overdue
    assert told(window).count("gathering-overdue") == 1


def test_other_answers_ask_anew_and_begin_a_limit_of_their_own(window, registers, run_jobs):
    asked(window, run_jobs)
    window.at = just_after()

    window.answer(source="postal-code", postal_code=HOME)
    window.gather()

    assert window.see().waits_until > just_after().date()


def test_a_second_wait_has_a_limit_of_its_own(window, registers, run_jobs):
    submitted(window, run_jobs)
    note(just_after())

    window.at = just_after()
    window.decide()

    assert window.see().state is casework.CaseState.GRANTED
    assert not window.see().is_overdue
    assert window.see().waits_until > just_after().date()


def test_a_register_that_declined_stops_the_limit_as_the_next_step_is_the_persons(
    window, registers, run_jobs
):
    registers.denied = {"post.place"}
    asked(window, run_jobs)
    run_jobs()

    note(just_after())

    assert "gathering-overdue" not in events(window)


def test_a_limit_beyond_what_the_calendar_knows_is_none_and_is_not_passed(window, registers, run_jobs):
    calendar = directory.working_calendar(None, on=AT.date())
    window.at = dt.datetime.combine(calendar.known_until, dt.time(6), tzinfo=dt.UTC)
    asked(window, run_jobs)

    note(window.at + 9 * DAY)

    assert window.see().waits_until is None
    assert not window.see().is_overdue


def test_nobody_but_the_platform_notes_them(window):
    with pytest.raises(NotFound):
        note(AT, actor=window.actor)


def test_the_job_goes_through_all_that_waits(window, registers, run_jobs, monkeypatch):
    submitted(window, run_jobs)
    monkeypatch.setattr(edge, "now", just_after)

    casework_jobs.note_overdue(0)

    assert window.see().is_overdue


def test_nobody_is_told_at_night():
    [task] = [each for each in app.periodic_registry.periodic_tasks.values() if each.task.name == NOTING]
    ticks = task.croniter.all_next(float, start_time=AT.timestamp())

    hours = {dt.datetime.fromtimestamp(next(ticks), jalali.TEHRAN).hour for _ in range(99)}

    assert hours == set(range(7, 20))


def test_the_figure_counts_it_by_what_it_waited_for(window, registers, run_jobs):
    submitted(window, run_jobs)
    note(just_after())

    definition = figures.find_definition(
        settings.PANJEREH.data_directory / "figures", "cases-past-their-limit"
    )
    leaf = Leaf.objects.get(event="casework.case.overdue")

    assert leaf.event in definition.events
    assert leaf.facts[definition.state_fact] in {state.id for state in definition.states}
    assert leaf.facts[definition.service_fact] == window.service_id
