"""A figure is judged by what was promised and what was wished for, and never by more than was measured."""

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.figure import Figure, RatioUnknown, Verdict, at_least, at_most, figure_of

numbers = st.floats(min_value=0.001, max_value=1e6)


def page(value: float, reference: float | None) -> Figure:
    return Figure(
        benchmark="B-PAGE",
        work="a page",
        value=value,
        unit="ms",
        reference=reference,
        must=at_most(1 / 3, of="ratio"),
        aim=at_most(1 / 4, of="ratio"),
    )


@pytest.mark.parametrize(
    ("value", "verdict"), [(2.5, Verdict.AIM), (2.6, Verdict.MET), (3.4, Verdict.MISSED)]
)
def test_a_ratio_is_judged_by_aim_then_promise(value: float, verdict: Verdict):
    assert page(value, 10.0).verdict is verdict


@pytest.mark.parametrize(("value", "verdict"), [(20, Verdict.AIM), (8, Verdict.MET), (7.9, Verdict.MISSED)])
def test_a_lower_limit_is_kept_by_reaching_it(value: float, verdict: Verdict):
    figure = Figure(
        benchmark="B-JOURNEY", work="cases", value=value, unit="/s", must=at_least(8), aim=at_least(20)
    )

    assert figure.verdict is verdict


def test_a_figure_without_a_target_has_no_outcome():
    assert Figure(benchmark="B-PAGE", work="a step", value=1, unit="ms").verdict is Verdict.NONE


@pytest.mark.parametrize("reference", [None, 0.0])
def test_a_target_of_a_ratio_needs_a_reference(reference: float | None):
    with pytest.raises(RatioUnknown):
        page(1.0, reference)


@given(numbers, numbers, numbers)
def test_the_outcome_of_a_ratio_does_not_depend_on_the_unit(value: float, reference: float, scale: float):
    ratio = value / reference
    if abs(ratio - 1 / 3) > 1e-6 and abs(ratio - 1 / 4) > 1e-6:
        assert page(value * scale, reference * scale).verdict is page(value, reference).verdict


@given(numbers, numbers)
def test_a_figure_that_was_kept_is_read_as_it_was(value: float, reference: float):
    figure = page(value, reference)

    assert figure_of(json.loads(json.dumps(dataclasses.asdict(figure)))) == figure
