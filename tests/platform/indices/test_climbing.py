"""What a place costs: by the published values, by the cheapest mix, by answers of the survey."""

import dataclasses
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from panjereh.domain.indices.rules.climbing import (
    NoSuchRank,
    answers_for,
    cheapest_mix,
    lift_of,
    lifts,
    median_drift,
    need_for,
    need_for_rank,
    yardsticks,
)
from panjereh.domain.indices.rules.what_if import try_changes
from tests.platform.indices.published import EDITIONS, METHODS, edition

costs = st.floats(min_value=0.1, max_value=10)
shares = st.floats(min_value=0, max_value=1)
three = st.tuples(shares, shares, shares)
cases = (
    st.sampled_from(EDITIONS)
    .map(edition)
    .flatmap(lambda table: st.tuples(st.just(table), st.sampled_from(sorted(table.ranked))))
)


@pytest.mark.parametrize(
    ("name", "rank", "holder", "needed", "gap", "alone"),
    [
        ("2020", 59, "ALB", 0.7399, 0.0806, (0.8300, 0.8628, None)),
        ("2022", 61, "KWT", 0.7484, 0.1051, (0.7349, None, None)),
        ("2024", 71, "VNM", 0.7709, 0.1145, (0.7209, None, None)),
        ("2024", 59, "HUN", 0.8043, 0.1479, (0.8210, None, None)),
    ],
)
def test_what_the_promised_rank_costs_iran(
    name: str, rank: int, holder: str, needed: float, gap: float, alone: tuple[float | None, ...]
):
    need = need_for_rank(edition(name), "IRN", rank=rank)

    assert (need.holder, round(need.value_needed, 4), round(need.gap, 4)) == (holder, needed, gap)
    found = lifts(edition(name), "IRN", gap=need.gap)
    assert tuple(round(each.after, 4) if each.is_feasible else None for each in found) == alone


@pytest.mark.parametrize(
    ("name", "needed", "points"), [("2020", 0.6071, 12), ("2022", 0.2500, 6), ("2024", 0.3014, 9)]
)
def test_thirty_places_of_participation_cost_so_many_answers(name: str, needed: float, points: int):
    need = need_for(edition(name), "IRN", places=30, part="epi")

    assert (need.value_needed, need.points) == (needed, points)


def test_rank_59_costs_more_from_edition_to_edition():
    names = ("2012", "2014", "2016", "2018", "2020", "2022", "2024")
    costs = [round(need_for_rank(edition(name), "IRN", rank=59).value_needed, 4) for name in names]

    assert costs == [0.6167, 0.5933, 0.6195, 0.6923, 0.7399, 0.7524, 0.8043]


def test_the_target_moves_on_if_the_others_rise_as_before():
    table, drift = edition("2024"), round(median_drift(edition("2022"), edition("2024")), 3)

    assert drift == 0.029
    assert round(need_for(table, "IRN", places=30, drift=drift).value_needed, 4) == 0.7999
    assert round(need_for_rank(table, "IRN", rank=59, drift=drift).value_needed, 4) == 0.8333


def test_each_of_the_others_can_have_a_drift_of_its_own():
    need = need_for(edition("2020"), "IRN", places=30, drift={"ALB": 0.01})

    assert need.value_needed > 0.7399


def test_a_rank_already_reached_costs_nothing():
    assert need_for(edition("2020"), "IRN", places=-10).gap == 0


@pytest.mark.parametrize("rank", [0, 193])
def test_a_rank_that_is_none_is_refused(rank: int):
    with pytest.raises(NoSuchRank):
        need_for_rank(edition("2024"), "IRN", rank=rank)


def test_an_answer_is_worth_its_share_of_the_subindex():
    services = next(each for each in yardsticks(METHODS["egdi", "2024"]) if each.subindex == "SP")

    assert round(services.value, 4) == 0.0076
    assert round(services.index_value, 4) == 0.0025
    assert [round(each.value, 4) for each in yardsticks(METHODS["egdi", "2020"])] == [round(1 / 170, 4)]


def test_more_answers_than_there_are_questions_are_not_feasible():
    found = {each.yardstick.subindex: each for each in answers_for(METHODS["egdi", "2024"], rise=0.1)}

    assert (found["SP"].count, found["SP"].is_feasible) == (14, True)
    assert (found["CP"].count, found["CP"].is_feasible) == (16, False)


def test_an_index_that_is_no_count_has_no_yardstick():
    assert yardsticks(METHODS["oecd-dgi", "2023"]) == ()


def test_a_part_without_weight_closes_no_gap():
    weights = {"osi": Fraction(1), "tii": Fraction(0), "hci": Fraction(0)}
    table = edition("2024")
    weighted = dataclasses.replace(table, method=dataclasses.replace(table.method, weights=weights))

    assert not lift_of(weighted, "IRN", "tii", gap=0.1).is_feasible
    assert cheapest_mix(weighted, "IRN", gap=0.1).rises == {"osi": 0.1, "tii": 0.0, "hci": 0.0}


def test_a_cap_sends_the_rest_to_the_next_part():
    mix = cheapest_mix(edition("2024"), "IRN", gap=0.1, costs={"hci": 3.0, "tii": 2.0}, caps={"osi": 0.5})

    assert mix.rises["osi"] == pytest.approx(0.5 - 0.37729)
    assert mix.rises["tii"] == pytest.approx(1 - 0.89869)
    assert mix.is_feasible


def test_what_the_caps_forbid_is_said():
    mix = cheapest_mix(edition("2024"), "IRN", gap=0.1, caps={"osi": 0.4, "tii": 0.9, "hci": 0.7})

    assert not mix.is_feasible
    assert mix.short_by == pytest.approx(0.1 - (0.4 + 0.9 + 0.7 - 0.37729 - 0.89869 - 0.69316) / 3)


def test_a_rise_that_costs_nothing_is_refused():
    with pytest.raises(ValueError, match="positive"):
        cheapest_mix(edition("2024"), "IRN", gap=0.1, costs={"osi": 0.0})


@pytest.mark.slow
@given(cases, st.integers(min_value=1, max_value=60))
def test_a_part_lifted_as_far_as_told_reaches_the_rank(case, places: int):
    table, iso3 = case
    assume(table.rank(iso3) > places)
    need = need_for(table, iso3, places=places)
    for lift in lifts(table, iso3, gap=need.gap):
        if lift.is_feasible and lift.after <= 1:
            assert try_changes(table, iso3, {lift.part: lift.after}).rank <= need.rank_to


@pytest.mark.slow
@given(cases, st.tuples(costs, costs, costs), three, three, shares)
def test_no_other_mix_is_cheaper(case, prices, caps, drawn, share: float):
    table, iso3 = case
    parts = table.method.parts
    price, cap = dict(zip(parts, prices, strict=True)), dict(zip(parts, caps, strict=True))
    other = {
        part: chosen * max(0.0, cap[part] - table.value(iso3, part))
        for part, chosen in zip(parts, drawn, strict=True)
    }
    reached = sum(float(table.method.weights[part]) * rise for part, rise in other.items())
    mix = cheapest_mix(table, iso3, gap=reached * share, costs=price, caps=cap)

    assert mix.is_feasible
    assert mix.cost <= sum(price[part] * rise for part, rise in other.items()) + 1e-9
