import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjereh_kernel.calendar_sources import CalendarSource, Closing, ClosingKind, Scope, ScopedWeek
from panjereh_kernel.deadlines import Shift, recompute
from panjereh_kernel.working_calendar import WeekRule

THURSDAY, FRIDAY, SATURDAY = 3, 4, 5
FIRST, LAST = dt.date(2025, 3, 21), dt.date(2027, 3, 20)
TEHRAN, TAX, TAX_IN_TEHRAN = Scope("23"), Scope(body_id="tax"), Scope("23", "tax")
COUNTRY = ScopedWeek(WeekRule(FIRST, frozenset({FRIDAY})))
SOURCE = CalendarSource(
    frozenset({Closing(dt.date(2026, 2, 11), ClosingKind.HOLIDAY, "list-1404")}),
    frozenset({COUNTRY, ScopedWeek(WeekRule(FIRST, frozenset({THURSDAY, FRIDAY})), TEHRAN)}),
    FIRST,
    LAST,
)
SCOPES = st.sampled_from([Scope(), TEHRAN, TAX, TAX_IN_TEHRAN, Scope("00")])
CLOSINGS = st.builds(
    Closing,
    on=st.dates(FIRST, LAST - dt.timedelta(days=200)),
    kind=st.sampled_from(ClosingKind),
    decided_by=st.sampled_from(["list-1404", "decree-1"]),
    scope=SCOPES,
)
EMERGENCY = Closing(dt.date(2026, 1, 5), ClosingKind.EMERGENCY, "governor-112", TEHRAN)


@pytest.mark.slow
@given(SCOPES, st.lists(CLOSINGS, max_size=8))
def test_a_place_is_closed_exactly_when_a_scope_covers_it(place, closings):
    calendar = SOURCE.with_closings(closings).calendar(place)

    meant = {
        closing.on
        for closing in (*SOURCE.closings, *closings)
        if closing.scope.province_code in {"", place.province_code}
        and closing.scope.body_id in {"", place.body_id}
    }
    assert calendar.closings == meant


@pytest.mark.slow
@given(st.lists(CLOSINGS, max_size=8), st.randoms(use_true_random=False))
def test_sources_that_say_the_same_have_one_version(closings, dice):
    shuffled = list(closings)
    dice.shuffle(shuffled)

    assert SOURCE.with_closings(closings).version == SOURCE.with_closings(shuffled).version


@pytest.mark.slow
@given(CLOSINGS)
def test_one_more_closing_makes_another_version_and_keeps_the_old_one(closing):
    before = SOURCE.version

    assert (SOURCE.with_closings([closing]).version == before) == (closing in SOURCE.closings)
    assert SOURCE.version == before


@pytest.mark.parametrize(
    "other",
    [
        dataclasses.replace(SOURCE, known_until=LAST + dt.timedelta(days=1)),
        dataclasses.replace(SOURCE, weeks=SOURCE.weeks | {ScopedWeek(WeekRule(FIRST, frozenset({5})), TAX)}),
        dataclasses.replace(SOURCE, weeks=frozenset({COUNTRY})),
        dataclasses.replace(
            SOURCE, weeks=frozenset({ScopedWeek(WeekRule(FIRST, frozenset({FRIDAY}), frozenset({THURSDAY})))})
        ),
    ],
)
def test_whatever_is_said_otherwise_is_another_version(other):
    assert other.version != SOURCE.version


@pytest.mark.slow
@given(SCOPES, st.lists(CLOSINGS, max_size=5), st.dates(FIRST, dt.date(2025, 12, 1)), st.integers(0, 20))
def test_decrees_never_shorten_a_limit(place, closings, start, days):
    before = SOURCE.calendar(place).deadline(start, days=days)

    assert recompute(before, SOURCE.with_closings(closings).calendar(place)).days >= 0


def test_an_emergency_in_one_province_moves_only_its_deadlines():
    after = SOURCE.with_closings([EMERGENCY])
    start = dt.date(2026, 1, 4)

    shifts = [
        recompute(SOURCE.calendar(place).deadline(start, days=1), after.calendar(place)).shift
        for place in (TEHRAN, TAX_IN_TEHRAN, Scope("00"), Scope())
    ]

    assert shifts == [Shift.LATER, Shift.LATER, Shift.SAME, Shift.SAME]
    assert after.calendar(TEHRAN).version == after.calendar().version == after.version


def test_the_closest_scope_speaks_about_the_week():
    saturday_too = ScopedWeek(WeekRule(dt.date(2026, 3, 21), frozenset({FRIDAY, SATURDAY})))
    never = ScopedWeek(WeekRule(dt.date(2025, 10, 1), frozenset()), TAX)
    source = dataclasses.replace(SOURCE, weeks=SOURCE.weeks | {saturday_too, never})
    before, after = dt.date(2026, 3, 14), dt.date(2026, 4, 4)

    assert [source.calendar().is_working(day) for day in (before, after)] == [True, False]
    assert [source.calendar(TEHRAN).is_working(day) for day in (before, after)] == [True, True]
    assert source.calendar(TAX_IN_TEHRAN).week_on(dt.date(2025, 9, 30)).rest == {THURSDAY, FRIDAY}
    assert source.calendar(TAX_IN_TEHRAN).week_on(dt.date(2025, 10, 1)).rest == frozenset()


def test_a_country_without_a_weekly_rest_is_no_source():
    with pytest.raises(ValueError, match="weekly rest"):
        CalendarSource(frozenset(), frozenset({ScopedWeek(COUNTRY.rule, TEHRAN)}), FIRST, LAST)
    with pytest.raises(ValueError, match="weekly rest"):
        dataclasses.replace(SOURCE, known_from=FIRST - dt.timedelta(days=1))
