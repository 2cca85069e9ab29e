"""Limits that run are counted again when the calendar changes, each by a recorded decision."""

import dataclasses
import datetime as dt
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from panjereh.domain.audit.models import Leaf
from panjereh.domain.casework import api as casework
from panjereh.domain.casework.models import Case, DeadlineRecount
from panjereh.domain.casework.operations import limits
from panjereh.domain.casework.operations import recount_deadlines as operation
from panjereh.domain.casework.rules import waiting
from panjereh.domain.casework.rules.recounting import told_days
from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory
from panjereh_kernel import deadlines
from panjereh_kernel.actor import Actor
from panjereh_kernel.deadlines import Limit
from panjereh_kernel.refusal import NotFound
from panjereh_kernel.working_calendar import WorkingCalendar
from tests.platform.casework.test_applying import events
from tests.platform.casework.test_deciding import submitted, told
from tests.platform.casework.test_overdue import note
from tests.platform.casework.window import PACK_VERSION, SERVICE
from tests.platform.people.desk import fresh_id
from tests.platform.people.registers import AT

CLOCK = Actor.system("calendar-change")
DAY = dt.timedelta(days=1)


@pytest.fixture
def running(window, registers, run_jobs):
    """A submitted case whose decision has not come."""
    submitted(window, run_jobs)
    return window


def close(on, *, province="", agency=""):
    closing = directory.NewClosing(on, {"fa": "دود", "en": "Smoke"}, "Decree 1", province, agency)
    return directory.decree_closing(fresh_id(), closing, actor=Actor.system("closing-decree"), at=AT)


def recount(window, *, after=None, actor=CLOCK):
    return casework.recount_deadlines(after=after, new_id=fresh_id, actor=actor, at=window.at)


@pytest.mark.slow
def test_a_day_closed_by_decree_moves_the_limit_and_everybody_is_told(running):
    before = running.see()
    version = close(before.due_on)

    recount(running)

    after = running.see()
    assert after.due_on > before.due_on
    assert after.calendar_version == version != before.calendar_version
    assert events(running)[-1] == "deadline-moved"
    assert "deadline-moved" in told(running)
    assert Leaf.objects.filter(event="casework.case.deadline_moved", subject=str(after.id)).count() == 1


@pytest.mark.slow
def test_the_record_says_what_moved_by_which_calendars_and_why(running):
    before = running.see()
    version = close(before.due_on)

    recount(running)

    kept = DeadlineRecount.objects.get(case_id=running.case_id)
    assert (kept.old_due_on, kept.new_due_on) == (before.due_on, running.see().due_on)
    assert (kept.old_version, kept.new_version) == (before.calendar_version, version)
    assert kept.days == [{"on": before.due_on.isoformat(), "is_closed": True}]


@pytest.mark.slow
def test_a_limit_that_ends_on_the_same_day_is_recorded_and_nobody_is_troubled(running):
    before = running.see()
    version = close(before.due_on + 9 * DAY)

    recount(running)

    after = running.see()
    assert (after.due_on, after.calendar_version) == (before.due_on, version)
    assert DeadlineRecount.objects.get(case_id=running.case_id).days == []
    assert "deadline-moved" not in [*events(running), *told(running)]


@pytest.mark.slow
@pytest.mark.parametrize(("agency", "moves"), [("post", True), ("nocr", False)])
def test_a_day_on_which_one_agency_is_closed_moves_the_limits_of_that_agency_alone(running, agency, moves):
    before = running.see()
    close(before.due_on, agency=agency)

    recount(running)

    assert (running.see().due_on > before.due_on) is moves


@pytest.mark.slow
def test_a_limit_is_counted_from_the_beginning_by_the_calendar_of_the_agency_in_charge(
    window, registers, run_jobs
):
    closed = directory.working_calendar(None, on=AT.date()).deadline(AT.date(), days=1).on
    close(closed, agency="post")

    submitted(window, run_jobs)

    assert window.see().due_on > closed


@pytest.mark.slow
def test_counted_twice_it_moves_once(running):
    close(running.see().due_on)
    recount(running)
    once = running.see()

    assert recount(running) is None

    assert running.see() == once
    assert told(running).count("deadline-moved") == 1


@pytest.mark.slow
def test_a_holiday_that_vanishes_brings_the_limit_back(running, tmp_path):
    first = running.see()
    folder = shutil.copytree(Path(settings.PANJEREH.data_directory) / "iran", tmp_path / "iran")
    with (folder / "holidays.csv").open("a", encoding="utf-8") as file:
        file.write(f",{first.due_on.isoformat()},جشن,Feast,1,,,test\n")
    directory.import_directory(folder, at=AT + DAY)
    recount(running)
    assert running.see().due_on > first.due_on

    directory.import_directory(Path(settings.PANJEREH.data_directory) / "iran", at=AT + 2 * DAY)
    recount(running)

    assert running.see().due_on == first.due_on
    assert running.see().calendar_version == first.calendar_version
    assert told(running).count("deadline-moved") == 2


@pytest.mark.slow
def test_the_day_a_decision_was_promised_for_is_not_moved_after_it(running):
    running.decide()
    before = running.see()
    close(before.due_on)

    recount(running)

    after = running.see()
    assert (after.due_on, after.calendar_version) == (before.due_on, before.calendar_version)
    assert not DeadlineRecount.objects.filter(state="submitted").exists()


def asked(window):
    window.start()
    window.answer(source="register")
    window.gather()


def granted(window, run_jobs):
    submitted(window, run_jobs)
    window.decide()


@pytest.fixture(params=["gathering", "granted"])
def other_wait(window, registers, run_jobs, request):
    """A case that waits for a register, or for its document."""
    asked(window) if request.param == "gathering" else granted(window, run_jobs)
    assert window.see().state == request.param
    return window


@pytest.mark.slow
def test_waiting_for_a_register_or_a_document_has_a_limit_that_moves_by_a_recorded_decision(other_wait):
    before, old_version = other_wait.see(), directory.calendar_version()
    version = close(before.waits_until)

    recount(other_wait)
    recount(other_wait)

    after = other_wait.see()
    kept = DeadlineRecount.objects.get(case_id=other_wait.case_id)
    assert after.waits_until > before.waits_until
    assert (kept.state, kept.old_version, kept.new_version) == (before.state, old_version, version)
    assert (kept.old_due_on, kept.new_due_on) == (before.waits_until, after.waits_until)
    assert kept.days == [{"on": before.waits_until.isoformat(), "is_closed": True}]
    assert events(other_wait).count("deadline-moved") == 1
    assert told(other_wait).count("limit-moved") == 1


@pytest.mark.slow
def test_a_limit_stays_as_it_was_counted_until_it_is_counted_again(other_wait):
    before = other_wait.see().waits_until

    close(before)

    assert other_wait.see().waits_until == before


@pytest.mark.slow
def test_a_wait_of_the_release_before_gets_its_limit_without_a_word(other_wait):
    promised = other_wait.see().waits_until
    Case.objects.update(waits_until=None, waits_version="", asked_at=None)

    recount(other_wait)

    assert other_wait.see().waits_until == promised
    assert recount(other_wait) is None
    assert "limit-moved" not in told(other_wait)


@pytest.mark.slow
def test_a_calendar_that_reaches_further_gives_a_wait_the_limit_it_had_not(window, registers, monkeypatch):
    whole = directory.working_calendar
    short = dataclasses.replace(whole(None, on=AT.date(), agency_id="post"), known_until=AT.date())
    with monkeypatch.context() as patch:
        patch.setattr(directory, "working_calendar", lambda *_, **__: short)
        asked(window)
    assert window.see().waits_until is None
    close(AT.date() + 90 * DAY)

    recount(window)

    assert window.see().waits_until > AT.date()


@pytest.mark.slow
def test_a_version_of_the_service_that_waits_for_ever_has_no_limit_to_keep_or_to_count(
    window, registers, monkeypatch
):
    pack = catalogue.pack(SERVICE, PACK_VERSION)
    states = tuple(dataclasses.replace(state, clock=None) for state in pack.states)
    monkeypatch.setattr(catalogue, "pack", lambda *_: dataclasses.replace(pack, states=states))
    asked(window)

    recount(window)

    assert window.see().state == "gathering"
    assert window.see().waits_until is None
    assert not DeadlineRecount.objects.exists()


@pytest.mark.slow
def test_where_a_register_declined_no_limit_runs_and_none_is_moved(window, registers, run_jobs):
    registers.denied = {"civil.person"}
    asked(window)
    run_jobs()
    close(window.see().waits_until)

    recount(window)

    assert not DeadlineRecount.objects.exists()
    assert told(window) == []


@pytest.mark.slow
def test_asked_again_after_a_day_was_closed_meanwhile_the_limit_is_counted_by_the_new_calendar(
    window, registers, run_jobs
):
    registers.denied = {"civil.person"}
    asked(window)
    run_jobs()
    closed = window.see().waits_until
    version = close(closed)

    window.gather_again()

    assert window.see().waits_until > closed
    assert Case.objects.get().waits_version == version


@pytest.mark.slow
@pytest.mark.parametrize("wait", ["gathering", "submitted"])
def test_a_limit_found_to_have_passed_that_now_lies_ahead_has_not_passed_and_may_pass_again(
    window, registers, run_jobs, wait
):
    asked(window) if wait == "gathering" else submitted(window, run_jobs)
    first = window.see().waits_until
    note(AT + (first - AT.date() + DAY))
    close(first)
    window.at = AT + (first - AT.date() + DAY)

    recount(window)
    moved = window.see()
    note(AT + (moved.waits_until - AT.date() + DAY))

    assert not moved.is_overdue
    assert window.see().is_overdue
    assert told(window).count(f"{wait}-overdue") == 2


@pytest.mark.slow
def test_a_day_closed_in_one_province_moves_no_limit_of_an_agency_of_the_whole_country(running):
    before = running.see()
    close(before.due_on, province="23")

    recount(running)

    assert running.see().due_on == before.due_on
    assert "deadline-moved" not in told(running)


@pytest.mark.slow
def test_the_decree_itself_sets_the_counting_off(running, run_jobs, monkeypatch):
    due_on = running.see().due_on
    monkeypatch.setattr(casework, "decide_case", lambda *_args, **_kwargs: None)  # the decision is late
    close(due_on)

    run_jobs()

    assert running.see().due_on > due_on
    assert told(running).count("deadline-moved") == 1


@pytest.mark.slow
def test_a_round_takes_a_batch_and_goes_on_after_it(running, monkeypatch):
    first = Case.objects.get(id=running.case_id)
    second = Case.objects.get(id=running.case_id)
    second.id, second.subject_id, second.tracking_code = fresh_id(), fresh_id(), "0000-0000-7777"
    second.save(force_insert=True)
    monkeypatch.setattr(operation, "BATCH", 1)
    version = close(first.due_on)

    one = recount(running)
    assert Case.objects.filter(calendar_version=version).count() == 1

    two = recount(running, after=one)
    assert Case.objects.filter(calendar_version=version).count() == 2
    assert one < two
    assert recount(running, after=two) is None


@pytest.mark.slow
def test_a_limit_beyond_what_the_calendar_knows_stays_where_it_is(running, monkeypatch):
    before = running.see()
    close(before.due_on)

    def short(*arguments, **more):
        known = directory_calendar(*arguments, **more)
        return dataclasses.replace(known, known_until=before.due_on)

    directory_calendar = directory.working_calendar
    monkeypatch.setattr(directory, "working_calendar", short)

    assert recount(running) == running.case_id
    assert running.see().due_on == before.due_on
    assert not DeadlineRecount.objects.exists()


def test_nobody_but_the_platform_counts_again(window):
    with pytest.raises(NotFound):
        recount(window, actor=window.actor)


DATES = st.dates(dt.date(2026, 1, 1), dt.date(2026, 3, 1))
CLOSINGS = st.frozensets(DATES, max_size=12)


def calendar_with(closings, version):
    return WorkingCalendar(version, frozenset({4}), closings)


@given(DATES, st.integers(0, 20), CLOSINGS, CLOSINGS)
def test_a_moved_limit_always_has_its_reason_within_it(start, days, old, new):
    before, after = calendar_with(old, "old"), calendar_with(new, "new")

    change = deadlines.recompute(deadlines.count(before, start, Limit(days)), after)

    reasons = told_days(change, directory.changed_days(before, after))
    assert change.days == 0 or reasons or (days == 0 and start in old ^ new)


@given(DATES, st.integers(0, 20), CLOSINGS, CLOSINGS)
def test_counting_back_by_the_old_calendar_gives_the_old_day(start, days, old, new):
    before, after = calendar_with(old, "old"), calendar_with(new, "new")
    first = deadlines.count(before, start, Limit(days))

    there = deadlines.recompute(first, after).after

    assert deadlines.recompute(there, before).after == first


@given(DATES, st.integers(0, 20), CLOSINGS, DATES)
def test_a_day_more_off_never_brings_a_limit_forward(start, days, closings, more):
    before, after = calendar_with(closings, "old"), calendar_with(closings | {more}, "new")

    assert deadlines.recompute(deadlines.count(before, start, Limit(days)), after).days >= 0


@dataclasses.dataclass
class Row:
    """A case, as far as its waiting goes."""

    state: str
    saved_at: dt.datetime
    asked_at: dt.datetime | None = None
    submitted_at: dt.datetime | None = None
    decided_at: dt.datetime | None = None
    due_on: dt.date | None = None
    calendar_version: str = ""
    waits_until: dt.date | None = None
    waits_version: str = ""
    overdue_at: dt.datetime | None = None


MOMENTS = st.builds(dt.datetime.combine, DATES, st.times(), tzinfo=st.just(dt.UTC))
WAITS = {"gathering": "asked_at", "submitted": "submitted_at", "granted": "decided_at"}


@given(st.sampled_from(sorted(WAITS)), MOMENTS, st.integers(0, 20), CLOSINGS)
def test_a_kept_limit_counted_again_by_its_own_calendar_is_the_same(state, moment, days, closings):
    calendar = calendar_with(closings, "one")
    case = Row(state, saved_at=moment - DAY, **{WAITS[state]: moment})

    limits.keep(case, waiting.count(waiting.start_of(case), Limit(days), calendar))

    kept = waiting.as_deadline(case, Limit(days))
    assert deadlines.recompute(kept, calendar).after == kept
    assert kept.starts_on == (moment + dt.timedelta(hours=3, minutes=30)).date()
    assert kept.on >= kept.starts_on
