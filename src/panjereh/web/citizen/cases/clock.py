"""The clock of a case as panes: which days its limit counts, where today stands, how many are left."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panjereh.domain.casework import api as casework
from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory
from panjereh.plumbing import pages
from panjereh_kernel import jalali
from panjereh_kernel.working_calendar import DayKind

# A longer limit would make panes too thin to read; its dates are then told in words alone.
MOST_PANES: Final = 45
DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pane:
    """One day: its number in the month, and how it looks (a class of the design language, or none)."""

    look: str
    number: str


@dataclass(frozen=True, slots=True)
class Clock:
    """What the page shows of a limit. `panes` is empty when the limit is too long to draw."""

    headline: str
    rest: str
    sentence: str
    panes: tuple[Pane, ...]
    started_on: dt.date
    due_on: dt.date
    is_law: bool
    is_running: bool
    has_rest_days: bool

    @property
    def strip(self) -> list[tuple[str, str]]:
        """The panes as the kit draws them."""
        return [(pane.look, pane.number) for pane in self.panes]

    @property
    def ends(self) -> list[str]:
        """Words at the first and the last pane."""
        return [
            _("Start: %(date)s") % {"date": pages.show_date(self.started_on)},
            _("End: %(date)s") % {"date": pages.show_date(self.due_on)},
        ]

    @property
    def keys(self) -> list[tuple[str, str]]:
        """What the looks in the strip mean, only those that are in it."""
        meanings = {
            "done": _("passed") if self.is_running else _("until the answer"),
            "today": _("today"),
            "off": _("day off, not counted"),
        }
        looks = {pane.look for pane in self.panes}
        return [(look, words) for look, words in meanings.items() if look in looks]


def clock_of(view: casework.CaseView, pack: catalogue.Pack, *, on: dt.date) -> Clock | None:
    """Return the clock of a submitted case as it stands `on` a day.

    None before the submission, and once the case was withdrawn: nothing is due any more.
    """
    if view.submitted_at is None or view.due_on is None or pack.promise is None:
        return None
    if view.state is casework.CaseState.WITHDRAWN:
        return None
    started_on = jalali.tehran_date(view.submitted_at)
    answered_on = jalali.tehran_date(view.decided_at) if view.decided_at else None
    days = _days(started_on, view.due_on)
    # The calendar the limit was counted by: one that came later must not turn counted days into days off.
    calendar = directory.working_calendar(
        None, on=started_on, version=view.calendar_version, agency_id=pack.owner
    )
    working = calendar.is_working
    counted = [day for day in days[1:] if pack.promise.kind is not DayKind.WORKING or working(day)]
    left = len([day for day in counted if day > (answered_on or on)])
    headline, rest = _words(view.due_on, answered_on, on, _left(left, len(counted), pack.promise.kind))
    panes = [_pane(day, day in counted, started_on, view.due_on, answered_on, on) for day in days]
    return Clock(
        headline=headline,
        rest=rest,
        sentence=_sentence(view.due_on, answered_on, on, rest),
        panes=tuple(panes) if len(panes) <= MOST_PANES else (),
        started_on=started_on,
        due_on=view.due_on,
        is_law=pack.promise.is_law and pack.promise.certainty.is_law,
        is_running=answered_on is None,
        has_rest_days=any(pane.look == "off" for pane in panes),
    )


def _days(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + n * DAY for n in range((last - first).days + 1)]


def _left(left: int, of: int, kind: DayKind) -> str:
    if left == 0:
        return _("today is the last day")
    values = {"left": pages.digits(left), "total": pages.digits(of)}
    if kind is DayKind.WORKING:
        words = ngettext(
            "%(left)s working day left of %(total)s", "%(left)s working days left of %(total)s", left
        )
    else:
        words = ngettext(
            "%(left)s calendar day left of %(total)s", "%(left)s calendar days left of %(total)s", left
        )
    return words % values


def _words(due_on: dt.date, answered_on: dt.date | None, on: dt.date, left: str) -> tuple[str, str]:
    if answered_on is not None:
        due = _("was due until %(date)s") % {"date": pages.show_date(due_on)}
        return _("Answered on %(date)s") % {"date": pages.show_date(answered_on)}, due
    headline = _("Until %(date)s") % {"date": pages.show_date(due_on)}
    if on > due_on:
        return headline, _("the limit has passed")
    return headline, left


def _sentence(due_on: dt.date, answered_on: dt.date | None, on: dt.date, rest: str) -> str:
    if answered_on is not None:
        return _("The answer came on %(date)s; it was due until %(due)s.") % {
            "date": pages.show_date(answered_on),
            "due": pages.show_date(due_on),
        }
    return _("Today is %(date)s; %(rest)s. The limit ends on %(due)s.") % {
        "date": pages.show_date(on),
        "rest": rest,
        "due": pages.show_date(due_on),
    }


@lru_cache(maxsize=4096)
def _number(day: dt.date, _language: str) -> str:
    # The same few weeks stand on everybody's cases.
    return pages.digits(jalali.to_jalali(day).day)


def _pane(
    day: dt.date,
    is_counted: bool,  # noqa: FBT001
    started_on: dt.date,
    due_on: dt.date,
    answered_on: dt.date | None,
    on: dt.date,
) -> Pane:
    number = _number(day, pages.page_language())
    if answered_on is None and day == on:
        return Pane("today", number)
    if not is_counted and day != started_on:
        return Pane("off", "")
    if day <= (answered_on or on):
        return Pane("done", number)
    return Pane("end" if day == due_on else "", number)
