"""A step of a case is committed and the answer is lost on the wire: repeated, it is there once."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection

from panjereh.domain.casework import api as casework
from panjereh.domain.casework.models import Case, Decision
from panjereh.domain.documents.models import Document
from tests.failures.cut_line import CutLine, line_to
from tests.platform.casework.test_applying import events
from tests.platform.casework.window import Window

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "trace"]),
]


@pytest.fixture
def line() -> Iterator[CutLine]:
    """The application's connection goes over a line that can be cut."""
    given: dict[str, Any] = connection.settings_dict
    kept = {name: given[name] for name in ("HOST", "PORT")}
    host, port = str(given["HOST"] or "localhost"), int(given["PORT"] or 5432)
    with line_to(f"{host}/.s.PGSQL.{port}" if host.startswith("/") else (host, port)) as line:
        connection.close()
        given.update(HOST="127.0.0.1", PORT=str(line.port))
        try:
            yield line
        finally:
            connection.close()
            given.update(kept)


def lose_the_commit_of(line: CutLine, step: Callable[[], object]) -> None:
    line.marker = b"COMMIT"
    with pytest.raises(OperationalError):
        step()
    assert line.lost.is_set()
    connection.close()


def repeat(step: Callable[[], object]) -> None:
    """What a person or a worker does who was not told: the same once more. A refusal is an answer."""
    with contextlib.suppress(casework.CaseStepImpossible):
        step()


def test_each_step_of_a_case_whose_commit_was_not_heard_of_is_there_once(
    window: Window, line: CutLine, run_jobs: Callable[[], int]
) -> None:
    for step in (window.start, lambda: window.answer(source="register"), window.gather):
        lose_the_commit_of(line, step)
        repeat(step)
    run_jobs()
    for step in (window.submit, window.decide):
        lose_the_commit_of(line, step)
        repeat(step)

    assert window.see().state is casework.CaseState.GRANTED
    # The same answer sent twice is two acts of the person, and one answer.
    assert [each for each in events(window) if each != "answer"] == [
        "start",
        "gather",
        "facts-complete",
        "submit",
        "grant",
    ]
    for model in (Case, Decision, Document):
        assert model.objects.count() == 1, model
