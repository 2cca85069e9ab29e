"""From lines of the reference files to entries: a code, a validity and what held in it."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from panjereh.domain.directory.rules import kinds
from panjereh.domain.directory.rules.tables import DataFault, Line, read_lines

Cell = str | dt.date | None


@dataclass(frozen=True, slots=True)
class Entry:
    """What one line says; `kind` is the table it belongs to. A code has one entry for each `valid_from`."""

    kind: str
    code: str
    valid_from: dt.date | None
    values: Mapping[str, Cell]
    line: Line

    @property
    def key(self) -> tuple[str, dt.date | None]:
        """What stays the same when a line is corrected."""
        return (self.code, self.valid_from)

    @property
    def valid_to(self) -> dt.date | None:
        """The first day on which it no longer holds."""
        end = self.values["valid_to"]
        return end if isinstance(end, dt.date) else None

    def says(self, column: str) -> str:
        """Return a value as text, empty for none."""
        return str(self.values[column] or "")


Reader = Callable[[Line], tuple[str, dict[str, Cell]]]


def _names(line: Line) -> dict[str, Cell]:
    return {"name_fa": line.text("name_fa"), "name_en": line.text("name_en")}


def _agency(line: Line) -> tuple[str, dict[str, Cell]]:
    kind, parent = line.one_of("kind", kinds.AGENCY_KINDS), line.optional("parent_id")
    return line.text("id"), {**_names(line), "kind": kind, "parent_code": parent}


def _unit(line: Line) -> tuple[str, dict[str, Cell]]:
    return line.text("id"), {
        **_names(line),
        "agency_code": line.text("agency_id"),
        "parent_code": line.optional("parent_id"),
        "kind": line.one_of("kind", kinds.UNIT_KINDS),
        "province_code": line.optional("province_code"),
    }


def _succession(line: Line) -> tuple[str, dict[str, Cell]]:
    before, after = line.text("predecessor_id"), line.text("successor_id")
    line.text("valid_from")
    kind = line.one_of("kind", kinds.SUCCESSION_KINDS)
    return f"{before}>{after}", {"predecessor_code": before, "successor_code": after, "kind": kind}


def _province(line: Line) -> tuple[str, dict[str, Cell]]:
    return line.text("code"), {**_names(line), "parent_code": ""}


def _county(line: Line) -> tuple[str, dict[str, Cell]]:
    return _below(line, "province_code")


def _city(line: Line) -> tuple[str, dict[str, Cell]]:
    return _below(line, "county_code")


def _below(line: Line, parent: str) -> tuple[str, dict[str, Cell]]:
    code, above = line.text("code"), line.text(parent)
    if not code.startswith(above):
        line.fault(f"{code} does not begin with the code of its parent {above}")
    return code, {"name_fa": line.text("name_fa"), "name_en": line.optional("name_en"), "parent_code": above}


def _instrument(line: Line) -> tuple[str, dict[str, Cell]]:
    dates = {column: line.date(column) for column in kinds.LIFE_DATES}
    line.solar("approved_jalali", same_as=dates["approved_on"])
    known = [date for date in (*dates.values(), line.date("valid_from")) if date is not None]
    if known != sorted(known):
        line.fault(f"{line.optional('id')}: the dates of its making do not follow one another")
    end = line.one_of("end_kind", ("", *kinds.END_KINDS))
    if bool(end) != bool(line.optional("valid_to")):
        line.fault(f"{line.optional('id')}: valid_to and end_kind go together")
    return line.text("id"), {
        "name_fa": line.text("title_fa"),
        "name_en": line.text("title_en"),
        "kind": line.one_of("kind", kinds.INSTRUMENT_KINDS),
        "issuer_code": line.optional("issuer_id"),
        **dates,
        "end_kind": end,
    }


def _article(line: Line) -> tuple[str, dict[str, Cell]]:
    instrument, number = line.text("instrument_id"), line.text("number")
    return f"{instrument}#{number}", {
        "instrument_code": instrument,
        "number": number,
        "parent_number": line.optional("parent_number"),
        "about_fa": line.text("about_fa"),
        "about_en": line.text("about_en"),
    }


def _relation(line: Line) -> tuple[str, dict[str, Cell]]:
    one, kind = line.text("instrument_id"), line.one_of("kind", kinds.RELATION_KINDS)
    other = line.text("other_id")
    return f"{one}>{kind}>{other}", {"instrument_code": one, "kind": kind, "other_code": other}


READERS: Final[Mapping[str, tuple[str, Reader]]] = {
    "agencies.csv": ("agency", _agency),
    "agency_successions.csv": ("succession", _succession),
    "units.csv": ("unit", _unit),
    "provinces.csv": ("division", _province),
    "counties.csv": ("division", _county),
    "cities.csv": ("division", _city),
    "legal_instruments.csv": ("instrument", _instrument),
    "legal_articles.csv": ("article", _article),
    "legal_relations.csv": ("relation", _relation),
}


def read_entries(contents: Mapping[str, bytes], faults: list[DataFault]) -> tuple[Entry, ...]:
    """Return what all files say, in their order; what is wrong with a line goes to `faults`."""
    return tuple(
        _entry(line, kind, reader)
        for file, (kind, reader) in READERS.items()
        for line in read_lines(file, contents[file], faults)
    )


def _entry(line: Line, kind: str, reader: Reader) -> Entry:
    code, values = reader(line)
    valid_from, valid_to = line.date("valid_from"), line.date("valid_to")
    if valid_from and valid_to and valid_to <= valid_from:
        line.fault(f"{code} ends before it begins")
    values |= {
        "valid_to": valid_to,
        "certainty": line.one_of("certainty", kinds.CERTAINTIES),
        "source": line.text("source"),
    }
    return Entry(kind, code, valid_from, values, line)
