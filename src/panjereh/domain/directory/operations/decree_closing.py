"""Close offices on a day by decree, for heat or smoke: a new calendar follows in the same moment."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.directory.models import Calendar, Decree
from panjereh.domain.directory.operations import calendars
from panjereh.domain.directory.queries import agency, province
from panjereh.plumbing import memory
from panjereh_kernel.actor import Actor, Role
from panjereh_kernel.refusal import NotFound, Refusal


class ClosingOutsideCalendar(Refusal):
    """No calendar knows that day: the holidays around it are not listed yet."""

    code = "closing-outside-calendar"

    def __init__(self, on: dt.date) -> None:
        super().__init__(on)
        self.on = on.isoformat()


@dataclass(frozen=True, slots=True)
class NewClosing:
    """What a decree says: the day, its name in both languages, who decided it, and where it holds.

    Without a province and an agency it holds everywhere. `decided_by` names the decision, so that it can be
    found.
    """

    on: dt.date
    name: dict[str, str]
    decided_by: str
    province_code: str = ""
    agency_id: str = ""


@transaction.atomic(durable=True)
def decree_closing(decree_id: UUID, closing: NewClosing, *, actor: Actor, at: dt.datetime) -> str:
    """Record a closing for a day and return the version of the calendar that has it.

    Limits are counted by that version from then on; those that run are counted again by
    `casework.recount_deadlines`, which hears of it. A day that is already closed by decree in that very place
    stays as it was first recorded, so repeating changes nothing.

    Only the platform itself, by an operator's command. Raises `NotFound` for anybody else, `ProvinceUnknown`,
    `AgencyUnknown`, `CalendarMissing` before the first import and `ClosingOutsideCalendar`.
    """
    if actor.role is not Role.SYSTEM:
        raise NotFound
    calendars.lock_calendars()
    current = calendars.need_calendar()
    _check(closing, current)
    place = {"province_code": closing.province_code, "agency_code": closing.agency_id}
    if Decree.objects.filter(on=closing.on, **place).exists():
        return current.version
    Decree.objects.create(
        id=decree_id,
        on=closing.on,
        name_fa=closing.name["fa"],
        name_en=closing.name["en"],
        decided_by=closing.decided_by,
        decreed_at=at,
        **place,
    )
    fresh = [each for each in calendars.decreed_closings() if each.on == closing.on]
    kept = calendars.closings_of(current)
    closings = (*kept, *(each for each in fresh if each not in kept))
    version = calendars.keep_calendar(closings, calendars.weeks_of(current), at=at)
    audit.record(
        event="directory.closing.decreed",
        actor=actor,
        subject=str(decree_id),
        at=at,
        facts={"on": closing.on.isoformat(), "calendar": version, "before": current.version}
        | _place(closing),
    )
    memory.forget()
    return version


def _check(closing: NewClosing, current: Calendar) -> None:
    if not current.known_from <= closing.on <= current.known_until:
        raise ClosingOutsideCalendar(closing.on)
    if closing.province_code:
        province(closing.province_code, on=closing.on)
    if closing.agency_id:
        agency(closing.agency_id, on=closing.on)


def _place(closing: NewClosing) -> dict[str, str]:
    return {"province": closing.province_code, "agency": closing.agency_id}
