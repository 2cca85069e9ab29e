import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from panjereh_kernel.working_calendar import CalendarEndsError, DayKind, WorkingCalendar

FRIDAY = 4
DAYS = st.dates(min_value=dt.date(2025, 1, 1), max_value=dt.date(2026, 1, 1))
CALENDARS = st.builds(
    WorkingCalendar,
    version=st.just("t1"),
    weekend=st.sets(st.integers(0, 6), max_size=3).map(frozenset),
    closings=st.sets(DAYS, max_size=20).map(frozenset),
)
LIMITS = st.integers(0, 30)


def working_days_between(calendar, start, end):
    span = (start + dt.timedelta(days=step) for step in range(1, (end - start).days + 1))
    return sum(calendar.is_working(day) for day in span)


@pytest.mark.slow
@given(CALENDARS, DAYS, st.integers(1, 30))
def test_a_limit_ends_on_the_working_day_that_completes_the_count(calendar, start, days):
    end = calendar.add_working_days(start, days)

    assert calendar.is_working(end)
    assert working_days_between(calendar, start, end) == days


@pytest.mark.slow
@given(CALENDARS, DAYS, LIMITS, LIMITS)
def test_two_limits_in_a_row_are_their_sum(calendar, start, first, second):
    assume(first > 0 or calendar.is_working(start))

    in_a_row = calendar.add_working_days(calendar.add_working_days(start, first), second)

    assert in_a_row == calendar.add_working_days(start, first + second)


@pytest.mark.slow
@given(CALENDARS, DAYS, DAYS, LIMITS)
def test_who_starts_earlier_never_ends_later(calendar, one, other, days):
    earlier, later = sorted([one, other])

    assert calendar.add_working_days(earlier, days) <= calendar.add_working_days(later, days)


@pytest.mark.slow
@given(CALENDARS, DAYS, LIMITS, DAYS)
def test_another_closing_never_shortens_a_limit(calendar, start, days, closed):
    stricter = WorkingCalendar("t2", calendar.weekend, calendar.closings | {closed})

    assert stricter.add_working_days(start, days) >= calendar.add_working_days(start, days)


@pytest.mark.slow
@given(CALENDARS, DAYS, LIMITS)
def test_a_calendar_limit_ends_on_the_first_working_day_at_or_after_its_last_day(calendar, start, days):
    deadline = calendar.deadline(start, days=days, kind=DayKind.CALENDAR)

    last = start + dt.timedelta(days=days)
    assert calendar.is_working(deadline.on)
    assert deadline.on >= last
    assert working_days_between(calendar, last - dt.timedelta(days=1), deadline.on) == 1


def test_a_deadline_says_by_which_calendar_it_was_counted():
    thursday = dt.date(2026, 1, 8)
    calendar = WorkingCalendar("1404-2", frozenset({FRIDAY}), frozenset({dt.date(2026, 1, 10)}))

    deadline = calendar.deadline(thursday, days=1)

    assert (deadline.on, deadline.calendar_version) == (dt.date(2026, 1, 11), "1404-2")


def test_days_the_calendar_does_not_know_are_never_guessed():
    calendar = WorkingCalendar(
        "short",
        frozenset({FRIDAY}),
        frozenset(),
        known_from=dt.date(2026, 1, 3),
        known_until=dt.date(2026, 1, 8),
    )

    assert calendar.add_working_days(dt.date(2026, 1, 3), 5) == dt.date(2026, 1, 8)
    with pytest.raises(CalendarEndsError):
        calendar.add_working_days(dt.date(2026, 1, 3), 6)
    with pytest.raises(CalendarEndsError):
        calendar.is_working(dt.date(2026, 1, 2))


@pytest.mark.parametrize("weekend", [range(7), [7], [-1]])
def test_a_week_without_work_or_with_a_strange_day_is_no_calendar(weekend):
    with pytest.raises(ValueError, match="weekend"):
        WorkingCalendar("t1", frozenset(weekend), frozenset())


def test_a_limit_does_not_run_backwards():
    calendar = WorkingCalendar("t1", frozenset({FRIDAY}), frozenset())

    with pytest.raises(ValueError, match="backwards"):
        calendar.add_working_days(dt.date(2026, 1, 3), -1)
