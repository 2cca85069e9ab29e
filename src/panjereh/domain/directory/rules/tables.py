"""Reading the reference files: rows with their lines, and every fault at once."""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from panjereh_kernel.date_reading import read_date
from panjereh_kernel.jalali import InvalidDate
from panjereh_kernel.persian import normalise


@dataclass(frozen=True, slots=True, order=True)
class DataFault:
    """One thing that cannot be right: file, line, what it is about (in English, for operators)."""

    file: str
    line: int
    about: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.about}"


class ReferenceDataFaultyError(Exception):
    """Files that cannot be imported; `faults` has everything wrong with them, by file and line."""

    def __init__(self, faults: tuple[DataFault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file; what is wrong with a cell goes to `faults` and reading goes on."""

    file: str
    number: int
    cells: dict[str, str]
    faults: list[DataFault] = field(compare=False)

    def fault(self, about: str) -> None:
        """Note a fault of this line."""
        self.faults.append(DataFault(self.file, self.number, about))

    def optional(self, column: str) -> str:
        """Return a cell that may be empty or left out."""
        return self.cells.get(column, "")

    def text(self, column: str) -> str:
        """Return a cell that must say something."""
        value = self.optional(column)
        if not value:
            self.fault(f"{column} is empty")
        return value

    def one_of(self, column: str, allowed: tuple[str, ...]) -> str:
        """Return a cell that holds one of these words."""
        value = self.optional(column)
        if value not in allowed:
            self.fault(f"{column} is not one of {', '.join(filter(None, allowed))}: {value or 'empty'}")
        return value

    def date(self, column: str) -> dt.date | None:
        """Return the ISO date of a cell, None for an empty one."""
        value = self.optional(column)
        try:
            return dt.date.fromisoformat(value) if value else None
        except ValueError:
            self.fault(f"{column} is not an ISO date: {value}")
            return None

    def solar(self, column: str, *, same_as: dt.date | None) -> None:
        """Hold the solar date of a cell, if there is one, against the ISO date beside it.

        Two people who convert a day by hand differ sooner or later, and `00-01-01` is 1300 or 1400.
        """
        value = self.optional(column)
        try:
            said = read_date(value) if value else None
        except InvalidDate:
            self.fault(f"{column} is not a solar date with four digits of year: {value}")
            return
        if said is not None and said != same_as:
            self.fault(f"{column} is another day than the date beside it: {value}")


def read_lines(file: str, content: bytes, faults: list[DataFault]) -> Iterator[Line]:
    """Yield the rows of a CSV file, each cell in its one spelling."""
    clean = cache(normalise)  # codes, days and sources repeat in every line
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), strict=True)
        rows = [(reader.line_num, {key: clean(value) for key, value in row.items()}) for row in reader]
    except (UnicodeDecodeError, csv.Error, TypeError, AttributeError) as fault:
        faults.append(DataFault(file, 1, f"not a table in UTF-8: {fault}"))
        return
    if not rows:
        faults.append(DataFault(file, 1, "no rows"))
    for number, cells in rows:
        yield Line(file, number, cells, faults)
