"""A figure as its page shows it: one table a service, one chart, and the words of the page's language."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language

from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.figures import api as figures
from panjereh.plumbing import pages
from panjereh_kernel.jalali import format_date, to_jalali

HEIGHT: Final = 160
MARGIN: Final = 40
WIDE: Final = 1080
NARROW: Final = 320
LINES: Final = 4


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
    width: int
    height: int
    on: dt.date
    count: int

    @property
    def middle(self) -> int:
        """Where its day and its number stand."""
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars by day, the earliest first, on a scale from nought to `top`; `lines` are the marks of the scale."""

    state: str
    bars: list[Bar]
    top: int
    width: int

    @property
    def labelled(self) -> list[Bar]:
        """The bars whose day is written under them: the latest, and one a week before it."""
        return self.bars[::-7]

    @property
    def lines(self) -> list[tuple[int, int]]:
        """The marks of the scale, each with its height and its number."""
        step = self.top // LINES
        return [(HEIGHT - step * place * HEIGHT // self.top, step * place) for place in range(LINES + 1)]

    @property
    def highest(self) -> Bar:
        """The latest of the days with the highest number."""
        return max(self.bars, key=lambda bar: (bar.count, bar.on))


@dataclass(frozen=True, slots=True)
class Trend:
    """The number of the figure in the days shown, and in as many days before; None where none was counted."""

    now: int
    before: int | None

    @property
    def change(self) -> int:
        """How many more than before; fewer is negative."""
        return self.now - (self.before or 0)


def trend_of(table: figures.FigureTable) -> Trend:
    """Return the chart state's number and the one before it, where the definition is old enough for that."""
    definition, state = table.definition, table.definition.chart_state
    length = table.until - table.since + dt.timedelta(days=1)
    since, until = table.since - length, table.until - length
    return Trend(
        sum(count for cell, count in table.counts.items() if cell.state == state),
        figures.count_state(definition, state, since=since, until=until)
        if definition.since <= since
        else None,
    )


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
    """Return the titles of the published services in the page's language."""
    return {card.id: pages.either(dict(card.title)) for card in catalogue.published_services()}


def chart_of(table: figures.FigureTable, states: list[ShownState], *, last: int | None = None) -> Chart:
    """Return the bars of the definition's chart state: all services together, every day of the table.

    With `last`, only so many days up to the end: a drawing for narrow screens, where more would be shrunken.
    The top of the scale is a multiple of its lines, so that each stands at a whole number.
    """
    days = [table.since + dt.timedelta(days=n) for n in range((table.until - table.since).days + 1)]
    days = days[-last:] if last else days
    counts = [_on(table, day) for day in days]
    top = -(-max(1, *counts) // LINES) * LINES
    width = NARROW if last else WIDE
    step = (width - 2 * MARGIN) // len(days)
    bars = [
        Bar(
            x=MARGIN + place * step + step // 6,
            y=HEIGHT - count * HEIGHT // top,
            width=step * 2 // 3,
            height=count * HEIGHT // top,
            on=day,
            count=count,
        )
        for place, (day, count) in enumerate(zip(days, counts, strict=True))
    ]
    titles = {state.id: state.title for state in states}
    return Chart(titles[table.definition.chart_state], bars, top, width)


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
