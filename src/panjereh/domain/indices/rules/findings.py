"""What stands out in an edition of an index: figures that do not follow from each other, states that lack."""

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from panjereh.domain.indices.rules.composing import compose
from panjereh.domain.indices.rules.editions import EditionMethod
from panjereh.domain.indices.rules.faults import Fault, FaultKind
from panjereh.domain.indices.rules.published import PublishedRow
from panjereh.domain.indices.rules.ranking import competition_ranks

LOWEST_RANK: Final = 999


def faults_of(
    file: str, rows: Iterable[PublishedRow], *, states: Collection[str], sources: Collection[str]
) -> Iterator[Fault]:
    """Yield what cannot be right: unknown states and sources, ranks that are none, odd values."""
    for row in rows:
        if row.iso3 not in states:
            yield Fault(file, row.line, FaultKind.UNKNOWN_STATE, row.iso3)
        if row.source not in sources:
            yield Fault(file, row.line, FaultKind.UNKNOWN_SOURCE, row.source)
        if row.published_rank is not None and not 1 <= row.published_rank <= LOWEST_RANK:
            yield Fault(file, row.line, FaultKind.NOT_A_NUMBER, f"{row.iso3} rank: {row.published_rank}")
        for part, value in row.values.items():
            if value is not None and not 0 <= value <= 1:
                yield Fault(file, row.line, FaultKind.OUTSIDE_SCALE, f"{row.iso3} {part} {value}")


def findings_of(
    file: str,
    rows: Collection[PublishedRow],
    *,
    method: EditionMethod,
    members: Collection[str],
) -> Iterator[Fault]:
    """Yield what an officer should look at: ranks, sums and states; publishers do make mistakes."""
    yield from _ranks(file, rows, method.index)
    missing = sorted(set(members) - {row.iso3 for row in rows})
    if missing:
        yield Fault(file, 1, FaultKind.STATES_MISSING, f"{len(missing)}: {' '.join(missing)}")
    ranked = sum(row.ranked for row in rows)
    if ranked != method.ranked:
        yield Fault(file, 1, FaultKind.RANKED_OTHERWISE, f"{ranked} and not {method.ranked}")
    yield from _sums(file, rows, method)


def _ranks(file: str, rows: Iterable[PublishedRow], main_part: str) -> Iterator[Fault]:
    ranked = {row.iso3: row for row in rows if row.ranked and row.values.get(main_part) is not None}
    ranks = competition_ranks({iso3: float(row.values[main_part] or 0) for iso3, row in ranked.items()})
    for iso3, row in ranked.items():
        if row.published_rank != ranks[iso3]:
            about = f"{iso3} published {row.published_rank}, computed {ranks[iso3]}"
            yield Fault(file, row.line, FaultKind.RANK_NOT_REPRODUCED, about)


def _sums(file: str, rows: Iterable[PublishedRow], method: EditionMethod) -> Iterator[Fault]:
    for row in rows:
        values = {part: float(value) for part, value in row.values.items() if value is not None}
        if not row.ranked or not {method.index, *method.parts} <= set(values):
            continue
        computed = compose(values, method.weights)
        if abs(computed - values[method.index]) > method.tolerance:
            about = f"{row.iso3} published {values[method.index]}, computed {computed:.5f}"
            yield Fault(file, row.line, FaultKind.WEIGHTS_NOT_ADDING_UP, about)
