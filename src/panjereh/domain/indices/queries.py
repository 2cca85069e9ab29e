"""Reading indices: editions and their tables, states, targets with what the editions say, what was kept."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

from panjereh.domain.indices import models
from panjereh.domain.indices.book import Edition, Restatement, book, explained
from panjereh.domain.indices.rules.checking import Check, check_figure
from panjereh.domain.indices.rules.climbing import Need, median_drift
from panjereh.domain.indices.rules.tables import EditionTable, PartUnknown, StateNotRanked
from panjereh.domain.indices.rules.targets import (
    FixedBy,
    Target,
    Thresholds,
    Verdict,
    need_of,
    rank_in,
    verdict,
)
from panjereh.plumbing.memory import kept
from panjereh_kernel.jalali import tehran_date
from panjereh_kernel.refusal import NotFound

# Of a process: the targets of some days.
_MOST_TARGETS: Final = 64
_CODE = re.compile("[A-Za-z0-9_-]{8,24}")


class EditionUnknown(NotFound):
    """No index has this edition."""

    code = "index-edition-unknown"


class CountryUnknown(NotFound):
    """No state or territory has this code, or the edition does not rank it."""

    code = "index-country-unknown"


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures were taken from. `taken_on` is None where not known, texts may be empty."""

    id: str
    publisher: str
    title: str
    taken_from: str
    version: str
    taken_on: dt.date | None
    licence: str
    about: str


@dataclass(frozen=True, slots=True)
class Country:
    """A state, or a territory that is no member of the United Nations. `income_group` is as of 2018."""

    iso3: str
    iso2: str
    name: Mapping[str, str]
    region: Mapping[str, str]
    sub_region: Mapping[str, str]
    income_group: str
    is_member: bool


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """A state in one edition.

    `values` and `ranks` by part, the index under its own name; `ranks` of the index is the published one.
    Both are empty where the state was not ranked. `restated` has the parts that were published again.
    """

    edition: str
    ranked: bool
    values: Mapping[str, float]
    ranks: Mapping[str, int]
    states: int
    source: str
    restated: Mapping[str, Restatement]


@dataclass(frozen=True, slots=True)
class RawSeries:
    """A raw indicator of a state by year, the earliest first, and the source of each year."""

    indicator: str
    values: Mapping[int, float]
    sources: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Question:
    """A line of a question list in our own words; `count` questions of the publisher stand behind it.

    `effort` is our own mark of how much work a yes takes: 1 a text, 2 a feature, 3 a service or a law.
    `source` is an id of `sources`.
    """

    part: str
    codes: str
    count: int
    title: Mapping[str, str]
    is_machine_checkable: bool | None
    effort: int
    source: str


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """A target in the words of whoever set it, and what the editions say: there is no other way to a verdict.

    `recorded_at` is when this installation took the target in, which nobody can date back. `edition` is the
    latest that ranked the state. `needed_still` is the value that the promised rank costs in it,
    `needed_rising` what it costs in the next one if the others rise by the median of the last two (None with
    one edition).
    """

    target: Target
    title: Mapping[str, str]
    quote: Mapping[str, str]
    quoted_from: Mapping[str, str]
    recorded_at: dt.datetime
    verdict: Verdict
    edition: str
    needed_still: Need
    needed_rising: Need | None


@dataclass(frozen=True, slots=True)
class Scenario:
    """A kept what-if: parts and their new values, and weights of all parts if others than published.

    `raw` are new values of raw indicators, from which parts are estimated.
    """

    code: str
    title: str
    index: str
    iso3: str
    edition: str
    changes: Mapping[str, float]
    weights: Mapping[str, Fraction] | None
    raw: Mapping[str, float]
    made_at: dt.datetime

    @property
    def question(self) -> Mapping[str, str]:
        """What the address of the what-if asks, by the name of the field, in ASCII digits."""
        asked = {"country": self.iso3, "edition": self.edition}
        asked |= {part: str(value) for part, value in self.changes.items()}
        asked |= {f"raw_{name}": str(value) for name, value in self.raw.items()}
        # Weights are proportions: as many digits as a field takes are exact enough to find the same ranks.
        return asked | {f"weight_{part}": f"{float(100 * w):.9g}" for part, w in (self.weights or {}).items()}


def editions(index: str | None = None) -> tuple[Edition, ...]:
    """Return the editions of an index, or of all, the oldest of each first; none for an unknown index."""
    return tuple(each for each in book().editions.values() if index in (None, each.index))


def edition(index: str, edition_id: str) -> Edition:
    """Return one edition. Raises `EditionUnknown`."""
    try:
        return book().editions[index, edition_id]
    except KeyError as error:
        raise EditionUnknown from error


def edition_table(index: str, edition_id: str) -> EditionTable:
    """Return an edition with all its states; values are of 0..1. Raises `EditionUnknown`."""
    try:
        return book().tables[index, edition_id]
    except KeyError as error:
        raise EditionUnknown from error


def sources_of(index: str, edition_id: str) -> Mapping[str, str]:
    """Return the id of the source of each state's figures in an edition. Raises `EditionUnknown`."""
    edition(index, edition_id)
    return book().sources.get((index, edition_id), {})


def restatements(index: str, edition_id: str) -> tuple[Restatement, ...]:
    """Return what an edition published again, by state and part. Raises `EditionUnknown`."""
    edition(index, edition_id)
    return book().restated.get((index, edition_id), ())


def edition_tables(index: str) -> tuple[EditionTable, ...]:
    """Return every edition of an index, the oldest first; none for an unknown index."""
    return tuple(table for (of, _), table in sorted(book().tables.items()) if of == index)


def countries() -> Mapping[str, Country]:
    """Return all states and territories by their code, in its order."""
    return dict(_countries())


def country(iso3: str) -> Country:
    """Return one state or territory. Raises `CountryUnknown`."""
    try:
        return _countries()[iso3]
    except KeyError as error:
        raise CountryUnknown from error


def sources() -> Mapping[str, Source]:
    """Return where figures were taken from, by id."""
    return dict(_sources())


def series(index: str, iso3: str) -> tuple[SeriesPoint, ...]:
    """Return a state through the editions of an index, the oldest first. Raises `CountryUnknown`."""
    country(iso3)
    return tuple(_point(index, table, iso3) for table in edition_tables(index))


def raw_series(iso3: str) -> tuple[RawSeries, ...]:
    """Return the raw indicators of a state. Raises `CountryUnknown`."""
    country(iso3)
    return _raw_series(iso3)


def questions(question_set: str) -> tuple[Question, ...]:
    """Return a question list, `osi-2024` or `losi-2024`, in its order; nothing for an unknown one."""
    return _questions(question_set)


def targets(*, on: dt.date) -> tuple[TargetStanding, ...]:
    """Return every target with its verdict as of a day: computed from the editions, never kept.

    A target of a state that no edition ranks is not told: there is nothing to say of it.
    """
    return tuple(_standing(row, on=on) for row in _targets() if _ranking(row.index, row.iso3))


def target(code: str, *, on: dt.date) -> TargetStanding:
    """Return one target with its verdict as of a day. Raises `NotFound`."""
    for row in _targets():
        if row.code == code and _ranking(row.index, row.iso3):
            return _standing(row, on=on)
    raise NotFound


def check(index: str, edition_id: str, iso3: str, *, part: str | None = None) -> Check:
    """Recompute a published figure, the index by default, and return every step.

    Raises `EditionUnknown`, and `CountryUnknown` where the edition does not rank the state or lacks the part.
    """
    try:
        return check_figure(edition_table(index, edition_id), iso3, part)
    except (StateNotRanked, PartUnknown) as error:
        raise CountryUnknown from error


def explained_figures(index: str, edition_id: str) -> tuple[Check, ...]:
    """Return the figures of an edition that are not reproduced as published, or only up to a tie.

    Raises `EditionUnknown`.
    """
    edition_table(index, edition_id)
    return explained(index, edition_id)


def scenario(code: str) -> Scenario:
    """Return a kept what-if: whoever has its code may see it. Raises `NotFound`."""
    row = models.Scenario.objects.filter(code=code).first() if _CODE.fullmatch(code) else None
    if row is None:
        raise NotFound
    return scenario_of(row)


def scenario_of(row: models.Scenario) -> Scenario:
    """Return what a row of what-ifs says."""
    return Scenario(
        code=row.code,
        title=row.title,
        index=row.index,
        iso3=row.iso3,
        edition=row.edition,
        changes=row.changes,
        weights=row.weights and {part: Fraction(weight) for part, weight in row.weights.items()},
        raw=row.raw or {},
        made_at=row.made_at,
    )


@kept
def _countries() -> dict[str, Country]:
    return {
        row.iso3: Country(
            iso3=row.iso3,
            iso2=row.iso2,
            name={"fa": row.name_fa, "en": row.name_en},
            region={"fa": row.region_fa, "en": row.region_en},
            sub_region={"fa": row.sub_region_fa, "en": row.sub_region_en},
            income_group=row.income_group,
            is_member=row.is_member,
        )
        for row in models.Country.objects.order_by("iso3")
    }


@kept
def _sources() -> dict[str, Source]:
    names = Source.__dataclass_fields__
    return {
        row.id: Source(**{name: getattr(row, name) for name in names})
        for row in models.Source.objects.order_by("id")
    }


@kept
def _questions(question_set: str) -> tuple[Question, ...]:
    rows = models.Question.objects.filter(question_set=question_set).order_by("number")
    return tuple(
        Question(
            part=row.part,
            codes=row.codes,
            count=row.count,
            title={"fa": row.title_fa, "en": row.title_en},
            is_machine_checkable=row.is_machine_checkable,
            effort=row.effort,
            source=row.source_id,
        )
        for row in rows
    )


@kept
def _raw_series(iso3: str) -> tuple[RawSeries, ...]:
    rows = models.Raw.objects.filter(iso3=iso3).order_by("indicator", "year", "revision")
    values: dict[str, dict[int, float]] = defaultdict(dict)
    origins: dict[str, dict[int, str]] = defaultdict(dict)
    for row in rows:  # of one year the highest revision comes last and stays
        values[row.indicator][row.year] = float(row.value)
        origins[row.indicator][row.year] = row.source_id
    return tuple(RawSeries(name, values[name], origins[name]) for name in values)


@kept
def _targets() -> tuple[models.Target, ...]:
    return tuple(models.Target.objects.order_by("code"))


def _ranking(index: str, iso3: str) -> tuple[EditionTable, ...]:
    return tuple(table for table in edition_tables(index) if iso3 in table.ranked)


def _standing(row: models.Target, *, on: dt.date) -> TargetStanding:
    target = _target(row)
    judged, edition, still, rising = _judged(book().version, target, on)
    return TargetStanding(
        target=target,
        title={"fa": row.title_fa, "en": row.title_en},
        quote={"fa": row.quote_fa, "en": row.quote_en},
        quoted_from={"fa": row.quoted_from_fa, "en": row.quoted_from_en},
        recorded_at=row.recorded_at,
        verdict=judged,
        edition=edition,
        needed_still=still,
        needed_rising=rising,
    )


@lru_cache(maxsize=_MOST_TARGETS)
def _judged(_version: tuple[Any, ...], target: Target, on: dt.date) -> tuple[Verdict, str, Need, Need | None]:
    """Return the verdict, the edition it costs something in, and what: once for each book and day."""
    tables = _ranking(target.index, target.iso3)
    latest = tables[-1]
    drift = median_drift(tables[-2], latest, target.part) if len(tables) > 1 else None
    rising = None if drift is None else need_of(target, latest, drift=drift)
    return verdict(target, tables, on=on), latest.edition, need_of(target, latest), rising


def _target(row: models.Target) -> Target:
    names = set(Target.__dataclass_fields__) - {"thresholds", "thresholds_by", "taken_in_on"}
    told = {name: getattr(row, name) for name in names}
    return Target(
        thresholds=Thresholds(**row.thresholds),
        thresholds_by=FixedBy(row.thresholds_by),
        taken_in_on=tehran_date(row.recorded_at),
        **told,
    )


def _point(index: str, table: EditionTable, iso3: str) -> SeriesPoint:
    key = (index, table.edition)
    row = table.ranked.get(iso3)
    values = row.values if row else {}
    return SeriesPoint(
        edition=table.edition,
        ranked=row is not None,
        values=values,
        ranks={part: rank_in(table, iso3, part) for part in values},
        states=len(table.ranked),
        source=book().sources[key].get(iso3, ""),
        restated={each.part: each for each in restatements(*key) if each.iso3 == iso3},
    )
