"""A line of the log is one JSON object, and a failure in it tells no value."""

import json
import logging
import sys
from types import SimpleNamespace

import pytest

from panjereh_kernel.logs import JsonLines, configuration


def line_of(said: str, *values: object, error: BaseException | None = None, **facts: object) -> dict:
    record = logging.LogRecord("a.b", logging.WARNING, "file.py", 1, said, values, None)
    record.created = 0.25
    record.facts = facts
    if error:
        try:
            raise error
        except type(error):
            record.exc_info = sys.exc_info()
    text = JsonLines().format(record)
    assert "\n" not in text
    return json.loads(text)


def test_a_line_says_when_who_what_and_the_facts():
    assert line_of("job %s\nwaits", 7, route="citizen:case") == {
        "at": "1970-01-01T00:00:00.250+00:00",
        "level": "warning",
        "logger": "a.b",
        "said": "job 7\nwaits",
        "route": "citizen:case",
    }


def test_a_failure_tells_types_and_places_and_never_its_text():
    error = ValueError("0980 123 4567")
    error.__cause__ = KeyError("9991234569")

    line = line_of("failed", error=error)

    assert [each["type"] for each in line["failure"]] == ["builtins.ValueError", "builtins.KeyError"]
    assert "line_of" in line["failure"][0]["where"][-1]
    assert "0980" not in json.dumps(line)
    assert "9991234569" not in json.dumps(line)


def test_a_refusal_of_the_database_keeps_its_code_and_the_rule_it_is_about():
    class ViolatedError(Exception):
        sqlstate = "23505"
        diag = SimpleNamespace(
            constraint_name="one_account_per_subject",
            message_detail="Key (number)=(9991234569) already exists.",
        )

    (told,) = line_of("failed", error=ViolatedError())["failure"]

    assert (told["sqlstate"], told["constraint"]) == ("23505", "one_account_per_subject")
    assert "9991234569" not in json.dumps(told)


def test_failures_that_cause_each_other_come_to_an_end():
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first

    assert len(line_of("failed", error=first)["failure"]) == 2


def test_a_cause_that_was_hidden_stays_hidden():
    error = ValueError()
    error.__context__, error.__suppress_context__ = KeyError(), True

    assert len(line_of("failed", error=error)["failure"]) == 1


@pytest.mark.parametrize("server", ["granian.access", "uvicorn.access"])
def test_servers_that_write_addresses_are_silent(server: str):
    told = configuration(loggers={"mine": {"level": "ERROR"}})

    assert told["loggers"][server] == {"handlers": ["nowhere"], "propagate": False}
    assert told["handlers"]["nowhere"]["class"] == "logging.NullHandler"
    assert told["loggers"]["mine"] == {"level": "ERROR"}
