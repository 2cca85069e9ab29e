"""Which function answers to which international standard, and how far: read from the reference data."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

FILE: Final = "standards/standards.csv"


class Conformance(StrEnum):
    """How far a function answers to a standard, as we judge it ourselves."""

    MET = "met"
    PARTLY = "partly"
    NOT = "not"
    NOT_JUDGED = "not-judged"


@dataclass(frozen=True, slots=True)
class Conforming:
    """A function beside a standard: `part` is version or clause, `evidence` are paths in the repository."""

    area: str
    function: Mapping[str, str]
    standard: str
    part: str
    state: Conformance
    evidence: tuple[str, ...]
    note: Mapping[str, str]


def read_standards(data_directory: Path) -> tuple[Conforming, ...]:
    """Return every line in its order. Raises `ValueError` for a state that is none."""
    with (data_directory / FILE).open(encoding="utf-8", newline="") as file:
        return tuple(
            Conforming(
                area=row["area"],
                function={"fa": row["function_fa"], "en": row["function_en"]},
                standard=row["standard"],
                part=row["part"],
                state=Conformance(row["state"]),
                evidence=tuple(row["evidence"].split()),
                note={"fa": row["note_fa"], "en": row["note_en"]},
            )
            for row in csv.DictReader(file)
        )
