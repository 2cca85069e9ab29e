"""What-ifs that somebody keeps: opened by whoever has the code, changed by nobody."""

from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError

from panjereh.domain.indices import api as indices
from panjereh.domain.indices.models import Scenario
from panjereh.domain.indices.operations import save_scenario
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import NotFound
from tests.platform.people.desk import fresh_id
from tests.platform.people.officers import make_somebody
from tests.platform.people.registers import AT

STRANGER = Actor.anonymous("public")
WEIGHTS = {"osi": Fraction(1, 2), "tii": Fraction(1, 4), "hci": Fraction(1, 4)}


def save(scenario_id: UUID | None = None, *, code: str = "abcd-EFGH_12", **more: Any) -> str:
    asked: dict[str, Any] = {
        "title": "خدمات برخط بهتر",
        "index": "egdi",
        "edition": "2024",
        "iso3": "IRN",
        "changes": {"osi": 0.7209},
        "actor": STRANGER,
        **more,
    }
    return indices.save_scenario(scenario_id or fresh_id(), code=code, at=AT, **asked)


def test_a_kept_what_if_is_what_was_asked(published: Path):
    code = save(weights=WEIGHTS)

    kept = indices.scenario(code)

    assert (kept.title, kept.changes, kept.weights) == ("خدمات برخط بهتر", {"osi": 0.7209}, WEIGHTS)
    table = indices.edition_table(kept.index, kept.edition)
    assert indices.try_changes(table, kept.iso3, kept.changes).rank == 71


def test_of_two_presses_at_once_the_first_is_kept(published: Path, monkeypatch: pytest.MonkeyPatch):
    both, compute = fresh_id(), save_scenario.try_scenario

    def meanwhile(asked: indices.Scenario) -> object:
        # The other press is done between our look for an earlier one and our own keeping.
        told = {name: getattr(asked, name) for name in ("title", "index", "edition", "iso3", "changes")}
        Scenario.objects.create(id=both, code="the-other-one", made_at=AT, **told)
        return compute(asked)

    monkeypatch.setattr(save_scenario, "try_scenario", meanwhile)

    assert save(both, code="abcd-EFGH_12") == "the-other-one"


def test_a_code_is_of_one_what_if(published: Path):
    save()

    with pytest.raises(IntegrityError):
        save()


def test_a_kept_change_of_a_raw_indicator_is_estimated_whenever_it_is_opened(published: Path):
    kept = indices.scenario(save(edition="2022", changes={}, raw={"internet_users": 100.0}))

    found = indices.try_scenario(kept)

    assert kept.raw == {"internet_users": 100.0}
    assert found.estimates["tii"].low < found.estimates["tii"].value < found.estimates["tii"].high
    assert found.high.rank <= found.tried.rank <= found.low.rank
    assert found.tried.rank < found.tried.rank_before


def test_any_proportion_of_weights_leads_back_to_the_same_what_if(published: Path):
    sevenths = {"osi": Fraction(1, 7), "tii": Fraction(2, 7), "hci": Fraction(4, 7)}

    question = indices.scenario(save(weights=sevenths)).question

    assert [question[f"weight_{part}"] for part in ("osi", "tii", "hci")] == [
        "14.2857143",
        "28.5714286",
        "57.1428571",
    ]


def test_sent_twice_it_is_one(published: Path):
    scenario_id = fresh_id()
    first = save(scenario_id)

    assert save(scenario_id, code="another-code", title="x") == first
    with pytest.raises(NotFound):
        save(scenario_id, actor=make_somebody().at_the_desk())


def test_a_code_that_nobody_made_opens_nothing(published: Path):
    with pytest.raises(NotFound):
        indices.scenario("abcd-EFGH_12")


@pytest.mark.parametrize(
    ("more", "field", "why"),
    [
        ({"changes": {"osi": 1.2}}, "osi", "out-of-range"),
        ({"changes": {"none": 0.2}}, "none", "unknown-part"),
        ({"raw": {"tv": 9.0}}, "tv", "unknown-part"),
        # of human capital the tests have the indicators of Iran alone
        ({"edition": "2022", "raw": {"literacy": 99.0}}, "literacy", "unknown-part"),
        ({"edition": "2022", "raw": {"mobile": 9999.0}}, "mobile", "out-of-range"),
        ({"edition": "2022", "changes": {"tii": 0.9}, "raw": {"mobile": 90.0}}, "tii", "changed-twice"),
        ({"weights": {**WEIGHTS, "osi": Fraction(1)}}, "weights", "weights-not-one"),
        ({"title": "  "}, "title", "out-of-range"),
        ({"title": "x" * 81}, "title", "out-of-range"),
    ],
)
def test_what_means_nothing_is_not_kept(published: Path, more: dict[str, Any], field: str, why: str):
    with pytest.raises(indices.WhatIfImpossible) as refused:
        save(**more)

    assert refused.value.facts() == {"field": field, "why": why}


def test_a_what_if_is_about_a_state_that_the_edition_ranks(published: Path):
    with pytest.raises(indices.CountryUnknown):
        save(iso3="TWN")
    with pytest.raises(indices.EditionUnknown):
        save(edition="2021")
