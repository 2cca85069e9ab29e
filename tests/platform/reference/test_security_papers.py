"""What the papers on security name is there: files, tests, and every requirement of the sheet once."""

import re
from collections import Counter

import pytest

from devtool import paths
from devtool.reference import access, asvs

MODEL = (paths.ROOT / "docs/security/threat-model.md").read_text(encoding="utf-8")
# Of ASVS 5.0.0: 70 requirements are of level 1, 183 of level 2.
LEVELS = {1: 70, 2: 183}


def is_there(evidence: str) -> bool:
    """Tell whether a file exists and, after `::`, a test of that name is written in it."""
    path, _, test = evidence.partition("::")
    if path.startswith("docs/reference/"):
        return True  # made from the code; another test holds that it is there
    file = paths.ROOT / path
    if not test:
        return file.exists()
    return file.exists() and bool(
        re.search(rf"^(async )?def {test}\(", file.read_text(encoding="utf-8"), re.MULTILINE)
    )


@pytest.mark.parametrize("number", range(1, 9))
def test_every_threat_at_a_boundary_names_a_test_that_is_there(number: int) -> None:
    part = MODEL.split(f"### B{number} ")[1].split("\n#")[0]
    rows = [line for line in part.splitlines() if re.match(r"\| [STRIDE] \|", line)]

    assert rows
    assert [row for row in rows if not is_there(row.rsplit("`", 2)[1])] == []


def test_every_abuse_case_names_a_test_that_is_there() -> None:
    part = MODEL.split("## Abuse cases")[1].split("\n## ")[0]
    named = re.findall(r"`(tests/[^`]+)`", part)

    assert len(named) == part.count("\n| ") - 1
    assert [test for test in named if not is_there(test)] == []


def test_the_sheet_has_every_requirement_of_both_levels_once() -> None:
    numbers = Counter(each.number for each in asvs.requirements())

    assert Counter(each.level for each in asvs.requirements()) == LEVELS
    assert [number for number, times in numbers.items() if times > 1] == []
    assert {each.chapter for each in asvs.requirements()} == set(asvs.CHAPTERS)


def test_what_is_met_has_evidence_that_is_there_and_what_is_not_has_a_reason() -> None:
    told = {each.number: each for each in asvs.requirements()}

    assert [n for n, each in told.items() if (each.state == "met") != bool(each.evidence)] == []
    assert [
        n
        for n, each in told.items()
        if each.state.startswith("not ") and each.state != "not assessed" and not each.note
    ] == []
    assert [(n, one) for n, each in told.items() for one in each.evidence if not is_there(one)] == []


def test_evidence_that_is_gone_is_noticed() -> None:
    assert not is_there("tests/platform/reference/test_security_papers.py::test_that_nobody_wrote")
    assert not is_there("src/panjereh/nowhere.py")


def test_the_page_of_access_tells_what_the_tables_of_the_tests_say() -> None:
    page = access.page()

    for row in (
        "| `citizen:case` | GET | draft | sign in first | led on | absent |",
        "| `casework.decide_case` | absent | absent | absent | yes |",
        "| Let what another asked for hold, by somebody who has just proven themself. | grantor | yes |",
    ):
        assert row in page


def test_the_page_of_access_has_a_line_for_each_line_of_the_tables() -> None:
    from tests.platform.access.operations import ACTING
    from tests.platform.access.programs import PROGRAMS
    from tests.platform.access.routes import LINES

    page = access.page()

    routes = page.split("## Pages and interface")[1].split("\n## ")[0]
    operations = page.split("## Operations and questions")[1].split("\n## ")[0]
    programs = page.split("## The other programs")[1]
    for part, lines in ((routes, LINES), (operations, ACTING), (programs, PROGRAMS)):
        assert part.count("\n| ") == len(lines) + 2
