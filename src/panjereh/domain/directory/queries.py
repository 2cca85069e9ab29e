"""Reading the directory. Rows are few and change only by import, so they are kept in the process."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from panjereh.domain.directory import models
from panjereh.plumbing.memory import kept
from panjereh_kernel.refusal import NotFound
from panjereh_kernel.working_calendar import WorkingCalendar

Named = TypeVar("Named")


class AgencyUnknown(NotFound):
    """No agency has this id."""

    code = "agency-unknown"


class ProvinceUnknown(NotFound):
    """No province has this code."""

    code = "province-unknown"


class CalendarMissing(NotFound):
    """No calendar was imported yet, or none of that version: no limit can be counted."""

    code = "calendar-missing"


@dataclass(frozen=True, slots=True)
class Agency:
    """A body of the state: name in both languages, kind, and the agency it belongs to, if any."""

    id: str
    name: dict[str, str]
    kind: str
    parent_id: str | None


@dataclass(frozen=True, slots=True)
class Province:
    """A province by its two-digit code."""

    code: str
    name: dict[str, str]


@dataclass(frozen=True, slots=True)
class LegalInstrument:
    """An act or by-law; `certainty` (A to D) says how surely its title and date are known."""

    id: str
    title: dict[str, str]
    approved_on: dt.date | None
    certainty: str


def agency(agency_id: str) -> Agency:
    """Return one agency. Raises `AgencyUnknown`."""
    found = agencies([agency_id])
    if agency_id not in found:
        raise AgencyUnknown
    return found[agency_id]


def agencies(agency_ids: Iterable[str] | None = None) -> dict[str, Agency]:
    """Return the agencies of these ids that exist, by id; all of them without ids."""
    return _chosen(_agencies(), agency_ids)


def province(code: str) -> Province:
    """Return one province. Raises `ProvinceUnknown`."""
    row = models.Province.objects.filter(code=code).first()
    if row is None:
        raise ProvinceUnknown
    return Province(row.code, {"fa": row.name_fa, "en": row.name_en})


def legal_instruments(instrument_ids: Iterable[str] | None = None) -> dict[str, LegalInstrument]:
    """Return the legal instruments of these ids that exist, by id; all of them without ids."""
    return _chosen(_legal_instruments(), instrument_ids)


@kept
def working_calendar(
    province_code: str | None, *, on: dt.date, version: str | None = None
) -> WorkingCalendar:
    """Return a calendar with the weekly rest that holds in a province on the day `on`.

    Without a version the newest, with one the calendar a limit was once counted by. Without a province, the
    rest days that hold everywhere. Raises `ProvinceUnknown` and `CalendarMissing`.
    """
    if province_code is not None:
        province(province_code)
    calendars = models.Calendar.objects.order_by("-imported_at", "version")
    calendar = (calendars if version is None else calendars.filter(version=version)).first()
    if calendar is None:
        raise CalendarMissing
    closings = models.Closing.objects.filter(calendar=calendar).values_list("on", flat=True)
    return WorkingCalendar(
        version=calendar.version,
        weekend=_weekend(calendar, province_code or "", on),
        closings=frozenset(closings.order_by("on")),
        known_from=calendar.known_from,
        known_until=calendar.known_until,
    )


@kept
def _agencies() -> dict[str, Agency]:
    return {row.id: _agency(row) for row in models.Agency.objects.order_by("id")}


@kept
def _legal_instruments() -> dict[str, LegalInstrument]:
    return {
        row.id: LegalInstrument(
            row.id, {"fa": row.title_fa, "en": row.title_en}, row.approved_on, row.certainty
        )
        for row in models.LegalInstrument.objects.order_by("id")
    }


def _chosen(known: dict[str, Named], ids: Iterable[str] | None) -> dict[str, Named]:
    """Return those of these ids, in the order of all of them."""
    if ids is None:
        return dict(known)
    return {each: known[each] for each in sorted(set(ids)) if each in known}


def _weekend(calendar: models.Calendar, province_code: str, on: dt.date) -> frozenset[int]:
    rests = models.WeeklyRest.objects.filter(
        calendar=calendar, valid_from__lte=on, province_code__in={province_code, ""}
    )
    rows = list(rests.order_by("-valid_from", "weekday"))
    own = [row for row in rows if row.province_code == province_code] or rows
    newest = own[0].valid_from if own else None
    return frozenset(row.weekday for row in own if row.valid_from == newest)


def _agency(row: models.Agency) -> Agency:
    return Agency(row.id, {"fa": row.name_fa, "en": row.name_en}, row.kind, row.parent_id)
