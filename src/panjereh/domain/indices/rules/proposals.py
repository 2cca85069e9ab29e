"""A proposed edition: its file read and checked, and what an officer is told who decides on it."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from panjereh.domain.indices.rules.editions import EditionMethod
from panjereh.domain.indices.rules.faults import Fault, FaultKind
from panjereh.domain.indices.rules.findings import faults_of, findings_of
from panjereh.domain.indices.rules.published import LONGEST_TOLD, Shape, read_published
from panjereh.domain.indices.rules.reference_files import figures_of
from panjereh.domain.indices.rules.revising import Changes, Figure, Key


@dataclass(frozen=True, slots=True)
class Report:
    """What a proposed edition does and what stands out in it: for whoever decides."""

    changes: Changes
    findings: tuple[Fault, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the report as it is kept."""
        return {
            "added": self.changes.added,
            "restated": [[each.name, each.old, each.new] for each in self.changes.restated],
            "missing": list(self.changes.missing),
            "findings": [[each.line, each.kind.value, each.about] for each in self.findings],
        }


@dataclass(frozen=True, slots=True)
class ReadEdition:
    """What the file of an edition says, and what stands out in it."""

    figures: Mapping[Key, Figure]
    findings: tuple[Fault, ...]


def read_edition(
    file: str,
    content: bytes,
    *,
    edition: str,
    source: str,
    method: EditionMethod,
    parts: Collection[str],
    states: Mapping[str, bool],
    faults: list[Fault],
) -> ReadEdition:
    """Return what the file of an edition says; what cannot be right goes to `faults`.

    It has the columns `iso3`, `ranked`, `rank` and one for each of `parts`, on a scale of 0 to 1. `states`
    says of each known one whether the index is expected to have it.
    """
    shape = Shape(method.index, {part: part for part in parts}, edition=edition, source=source)
    rows = read_published(file, content, shape, faults)
    faults += faults_of(file, rows, states=states, sources={source})
    members = [iso3 for iso3, is_expected in states.items() if is_expected]
    findings = tuple(findings_of(file, rows, method=method, members=members)) if rows else ()
    return ReadEdition(figures_of(method.index, rows), findings)


def method_findings(before: Mapping[str, Any], told: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Return a finding for each parameter that a method has otherwise than the one before it.

    Weights decide as much as figures do, and so do the marks of how sure a weight is and which faults are
    known: whoever decides is told of each.
    """
    names = sorted((before.keys() | told.keys()) - {"index", "edition"})
    return tuple(
        Fault(
            "methods.json",
            1,
            FaultKind.METHOD_OTHERWISE,
            f"{name}: {_said(before, name)} → {_said(told, name)}",
        )
        for name in names
        if before.get(name) != told.get(name)
    )


def _said(method: Mapping[str, Any], name: str) -> str:
    text = json.dumps(method.get(name), ensure_ascii=False)
    return text if len(text) <= LONGEST_TOLD else f"{text[:LONGEST_TOLD]}…"


def to_json(figures: Mapping[Key, Figure]) -> list[list[Any]]:
    """Return figures as a proposal keeps them."""
    return [
        [*key, None if each.value is None else str(each.value), each.source, each.published_rank, each.ranked]
        for key, each in figures.items()
    ]


def from_json(rows: list[list[Any]]) -> dict[Key, Figure]:
    """Return the figures that a proposal keeps."""
    return {
        tuple(row[:4]): Figure(None if row[4] is None else Decimal(row[4]), row[5], row[6], row[7])
        for row in rows
    }
