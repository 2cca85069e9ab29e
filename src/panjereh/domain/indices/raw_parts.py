"""Parts with their fits on the public raw series, kept in the process until a figure comes."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from panjereh.domain.indices import book
from panjereh.domain.indices.queries import CountryUnknown, Scenario, edition_table
from panjereh.domain.indices.refusals import WhatIfImpossible
from panjereh.domain.indices.rules.estimating import (
    YEARS_BEFORE,
    Estimate,
    Known,
    Ranged,
    RawPart,
    estimate,
    indicators_of,
    raw_part,
    try_ranged,
)
from panjereh.domain.indices.rules.tables import StateNotRanked
from panjereh.domain.indices.rules.what_if import ImpossibleChange
from panjereh.plumbing import sql
from panjereh.plumbing.memory import kept

_VALUES: Final = """
SELECT DISTINCT ON (indicator, iso3) indicator, iso3, year, value::float8
FROM indices_raw WHERE year <= %s ORDER BY indicator, iso3, year DESC, revision DESC
"""
_MOST: Final = 32
"""Editions whose fits are kept: more than there are."""


def raw_parts(index: str, edition: str) -> tuple[RawPart, ...]:
    """Return the parts of an edition that are made of raw indicators, each with its fit.

    Computed once for a process and a state of the data. Raises `EditionUnknown`.
    """
    edition_table(index, edition)
    return _fitted(book.version(), _version(), index, edition)


def estimates(index: str, edition: str, iso3: str, raw: Mapping[str, float]) -> Mapping[str, Estimate]:
    """Return the parts of a state that follow from other raw indicators.

    Raises `EditionUnknown`, `StateNotRanked`, and `ImpossibleChange` for what is no indicator of the edition,
    cannot be such a value, or belongs to a part that cannot be estimated for the state.
    """
    table, parts = edition_table(index, edition), raw_parts(index, edition)
    owner = {each.id: part for part in parts for each in part.indicators}
    changes: dict[str, dict[str, float]] = defaultdict(dict)
    for name, value in raw.items():
        if name not in owner:
            raise ImpossibleChange("unknown-part", name)
        changes[owner[name].part][name] = value
    return {
        part.part: estimate(part, iso3, changes[part.part], published=table.value(iso3, part.part))
        for part in parts
        if part.part in changes
    }


def try_scenario(scenario: Scenario) -> Ranged:
    """Compute a what-if on the figures as they are now.

    Raises `EditionUnknown`, `CountryUnknown` where the edition does not rank the state, `WhatIfImpossible`.
    """
    table = edition_table(scenario.index, scenario.edition)
    try:
        found = estimates(scenario.index, scenario.edition, scenario.iso3, scenario.raw)
        return try_ranged(table, scenario.iso3, scenario.changes, found, weights=scenario.weights)
    except StateNotRanked as error:
        raise CountryUnknown from error
    except ImpossibleChange as error:
        raise WhatIfImpossible(error.part, error.code) from error


@kept
def _version() -> tuple[Any, ...]:
    return sql.rows("SELECT max(id) FROM indices_raw", ())[0]


def _latest(year: int) -> Mapping[str, Mapping[str, Known]]:
    """Return what was known by a year, by public series and state: the survey takes the latest, too."""
    found: dict[str, dict[str, Known]] = defaultdict(dict)
    for indicator, iso3, of_year, value in sql.rows(_VALUES, (year,)):
        found[indicator][iso3] = Known(value, of_year)
    return found


@lru_cache(maxsize=_MOST)
def _fitted(
    _figures: tuple[Any, ...], _raws: tuple[Any, ...], index: str, edition: str
) -> tuple[RawPart, ...]:
    table = edition_table(index, edition)
    latest = _latest(int(edition) - YEARS_BEFORE)
    return tuple(
        raw_part(part, indicators, table.values(part), latest)
        for part, indicators in indicators_of(table.method).items()
    )
