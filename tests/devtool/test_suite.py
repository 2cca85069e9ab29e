"""The last line of `./dev test` says what ran, counted and never guessed."""

from pathlib import Path

import pytest

from devtool import suite


def report(folder: Path, name: str = "tests.xml", **counted: int) -> Path:
    path = folder / name
    told = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0} | counted
    attributes = " ".join(f'{key}="{value}"' for key, value in told.items())
    path.write_text(f"<testsuites><testsuite {attributes}/></testsuites>")
    return path


def test_what_passed_is_what_neither_failed_nor_was_skipped(tmp_path):
    one = report(tmp_path, tests=10, failures=2, errors=1, skipped=3)

    assert suite.counts([one], status=1, faults=0) == "4 passed, 3 failed, 3 skipped"


def test_reports_are_added_up_and_one_that_was_not_asked_for_counts_nothing(tmp_path):
    both = [report(tmp_path, "a.xml", tests=2), report(tmp_path, "b.xml", tests=3), tmp_path / "none.xml"]

    assert suite.counts(both, status=0, faults=0) == "5 passed, 0 failed"


def test_a_fault_the_tool_found_is_a_failure(tmp_path):
    assert suite.counts([report(tmp_path, tests=1)], status=0, faults=2) == "1 passed, 2 failed"


@pytest.mark.parametrize("status", [0, 1])
def test_a_run_without_a_report_has_failed(tmp_path, status):
    assert suite.counts([tmp_path / "none.xml"], status=status, faults=0) == "0 passed, 1 failed"


def test_a_run_that_broke_off_has_failed_whatever_its_report_says(tmp_path):
    assert suite.counts([report(tmp_path, tests=7)], status=2, faults=0) == "7 passed, 1 failed"


def test_the_counts_of_tests_and_walk_are_told_as_one_line():
    assert (
        suite.added("4 passed, 0 failed, 1 skipped", "7 passed, 1 failed") == "11 passed, 1 failed, 1 skipped"
    )
