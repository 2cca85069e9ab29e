"""A component comes from the raw values of all states: z-scores, weighted sum, stretched to 0..1."""

from fractions import Fraction
from statistics import correlation

import pytest
from hypothesis import assume, given, reject
from hypothesis import strategies as st

from panjereh.domain.indices.rules.composing import (
    CannotStandardise,
    build_component,
    change_raw,
    min_max,
    z_scores,
)
from panjereh.domain.indices.rules.editions import Indicator
from tests.platform.indices.published import edition, rows_of

HALVES = (
    Indicator("expected_years_schooling", Fraction(1, 2)),
    Indicator("mean_years_schooling", Fraction(1, 2)),
)
THREE = (
    Indicator("internet", Fraction(1, 2)),
    Indicator("mobile", Fraction(1, 4), cap=120.0),
    Indicator("price", Fraction(1, 4), is_lower_better=True),
)
numbers = st.floats(min_value=0, max_value=200)
rows = st.fixed_dictionaries({each.id: numbers for each in THREE})
states = st.lists(rows, min_size=3, max_size=8).map(
    lambda found: {f"S{n}": row for n, row in enumerate(found)}
)


def schooling(year: str) -> dict[str, dict[str, float]]:
    """Return the two schooling series of the states that have both."""
    names = {each.id for each in HALVES}
    found: dict[str, dict[str, float]] = {}
    for raw in rows_of("raw_indicators.csv"):
        if raw["year"] == year and raw["indicator"] in names:
            found.setdefault(raw["iso3"], {})[raw["indicator"]] = float(raw["value"])
    return {iso3: row for iso3, row in found.items() if len(row) == len(names)}


@pytest.mark.slow
def test_schooling_alone_follows_the_published_human_capital():
    component, table = build_component(schooling("2018"), HALVES), edition("2020")

    both = [iso3 for iso3 in component.values if iso3 in table.ranked]
    published = [table.value(iso3, "hci") for iso3 in both]
    assert len(both) > 180
    assert correlation([component.values[iso3] for iso3 in both], published) ** 2 > 0.9


@pytest.mark.slow
@given(states)
def test_a_component_runs_from_nought_to_one(raw):
    component = _built(raw)

    assert min(component.values.values()) == 0
    assert max(component.values.values()) == 1


@pytest.mark.slow
@given(states)
def test_changing_no_raw_value_changes_nothing(raw):
    component = _built(raw)

    for iso3, row in raw.items():
        assert change_raw(component, iso3, row) == pytest.approx(component.values[iso3])


@pytest.mark.slow
@given(states, numbers, numbers)
def test_a_better_raw_value_never_lowers_the_component(raw, one: float, other: float):
    component, (low, high) = _built(raw), sorted((one, other))

    for name, worse, better in (("internet", low, high), ("mobile", low, high), ("price", high, low)):
        assert change_raw(component, "S0", {name: better}) >= change_raw(component, "S0", {name: worse})


def test_a_state_changed_alone_is_close_to_the_whole_computed_anew():
    raw = schooling("2018")
    raised = {"expected_years_schooling": raw["IRN"]["expected_years_schooling"] + 1}

    fixed = change_raw(build_component(raw, HALVES), "IRN", raised)

    anew = build_component(raw | {"IRN": raw["IRN"] | raised}, HALVES).values["IRN"]
    assert fixed == pytest.approx(anew, abs=0.002)


def test_more_than_the_cap_counts_no_more():
    raw = {
        "A": {"internet": 10.0, "mobile": 119.0, "price": 5.0},
        "B": {"internet": 90.0, "mobile": 60.0, "price": 1.0},
        "C": {"internet": 50.0, "mobile": 130.0, "price": 2.0},
    }
    component = build_component(raw, THREE)

    assert change_raw(component, "C", {"mobile": 180.0}) == component.values["C"]


@given(st.lists(numbers, min_size=2).map(lambda found: dict(enumerate(found))))
def test_z_scores_have_mean_nought(found):
    scores = z_scores({str(name): value for name, value in found.items()})

    assert sum(scores.values()) / len(scores) == pytest.approx(0, abs=1e-6)


def test_what_cannot_be_standardised_says_why():
    alike = {"internet": 1.0, "mobile": 1.0, "price": 1.0}
    for raw, code in (
        ({}, "no-states"),
        ({"A": alike, "B": {"internet": 2.0, "mobile": 1.0}}, "value-missing"),
        ({"A": alike, "B": alike}, "all-alike"),
    ):
        with pytest.raises(CannotStandardise) as refused:
            build_component(raw, THREE)
        assert refused.value.code == code


def _built(raw: dict[str, dict[str, float]]):
    try:
        component = build_component(raw, THREE)
    except CannotStandardise:
        reject()
    # States that differ in the last bits of a number alone are no states.
    assume(component.high - component.low > 1e-6)
    assume(all(spread.sd == 0 or spread.sd > 1e-6 for spread in component.spreads.values()))
    return component


def test_values_all_alike_have_no_range():
    with pytest.raises(CannotStandardise):
        min_max({"A": 1.0, "B": 1.0})
