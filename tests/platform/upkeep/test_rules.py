"""Rules that no operation changes leave a leaf when they do: limits, definitions, data sets."""

import dataclasses
import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest

from panjereh.domain.audit.models import Leaf
from panjereh.jobs.rules import note_rules
from panjereh.plumbing.policies import Policy, Scope
from tests.platform.known import ROOT


def recorded() -> list[dict[str, Any]]:
    rows = Leaf.objects.filter(event="upkeep.rules.in_force").order_by("transaction_id", "id")
    return list(rows.values_list("facts", flat=True))


@pytest.fixture
def data(settings: Any, tmp_path: Path) -> Path:
    for folder in ("figures", "exchange"):
        shutil.copytree(ROOT / "data" / folder, tmp_path / folder)
    settings.PANJEREH = dataclasses.replace(settings.PANJEREH, data_directory=tmp_path)
    return tmp_path


def test_the_rules_in_force_are_recorded_once_in_words():
    note_rules(0)
    note_rules(0)

    (rules,) = recorded()
    assert rules["limit.search"] == "1200 in 60 s by address"
    assert rules["profile"] == "practice"


def test_a_loosened_limit_leaves_a_leaf(settings: Any):
    note_rules(0)
    loose = Policy("search", Scope.ADDRESS, 10**6, dt.timedelta(minutes=1))
    limits = settings.REQUEST_LIMITS.items()
    settings.REQUEST_LIMITS = {
        route: tuple(loose if each.name == loose.name else each for each in its) for route, its in limits
    }

    note_rules(0)

    before, after = recorded()
    assert {name for name in after if before[name] != after[name]} == {"limit.search", "limited_routes"}
    assert after["limit.search"] == "1000000 in 60 s by address"


@pytest.mark.parametrize(("table", "entry"), [("EXPORT_LIMITS", "desk"), ("SIGNS", "codes")])
def test_a_loosened_bound_on_carrying_away_or_on_signs_leaves_a_leaf(settings: Any, table: str, entry: str):
    note_rules(0)
    known = getattr(settings, table)
    loose = dataclasses.replace(known[entry], most=10**6)
    setattr(settings, table, known | {entry: loose})

    note_rules(0)

    before, after = recorded()
    assert {name for name in after if before[name] != after[name]} == {f"limit.{loose.name}"}


@pytest.mark.parametrize(("folder", "fact"), [("figures", "figures"), ("exchange", "data_sets")])
def test_a_changed_definition_leaves_a_leaf(data: Path, folder: str, fact: str):
    note_rules(0)
    file = next((data / folder).glob("*.json"))
    file.write_text(file.read_text(encoding="utf-8") + " ", encoding="utf-8")

    note_rules(0)

    before, after = recorded()
    assert {name for name in after if before[name] != after[name]} == {fact}


def test_rules_that_come_back_are_recorded_again(settings: Any):
    note_rules(0)
    first = settings.PANJEREH
    settings.PANJEREH = dataclasses.replace(first, desk_acr=3)
    note_rules(0)
    settings.PANJEREH = first

    note_rules(0)

    assert [rules["desk_acr"] for rules in recorded()] == [2, 3, 2]
