"""The parameters of every edition are data: each has its source and says how sure it is."""

import copy
from typing import Any

import pytest

from panjereh.domain.indices.rules.editions import BadMethod, WeightState, method_changes, parse_method
from tests.platform.indices.published import EDITIONS, METHODS, METHODS_JSON, edition


def known(name: str) -> dict[str, Any]:
    whole = next(each for each in METHODS_JSON["editions"] if each["edition"] == name)
    return copy.deepcopy(whole)


def test_every_edition_of_the_survey_has_its_method_and_ranks_as_many_states_as_it_says():
    assert len(EDITIONS) == 12
    for name in EDITIONS:
        assert len(edition(name).ranked) == METHODS["egdi", name].ranked


def test_every_parameter_names_a_source_of_the_list():
    used = {source for method in METHODS.values() for source in method.sources.values()}

    assert used == set(METHODS_JSON["sources"])


def test_weights_that_nobody_found_are_marked():
    method = METHODS["egdi", "2024"]

    assert method.weight_states["hci"] is WeightState.UNCONFIRMED
    assert method.weight_states["osi_subindices"] is WeightState.REPORTED
    assert method.weight_states["weights"] is WeightState.CONFIRMED


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("2016", "2018", ()),
        ("2010", "2012", ("weights", "scaling", "tii")),
        ("2020", "2022", ("osi_subindices",)),
        ("2022", "2024", ("tii", "hci")),
    ],
)
def test_a_change_of_the_method_between_editions_is_found(before: str, after: str, changed: tuple[str, ...]):
    assert method_changes(METHODS["egdi", before], METHODS["egdi", after]) == changed


@pytest.mark.parametrize(
    ("name", "broken", "code"),
    [
        ("weights", None, "missing"),
        ("ranked", None, "missing"),
        ("ranked", "193.5", "not-a-number"),
        ("weights", {"value": {"osi": "a third"}}, "not-a-number"),
        ("weights", {"value": {"osi": "1/0"}}, "not-a-number"),
        ("weights", {"value": {"osi": "-0.5", "tii": "1.5"}}, "negative-weight"),
        ("weights", {"value": {"osi": "0.5", "tii": "0.4"}}, "weights-not-one"),
        ("tii", {"value": [{"id": "mobile", "weight": "0.9"}]}, "weights-not-one"),
        ("scaling", {"value": "by-feeling"}, "unknown-scaling"),
        ("epi_points", {"value": 84, "state": "surely", "source": "told"}, "unknown-state"),
        ("epi_points", {"value": 84, "state": "reported", "source": ""}, "unknown-source"),
    ],
)
def test_a_method_that_cannot_be_used_is_refused_with_its_fault(name: str, broken: Any, code: str):
    raw = known("2020") | {name: broken}

    with pytest.raises(BadMethod) as refused:
        parse_method(raw)

    assert refused.value.code == code
    assert refused.value.where.startswith(name)
