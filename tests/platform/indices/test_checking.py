"""Published figures are recomputed from the published parts; what is not reproduced is explained."""

import dataclasses
from collections import Counter

import pytest

from panjereh.domain.indices.rules.checking import Outcome, StepKind, check_edition, check_figure
from panjereh.domain.indices.rules.ranking import level_of
from panjereh.domain.indices.rules.tables import EditionTable, PartUnknown, StateNotRanked, StateRow
from tests.platform.indices.published import EDITIONS, METHODS, PARTS, edition, rows_of

IRAN = {
    "2003": (107, 108, 87, 105, 102),
    "2004": (115, 116, 89, 113, 97),
    "2005": (98, 83, 88, 113, 105),
    "2008": (108, 122, 78, 111, 98),
    "2010": (102, 93, 80, 118, 117),
    "2012": (100, 73, 95, 125, 75),
    "2014": (105, 91, 105, 105, 110),
    "2016": (106, 120, 96, 82, 149),
    "2018": (86, 91, 82, 79, 111),
    "2020": (89, 92, 81, 77, 118),
    "2022": (91, 130, 71, 79, 167),
    "2024": (101, 144, 56, 98, 164),
}


@pytest.mark.parametrize("name", EDITIONS)
def test_the_ranks_of_iran_are_those_of_the_survey(name: str):
    assert tuple(edition(name).rank("IRN", part) for part in PARTS) == IRAN[name]


@pytest.mark.parametrize("name", [each for each in EDITIONS if each not in ("2008", "2020")])
def test_every_published_index_and_rank_is_reproduced(name: str):
    assert check_edition(edition(name)) == ()


def test_four_ranks_of_2020_are_other_places_of_a_tie():
    explained = check_edition(edition("2020"))

    assert {check.iso3 for check in explained} == {"AND", "HUN", "MKD", "TLS"}
    assert all(check.is_reproduced for check in explained)
    hungary = next(check.steps[1] for check in explained if check.iso3 == "HUN")
    assert (hungary.outcome, hungary.result, hungary.published) == (Outcome.TIED, 51.0, 52)
    assert [edition("2020").row(each).published_rank for each in hungary.tied] == [51]


def test_two_indices_of_2008_are_faults_of_the_source():
    cameroon, cambodia = check_edition(edition("2008"))

    assert (cameroon.iso3, cameroon.steps[0].difference) == ("CMR", pytest.approx(0.0121, abs=1e-4))
    assert (cambodia.iso3, cambodia.steps[0].difference) == ("KHM", pytest.approx(0.0028, abs=1e-4))
    for check in (cameroon, cambodia):
        assert check.steps[0].outcome is Outcome.SOURCE_FAULT
        assert check.is_explained
        assert not check.is_reproduced


@pytest.mark.parametrize(
    ("name", "mean", "counts"),
    [
        ("2020", 0.5988, [57, 69, 59, 8]),
        ("2022", 0.6102, [60, 73, 53, 7]),
        ("2024", 0.6382, [76, 62, 44, 11]),
    ],
)
def test_world_mean_and_levels_are_those_of_the_survey(name: str, mean: float, counts: list[int]):
    table = edition(name)

    levels = Counter(map(level_of, table.values().values()))

    assert round(table.mean() or 0, 4) == mean
    assert [levels[level] for level in ("very-high", "high", "middle", "low")] == counts


@pytest.mark.parametrize(("part", "name"), [(p, n) for p in ("osi", "epi") for n in EDITIONS])
def test_every_count_of_answers_is_a_whole_number_of_points(part: str, name: str):
    table = edition(name)
    if table.method.points_of(part) is None:
        assert (part, name) in {("osi", "2022"), ("osi", "2024")}
    else:
        assert [iso3 for iso3 in table.ranked if not check_figure(table, iso3, part).is_reproduced] == []


def test_the_steps_of_a_figure_can_be_followed():
    check = check_figure(edition("2020"), "IRN")

    compose, rank, level = check.steps
    assert compose.formula == "w_osi × osi + w_tii × tii + w_hci × hci"
    assert compose.inputs["w_osi"] == "1/3"
    assert compose.result == pytest.approx(0.6593, abs=5e-5)
    assert (compose.kind, compose.outcome) == (StepKind.COMPOSE, Outcome.ROUNDED)
    assert (rank.inputs["greater"], rank.result, rank.outcome) == (88, 89, Outcome.SAME)
    assert edition("2020").rank(str(rank.inputs["next_above"])) == 88
    assert (level.result, level.difference) == ("high", None)


def test_a_count_of_answers_shows_its_points():
    points = check_figure(edition("2020"), "IRN", "epi").steps[0]

    assert points.inputs == {"points": 39, "range": 84}


def test_a_part_that_is_no_count_has_its_rank_alone():
    assert [step.kind for step in check_figure(edition("2020"), "IRN", "tii").steps] == [StepKind.RANK]


def test_a_figure_that_does_not_follow_is_different():
    table = edition("2020")
    wrong = StateRow("IRN", ranked=True, values={**table.row("IRN").values, "egdi": 0.7}, published_rank=89)
    rows = tuple(wrong if row.iso3 == "IRN" else row for row in table.rows)

    check = check_figure(dataclasses.replace(table, rows=rows), "IRN")

    assert [step.outcome for step in check.steps[:2]] == [Outcome.DIFFERENT, Outcome.DIFFERENT]
    assert not check.is_explained


def test_the_digital_government_index_is_the_mean_of_its_dimensions():
    method = METHODS["oecd-dgi", "2023"]
    rows = tuple(
        StateRow(
            raw["iso3"],
            ranked=bool(raw["composite_rank"]),
            values={
                "oecd-dgi": float(raw["composite_index"]),
                **{part: float(raw[part]) for part in method.parts},
            },
            published_rank=int(float(raw["composite_rank"])) if raw["composite_rank"] else None,
        )
        for raw in rows_of("oecd_dgi_2023.csv")
    )

    table = EditionTable("2023", method, rows)
    assert len(table.ranked) == method.ranked
    assert check_edition(table) == ()
    assert [step.kind for step in check_figure(table, "KOR").steps] == [StepKind.COMPOSE, StepKind.RANK]


def test_the_open_data_inventory_is_the_mean_of_its_groups():
    method = METHODS["odin", "2022"]
    rows = tuple(
        StateRow(
            raw["iso3"],
            ranked=True,
            values={
                "odin": float(raw["overall"]) / 100,
                **{part: float(raw[part]) / 100 for part in method.parts},
            },
            published_rank=int(raw["rank"]),
        )
        for raw in rows_of("odin_2022.csv")
    )

    assert check_edition(EditionTable("2022", method, rows)) == ()


def test_a_state_that_was_not_ranked_and_a_part_that_is_none_have_no_figure():
    with pytest.raises(StateNotRanked):
        check_figure(edition("2003"), "CAF")
    with pytest.raises(PartUnknown):
        check_figure(edition("2003"), "IRN", "happiness")
    with pytest.raises(PartUnknown):
        edition("2003").values("happiness")


def test_the_mean_of_states_that_were_not_ranked_is_none():
    table = edition("2003")

    assert table.mean(among=["CAF"]) is None
    assert table.mean(among=["IRN", "CAF"]) == table.value("IRN")
