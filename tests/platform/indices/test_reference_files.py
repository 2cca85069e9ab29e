"""Reference files that cannot be right: each fault is found, with its file and line, and reading goes on."""

from functools import cache

import pytest

from panjereh.domain.indices.rules.faults import Fault, FaultKind
from panjereh.domain.indices.rules.reference_files import FILES, RAW, read_reference
from tests.platform.indices.published import DATA

IRAN = b"IRN,2001,internet_users_pct,1.48,I\n"


@cache
def contents() -> dict[str, bytes]:
    """Return the files as they are, with one line of raw indicators."""
    told = {name: (DATA / name).read_bytes() for name in FILES}
    return told | {RAW: told[RAW].splitlines(keepends=True)[0] + IRAN}


def faults_with(file: str, old: bytes, new: bytes) -> set[str]:
    told = contents()[file]
    assert old in told
    faults: list[Fault] = []
    read_reference({**contents(), file: told.replace(old, new, 1)}, faults)
    return {f"{each.file}:{each.line} {each.kind.name}" for each in faults}


def test_the_files_are_right():
    faults: list[Fault] = []

    read_reference(contents(), faults)

    assert faults == []


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("sources.csv", b"2022-03-21", b"yesterday", "sources.csv:2 NOT_A_NUMBER"),
        ("sources.csv", b"id,", b"name,", "sources.csv:1 NOT_A_TABLE"),
        ("regions.csv", b"Southern Asia", b"South Asia", "countries.csv:3 UNKNOWN_STATE"),
        ("countries.csv", b",1,R", b",1,X", "countries.csv:1 UNKNOWN_SOURCE"),
        ("countries.csv", b"IRN", b"\xff\xff", "countries.csv:1 NOT_A_TABLE"),
        ("editions.csv", b"egdi,2024", b"egdi,2026", "editions.csv:13 METHOD_NOT_USABLE"),
        ("editions.csv", b"egdi,2024", b"egdi,2026", "editions.csv:1 METHOD_NOT_USABLE"),
        ("methods.json", b'"1/3"', b'"2/3"', "methods.json:1 METHOD_NOT_USABLE"),
        ("methods.json", b"{", b"", "methods.json:1 NOT_A_TABLE"),
        ("targets.json", b'"places": 30', b'"places": 300', "targets.json:1 NOT_A_TABLE"),
        (RAW, IRAN, IRAN * 2, "raw_indicators.csv:3 DOUBLED_ROW"),
        (RAW, b"IRN", b"XXX", "raw_indicators.csv:2 UNKNOWN_STATE"),
        (RAW, b",I\n", b",X\n", "raw_indicators.csv:2 UNKNOWN_SOURCE"),
        (RAW, b"1.48", b"much", "raw_indicators.csv:2 NOT_A_NUMBER"),
        ("osi_2024_indicators.csv", b"IF,010,1,", b"IF,010,one,", "osi_2024_indicators.csv:2 NOT_A_NUMBER"),
    ],
)
def test_a_fault_is_found_where_it_is(file: str, old: bytes, new: bytes, fault: str):
    assert fault in faults_with(file, old, new)


def test_the_numbers_of_faults_keep_their_meaning():
    assert [f"{kind.value} {kind.name}" for kind in FaultKind] == [
        "I01 NOT_A_TABLE",
        "I02 NOT_A_NUMBER",
        "I03 UNKNOWN_STATE",
        "I04 DOUBLED_ROW",
        "I05 OUTSIDE_SCALE",
        "I06 UNKNOWN_SOURCE",
        "I07 RANK_NOT_REPRODUCED",
        "I08 WEIGHTS_NOT_ADDING_UP",
        "I09 STATES_MISSING",
        "I10 RANKED_OTHERWISE",
        "I11 TARGET_CHANGED",
        "I12 METHOD_NOT_USABLE",
        "I13 VALUE_MISSING",
        "I14 BASELINE_OTHERWISE",
        "I15 METHOD_OTHERWISE",
    ]
