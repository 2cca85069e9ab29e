"""The rows of `indices` in the table of doors."""

from fractions import Fraction
from typing import Any

from panjereh.domain.indices import api as indices
from panjereh_kernel.actor import Actor
from tests.platform.access.answers import ABSENT, DONE, Operation
from tests.platform.access.country import AT, Country
from tests.platform.people.desk import fresh_id

HALVES = {"osi": Fraction(1, 2), "tii": Fraction(1, 4), "hci": Fraction(1, 4)}


def save(_of: Country, who: Actor) -> str:
    scenario_id = fresh_id()
    return indices.save_scenario(
        scenario_id,
        code=scenario_id.hex[-12:],
        title="x",
        index="egdi",
        edition="2024",
        iso3="IRN",
        changes={"osi": 0.7},
        weights=HALVES,
        actor=who,
        at=AT,
    )


def propose(_of: Country, who: Actor) -> Any:
    return indices.propose_edition(
        fresh_id(), index="egdi", edition="2024", content=b"", source="D", actor=who, at=AT
    )


ACTING = (
    # whoever asks what would follow may keep the answer under an address, signed in or not
    Operation("indices.save_scenario", save, DONE, DONE, DONE, DONE),
    # of two operators, who are officers and none of these
    Operation("indices.propose_edition", propose, ABSENT, ABSENT, ABSENT, ABSENT),
    Operation(
        "indices.accept_edition",
        lambda _, who: indices.accept_edition(fresh_id(), actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "indices.turn_down_edition",
        lambda _, who: indices.turn_down_edition(
            fresh_id(), reason=indices.TurnDownReason.WRONG_VALUES, actor=who, at=AT
        ),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "indices.proposals",
        lambda _, who: indices.proposals(actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "indices.proposal_file",
        lambda _, who: indices.proposal_file(fresh_id(), actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "indices.proposal",
        lambda _, who: indices.proposal(fresh_id(), actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
)  # fmt: skip
PUBLIC = {
    "indices.check", "indices.compare_indices",
    "indices.countries", "indices.country", "indices.edition", "indices.edition_table",
    "indices.edition_tables", "indices.editions", "indices.questions",
    "indices.explained_figures",
    "indices.raw_series", "indices.scenario", "indices.series", "indices.sources", "indices.sources_of",
    "indices.target", "indices.targets", "indices.restatements", "indices.data_sets", "indices.edition_csv",
    "indices.edition_json", "indices.index_csv", "indices.raw_csv", "indices.questions_csv",
    # what a form to fill in is made from is public, too
    "indices.edition_template", "indices.edition_method",
    "indices.raw_parts", "indices.estimates", "indices.try_scenario",
}  # fmt: skip
PURE = {
    "indices.answers_for", "indices.cheapest_mix", "indices.check_edition", "indices.check_figure",
    "indices.comparable", "indices.day_of", "indices.explain_change", "indices.level_of",
    "indices.lifts", "indices.median_drift", "indices.method_changes", "indices.need_for",
    "indices.need_of", "indices.rank_in", "indices.standstills", "indices.try_changes",
    "indices.try_ranged", "indices.verdict", "indices.yardsticks",
}  # fmt: skip
WORK = {
    "indices.import_indices",
}  # fmt: skip
