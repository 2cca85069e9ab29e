"""What the editions say of a promise is computed; nobody enters it, and red stays (R-117, R-118)."""

import dataclasses
import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjereh.domain.indices.rules.tables import EditionTable, StateRow
from panjereh.domain.indices.rules.targets import (
    BadTarget,
    Colour,
    Progress,
    Target,
    Verdict,
    day_of,
    need_of,
    parse_target,
    rank_in,
    verdict,
)
from tests.platform.indices.published import EDITIONS, edition

RAW: dict[str, Any] = {
    "code": "egdi-thirty-places",
    "index": "egdi",
    "part": "egdi",
    "iso3": "IRN",
    "baseline_edition": "2020",
    "baseline_rank": 89,
    "places": 30,
    "begins_on": "2021-08-03",
    "ends_on": "2025-08-03",
    "thresholds": {"green": 1.0, "amber": 0.5},
    "thresholds_fixed_on": "2021-08-02",
    "thresholds_by": "promiser",
}
EGDI = parse_target(RAW)
EPI = parse_target(RAW | {"part": "epi", "baseline_rank": 118})
WITHIN, AFTER = dt.date(2025, 1, 1), dt.date(2025, 8, 4)
COLOURS = [Colour.GREEN, Colour.AMBER, Colour.RED]


def ranked(name: str, rank: int) -> EditionTable:
    """Return an edition of two hundred in which Iran has this rank."""
    rows = (
        StateRow(f"S{place}", ranked=True, values={"egdi": (200 - place) / 200}, published_rank=place)
        for place in range(1, 201)
        if place != rank
    )
    iran = StateRow("IRN", ranked=True, values={"egdi": (200 - rank) / 200}, published_rank=rank)
    return EditionTable(name, edition("2024").method, (*rows, iran))


def said(*editions: EditionTable, target: Target = EGDI, on: dt.date = WITHIN) -> Verdict:
    return verdict(target, editions, on=on)


@pytest.mark.parametrize(("target", "rank", "latest"), [(EGDI, 59, 101), (EPI, 88, 164)])
def test_the_promised_thirty_places_are_behind_and_red_then_missed(target: Target, rank: int, latest: int):
    tables = [edition(name) for name in EDITIONS]

    during, over = (verdict(target, tables, on=on) for on in (WITHIN, AFTER))

    assert target.rank == rank
    assert [each.edition for each in during.measured] == ["2022", "2024"]
    assert during.latest is not None
    assert during.latest.rank == latest
    assert (during.progress, during.colour) == (Progress.BEHIND, Colour.RED)
    assert (over.progress, over.colour) == (Progress.MISSED, Colour.RED)


def test_the_path_line_is_straight_and_level_outside_the_period():
    assert EGDI.path_rank(dt.date(2020, 7, 1)) == 89
    assert EGDI.path_rank(dt.date(2023, 8, 3)) == pytest.approx(74, abs=0.02)
    assert EGDI.path_rank(dt.date(2030, 1, 1)) == 59


@pytest.mark.parametrize(
    ("rank", "progress", "colour"),
    [
        (59, Progress.MET, Colour.GREEN),
        (67, Progress.ON_PATH, Colour.GREEN),
        (70, Progress.BEHIND, Colour.AMBER),
        (80, Progress.BEHIND, Colour.RED),
    ],
)
def test_the_light_is_the_share_of_the_places_due(rank: int, progress: Progress, colour: Colour):
    found = said(ranked("2024", rank))

    assert (found.progress, found.colour) == (progress, colour)


def test_a_threshold_below_the_line_is_green_though_behind():
    lenient = parse_target(RAW | {"thresholds": {"green": 0.8, "amber": 0.5}})

    found = said(ranked("2024", 70), target=lenient)

    assert (found.progress, found.colour) == (Progress.BEHIND, Colour.GREEN)


@pytest.mark.parametrize(("fixed_on", "rank"), [("2021-08-03", 70), ("2026-11-22", 68)])
def test_thresholds_fixed_once_the_period_began_soften_nothing(fixed_on: str, rank: int):
    lenient = {"thresholds": {"green": 0.02, "amber": 0.01}, "thresholds_fixed_on": fixed_on}

    found = said(ranked("2024", rank), target=parse_target(RAW | lenient))

    assert (found.progress, found.colour) == (Progress.BEHIND, Colour.RED)


def test_thresholds_dated_back_count_from_the_day_they_were_taken_in():
    lenient = parse_target(RAW | {"thresholds": {"green": 0.02, "amber": 0.01}})
    told = [replace(lenient, taken_in_on=on) for on in (dt.date(2021, 8, 2), dt.date(2021, 8, 3))]

    assert [said(ranked("2024", 70), target=each).colour for each in told] == [Colour.GREEN, Colour.RED]
    assert [each.has_thresholds_in_time for each in told] == [True, False]


def test_before_the_first_edition_the_target_waits_without_a_light():
    found = said(edition("2020"))

    assert (found.progress, found.colour, found.judged) == (Progress.WAITING, Colour.NONE, None)


def test_a_period_without_any_edition_is_missed():
    assert said(edition("2020"), on=AFTER).colour is Colour.RED


def test_an_edition_after_the_period_is_shown_and_judges_nothing():
    found = said(ranked("2024", 101), ranked("2026", 50), on=dt.date(2026, 12, 1))

    assert found.progress is Progress.MISSED
    assert found.latest is not None
    assert found.latest.rank == 50


def test_an_edition_that_did_not_rank_the_state_says_nothing():
    unranked = dataclasses.replace(edition("2024"), rows=())

    assert said(unranked).progress is Progress.WAITING


def test_a_rank_that_was_not_published_is_computed():
    table = edition("2020")

    assert rank_in(table, "IRN", "epi") == 118
    assert rank_in(table, "HUN", "egdi") == 52


def test_what_the_promise_costs_now():
    assert round(need_of(EGDI, edition("2024")).value_needed, 4) == 0.8043


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ({"code": ""}, "missing"),
        ({"places": "thirty"}, "malformed"),
        ({"ends_on": "some day"}, "malformed"),
        ({"ends_on": "2021-08-03"}, "empty-period"),
        ({"places": 89}, "no-such-rank"),
        ({"places": 0}, "no-such-rank"),
        ({"thresholds": {"green": 1.0}}, "malformed"),
        ({"thresholds": {"green": 0.5, "amber": 0.9}}, "no-order"),
        ({"thresholds_fixed_on": None}, "missing"),
        ({"thresholds_by": None}, "missing"),
        ({"thresholds_by": "the minister"}, "malformed"),
    ],
)
def test_a_target_that_cannot_be_used_is_refused_with_its_fault(broken: dict[str, Any], code: str):
    with pytest.raises(BadTarget) as refused:
        parse_target(RAW | broken)

    assert refused.value.code == code
    assert refused.value.where in broken


@pytest.mark.slow
@given(st.integers(min_value=1, max_value=200), st.integers(min_value=1, max_value=200))
def test_a_better_rank_never_has_a_worse_light(one: int, other: int):
    better, worse = (said(ranked("2024", rank)).colour for rank in sorted((one, other)))

    assert COLOURS.index(better) <= COLOURS.index(worse)


def test_an_edition_counts_in_the_middle_of_its_year():
    assert day_of("2024") == dt.date(2024, 7, 1)
