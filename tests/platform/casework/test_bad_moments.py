"""A case at its worst moments: left while it is asked for, at midnight, at the year's end, by two clocks."""

import datetime as dt

import pytest

from panjereh.domain.casework import api as casework
from panjereh.domain.directory import api as directory
from panjereh.domain.disclosure.models import Fact
from panjereh.domain.exchange.models import Receipt
from panjereh_kernel import jalali
from tests.platform.casework.test_applying import events, ready
from tests.platform.casework.test_deciding import submitted, told
from tests.platform.casework.test_overdue import asked, just_after, note
from tests.platform.casework.test_recounting import close, recount
from tests.platform.people.operators import at_work, make_operator

pytestmark = pytest.mark.slow
DAY, SECOND = dt.timedelta(days=1), dt.timedelta(seconds=1)
NEW_YEAR_1406 = dt.date(2027, 3, 21)


def tehran(day, *, hour, minute=0, second=0):
    return dt.datetime.combine(day, dt.time(hour, minute, second), tzinfo=jalali.TEHRAN).astimezone(dt.UTC)


def test_an_answer_on_its_way_while_the_draft_is_dropped_is_not_kept_and_still_leaves_a_receipt(
    window, registers, run_jobs, monkeypatch
):
    asked(window, run_jobs)
    answer = type(registers)._answer

    def answer_late(self, key, request):
        window.withdraw()
        return answer(self, key, request)

    monkeypatch.setattr(type(registers), "_answer", answer_late)
    receipts = Receipt.objects.count()
    run_jobs()

    assert window.see().state is casework.CaseState.WITHDRAWN
    assert list(Fact.objects.values_list("state", flat=True)) == ["discarded"]
    assert Receipt.objects.count() == receipts + 1


def test_an_answer_for_a_dropped_draft_does_not_reach_the_next_one(window, registers, run_jobs):
    asked(window, run_jobs)
    dropped = window.case_id
    window.withdraw()
    window.start()

    run_jobs()

    assert window.case_id != dropped
    assert window.see().facts == ()
    assert window.see().state is casework.CaseState.DRAFT


@pytest.mark.parametrize("prepare", [asked, submitted])
def test_of_a_withdrawn_case_no_limit_moves_and_none_passes(window, registers, run_jobs, prepare):
    prepare(window, run_jobs)
    closed = window.see().waits_until
    window.withdraw()
    close(closed)

    recount(window)
    note(just_after() + 9 * DAY)

    assert events(window)[-1] == "withdraw"
    assert {each for each in told(window) if each.endswith(("-moved", "-overdue"))} == set()


def test_a_day_closed_in_the_last_hour_is_no_delay_though_the_limit_was_not_counted_again_yet(
    window, registers, run_jobs
):
    submitted(window, run_jobs)
    after = just_after()
    close(window.see().due_on)

    note(after)

    assert not window.see().is_overdue
    assert "submitted-overdue" not in [*events(window), *told(window)]


def test_a_limit_holds_until_the_last_second_of_its_day_in_tehran(window, registers, run_jobs):
    submitted(window, run_jobs)
    midnight = tehran(window.see().due_on + DAY, hour=0)

    note(midnight - SECOND)
    assert not window.see().is_overdue

    note(midnight)
    assert window.see().is_overdue


def test_submitted_a_second_after_midnight_in_tehran_counts_from_the_new_day(window, registers, run_jobs):
    ready(window, run_jobs)
    window.at = tehran(NEW_YEAR_1406 - 40 * DAY, hour=0, second=1)
    calendar = directory.working_calendar(None, on=window.at.date())

    window.submit()

    assert window.at.date() == NEW_YEAR_1406 - 41 * DAY
    assert window.see().due_on == calendar.deadline(NEW_YEAR_1406 - 40 * DAY, days=1).on


@pytest.mark.parametrize("last", [dt.date(2027, 3, 20), dt.date(2030, 3, 20)], ids=["29 Esfand", "30 Esfand"])
def test_a_limit_that_begins_on_the_last_day_of_the_year_ends_after_the_holidays_of_the_new_one(
    window, registers, run_jobs, last
):
    ready(window, run_jobs)
    window.at = tehran(last, hour=23, minute=59)

    window.submit()
    window.decide()

    view = window.see()
    year, month, day = jalali.to_jalali(view.due_on)
    assert (year, month) == (jalali.to_jalali(last)[0] + 1, 1)
    assert day > 4
    assert view.waits_until == view.due_on


def test_what_no_calendar_reaches_cannot_be_promised_and_the_draft_stays(window, registers, run_jobs):
    ready(window, run_jobs)
    window.at = tehran(directory.working_calendar(None, on=window.at.date()).known_until, hour=12)

    with pytest.raises(casework.LimitBeyondCalendar):
        window.submit()

    assert window.see().state is casework.CaseState.READY
    assert "submit" not in events(window)


def test_a_decision_by_a_clock_that_is_slow_begins_a_wait_that_is_not_late(window, registers, run_jobs):
    submitted(window, run_jobs)
    note(just_after())
    window.at = just_after() - SECOND

    window.decide()

    assert window.see().state is casework.CaseState.GRANTED
    assert not window.see().is_overdue


def test_a_late_register_that_declines_at_last_leaves_nothing_that_waits_too_long(
    window, registers, run_jobs
):
    operator = at_work(make_operator())
    registers.denied = {"civil.person"}
    asked(window, run_jobs)
    note(just_after())
    assert casework.count_overdue_cases(actor=operator, at=just_after(), most=9) == 1

    run_jobs()

    assert casework.count_overdue_cases(actor=operator, at=just_after(), most=9) == 0
    assert not window.see().is_overdue
