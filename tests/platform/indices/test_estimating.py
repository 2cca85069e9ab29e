"""A part estimated from raw indicators: the fit is the one of all public series, and says how sure it is."""

from collections import defaultdict
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panjereh.domain.indices.rules.estimating import (
    SERIES,
    WEAK_BELOW,
    Known,
    NoEstimate,
    RawPart,
    check_raw,
    estimate,
    fit_part,
    indicators_of,
    raw_part,
    try_ranged,
)
from panjereh.domain.indices.rules.what_if import ImpossibleChange
from tests.platform.indices.published import edition, rows_of

NAMES = {
    "tii": ["internet_users", "mobile", "fixed_broadband"],
    "hci": ["expected_schooling", "mean_schooling"],
}
slopes = st.integers(min_value=-1000, max_value=1000).map(lambda each: each / 100)


@cache
def series() -> dict[str, dict[str, dict[int, float]]]:
    found: dict[str, dict[str, dict[int, float]]] = defaultdict(lambda: defaultdict(dict))
    for raw in rows_of("raw_indicators.csv"):
        found[raw["indicator"]][raw["iso3"]][int(raw["year"])] = float(raw["value"])
    return found


@cache
def part_of(year: str, part: str) -> RawPart:
    table, by = edition(year), int(year) - 2
    latest = {
        name: {
            iso3: Known(values[last], last)
            for iso3, values in of.items()
            if (last := max((each for each in values if each <= by), default=0))
        }
        for name, of in series().items()
    }
    return raw_part(part, indicators_of(table.method)[part], table.values(part), latest)


@pytest.mark.parametrize(
    ("year", "part", "states", "r_squared"),
    [
        ("2014", "tii", 180, 0.959),
        ("2016", "tii", 181, 0.957),
        ("2018", "tii", 183, 0.973),
        ("2020", "tii", 159, 0.966),
        ("2022", "tii", 184, 0.963),
        ("2014", "hci", 188, 0.917),
        ("2016", "hci", 188, 0.932),
        ("2018", "hci", 188, 0.938),
        ("2020", "hci", 189, 0.934),
        ("2022", "hci", 189, 0.937),
    ],
)
def test_the_public_series_of_one_year_explain_the_part_as_was_found_before(
    year: str, part: str, states: int, r_squared: float
):
    known, names = series(), NAMES[part]
    caps = {each.id: each.cap or float("inf") for each in indicators_of(edition(year).method)[part]}
    raw = {
        iso3: {
            name: min(known[SERIES[name]][iso3][int(year) - 2], caps[name])
            for name in names
            if int(year) - 2 in known[SERIES[name]].get(iso3, {})
        }
        for iso3 in edition(year).ranked
    }

    fit = fit_part(edition(year).values(part), raw, names)

    assert fit is not None
    assert fit.states == states
    assert fit.r_squared == pytest.approx(r_squared, abs=0.0005)
    assert all(slope > 0 for slope in fit.coefficients.values())


@given(slopes, st.tuples(slopes, slopes))
@settings(max_examples=30)
def test_a_part_that_is_a_weighted_sum_is_found_again(intercept: float, both: tuple[float, float]):
    points = {f"S{a}{b}": {"a": float(a), "b": float(b * b + a)} for a in range(4) for b in range(4)}
    published = {name: intercept + both[0] * row["a"] + both[1] * row["b"] for name, row in points.items()}

    fit = fit_part(published, points, ["a", "b"])

    if fit is None:
        assert both == (0, 0)
        return
    assert [fit.intercept, *fit.coefficients.values()] == pytest.approx([intercept, *both], abs=1e-6)
    assert fit.spread == pytest.approx(0, abs=1e-6)


def test_the_textbook_line_has_its_textbook_spread():
    # Anscombe's first set: y = 3.00 + 0.500 x, R² 0.67, residual standard error 1.24.
    xs = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
    ys = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]
    names = [f"S{place}" for place in range(len(xs))]

    fit = fit_part(
        dict(zip(names, ys, strict=True)),
        {name: {"x": float(x)} for name, x in zip(names, xs, strict=True)},
        ["x"],
    )

    assert fit is not None
    assert [fit.intercept, fit.coefficients["x"]] == pytest.approx([3.0001, 0.5001], abs=1e-4)
    assert [fit.r_squared, fit.spread] == pytest.approx([0.6665, 1.2366], abs=1e-4)
    assert fit.is_weak


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        (
            {f"S{at}": {"a": float(at), "b": 2.0 * at} for at in range(9)},
            ["a", "b"],
        ),  # one follows from the other
        ({f"S{at}": {"a": float(at)} for at in range(2)}, ["a"]),
        ({}, []),
    ],
)
def test_what_cannot_be_told_apart_or_is_too_few_has_no_fit(
    raw: dict[str, dict[str, float]], names: list[str]
):
    assert fit_part({f"S{at}": at / 10 for at in range(9)}, raw, names) is None


def test_a_raw_value_moves_the_part_by_its_coefficient_and_no_further_than_the_cap():
    part = part_of("2020", "tii")
    assert part.fit is not None
    known, slope = part.known["IRN"], part.fit.coefficients["internet_users"]

    more = estimate(part, "IRN", {"internet_users": known["internet_users"].value + 5}, published=0.6210)
    uncounted = estimate(part, "DNK", {"mobile": 200}, published=0.9979)

    assert more.value == pytest.approx(0.6210 + 5 * slope)
    assert (more.high - more.low) / 2 == pytest.approx(part.fit.spread)
    # more than the cap of 120 before and after: nothing changes, and nothing is uncertain about it
    assert part.known["DNK"]["mobile"].value > 120
    assert uncounted.value == uncounted.low == uncounted.high == 0.9979


def test_an_estimate_moves_index_and_rank_within_its_range():
    part, table = part_of("2022", "tii"), edition("2022")
    better = estimate(part, "IRN", {"internet_users": 100.0}, published=table.value("IRN", "tii"))

    ranged = try_ranged(table, "IRN", {"osi": 0.5}, {"tii": better})

    assert ranged.high.rank < ranged.tried.rank < ranged.low.rank
    assert ranged.tried.index == pytest.approx(
        table.value("IRN") + (better.value - better.before) / 3 + (0.5 - 0.4196) / 3
    )
    with pytest.raises(ImpossibleChange, match="changed-twice"):
        try_ranged(table, "IRN", {"tii": 0.9}, {"tii": better})


@pytest.mark.parametrize(
    ("year", "part", "iso3", "reason"),
    [
        ("2022", "tii", "IRN", None),
        ("2024", "hci", "IRN", None),
        ("2024", "tii", "IRN", NoEstimate.WEAK),  # two of its four indicators are public
        ("2005", "hci", "IRN", NoEstimate.WEAK),
        ("2022", "hci", "PRK", NoEstimate.NO_VALUE),
    ],
)
def test_where_nothing_can_be_estimated_the_reason_is_told(
    year: str, part: str, iso3: str, reason: NoEstimate | None
):
    found = part_of(year, part)

    assert found.reason_against(iso3) == reason
    if reason:
        with pytest.raises(ImpossibleChange):
            estimate(found, iso3, {found.indicators[0].id: 1.0}, published=0.5)


def test_a_part_without_any_public_series_has_no_estimate():
    nothing = raw_part("tii", edition("2003").method.tii[-1:], {"IRN": 0.5}, {})

    assert (nothing.reason_against("IRN"), nothing.missing) == (NoEstimate.NO_SERIES, ("tv",))


def test_every_fit_in_use_explains_nine_tenths_and_rises_with_every_indicator():
    used = [
        fit
        for year in ("2008", "2010", "2012", "2014", "2016", "2018", "2020", "2022", "2024")
        for part in ("tii", "hci")
        if (fit := part_of(year, part).fit) and not fit.is_weak
    ]

    assert len(used) == 17
    assert min(fit.r_squared for fit in used) >= WEAK_BELOW
    assert all(slope > 0 for fit in used for slope in fit.coefficients.values())


@pytest.mark.parametrize(("name", "value"), [("tv", 5.0), ("literacy", 101.0), ("mobile", float("nan"))])
def test_what_an_indicator_cannot_be_is_refused(name: str, value: float):
    with pytest.raises(ImpossibleChange):
        check_raw(name, value)
