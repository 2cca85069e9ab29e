"""How a question list filled in by ourselves scores, and what each open question is worth.

A question is one code of the publisher. What it is worth follows the yardsticks of the edition: weight of its
subindex over the number of points. Those weights are reported, not confirmed, and the min–max of the
publisher comes after them, which stretches an effect by some percent. A part without a weight (`EGL`, which
counts for human capital) is worth nothing here.

Pure, but not among the rules: editions and their weights are known by the door of the indices alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Final

from panjereh.domain.evaluation.rules.assessing import Asked, Reply
from panjereh.domain.indices import api as indices

_PUBLISHED_DIGITS: Final = 4  # of participation since 2018; lists of questions are of later editions


@dataclass(frozen=True, slots=True)
class PartScore:
    """A part of the list: how many questions, how many yes, how many that do not apply."""

    part: str
    questions: int
    yes: int
    not_applicable: int


@dataclass(frozen=True, slots=True)
class Score:
    """What a list scores, of 0 to `reachable`.

    `applicable` is the same over the questions that apply, None where the publisher weighs its parts.
    `weight_state` says how sure the weights are; `reachable` is below 1 where points of the publisher belong
    to questions that its list does not name.
    """

    value: float
    applicable: float | None
    reachable: float
    weight_state: indices.WeightState
    parts: tuple[PartScore, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a yes to one open question adds to the score, and what that makes of the published edition.

    `index` and the places are for a state in the edition of the list, the others standing still; None for a
    city. `epi_places` is None where the question is none of participation.
    """

    asked: Asked
    score: float
    index: float | None = None
    places: int | None = None
    epi_places: int | None = None

    @property
    def worth(self) -> float:
        """What the question adds for one unit of effort."""
        return self.score / self.asked.effort


def score_answers(
    questions: Sequence[Asked], answers: Mapping[str, Reply], method: indices.EditionMethod | None
) -> Score:
    """Return the score of the answers that stand; a question without one counts as no.

    With the method of an edition its subindices are weighed (OSI, before its min–max); without, each question
    counts alike (LOSI).
    """
    worths = _worths(questions, method)
    yes = [each for each in questions if answers.get(each.code) is Reply.YES]
    left_out = sum(answers.get(each.code) is Reply.NOT_APPLICABLE for each in questions)
    applying = len(questions) - left_out
    return Score(
        value=_sum(worths, yes),
        applicable=None if method else (len(yes) / applying if applying else 0.0),
        reachable=_sum(worths, questions),
        weight_state=method.weight_states["osi_subindices"] if method else indices.WeightState.CONFIRMED,
        parts=_part_scores(questions, answers),
    )


def effects(
    questions: Sequence[Asked],
    answers: Mapping[str, Reply],
    method: indices.EditionMethod | None,
    *,
    table: indices.EditionTable | None = None,
    iso3: str = "",
) -> tuple[Effect, ...]:
    """Return what a yes to each question answered no would add, the most for its effort first.

    Alike ones stay in the order of the list. With `table`, also what it does to index and rank of a state
    from where it was published. Raises `StateNotRanked`.
    """
    worths = _worths(questions, method)
    tried = {
        part: _try_one(table, iso3, part, worth) if table and worth else None
        for part, worth in worths.items()
    }
    found = [
        _effect(each, worths.get(each.part, 0.0), tried.get(each.part))
        for each in questions
        if answers.get(each.code) is Reply.NO
    ]
    return tuple(sorted(found, key=lambda effect: -effect.worth))


def _effect(asked: Asked, score: float, tried: indices.Tried | None) -> Effect:
    if tried is None:
        return Effect(asked, score)
    epi = tried.parts.get("epi")
    return Effect(
        asked,
        score,
        index=indices.comparable(tried.index - tried.index_before),
        places=tried.places,
        epi_places=epi.places if epi else None,
    )


def _try_one(table: indices.EditionTable, iso3: str, part: str, worth: float) -> indices.Tried:
    changes = {"osi": min(1.0, table.value(iso3, "osi") + worth)}
    if part == "EPI" and table.method.epi_points:
        changes["epi"] = _one_point_more(table.value(iso3, "epi"), table.method.epi_points)
    return indices.try_changes(table, iso3, changes)


def _one_point_more(value: float, points: int) -> float:
    """Participation is a count: the next one, as published, so that it ties with those who have as many."""
    return min(1.0, round((round(value * points) + 1) / points, _PUBLISHED_DIGITS))


def _worths(questions: Sequence[Asked], method: indices.EditionMethod | None) -> dict[str, float]:
    """Return what one yes of each part adds to the score."""
    parts = dict.fromkeys(each.part for each in questions)
    if method is None:
        return dict.fromkeys(parts, 1 / len(questions) if questions else 0.0)
    known = {each.subindex: each.value for each in indices.yardsticks(method)}
    return {part: known.get(part, 0.0) for part in parts}


def _sum(worths: Mapping[str, float], questions: Sequence[Asked]) -> float:
    return fsum(worths[each.part] for each in questions)


def _part_scores(questions: Sequence[Asked], answers: Mapping[str, Reply]) -> tuple[PartScore, ...]:
    replies: dict[str, list[Reply | None]] = {}
    for each in questions:
        replies.setdefault(each.part, []).append(answers.get(each.code))
    return tuple(
        PartScore(part, len(those), those.count(Reply.YES), those.count(Reply.NOT_APPLICABLE))
        for part, those in replies.items()
    )
