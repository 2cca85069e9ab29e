"""What is told of a closed assessment. Nobody who assessed is named."""

from typing import Annotated

import msgspec

from panjereh.rest.reading import LARGEST_PAGE
from panjereh.rest.shapes import Count, Instant, Next, Shape, Texts, Uri


class Assessment(Shape):
    """A closed assessment of the portals of a state, or of a `city` of it, "" for the state itself."""

    id: str
    question_set: str
    country: str
    city: str
    portals: list[str]
    tolerance: float
    closed_at: Instant
    answers: Uri


class AssessmentPage(Shape):
    """Closed assessments, the last opened first."""

    items: Annotated[list[Assessment], msgspec.Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class OpenQuestionEffect(Shape):
    """What a yes instead of a no adds. `index` and places are of the `edition`, null for a city."""

    score: float
    index: float | None
    places: int | None
    participation_places: int | None


class AssessmentAnswer(Shape):
    """The answer that stands: `yes`, `no` or `not-applicable`, and where it is seen. `effect` is of a no."""

    code: str
    part: str
    question: Texts
    effort: int
    answer: str
    decided_by_a_third: bool
    evidence: list[str]
    effect: OpenQuestionEffect | None


class AssessmentResult(Shape):
    """A closed assessment with its answers.

    `score` is of 0 to `reachable`, by weights that are `weights`; `applicable` is over the questions that
    apply, null where the publisher weighs the parts. `disagreement` is a share of the questions.
    """

    assessment: Assessment
    edition: str
    score: float
    applicable: float | None
    reachable: float
    weights: str
    disagreement: float
    questions: Count
    answers: list[AssessmentAnswer]
