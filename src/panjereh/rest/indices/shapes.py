"""What is told of an index. Values are of 0 to 1, by part; the index stands under its own name."""

import datetime as dt
from typing import Annotated

import msgspec

from panjereh.rest.reading import LARGEST_PAGE
from panjereh.rest.shapes import Count, Instant, Next, Shape, Texts, Uri


class IndexSource(Shape):
    """Where values were taken from, and under which licence."""

    id: str
    publisher: str
    title: str
    taken_from: str
    version: str
    licence: str


class IndexEdition(Shape):
    """An edition of an index: its parts with their weights as fractions, and how sure the weights are."""

    index: str
    edition: str
    title: Texts
    ranked: Count
    weights: dict[str, str]
    weight_states: dict[str, str]
    source: IndexSource
    values: Uri
    csv: Uri
    json: Uri


class IndexEditionList(Shape):
    """Every edition of every index."""

    items: list[IndexEdition]


class IndexRevision(Shape):
    """A figure as it was published once; `by_officers`: two officers took it in by a proposal."""

    number: int
    value: float | None
    rank: int | None
    source: str
    recorded_at: Instant
    by_officers: bool


class StateValues(Shape):
    """A state in an edition; `rank` is the published one, null where it was not ranked.

    `revisions` has the parts that were published again, each with all its revisions; the last is in force.
    """

    country: str
    name: Texts
    rank: int | None
    values: dict[str, float]
    source: str
    revisions: dict[str, list[IndexRevision]]


class StateValuesPage(Shape):
    """States by their code, page by page."""

    items: Annotated[list[StateValues], msgspec.Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class SeriesPoint(Shape):
    """A state in one edition; `restated` names parts that were published again, `revisions` has them all."""

    edition: str
    ranked_states: Count
    values: dict[str, float]
    ranks: dict[str, int]
    source: str
    restated: list[str]
    revisions: dict[str, list[IndexRevision]]


class CountrySeries(Shape):
    """A state through the editions of an index, the oldest first."""

    index: str
    country: str
    name: Texts
    items: list[SeriesPoint]


class CheckStep(Shape):
    """One step of a recomputation: a formula over the names of `inputs`, and what came out."""

    kind: str
    formula: str
    inputs: dict[str, float | str]
    result: float | str
    published: float | None
    difference: float | None
    outcome: str
    tied: list[str]


class FigureCheck(Shape):
    """A published figure recomputed; `explained` says that what differs is a known fault of the source."""

    index: str
    edition: str
    country: str
    part: str
    published: float
    published_rank: int | None
    reproduced: bool
    explained: bool
    steps: list[CheckStep]


class TargetPoint(Shape):
    """An edition beside the path line."""

    edition: str
    rank: int
    path_rank: float


class IndexTarget(Shape):
    """A target and its verdict, which is computed from the editions and set by nobody.

    `needed` is the value that the promised rank costs in the latest edition, `needed_rising` what it costs in
    the next one if the others rise by the median of the last two. `thresholds_count` is false where they were
    fixed after the period began: then they soften nothing.
    """

    code: str
    title: Texts
    quote: Texts
    quoted_from: Texts
    index: str
    part: str
    country: str
    baseline_edition: str
    baseline_rank: int
    rank: int
    begins_on: dt.date
    ends_on: dt.date
    green_share: float
    amber_share: float
    thresholds_fixed_on: dt.date
    thresholds_by: str
    thresholds_count: bool
    progress: str
    colour: str
    editions: list[TargetPoint]
    latest_edition: str
    needed: float
    needed_rising: float | None


class IndexTargetList(Shape):
    """Every target."""

    items: list[IndexTarget]


class ScenarioValue(Shape):
    """The index or a part in a what-if: as published and as tried, with ranks by one rule.

    Where `estimated`, a fit on raw indicators moved it: it lies between `low` and `high`, its rank between
    `rank_best` and `rank_worst`.
    """

    part: str
    published: float
    tried: float
    low: float
    high: float
    estimated: bool
    rank_before: int
    rank: int
    rank_best: int
    rank_worst: int


class RawTried(Shape):
    """A raw indicator: the latest public value the edition could have counted, and the one tried."""

    known: float
    year: int
    tried: float


class IndexScenario(Shape):
    """A kept what-if. `address` is its page, `what_if` the same question to go on from.

    `weights` are those used, as fractions; `method_version` changes whenever the parameters of the edition
    do.
    """

    code: str
    title: str
    made_at: Instant
    address: Uri
    what_if: Uri
    index: str
    edition: str
    country: str
    name: Texts
    published_rank: int | None
    values: list[ScenarioValue]
    raw: dict[str, RawTried]
    weights: dict[str, str]
    published_weights: dict[str, str]
    weight_states: dict[str, str]
    method_version: str
    source: IndexSource


class IndexScenarioList(Shape):
    """What-ifs side by side, the one asked for first."""

    items: list[IndexScenario]
