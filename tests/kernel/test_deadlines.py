"""Deadlines as laws: what a pause, a closing and a new calendar may do to a last day."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjereh_kernel import deadlines
from panjereh_kernel.deadlines import (
    CalendarEndsError,
    ClosedEnd,
    DayKind,
    EdgeDay,
    Limit,
    Pause,
    Shift,
    count,
    days_left,
    last_day,
    recompute,
    with_pause,
)
from panjereh_kernel.working_calendar import WeekRule, WorkingCalendar

DAY = dt.timedelta(days=1)
THURSDAY, FRIDAY, SATURDAY = 3, 4, 5
DAYS = st.dates(min_value=dt.date(2025, 1, 1), max_value=dt.date(2026, 1, 1))
CALENDARS = st.builds(
    WorkingCalendar,
    version=st.just("t1"),
    weekend=st.sets(st.integers(0, 6), max_size=3).map(frozenset),
    closings=st.sets(DAYS, max_size=20).map(frozenset),
)
LIMITS = st.builds(
    Limit,
    days=st.integers(0, 30),
    kind=st.sampled_from(DayKind),
    first_day=st.sampled_from(EdgeDay),
    day_of_act=st.sampled_from(EdgeDay),
    closed_end=st.sampled_from(ClosedEnd),
)
PAUSES = st.builds(lambda start, length: Pause(start, start + length * DAY), DAYS, st.integers(0, 30))
PAUSE_LISTS = st.lists(PAUSES, max_size=3).map(tuple)
WEEK = WorkingCalendar("week", frozenset({FRIDAY}), frozenset())


def with_closing(calendar, day):
    return WorkingCalendar("t2", calendar.weekend, calendar.closings | {day})


@pytest.mark.slow
@given(DAYS, st.integers(0, 400))
def test_calendar_days_are_a_subtraction_of_dates(start, days):
    limit = Limit(days, DayKind.CALENDAR, closed_end=ClosedEnd.STAYS)

    assert (last_day(WEEK, start, limit) - start).days == days


@pytest.mark.slow
@given(CALENDARS, DAYS, LIMITS, PAUSE_LISTS)
def test_an_end_that_may_not_be_closed_is_a_running_working_day(calendar, start, limit, pauses):
    end = last_day(calendar, start, limit, pauses=pauses)

    if limit.closed_end is ClosedEnd.MOVES_FORWARD:
        assert calendar.is_working(end)
        assert not any(pause.holds(end) for pause in pauses)


@pytest.mark.slow
@given(CALENDARS, DAYS, LIMITS, PAUSE_LISTS)
def test_the_limit_is_counted_out_exactly(calendar, start, limit, pauses):
    end = last_day(calendar, start, limit, pauses=pauses)

    first = start if limit.counted_days and limit.first_day is EdgeDay.COUNTED else start + DAY
    days = [first + step * DAY for step in range((end - first).days + 1)]
    counted = [
        day
        for day in days
        if not any(pause.holds(day) for pause in pauses)
        and (limit.kind is DayKind.CALENDAR or calendar.is_working(day))
    ]
    # An end that moves on from a day off may count days behind the last of the limit: those that are open.
    surplus = len(counted) - limit.counted_days
    assert surplus == 0 or (limit.closed_end is ClosedEnd.MOVES_FORWARD and end in counted[-surplus:])
    assert all(not calendar.is_working(day) for day in counted[limit.counted_days : -1])


@pytest.mark.slow
@given(CALENDARS, DAYS, DAYS, LIMITS, PAUSE_LISTS)
def test_who_starts_earlier_never_ends_later(calendar, one, other, limit, pauses):
    earlier, later = sorted([one, other])

    ends = [last_day(calendar, start, limit, pauses=pauses) for start in (earlier, later)]
    assert ends == sorted(ends)


@pytest.mark.slow
@given(CALENDARS, DAYS, LIMITS, PAUSE_LISTS)
def test_a_day_more_never_ends_earlier(calendar, start, limit, pauses):
    longer = Limit(limit.days + 1, limit.kind, limit.first_day, limit.day_of_act, limit.closed_end)

    if limit.counted_days or limit.first_day is EdgeDay.NOT_COUNTED:
        assert last_day(calendar, start, longer, pauses=pauses) >= last_day(
            calendar, start, limit, pauses=pauses
        )


@pytest.mark.slow
@given(CALENDARS, DAYS, LIMITS, PAUSE_LISTS, DAYS)
def test_another_closing_never_shortens_a_limit(calendar, start, limit, pauses, closed):
    change = recompute(count(calendar, start, limit, pauses=pauses), with_closing(calendar, closed))

    assert change.shift in {Shift.SAME, Shift.LATER}
    assert change.is_other_version


@pytest.mark.slow
@given(CALENDARS, DAYS, LIMITS, PAUSE_LISTS, PAUSES)
def test_another_pause_never_shortens_a_limit(calendar, start, limit, pauses, pause):
    change = with_pause(count(calendar, start, limit, pauses=pauses), pause, calendar)

    assert change.days >= 0
    assert change.after.pauses == (*pauses, pause)


@pytest.mark.slow
@given(DAYS, st.integers(1, 30), st.integers(0, 29), st.integers(0, 30))
def test_a_pause_adds_exactly_its_days_to_calendar_days(start, days, after, length):
    limit = Limit(days, DayKind.CALENDAR, closed_end=ClosedEnd.STAYS)
    stopped = start + DAY + min(after, days - 1) * DAY

    change = with_pause(count(WEEK, start, limit), Pause(stopped, stopped + length * DAY), WEEK)

    assert change.days == length


@pytest.mark.slow
@given(CALENDARS, DAYS, st.integers(1, 30), st.integers(0, 60), st.integers(0, 30))
def test_a_pause_adds_exactly_its_working_days_to_working_days(calendar, start, days, after, length):
    before = count(calendar, start, Limit(days))
    stopped = min(start + DAY + after * DAY, before.on)
    pause = Pause(stopped, stopped + length * DAY)

    change = with_pause(before, pause, calendar)

    held = sum(calendar.is_working(stopped + step * DAY) for step in range(length))
    assert calendar.working_days_between(start, change.after.on) == days + held


@pytest.mark.slow
@given(CALENDARS, DAYS, LIMITS, PAUSES)
def test_pauses_that_overlap_hold_a_day_once(calendar, start, limit, pause):
    assert last_day(calendar, start, limit, pauses=(pause, pause)) == last_day(
        calendar, start, limit, pauses=(pause,)
    )


@pytest.mark.slow
@given(CALENDARS, DAYS, LIMITS, PAUSE_LISTS)
def test_counting_again_by_the_same_version_gives_the_same_deadline(calendar, start, limit, pauses):
    deadline = count(calendar, start, limit, pauses=pauses)

    change = recompute(deadline, calendar)

    assert (change.before, change.after, change.shift, change.days) == (deadline, deadline, Shift.SAME, 0)
    assert not change.is_other_version


def test_a_closing_that_falls_away_makes_an_earlier_end_that_is_said():
    saturday = dt.date(2026, 1, 10)
    closed = WorkingCalendar("1404-1", frozenset({FRIDAY}), frozenset({saturday}))
    open_again = WorkingCalendar("1404-2", frozenset({FRIDAY}), frozenset())

    change = recompute(closed.deadline(dt.date(2026, 1, 8), days=1), open_again)

    assert (change.shift, change.days) == (Shift.EARLIER, -1)
    assert (change.before.calendar_version, change.after.calendar_version) == ("1404-1", "1404-2")


@pytest.mark.parametrize(
    ("limit", "end"),
    [
        (Limit(20, DayKind.CALENDAR), dt.date(2026, 1, 24)),
        (Limit(20, DayKind.CALENDAR, closed_end=ClosedEnd.STAYS), dt.date(2026, 1, 23)),
        (Limit(20, DayKind.CALENDAR, day_of_act=EdgeDay.NOT_COUNTED), dt.date(2026, 1, 24)),
        (Limit(20, DayKind.CALENDAR, first_day=EdgeDay.COUNTED), dt.date(2026, 1, 22)),
        (Limit(3), dt.date(2026, 1, 6)),
        (Limit(3, first_day=EdgeDay.COUNTED), dt.date(2026, 1, 5)),
        (Limit(0), dt.date(2026, 1, 3)),
    ],
)
def test_a_law_says_which_days_at_the_edges_count(limit, end):
    saturday = dt.date(2026, 1, 3)

    assert count(WEEK, saturday, limit).on == end


def test_days_left_are_days_of_the_limits_kind_after_today():
    saturday = dt.date(2026, 1, 3)
    deadline = with_pause(
        WEEK.deadline(saturday, days=10), Pause(dt.date(2026, 1, 5), dt.date(2026, 1, 7)), WEEK
    ).after

    left = [days_left(deadline, WEEK, on=saturday + step * DAY) for step in range(6)]

    assert left == [10, 9, 9, 9, 8, 7]
    assert (
        days_left(deadline, WEEK, on=deadline.on) == days_left(deadline, WEEK, on=deadline.on + 9 * DAY) == 0
    )


def test_a_change_of_the_law_of_the_week_holds_from_its_day_on():
    calendar = WorkingCalendar(
        "law",
        frozenset({FRIDAY}),
        frozenset(),
        half_days=frozenset({THURSDAY}),
        later_weeks=(WeekRule(dt.date(2026, 3, 21), frozenset({FRIDAY, SATURDAY})),),
    )

    assert calendar.is_half_day(dt.date(2026, 3, 19))
    assert not calendar.is_half_day(dt.date(2026, 3, 26))
    assert not calendar.is_half_day(dt.date(2026, 3, 20))
    assert calendar.is_working(dt.date(2026, 3, 14))
    assert not calendar.is_working(dt.date(2026, 3, 28))
    assert calendar.deadline(dt.date(2026, 3, 19), days=6).on == dt.date(2026, 3, 29)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Pause(dt.date(2026, 1, 2), dt.date(2026, 1, 1)),
        lambda: Limit(-1),
        lambda: WeekRule(dt.date(2026, 1, 1), frozenset({FRIDAY}), frozenset({FRIDAY})),
        lambda: WeekRule(dt.date(2026, 1, 1), frozenset(), frozenset({7})),
        lambda: WorkingCalendar(
            "t", frozenset({FRIDAY}), frozenset(), later_weeks=(WeekRule(dt.date.min, frozenset({FRIDAY})),)
        ),
    ],
)
def test_what_cannot_be_is_not_made(make):
    with pytest.raises(ValueError, match=r"pause|backwards|weekend|follow"):
        make()


def test_time_itself_ends():
    with pytest.raises(CalendarEndsError):
        deadlines.last_day(WEEK, dt.date.max, Limit(1, DayKind.CALENDAR))
