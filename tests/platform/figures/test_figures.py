"""Numbers counted from the record: right after any replay, and told from their events."""

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, connection
from hypothesis import given
from hypothesis import strategies as st

from panjereh.domain.audit.queries import SequencedLeaf
from panjereh.domain.audit.rules.canonical import LeafContent
from panjereh.domain.figures import api as figures
from panjereh.domain.figures.models import Cursor
from panjereh.domain.figures.rules.counting import count_events, events_in
from panjereh_kernel.refusal import NotFound
from tests.platform.audit.conftest import AT, owner, sequence_all, write_leaf  # noqa: F401 -- a fixture

DIRECTORY = Path(__file__).resolve().parents[3] / "data/figures"
CASES = figures.find_definition(DIRECTORY, "cases-by-state-and-day")
DAY = dt.date(2026, 11, 22)
SERVICE = "address-certificate"

real_commits = pytest.mark.django_db(transaction=True, databases=["default", "trace"])


def leaf(
    index: int, *, event: str = "casework.case.submitted", at: dt.datetime = AT, **facts: str
) -> SequencedLeaf:
    content = LeafContent(
        id=UUID(int=index), event=event, role="system", channel="job", subject_id=None, account_id=None,
        subject="x", facts=facts, at=at, salt=bytes(16),
    )  # fmt: skip
    return SequencedLeaf(index, content)


def cell(state: str, *, on: dt.date = DAY, service: str = SERVICE) -> figures.Cell:
    return figures.Cell(on, service, state)


def write_case(state: str, *, at: dt.datetime = AT, service: str = SERVICE) -> None:
    write_leaf(f"casework.case.{state}", at=at, service=service, state=state)


def roll_up_all() -> None:
    sequence_all()
    while figures.roll_up(CASES, at=AT, limit=2):
        continue


def table(*, since: dt.date = DAY, until: dt.date = DAY) -> figures.FigureTable:
    return figures.figure_table(CASES, since=since, until=until)


def test_only_the_events_of_the_definition_count() -> None:
    leaves = [leaf(0), leaf(1, event="people.account.made"), leaf(2, event="casework.case.refused")]

    assert [event.log_index for event in events_in(leaves, CASES)] == [0, 2]


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (dt.datetime(2026, 11, 22, 20, 29, 59, tzinfo=dt.UTC), DAY),
        (dt.datetime(2026, 11, 22, 20, 30, tzinfo=dt.UTC), DAY + dt.timedelta(days=1)),
    ],
)
def test_a_day_ends_at_midnight_in_tehran(instant: dt.datetime, day: dt.date) -> None:
    (event,) = events_in([leaf(0, at=instant, service=SERVICE, state="submitted")], CASES)

    assert event.cell.on == day


def test_a_leaf_without_its_facts_is_counted_where_everyone_sees_it() -> None:
    (event,) = events_in([leaf(0)], CASES)

    assert (event.cell.service, event.cell.state) == ("unknown", "unknown")


@pytest.mark.slow
@given(st.lists(st.sampled_from(["submitted", "granted", "refused"])))
def test_every_event_is_in_exactly_one_cell(states: list[str]) -> None:
    leaves = [leaf(index, service=SERVICE, state=state) for index, state in enumerate(states)]

    counts = count_events(events_in(leaves, CASES))

    assert {cell.state: count for cell, count in counts.items()} == dict(Counter(states))


@real_commits
def test_numbers_are_counted_from_the_record() -> None:
    for state in ("submitted", "submitted", "granted"):
        write_case(state)
    write_case("submitted", at=AT + dt.timedelta(days=1))
    write_case("submitted", service="another-service")

    roll_up_all()

    assert table().counts == {
        cell("submitted"): 2,
        cell("granted"): 1,
        cell("submitted", service="another-service"): 1,
    }
    assert table().sample == 4


@real_commits
def test_a_table_says_how_far_in_the_record_and_when_it_was_counted() -> None:
    before = table()
    write_case("submitted")
    write_leaf("people.account.made")
    roll_up_all()
    after = table()

    assert (before.as_of_index, before.as_of_at) == (-1, None)
    assert (after.as_of_index, after.as_of_at) == (1, AT)


@real_commits
def test_counting_again_changes_nothing() -> None:
    write_case("submitted")
    roll_up_all()

    assert figures.roll_up(CASES, at=AT) == 0
    assert table().counts == {cell("submitted"): 1}


@real_commits
def test_a_replay_from_the_start_changes_nothing() -> None:
    for state in ("submitted", "granted", "granted"):
        write_case(state)
    roll_up_all()
    before = table().counts
    Cursor.objects.update(log_index=-1)

    roll_up_all()

    assert table().counts == before
    assert figures.verify_figure(CASES) == 3


@real_commits
def test_a_late_commit_is_counted_when_it_comes() -> None:
    write_case("submitted")
    roll_up_all()
    write_case("submitted", at=AT - dt.timedelta(hours=1))
    roll_up_all()

    assert table().counts == {cell("submitted"): 2}


@real_commits
def test_the_events_behind_a_number_are_as_many_as_the_number() -> None:
    for state in ("submitted", "granted", "submitted"):
        write_case(state)
    roll_up_all()

    behind = figures.events_behind(CASES, limit=10, on=DAY, service=SERVICE, state="submitted")

    assert [event.log_index for event in behind] == [0, 2]
    assert len(behind) == table().counts[cell("submitted")]


@real_commits
def test_events_are_listed_page_by_page() -> None:
    for _ in range(3):
        write_case("submitted")
    roll_up_all()

    first = figures.events_behind(CASES, limit=2)
    second = figures.events_behind(CASES, limit=2, after=first[-1].log_index)

    assert [event.log_index for event in [*first, *second]] == [0, 1, 2]


@real_commits
def test_a_figure_without_events_verifies() -> None:
    assert figures.verify_figure(CASES) == 0


TAMPERING = {
    "a number that was raised": "UPDATE figures_dailycount SET count = count + 1",
    "a number that was dropped": "DELETE FROM figures_dailycount",
    "an event that was dropped": "DELETE FROM figures_countedevent",
    "an event moved to another state": "UPDATE figures_countedevent SET state = 'granted'",
}


@real_commits
@pytest.mark.parametrize("change", TAMPERING.values(), ids=TAMPERING)
def test_a_number_that_its_events_do_not_carry_is_found(
    change: str,
    owner: psycopg.Connection[Any],  # noqa: F811 -- the fixture
) -> None:
    write_case("submitted")
    roll_up_all()
    owner.execute(change)

    with pytest.raises(figures.FigureDiffers) as refusal:
        figures.verify_figure(CASES)

    assert (refusal.value.code, refusal.value.service) == ("figure-differs-from-events", SERVICE)


@pytest.mark.parametrize(
    "change", ["UPDATE figures_countedevent SET state = 'x'", "DELETE FROM figures_dailycount"]
)
def test_the_programs_cannot_change_what_was_counted(change: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(change)


def test_every_definition_has_its_words_in_both_languages() -> None:
    for definition in figures.read_definitions(DIRECTORY).values():
        for texts in (definition.title, definition.definition, definition.unit, definition.sample):
            assert texts["fa"]
            assert texts["en"]
        assert definition.chart_state in {state.id for state in definition.states}


def test_a_figure_that_is_not_defined_is_not_found() -> None:
    with pytest.raises(NotFound):
        figures.find_definition(DIRECTORY, "no-such-figure")
