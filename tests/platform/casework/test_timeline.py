"""What happened to a case, in sentences: how fast the registers were, and what lies ahead."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import translation

from panjereh.domain.casework import api as casework
from panjereh.web.citizen.cases import timeline
from tests.platform.casework.test_applying import ready
from tests.platform.casework.window import Window


@pytest.fixture
def view(window: Window, registers: object, run_jobs) -> casework.CaseView:
    ready(window, run_jobs)
    window.submit()
    return window.see()


def submitted_text(view: casework.CaseView) -> str:
    with translation.override("en"):
        [row] = [each for each in timeline.rows_of(view, step="", text="") if "submitted" in each[3]]
    return row[4]


def answered_after(view: casework.CaseView, seconds: int) -> casework.CaseView:
    asked_at = view.facts[0].asked_at
    facts = [
        replace(each, asked_at=asked_at, answered_at=asked_at + dt.timedelta(seconds=seconds))
        for each in view.facts
    ]
    return replace(view, facts=tuple(facts))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "3 registers answered in 1 second."),
        (6, "3 registers answered in 6 seconds."),
        (120, "3 registers answered."),
    ],
)
def test_it_says_how_fast_the_registers_were_while_that_means_something(view, seconds, words):
    assert submitted_text(answered_after(view, seconds)) == words


def test_where_no_register_was_asked_nothing_is_said_of_any(view):
    assert submitted_text(replace(view, facts=())) == ""


def test_the_next_step_stands_on_top_and_the_newest_act_under_it(view):
    rows = timeline.rows_of(view, step="They decide.", text="We tell you.")

    assert [row[0] for row in rows] == ["next", "now"]
    assert rows[0][4] == "They decide. We tell you."


def test_a_document_that_could_not_be_made_is_held_not_done(view):
    failed = casework.ActView("document-failed", casework.CaseState.GRANTED, "system", view.saved_at)

    rows = timeline.rows_of(replace(view, acts=(failed, *view.acts)), step="", text="")

    assert rows[0][0] == "held"


def test_a_limit_that_moved_while_registers_were_asked_is_told_before_the_submission(view):
    moved = casework.ActView("deadline-moved", casework.CaseState.GATHERING, "system", view.saved_at)
    with_it = replace(view, acts=(*view.acts, moved))

    with translation.override("en"):
        after, before = timeline.rows_of(with_it, step="", text=""), timeline.earlier_rows_of(with_it)

    assert [row[3] for row in before if "limit" in row[3]] == ["The limit was counted again"]
    assert [row[3] for row in after if "limit" in row[3]] == []
