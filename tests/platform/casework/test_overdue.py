"""A case that waits beyond the limit of its state: on record once, and counted."""

import datetime as dt

import pytest
from django.conf import settings

from panjereh.domain.audit.models import Leaf
from panjereh.domain.casework import api as casework
from panjereh.domain.casework.rules import waiting as rules
from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory
from panjereh.domain.figures import api as figures
from panjereh.jobs import casework as casework_jobs
from panjereh.plumbing import edge
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import NotFound
from tests.platform.casework.test_applying import events
from tests.platform.casework.test_deciding import submitted
from tests.platform.people.desk import fresh_id
from tests.platform.people.registers import AT

pytestmark = pytest.mark.slow
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
    asked(window, run_jobs)
    case = window.see()
    pack = catalogue.pack(case.service_id, case.pack_version)
    calendar = directory.working_calendar(None, on=AT.date())
    ends = dt.datetime.combine(calendar.known_until, dt.time(6), tzinfo=dt.UTC)

    class Late:
        state, saved_at, submitted_at, decided_at, overdue_at = "gathering", ends, None, None, None

    assert rules.limit_of(Late, pack.states, calendar) is None


def test_nobody_but_the_platform_notes_them(window):
    with pytest.raises(NotFound):
        note(AT, actor=window.actor)


def test_the_job_goes_through_all_that_waits(window, registers, run_jobs, monkeypatch):
    submitted(window, run_jobs)
    monkeypatch.setattr(edge, "now", just_after)

    casework_jobs.note_overdue(0)

    assert window.see().is_overdue


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
