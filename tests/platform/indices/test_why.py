"""A change is taken apart exactly: parts add up to the index, own and others' movement to the rank."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjereh.domain.indices.rules.tables import StateNotRanked
from panjereh.domain.indices.rules.why import explain_change, explain_rank
from tests.platform.indices.published import EDITIONS, PARTS, edition

pairs = st.tuples(st.sampled_from(EDITIONS), st.sampled_from(EDITIONS)).map(
    lambda names: (edition(min(names)), edition(max(names)))
)
cases = pairs.flatmap(
    lambda pair: st.tuples(st.just(pair), st.sampled_from(sorted(set(pair[0].ranked) & set(pair[1].ranked))))
)


def test_iran_fell_from_2020_to_2024_by_online_services_while_infrastructure_rose():
    change = explain_change(edition("2020"), edition("2024"), "IRN")

    assert {each.part: round(each.share, 4) for each in change.parts} == {
        "osi": -0.0703,
        "tii": 0.0926,
        "hci": -0.0251,
    }
    assert change.strongest.part == "tii"
    assert not change.has_grown
    assert round(change.mean_change, 4) == 0.0394
    assert change.method_changes == ("osi_subindices", "tii", "hci")


def test_of_the_twelve_places_iran_lost_the_others_took_eleven():
    rank = explain_change(edition("2020"), edition("2024"), "IRN").rank

    assert (rank.before, rank.if_stood_still, rank.after) == (89, 100, 101)
    assert (rank.places, rank.by_others, rank.by_own) == (-12, -11, -1)
    assert len(rank.passed_by) == 12


def test_a_change_of_weights_has_a_share_of_its_own():
    change = explain_change(edition("2005"), edition("2008"), "IRN")

    assert {each.part for each in change.parts if each.by_weight > 0} == {"osi"}
    assert {each.part for each in change.parts if each.by_weight < 0} == {"tii", "hci"}


def test_a_state_that_one_edition_did_not_rank_has_no_change():
    with pytest.raises(StateNotRanked):
        explain_change(edition("2003"), edition("2024"), "CAF")


@pytest.mark.slow
@given(cases)
def test_the_shares_add_up_to_the_change(case):
    (before, after), iso3 = case
    change = explain_change(before, after, iso3)

    assert sum(part.share for part in change.parts) + change.rounding == pytest.approx(change.change)


@pytest.mark.slow
@given(cases, st.sampled_from(PARTS))
def test_places_add_up_to_the_place(case, part: str):
    (before, after), iso3 = case
    rank = explain_rank(before, after, iso3, part)

    assert (rank.before, rank.after) == (before.rank(iso3, part), after.rank(iso3, part))
    assert rank.by_own + rank.by_others == rank.places
    came = len(rank.passed_by) + len(rank.entered_above)
    went = len(rank.passed) + len(rank.left_from_above)
    assert went - came == rank.places
