"""Reading tables of published figures: one row a state, one column a part, every fault with its line."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from panjereh.domain.indices.rules.faults import Fault, FaultKind

DECIMALS: Final = 5
LARGEST: Final = 100_000
"""What a cell may hold at most: five digits before the point, as the database keeps them."""
LONGEST_TOLD: Final = 120
"""How much of a cell a fault tells."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a file writes an index: the column of each part and of the rank, and the top of its scale.

    A file of one edition may leave out the column of the edition, and of the source.
    """

    index: str
    columns: Mapping[str, str]
    edition: str = ""
    rank_column: str = "rank"
    highest: int = 1
    source: str = ""


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """A state in an edition as a file says it, scaled to 0..1. A value is None where it was not scored."""

    line: int
    edition: str
    iso3: str
    ranked: bool
    published_rank: int | None
    values: Mapping[str, Decimal | None]
    source: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file; what is wrong with a cell goes to `faults` and reading goes on."""

    file: str
    number: int
    cells: Mapping[str, str]
    faults: list[Fault] = field(compare=False)

    def fault(self, kind: FaultKind, about: str) -> None:
        """Note a fault of this line."""
        self.faults.append(Fault(self.file, self.number, kind, about[:LONGEST_TOLD]))

    def number_in(self, column: str) -> Decimal | None:
        """Return the number of a cell, None for an empty one."""
        text = self.cells[column]
        if not text:
            return None
        number = _kept(text)
        if number is None:
            self.fault(FaultKind.NOT_A_NUMBER, f"{column}: {text}")
        return number

    def whole_in(self, column: str) -> int | None:
        """Return the whole number of a cell, None for an empty one."""
        number = self.number_in(column)
        if number is None or number == int(number):
            return None if number is None else int(number)
        self.fault(FaultKind.NOT_A_NUMBER, f"{column}: {number}")
        return None


def _kept(text: str) -> Decimal | None:
    """Return a number that the database keeps to the last digit, else None."""
    try:
        number = Decimal(text)
        return number if abs(number) < LARGEST and number == round(number, DECIMALS) else None
    except ArithmeticError:  # no number, or one beyond what can be counted with
        return None


def read_lines(file: str, content: bytes, columns: tuple[str, ...], faults: list[Fault]) -> Iterator[Line]:
    """Yield the rows of a CSV file in UTF-8 that has these columns, and perhaps others."""
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        rows = [
            (reader.line_num, {name: (cell or "").strip() for name, cell in row.items() if name is not None})
            for row in reader
            if not _is_longer_than_its_head(file, reader.line_num, row, faults)
        ]
    except (UnicodeDecodeError, csv.Error, TypeError, AttributeError) as error:
        faults.append(Fault(file, 1, FaultKind.NOT_A_TABLE, f"not a table in UTF-8: {error}"))
        return
    if about := _not_a_table(reader.fieldnames or (), columns, is_empty=not rows):
        faults.append(Fault(file, 1, FaultKind.NOT_A_TABLE, about))
        return
    for number, cells in rows:
        yield Line(file, number, cells, faults)


def _is_longer_than_its_head(
    file: str, number: int, row: Mapping[str | None, object], faults: list[Fault]
) -> bool:
    """Whether a row has more cells than there are columns; then which is which cannot be told."""
    if None not in row:
        return False
    faults.append(Fault(file, number, FaultKind.NOT_A_TABLE, "more cells than columns"))
    return True


def _not_a_table(found: Sequence[str], columns: tuple[str, ...], *, is_empty: bool) -> str:
    """Return what stands against reading a file as a table with these columns, nothing if it is one."""
    missing = sorted(set(columns) - set(found))
    doubled = sorted({name for name in columns if list(found).count(name) > 1})
    if missing:
        return f"columns missing: {', '.join(missing)}"
    return f"columns twice: {', '.join(doubled)}" if doubled else "no rows" if is_empty else ""


def read_published(file: str, content: bytes, shape: Shape, faults: list[Fault]) -> list[PublishedRow]:
    """Return the rows of a file of published figures; a state twice in an edition is a fault."""
    needed = ("iso3", shape.rank_column, *shape.columns.values())
    needed += () if shape.edition else ("year",)
    needed += () if shape.source else ("source",)
    rows: dict[tuple[str, str], PublishedRow] = {}
    for line in read_lines(file, content, needed, faults):
        row = _row(line, shape)
        if (row.edition, row.iso3) in rows:
            line.fault(FaultKind.DOUBLED_ROW, f"{row.iso3} {row.edition}")
        rows[row.edition, row.iso3] = row
    return list(rows.values())


def _row(line: Line, shape: Shape) -> PublishedRow:
    rank = line.whole_in(shape.rank_column)
    ranked = _is_ranked(line, rank)
    values = {part: line.number_in(column) for part, column in shape.columns.items()}
    for column in shape.columns.values():
        if ranked and not line.cells[column]:
            line.fault(FaultKind.VALUE_MISSING, f"{line.cells['iso3']} {column}")
    return PublishedRow(
        line=line.number,
        edition=shape.edition or line.cells["year"],
        iso3=line.cells["iso3"],
        ranked=ranked,
        published_rank=rank,
        # Beside a state that was not ranked publishers write noughts where they have nothing.
        values={
            part: value / shape.highest if value is not None and (ranked or value) else None
            for part, value in values.items()
        },
        source=shape.source or line.cells["source"],
    )


def _is_ranked(line: Line, rank: int | None) -> bool:
    """Return whether a row is ranked; without a column that says so, whoever has a rank is."""
    told = line.cells.get("ranked")
    if told is None:
        return rank is not None
    if told not in ("0", "1"):
        line.fault(FaultKind.NOT_A_NUMBER, f"ranked: {told}")
    return told == "1"
