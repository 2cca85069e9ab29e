"""The clock of a case as the reference shows it: the same days, counted from the ORM's rows."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from benchmarks.plain.models import Calendar, Case
from panjereh.plumbing import pages
from panjereh_kernel import jalali
from panjereh_kernel.working_calendar import WorkingCalendar


def working_calendar(calendar: Calendar, on: dt.date) -> WorkingCalendar:
    """Return a calendar with the weekly rest of the whole country on a day."""
    rests = list(calendar.rests.filter(valid_from__lte=on, province_code="").order_by("-valid_from"))
    closings = calendar.closings.all()
    return WorkingCalendar(
        version=calendar.version,
        weekend=frozenset(rest.weekday for rest in rests if rest.valid_from == rests[0].valid_from),
        closings=frozenset(closing.on for closing in closings),
        known_from=calendar.known_from,
        known_until=calendar.known_until,
    )


def clock_of(case: Case, today: dt.date) -> dict[str, Any] | None:
    """Return what the page shows of a limit, None before the submission."""
    if case.submitted_at is None or case.due_on is None or case.calendar is None:
        return None
    if case.state == "withdrawn":
        return None
    start = jalali.tehran_date(case.submitted_at)
    answered = jalali.tehran_date(case.decided_at) if case.decided_at else None
    days = [start + dt.timedelta(days=number) for number in range((case.due_on - start).days + 1)]
    calendar = working_calendar(case.calendar, start)
    is_working = case.service.promise_kind == "working"
    counted = [day for day in days[1:] if not is_working or calendar.is_working(day)]
    headline, rest, sentence = _words(case.due_on, answered, today, counted, is_working=is_working)
    panes = [_pane(day, day in counted or day == start, case.due_on, answered, today) for day in days]
    return {
        "headline": headline,
        "rest": rest,
        "sentence": sentence,
        "panes": panes,
        "started_on": start,
        "is_running": answered is None,
        "has_rest_days": any(look == "off" for look, _number in panes),
    }


def _words(
    due_on: dt.date, answered: dt.date | None, today: dt.date, counted: list[dt.date], *, is_working: bool
) -> tuple[str, str, str]:
    due = pages.show_date(due_on)
    if answered is not None:
        date = pages.show_date(answered)
        sentence = _("The answer came on %(date)s; it was due until %(due)s.") % {"date": date, "due": due}
        rest = _("was due until %(date)s") % {"date": due}
        return _("Answered on %(date)s") % {"date": date}, rest, sentence
    left = len([day for day in counted if day > today])
    if today > due_on:
        rest = _("the limit has passed")
    elif left == 0:
        rest = _("today is the last day")
    else:
        values = {"left": pages.digits(left), "total": pages.digits(len(counted))}
        rest = _left(left, is_working=is_working) % values
    sentence = _("Today is %(date)s; %(rest)s. The limit ends on %(due)s.") % {
        "date": pages.show_date(today),
        "rest": rest,
        "due": due,
    }
    return _("Until %(date)s") % {"date": due}, rest, sentence


def _left(left: int, *, is_working: bool) -> str:
    if is_working:
        return ngettext(
            "%(left)s working day left of %(total)s", "%(left)s working days left of %(total)s", left
        )
    return ngettext(
        "%(left)s calendar day left of %(total)s", "%(left)s calendar days left of %(total)s", left
    )


def _pane(
    day: dt.date,
    counts: bool,  # noqa: FBT001 -- a fact about the day
    due_on: dt.date,
    answered: dt.date | None,
    today: dt.date,
) -> tuple[str, str]:
    number = pages.digits(jalali.to_jalali(day).day)
    if answered is None and day == today:
        return "today", number
    if not counts:
        return "off", ""
    if day <= (answered or today):
        return "done", number
    return "end" if day == due_on else "", number
