"""The rows of `indices` in the table of doors."""

from decimal import Decimal
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


def open_one(_of: Country, who: Actor) -> Any:
    return indices.open_assessment(
        fresh_id(),
        question_set="osi-2024",
        iso3="IRN",
        addresses=["https://portal.example/"],
        assessors=(fresh_id(), fresh_id()),
        tolerance=Decimal("0.05"),
        actor=who,
        at=AT,
    )


# of officers in their seats, who are none of these: what they may is in indices/test_assessments.py
ASSESSING: dict[str, Any] = {
    "open_assessment": open_one,
    "answer_question": lambda _, who: indices.answer_question(
        fresh_id(), "004", reply=indices.Reply.NO, actor=who, at=AT
    ),
    "reconcile_answer": lambda _, who: indices.reconcile_answer(
        fresh_id(), "004", reply=indices.Reply.NO, reason="x", actor=who, at=AT
    ),
    "close_assessment": lambda _, who: indices.close_assessment(fresh_id(), actor=who, at=AT),
    "request_look": lambda _, who: indices.request_look(fresh_id(), look_id=fresh_id(), actor=who, at=AT),
    "assessments": lambda _, who: indices.assessments(actor=who, at=AT),
    "assessment": lambda _, who: indices.assessment(fresh_id(), actor=who, at=AT),
    "assessment_sheet": lambda _, who: indices.assessment_sheet(fresh_id(), "004", actor=who, at=AT),
    "assessment_result": lambda _, who: indices.assessment_result(fresh_id(), actor=who, at=AT),
}
ACTING = (
    *(Operation(f"indices.{name}", call, *[ABSENT] * 4) for name, call in ASSESSING.items()),
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
    Operation("indices.proposals", lambda _, who: indices.proposals(actor=who, at=AT), *[ABSENT] * 4),
    Operation(
        "indices.proposal",
        lambda _, who: indices.proposal(fresh_id(), actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
)  # fmt: skip
PUBLIC = {
    f"indices.{name}"
    for name in (
        *("check", "compare_indices", "countries", "country", "edition", "edition_table", "edition_tables"),
        *("editions", "questions", "raw_series", "scenario", "series", "sources", "sources_of"),
        *("target", "targets"),
    )
}
PURE = {
    f"indices.{name}"
    for name in (
        *("answers_for", "build_component", "change_raw", "cheapest_mix", "check_edition", "check_figure"),
        *(
            "comparable",
            "competition_ranks",
            "compose",
            "day_of",
            "explain_change",
            "explain_rank",
            "is_whole",
        ),
        *("level_of", "lift_of", "lifts", "median_drift", "method_changes", "min_max", "need_for"),
        *("need_for_rank", "need_of", "points_between", "rank_in", "rank_of", "rank_span", "spread_of"),
        *("try_changes", "verdict", "yardsticks", "z_scores"),
        *("effects", "parse_checks", "score_answers", "settle"),
    )
}
WORK = {"indices.import_indices", "indices.look_at_address"}
