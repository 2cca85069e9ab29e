"""The clock of a case as its page draws it: a pane a day, days off apart, today lit, the last day framed."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.utils import translation

from panjereh.domain.casework import api as casework
from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory
from panjereh.domain.directory.models import Calendar, CalendarAdoption, Closing, WeeklyRest
from panjereh.plumbing import edge, memory
from panjereh.web.citizen.cases.clock import MOST_PANES, Clock, clock_of
from panjereh_kernel import jalali
from tests.platform.casework.window import SERVICE, Window

DAY = dt.timedelta(days=1)


class Wall:
    """A clock on the wall of one case that was submitted on the window's day."""

    def __init__(self, window: Window) -> None:
        window.start()
        self.start = jalali.tehran_date(window.at)
        self.draft = window.see()
        self.pack = catalogue.current_pack(SERVICE)
        self.calendar = directory.working_calendar(None, on=self.start)
        self.submitted_at = window.at

    def due(self, days: int) -> dt.date:
        return self.calendar.deadline(self.start, days=days).on

    def shows(self, *, days: int, on: dt.date, decided_at: dt.datetime | None = None) -> Clock:
        view = replace(
            self.draft,
            submitted_at=self.submitted_at,
            due_on=self.due(days),
            calendar_version=self.calendar.version,
            decided_at=decided_at,
        )
        clock = clock_of(view, self.pack, on=on)
        assert clock is not None
        return clock


@pytest.fixture
def wall(window: Window) -> Iterator[Wall]:
    with translation.override("en"):
        yield Wall(window)


def test_a_case_that_was_not_submitted_has_no_clock(wall):
    assert wall.draft.state is casework.CaseState.DRAFT
    assert clock_of(wall.draft, wall.pack, on=wall.start) is None


def test_every_day_has_a_pane_and_days_off_are_apart(wall):
    clock = wall.shows(days=10, on=wall.start)

    days = [wall.start + n * DAY for n in range((wall.due(10) - wall.start).days + 1)]
    assert len(clock.panes) == len(days)
    off = [day for day in days[1:] if not wall.calendar.is_working(day)]
    assert [pane.look for pane in clock.panes].count("off") == len(off) > 0


@pytest.mark.parametrize(
    ("passed", "words"), [(0, "3 working days left of 3"), (1, "2 working days left of 3")]
)
def test_a_running_clock_lights_today_and_counts_what_is_left(wall, passed, words):
    on = wall.due(passed) if passed else wall.start

    clock = wall.shows(days=3, on=on)

    [place] = [place for place, pane in enumerate(clock.panes) if pane.look == "today"]
    assert place == (on - wall.start).days
    assert clock.panes[-1].look == "end"
    assert clock.rest == words
    assert words in clock.sentence


def test_on_its_last_day_it_says_so(wall):
    clock = wall.shows(days=2, on=wall.due(2))

    assert clock.rest == "today is the last day"
    assert clock.panes[-1].look == "today"


def test_after_its_last_day_it_says_so(wall):
    clock = wall.shows(days=2, on=wall.due(2) + DAY)

    assert clock.rest == "the limit has passed"
    assert {pane.look for pane in clock.panes} <= {"done", "off"}


def test_an_answered_case_stops_on_the_day_of_its_answer(wall):
    clock = wall.shows(days=3, on=wall.due(3) + 9 * DAY, decided_at=wall.submitted_at)

    assert not clock.is_running
    assert [pane.look for pane in clock.panes].count("done") == 1
    assert clock.panes[-1].look == "end"
    assert clock.headline.startswith("Answered on ")


def test_a_limit_too_long_to_draw_is_told_in_words_alone(wall):
    clock = wall.shows(days=MOST_PANES + 1, on=wall.start)

    assert clock.panes == ()
    assert clock.rest == f"{MOST_PANES + 1} working days left of {MOST_PANES + 1}"


def test_a_calendar_that_came_later_does_not_change_the_days_a_limit_was_counted_by(wall):
    before = wall.shows(days=5, on=wall.start)
    newer = Calendar.objects.create(
        version="test-newer",
        known_from=wall.calendar.known_from,
        known_until=wall.calendar.known_until,
        imported_at=edge.now() + 9 * DAY,
    )
    CalendarAdoption.objects.create(calendar=newer, adopted_at=edge.now())
    Closing.objects.create(calendar=newer, on=wall.due(2), name_fa="x", name_en="x", is_estimated=False)
    WeeklyRest.objects.create(calendar=newer, weekday=4, valid_from=wall.calendar.known_from)
    memory.forget()

    assert directory.working_calendar(None, on=wall.start).version == newer.version
    assert wall.shows(days=5, on=wall.start) == before


def test_a_withdrawn_case_has_no_clock(wall):
    view = replace(
        wall.draft,
        state=casework.CaseState.WITHDRAWN,
        submitted_at=wall.submitted_at,
        due_on=wall.due(2),
        calendar_version=wall.calendar.version,
    )

    assert clock_of(view, wall.pack, on=wall.start) is None
