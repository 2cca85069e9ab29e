"""Reading agencies, their units and the divisions of the country, as they are or as they were on a day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q, QuerySet

from panjereh.domain.directory import models
from panjereh.plumbing.memory import kept
from panjereh_kernel.refusal import NotFound
from panjereh_kernel.sorting import sort_key

V = TypeVar("V", bound=models.Version)
Named = TypeVar("Named")


class AgencyUnknown(NotFound):
    """No agency has this id."""

    code = "agency-unknown"


class ProvinceUnknown(NotFound):
    """No province has this code."""

    code = "province-unknown"


@dataclass(frozen=True, slots=True)
class Agency:
    """A body of the state: name in both languages, kind, and the agency it belongs to, if any.

    `valid_from` and `valid_to` (the first day it is no more) are None where not known or not set. `certainty`
    (A to D) says how surely all this is known, `source` from where, `recorded_at` since when it stands here.
    """

    id: str
    name: dict[str, str]
    kind: str
    parent_id: str | None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    certainty: str = "D"
    source: str = ""
    recorded_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of an agency; `province_code` is empty where it is of no province."""

    id: str
    agency_id: str
    parent_id: str | None
    kind: str
    province_code: str
    name: dict[str, str]


@dataclass(frozen=True, slots=True)
class Succession:
    """What became of an agency: its tasks passed to `successor_id` on a day."""

    predecessor_id: str
    successor_id: str
    kind: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class Division:
    """A province, county or city by its code; the English name may be empty."""

    code: str
    name: dict[str, str]
    parent_code: str | None


Province = Division


def agency(agency_id: str, *, on: dt.date | None = None) -> Agency:
    """Return one agency: its newest state, or the one of a day. Raises `AgencyUnknown`."""
    found = agencies([agency_id], on=on)
    if agency_id not in found:
        raise AgencyUnknown
    return found[agency_id]


def agencies(agency_ids: Iterable[str] | None = None, *, on: dt.date | None = None) -> dict[str, Agency]:
    """Return agencies by id: those of these ids that are known, or all of them.

    Without a day the newest state of each, also of those that are no more: a case may still name them. With a
    day, those there were on it, under the names they had.
    """
    return chosen(_agencies(on), agency_ids)


def units_of(agency_ids: Iterable[str], *, on: dt.date | None = None) -> dict[str, tuple[Unit, ...]]:
    """Return the units of each of these agencies, by code; agencies without any are left out."""
    rows = of_codes(models.UnitVersion.objects.filter(agency_code__in=set(agency_ids)), None, on=on)
    found: dict[str, list[Unit]] = defaultdict(list)
    for row in rows:
        found[row.agency_code].append(
            Unit(row.code, row.agency_code, row.parent_code or None, row.kind, row.province_code, _name(row))
        )
    return {agency_id: tuple(units) for agency_id, units in found.items()}


def successions_of(agency_ids: Iterable[str]) -> tuple[Succession, ...]:
    """Return what these agencies came from and what became of them, oldest first."""
    wanted = set(agency_ids)
    rows = models.SuccessionVersion.objects.filter(replaced_at=None)
    rows = rows.filter(Q(predecessor_code__in=wanted) | Q(successor_code__in=wanted))
    return tuple(
        Succession(row.predecessor_code, row.successor_code, row.kind, row.valid_from)
        for row in rows.order_by("valid_from", "code")
        if row.valid_from is not None
    )


def province(code: str, *, on: dt.date | None = None) -> Province:
    """Return one province. Raises `ProvinceUnknown`."""
    found = divisions([code], on=on)
    if code not in found or found[code].parent_code is not None:
        raise ProvinceUnknown
    return found[code]


def divisions(codes: Iterable[str], *, on: dt.date | None = None) -> dict[str, Division]:
    """Return the provinces, counties and cities of these codes that are known, by code."""
    rows = of_codes(models.DivisionVersion.objects.all(), codes, on=on)
    return {row.code: _division(row) for row in rows}


def divisions_below(parent_code: str, *, on: dt.date | None = None) -> tuple[Division, ...]:
    """Return the counties of a province or the cities of a county, or the provinces for an empty code.

    They stand in the order of the Persian alphabet.
    """
    rows = of_codes(models.DivisionVersion.objects.filter(parent_code=parent_code), None, on=on)
    return tuple(sorted(map(_division, rows), key=lambda each: (sort_key(each.name["fa"]), each.code)))


@kept
def _agencies(on: dt.date | None) -> dict[str, Agency]:
    return {row.code: _agency(row) for row in of_codes(models.AgencyVersion.objects.all(), None, on=on)}


def chosen(known: dict[str, Named], ids: Iterable[str] | None) -> dict[str, Named]:
    """Return those of these ids, in the order of all of them."""
    if ids is None:
        return dict(known)
    return {each: known[each] for each in sorted(set(ids)) if each in known}


def of_codes(rows: QuerySet[V], codes: Iterable[str] | None, *, on: dt.date | None) -> list[V]:
    """Return the one version of each code that counts: the newest, or the one in force on a day."""
    rows = rows.filter(replaced_at=None)
    if codes is not None:
        rows = rows.filter(code__in=set(codes))
    if on is not None:
        begun = Q(valid_from=None) | Q(valid_from__lte=on)
        rows = rows.filter(begun, Q(valid_to=None) | Q(valid_to__gt=on))
    # Open beginnings first, so that of several versions the newest is met last and stays.
    newest = {row.code: row for row in sorted(rows.order_by("code", "id"), key=_begins)}
    return sorted(newest.values(), key=lambda row: row.code)


def _begins(row: models.Version) -> dt.date:
    return row.valid_from or dt.date.min


def _name(row: models.NamedVersion) -> dict[str, str]:
    return {"fa": row.name_fa, "en": row.name_en}


def _agency(row: models.AgencyVersion) -> Agency:
    return Agency(
        id=row.code,
        name=_name(row),
        kind=row.kind,
        parent_id=row.parent_code or None,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        certainty=row.certainty,
        source=row.source,
        recorded_at=row.recorded_at,
    )


def _division(row: models.DivisionVersion) -> Division:
    return Division(row.code, _name(row), row.parent_code or None)
