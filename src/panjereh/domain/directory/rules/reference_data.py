"""From the text of the reference files to values, refusing what cannot be right."""

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from panjereh_kernel.persian import normalise

AGENCIES: Final = "agencies.csv"
PROVINCES: Final = "provinces.csv"
HOLIDAYS: Final = "holidays.csv"
WEEKLY_REST: Final = "weekly_rest.csv"
LEGAL_INSTRUMENTS: Final = "legal_instruments.csv"
FILES: Final = (AGENCIES, PROVINCES, HOLIDAYS, WEEKLY_REST, LEGAL_INSTRUMENTS)


class ReferenceDataFaultyError(Exception):
    """A file that cannot be imported: which file, which line, why. For operators."""

    def __init__(self, file: str, line: int, about: str) -> None:
        super().__init__(f"{file}:{line}: {about}")


@dataclass(frozen=True, slots=True)
class ClosingRow:
    """A day off with its name; estimated while the lunar date is not announced."""

    on: dt.date
    name_fa: str
    name_en: str
    is_estimated: bool


@dataclass(frozen=True, slots=True)
class RestRow:
    """A weekday (0 is Monday) of rest in a province, or everywhere if the code is empty, from a day on."""

    province_code: str
    weekday: int
    valid_from: dt.date


@dataclass(frozen=True, slots=True)
class CalendarRows:
    """One version of the calendar; the version is a digest of what it says."""

    version: str
    known_from: dt.date
    known_until: dt.date
    closings: tuple[ClosingRow, ...]
    rests: tuple[RestRow, ...]


Row = dict[str, str]


def read_rows(file: str, content: bytes) -> list[Row]:
    """Return the rows of a CSV file, each cell in its one spelling. Raises `ReferenceDataFaultyError`."""
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), strict=True)
        rows = [{key: normalise(value) for key, value in row.items()} for row in reader]
    except (UnicodeDecodeError, csv.Error, TypeError, AttributeError) as fault:
        raise ReferenceDataFaultyError(file, 1, f"not a table in UTF-8: {fault}") from fault
    if not rows:
        raise ReferenceDataFaultyError(file, 1, "no rows")
    return rows


def agencies_in_order(rows: list[Row]) -> list[Row]:
    """Return agencies with parents before their children. Raises `ReferenceDataFaultyError`."""
    waiting, placed, seen = dict(enumerate(rows, start=2)), [], {""}
    while waiting:
        ready = {line: row for line, row in waiting.items() if row["parent_id"] in seen}
        if not ready:
            line, row = next(iter(waiting.items()))
            raise ReferenceDataFaultyError(AGENCIES, line, f"{row['id']} has no parent {row['parent_id']}")
        for line, row in ready.items():
            if row["id"] in seen:
                raise ReferenceDataFaultyError(AGENCIES, line, f"{row['id']} stands there twice")
            seen.add(row["id"])
            placed.append(row)
            del waiting[line]
    return placed


def read_calendar(contents: Mapping[str, bytes]) -> CalendarRows:
    """Return the calendar the files describe, known for the whole solar years they cover."""
    closings = tuple(
        ClosingRow(
            _date(HOLIDAYS, line, row["gregorian"]), row["name_fa"], row["name_en"], row["estimated"] == "1"
        )
        for line, row in enumerate(read_rows(HOLIDAYS, contents[HOLIDAYS]), start=2)
    )
    rests = tuple(
        RestRow(row["province_code"], int(day), _date(WEEKLY_REST, line, row["valid_from"]))
        for line, row in enumerate(read_rows(WEEKLY_REST, contents[WEEKLY_REST]), start=2)
        for day in row["weekdays"].split()
    )
    # The list begins with a Nowruz; what follows the last listed day is not known to be free of holidays.
    known_from, known_until = min(row.on for row in closings), max(row.on for row in closings)
    digest = hashlib.sha256(contents[HOLIDAYS] + contents[WEEKLY_REST]).hexdigest()
    return CalendarRows(digest[:12], known_from, known_until, closings, rests)


def optional_date(file: str, line: int, text: str) -> dt.date | None:
    """Return the date, or None for an empty cell."""
    return _date(file, line, text) if text else None


def _date(file: str, line: int, text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as fault:
        raise ReferenceDataFaultyError(file, line, "not an ISO date") from fault
