"""A what-if moves index and rank by the formula of the edition, and by nothing else."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panjereh.domain.indices.rules.ranking import competition_ranks
from panjereh.domain.indices.rules.what_if import ImpossibleChange, try_changes
from tests.platform.indices.published import EDITIONS, edition

unit = st.floats(min_value=0, max_value=1)
tables = st.sampled_from(EDITIONS).map(edition)
cases = tables.flatmap(lambda table: st.tuples(st.just(table), st.sampled_from(sorted(table.ranked))))
parts = st.sampled_from(["osi", "tii", "hci"])


def test_online_services_of_twenty_points_more_give_iran_rank_86():
    tried = try_changes(edition("2024"), "IRN", {"osi": 0.5})

    assert tried.index == pytest.approx(0.65639 + (0.5 - 0.37729) / 3)
    assert (tried.rank_before, tried.rank, tried.places) == (101, 86, 15)
    assert len(tried.passed) == 15
    assert tried.passed_by == ()
    assert (tried.parts["osi"].rank_before, tried.parts["osi"].rank) == (144, 111)


def test_participation_has_a_rank_of_its_own_and_leaves_the_index_alone():
    tried = try_changes(edition("2020"), "IRN", {"epi": 0.6071})

    assert (tried.parts["epi"].rank_before, tried.parts["epi"].rank, tried.parts["epi"].places) == (
        118,
        87,
        31,
    )
    assert tried.places == 0


def test_other_weights_rank_all_states_anew():
    tried = try_changes(
        edition("2024"), "IRN", {}, weights={"osi": Fraction(0), "tii": Fraction(1), "hci": Fraction(0)}
    )

    assert tried.rank == pytest.approx(edition("2024").rank("IRN", "tii"), abs=1)
    assert tried.published_rank == 101


@pytest.mark.parametrize(
    ("changes", "weights", "code"),
    [
        ({"egdi": 0.9}, None, "unknown-part"),
        ({"osi": 1.1}, None, "out-of-range"),
        ({"osi": float("nan")}, None, "out-of-range"),
        ({}, {"osi": Fraction(1)}, "unknown-part"),
        ({}, {"osi": Fraction(1), "tii": Fraction(1), "hci": Fraction(0)}, "weights-not-one"),
        ({}, {"osi": Fraction(2), "tii": Fraction(-1), "hci": Fraction(0)}, "weights-not-one"),
    ],
)
def test_a_change_that_means_nothing_is_refused(
    changes: dict[str, float], weights: dict[str, Fraction] | None, code: str
):
    with pytest.raises(ImpossibleChange) as refused:
        try_changes(edition("2024"), "IRN", changes, weights=weights)

    assert refused.value.code == code


@pytest.mark.slow
@settings(max_examples=40)
@given(cases)
def test_no_change_changes_nothing(case):
    table, iso3 = case
    same = {part: table.value(iso3, part) for part in ("osi", "tii", "hci") if table.value(iso3, part) <= 1}

    for changes, weights in (({}, None), (same, None), (same, table.method.weights)):
        tried = try_changes(table, iso3, changes, weights=weights)
        assert (tried.index, tried.rank, tried.places) == (table.value(iso3), table.rank(iso3), 0)
        assert tried.passed == tried.passed_by == ()


@pytest.mark.slow
@settings(max_examples=40)
@given(cases, parts, unit, unit)
def test_raising_a_part_never_lowers_index_or_rank(case, part: str, one: float, other: float):
    table, iso3 = case
    less = try_changes(table, iso3, {part: min(one, other)})
    more = try_changes(table, iso3, {part: max(one, other)})

    assert more.index >= less.index
    assert more.rank <= less.rank


@pytest.mark.slow
@settings(max_examples=40)
@given(cases, parts, unit)
def test_places_are_the_states_that_change_sides(case, part: str, value: float):
    table, iso3 = case
    tried = try_changes(table, iso3, {part: value})

    assert tried.places == len(tried.passed) - len(tried.passed_by)


@given(st.lists(st.integers(min_value=0, max_value=20), min_size=1))
def test_ranks_are_places_with_ties(numbers: list[int]):
    values = {str(place): float(number) for place, number in enumerate(numbers)}
    ranks = competition_ranks(values)

    by_place = sorted(values, key=lambda name: ranks[name])
    assert ranks[by_place[0]] == 1
    for place, (before, after) in enumerate(pairwise(by_place), start=2):
        is_tie = values[before] == values[after]
        assert values[before] >= values[after]
        assert ranks[after] == (ranks[before] if is_tie else place)
