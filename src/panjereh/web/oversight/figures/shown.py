"""A figure as its page shows it: one table a service, one chart, and the words of the page's language."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory
from panjereh.domain.documents import api as documents
from panjereh.domain.figures import api as figures
from panjereh.plumbing import pages
from panjereh_kernel.jalali import format_date, to_jalali

HEIGHT: Final = 160
STEP: Final = 20
BAR: Final = 14
MARGIN: Final = 40


@dataclass(frozen=True, slots=True)
class ShownState:
    """A column of the table."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class ShownService:
    """The table of one service: days from the latest, and a number for each state."""

    id: str
    title: str
    rows: list[tuple[dt.date, list[int]]]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the chart: where it stands, how high it is, which day and number it shows."""

    x: int
    y: int
    height: int
    on: dt.date
    count: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars by day, the earliest first, on a scale from `bottom` to `top`."""

    state: str
    bars: list[Bar]
    top: int
    width: int
    bottom: int = 0

    @property
    def labelled(self) -> list[Bar]:
        """The bars whose day is written under them: the first, the last and one a week between."""
        return [bar for place, bar in enumerate(self.bars) if place % 7 == 0]


def states_of(table: figures.FigureTable) -> list[ShownState]:
    """Return the columns: the states of the definition, then any other that was counted, by its code."""
    known = [ShownState(state.id, pages.either(dict(state.texts))) for state in table.definition.states]
    others = sorted({cell.state for cell in table.counts} - {state.id for state in known})
    return known + [ShownState(code, code) for code in others]


def services_of(table: figures.FigureTable, states: list[ShownState]) -> list[ShownService]:
    """Return a table for each service that has a number; days without any are left out."""
    titles = service_titles()
    return [
        ShownService(
            service,
            titles.get(service, service),
            [
                (on, [table.counts.get(figures.Cell(on, service, state.id), 0) for state in states])
                for on in sorted({cell.on for cell in table.counts if cell.service == service}, reverse=True)
            ],
        )
        for service in sorted({cell.service for cell in table.counts})
    ]


def service_titles() -> Mapping[str, str]:
    """Return the titles of what a figure is parted by: published services, or agencies, by their ids."""
    agencies = {each.id: pages.either(each.name) for each in directory.agencies().values()}
    services = {card.id: pages.either(dict(card.title)) for card in catalogue.published_services()}
    return {documents.OTHER_ORGANISATION: _("Another organisation")} | agencies | services


def chart_of(table: figures.FigureTable, states: list[ShownState], *, last: int | None = None) -> Chart:
    """Return the bars of the definition's chart state: all services together, every day of the table.

    With `last`, only so many days up to the end: a drawing for narrow screens, where more would be shrunken.
    """
    days = [table.since + dt.timedelta(days=n) for n in range((table.until - table.since).days + 1)]
    days = days[-last:] if last else days
    counts = [_on(table, day) for day in days]
    top = max(1, *counts)
    bars = [
        Bar(MARGIN + place * STEP, HEIGHT - count * HEIGHT // top, count * HEIGHT // top, day, count)
        for place, (day, count) in enumerate(zip(days, counts, strict=True))
    ]
    titles = {state.id: state.title for state in states}
    return Chart(titles[table.definition.chart_state], bars, top, 2 * MARGIN + len(days) * STEP)


def short_date(day: dt.date) -> str:
    """Write a day for a table: solar with a year in Persian, ISO in English."""
    return format_date(day) if get_language() == "fa" else day.isoformat()


def day_and_month(day: dt.date) -> str:
    """Write a day under a bar: solar month and day in Persian, ISO in English."""
    if get_language() != "fa":
        return f"{day:%m-%d}"
    solar = to_jalali(day)
    return pages.digits(f"{solar.month}/{solar.day}")


def _on(table: figures.FigureTable, day: dt.date) -> int:
    state = table.definition.chart_state
    return sum(count for cell, count in table.counts.items() if cell.on == day and cell.state == state)
