"""The reference files as rows of the database, checked against each other."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Final

from panjereh.domain.indices.rules.editions import BadMethod, parse_method
from panjereh.domain.indices.rules.faults import Fault, FaultKind
from panjereh.domain.indices.rules.findings import faults_of
from panjereh.domain.indices.rules.published import Line, PublishedRow, Shape, read_lines, read_published
from panjereh.domain.indices.rules.revising import Figure, Key
from panjereh.domain.indices.rules.targets import BadTarget, parse_target

SHAPES: Final[Mapping[str, Shape]] = {
    "egdi.csv": Shape("egdi", {part: part for part in ("egdi", "osi", "tii", "hci", "epi")}),
    "odin_2022.csv": Shape(
        "odin",
        {"odin": "overall"}
        | {part: part for part in ("coverage", "openness", "social", "economic", "environment")},
        edition="2022",
        highest=100,
    ),
    "oecd_dgi_2023.csv": Shape(
        "oecd-dgi",
        {"oecd-dgi": "composite_index"}
        | {
            part: part
            for part in (
                *("digital_design", "data_driven", "govt_as_platform"),
                *("open_default", "user_driven", "proactiveness"),
            )
        },
        edition="2023",
        rank_column="composite_rank",
    ),
}
QUESTIONS: Final = {"osi-2024": "osi_2024_indicators.csv", "losi-2024": "losi_2024_indicators.csv"}
EFFORTS: Final = frozenset("123")
SOURCES, COUNTRIES, REGIONS, EDITIONS = "sources.csv", "countries.csv", "regions.csv", "editions.csv"
RAW, METHODS, TARGETS = "raw_indicators.csv", "methods.json", "targets.json"
FILES: Final = (
    *(SOURCES, REGIONS, COUNTRIES, EDITIONS, METHODS, RAW, TARGETS),
    *SHAPES,
    *QUESTIONS.values(),
)
Rows = dict[Key, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Reference:
    """Everything the files say: rows of the small tables by key, and the figures by theirs.

    `published` are by index, edition, state and part; `raw` by state, indicator and year.
    """

    sources: Rows
    countries: Rows
    editions: Rows
    questions: Rows
    targets: Rows
    published: Mapping[Key, Figure]
    raw: Mapping[Key, Figure]


def read_reference(contents: Mapping[str, bytes], faults: list[Fault]) -> Reference:
    """Return what the files say; what is wrong with them goes to `faults`."""
    sources = _sources(contents, faults)
    countries = _countries(contents, faults)
    editions = _editions(contents, faults)
    published: dict[Key, Figure] = {}
    for file, shape in SHAPES.items():
        rows = read_published(file, contents[file], shape, faults)
        faults += _hard(file, rows, countries, sources)
        published |= figures_of(shape.index, rows)
    missing = sorted({key[:2] for key in published} - set(editions))
    faults += [Fault(EDITIONS, 1, FaultKind.METHOD_NOT_USABLE, " ".join(key)) for key in missing]
    questions = _questions(contents, faults)
    faults += _unknown_sources({COUNTRIES: countries, EDITIONS: editions, "questions": questions}, sources)
    return Reference(
        sources=sources,
        countries=countries,
        editions=editions,
        questions=questions,
        targets=_targets(contents[TARGETS], faults),
        published=published,
        raw=_raw(contents, countries, sources, faults),
    )


def figures_of(index: str, rows: list[PublishedRow]) -> dict[Key, Figure]:
    """Return figures by index, edition, state and part; the rank stands beside the index alone."""
    return {
        (index, row.edition, row.iso3, part): Figure(
            value, row.source, row.published_rank if part == index else None, row.ranked
        )
        for row in rows
        for part, value in row.values.items()
    }


def _hard(file: str, rows: list[PublishedRow], countries: Rows, sources: Rows) -> list[Fault]:
    states, known = {key[0] for key in countries}, {key[0] for key in sources}
    # What a publisher put beyond its own scale is published all the same; the page about it says so.
    return [
        fault
        for fault in faults_of(file, rows, states=states, sources=known)
        if fault.kind is not FaultKind.OUTSIDE_SCALE
    ]


def _unknown_sources(tables: Mapping[str, Rows], sources: Rows) -> list[Fault]:
    return [
        Fault(name, 1, FaultKind.UNKNOWN_SOURCE, f"{' '.join(key)}: {row['source_id']}")
        for name, rows in tables.items()
        for key, row in rows.items()
        if (row["source_id"],) not in sources
    ]


def _sources(contents: Mapping[str, bytes], faults: list[Fault]) -> Rows:
    columns = ("publisher", "title", "taken_from", "version", "licence", "about")
    return {
        (line.cells["id"],): {
            **{name: line.cells[name] for name in columns},
            "taken_on": _day(line, "taken_on"),
        }
        for line in read_lines(SOURCES, contents[SOURCES], ("id", "taken_on", *columns), faults)
    }


def _day(line: Line, column: str) -> dt.date | None:
    text = line.cells[column]
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        line.fault(FaultKind.NOT_A_NUMBER, f"{column}: {text}")
        return None


def _countries(contents: Mapping[str, bytes], faults: list[Fault]) -> Rows:
    names = read_lines(REGIONS, contents[REGIONS], ("name_en", "name_fa"), faults)
    regions = {line.cells["name_en"]: line.cells["name_fa"] for line in names}
    columns = ("iso2", "name_fa", "name_en", "region", "sub_region", "income_2018", "is_member", "source")
    return {
        (line.cells["iso3"],): _country(line, regions)
        for line in read_lines(COUNTRIES, contents[COUNTRIES], ("iso3", *columns), faults)
    }


def _country(line: Line, regions: Mapping[str, str]) -> dict[str, Any]:
    cells = line.cells
    for name in (cells["region"], cells["sub_region"]):
        if name not in regions:
            line.fault(FaultKind.UNKNOWN_STATE, f"no region {name}")
    return {
        **{name: cells[name] for name in ("iso2", "name_fa", "name_en")},
        "region_en": cells["region"],
        "region_fa": regions.get(cells["region"], ""),
        "sub_region_en": cells["sub_region"],
        "sub_region_fa": regions.get(cells["sub_region"], ""),
        "income_group": cells["income_2018"],
        "is_member": cells["is_member"] == "1",
        "source_id": cells["source"],
    }


def _editions(contents: Mapping[str, bytes], faults: list[Fault]) -> Rows:
    methods = read_methods(contents[METHODS], faults)
    rows: Rows = {}
    columns = ("index", "edition", "title_fa", "title_en", "source")
    for line in read_lines(EDITIONS, contents[EDITIONS], columns, faults):
        key = (line.cells["index"], line.cells["edition"])
        if key not in methods:
            line.fault(FaultKind.METHOD_NOT_USABLE, f"{' '.join(key)}: no method")
        rows[key] = {
            "title_fa": line.cells["title_fa"],
            "title_en": line.cells["title_en"],
            "source_id": line.cells["source"],
            "method": method_text(methods.get(key, {})),
        }
    return rows


def method_text(method: Mapping[str, Any]) -> str:
    """Return a method as the database keeps it, its order with it."""
    return json.dumps(method, ensure_ascii=False)


def read_methods(content: bytes, faults: list[Fault]) -> dict[Key, dict[str, Any]]:
    """Return the method of each edition in a file, with the texts of the sources it names under `sources`."""
    try:
        told = json.loads(content)
        texts, entries = told["sources"], told["editions"]
        methods = {(entry["index"], entry["edition"]): entry for entry in entries}
        parsed = {key: parse_method(entry) for key, entry in methods.items()}
        named = {key: sorted(set(method.sources.values())) for key, method in parsed.items()}
        return {
            key: {**entry, "sources": {each: texts[each] for each in named[key]}}
            for key, entry in methods.items()
        }
    except (ValueError, KeyError, TypeError) as error:
        kind = FaultKind.METHOD_NOT_USABLE if isinstance(error, BadMethod) else FaultKind.NOT_A_TABLE
        faults.append(Fault(METHODS, 1, kind, str(error)))
        return {}


def _raw(
    contents: Mapping[str, bytes], countries: Rows, sources: Rows, faults: list[Fault]
) -> dict[Key, Figure]:
    figures: dict[Key, Figure] = {}
    for line in read_lines(RAW, contents[RAW], ("iso3", "year", "indicator", "value", "source"), faults):
        cells = line.cells
        key = (cells["iso3"], cells["indicator"], cells["year"])
        if key in figures:
            line.fault(FaultKind.DOUBLED_ROW, " ".join(key))
        if (cells["iso3"],) not in countries:
            line.fault(FaultKind.UNKNOWN_STATE, cells["iso3"])
        if (cells["source"],) not in sources:
            line.fault(FaultKind.UNKNOWN_SOURCE, cells["source"])
        figures[key] = Figure(line.number_in("value") or Decimal(0), cells["source"])
    return figures


def _questions(contents: Mapping[str, bytes], faults: list[Fault]) -> Rows:
    rows: Rows = {}
    for question_set, file in QUESTIONS.items():
        lines = read_lines(file, contents[file], ("title_en", "title_fa", "source"), faults)
        for number, line in enumerate(lines, start=1):
            cells = line.cells
            codes = cells.get("codes") or cells.get("code", "")
            checkable = cells.get("machine_checkable")
            rows[question_set, codes] = {
                "number": number,
                "part": cells.get("subindex") or cells.get("criterion", ""),
                "count": line.whole_in("n_questions") or 1 if "n_questions" in cells else 1,
                "title_fa": cells["title_fa"],
                "title_en": cells["title_en"],
                "is_machine_checkable": None if checkable is None else checkable == "1",
                "effort": _effort(line),
                "source_id": cells["source"],
            }
    return rows


def _effort(line: Line) -> int:
    told = line.cells.get("effort", "")
    if told not in EFFORTS:
        line.fault(FaultKind.NOT_A_NUMBER, f"effort {told}")
        return 1
    return int(told)


def _targets(content: bytes, faults: list[Fault]) -> Rows:
    try:
        return dict(_target(entry) for entry in json.loads(content))
    except (BadTarget, ValueError, KeyError, TypeError) as error:
        faults.append(Fault(TARGETS, 1, FaultKind.NOT_A_TABLE, str(error)))
        return {}


def _target(entry: Mapping[str, Any]) -> tuple[Key, dict[str, Any]]:
    """Return a target as a row: what it says, and whose words it is in both languages."""
    row = asdict(parse_target(entry))
    del row["taken_in_on"]  # said by whoever takes it in
    texts = ("title", "quote", "quoted_from")
    row |= {f"{name}_{language}": entry[name][language] for name in texts for language in ("fa", "en")}
    return (row.pop("code"),), row
