"""From a draft to a submitted case: what the person does, and what the registers add."""

import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection

from panjereh.domain.casework import api as casework
from panjereh.domain.casework.models import Case
from panjereh.domain.messaging import api as messaging
from panjereh.plumbing import edge
from panjereh_kernel.actor import Actor
from panjereh_kernel.identifiers import Installation
from panjereh_kernel.refusal import NotFound
from tests.platform.casework.registers import HOME, SHOP
from tests.platform.casework.window import SERVICE, Window
from tests.platform.people.desk import fresh_id

RunJobs = Callable[[], int]
PRACTICE, PRODUCTION = Installation.PRACTICE, Installation.PRODUCTION
REAL_CODE = "1999912345"


def ready(window: Window, run_jobs: RunJobs, **typed: str) -> None:
    window.start()
    window.answer(**(typed or {"source": "register"}))
    window.gather()
    run_jobs()


def test_starting_twice_goes_on_with_the_same_draft(window):
    first = window.start()

    assert window.start() == first
    assert Case.objects.count() == 1


def test_somebody_not_signed_in_cannot_start(window):
    window.actor = Actor.anonymous("own-affairs")

    with pytest.raises(NotFound):
        window.start()


def test_an_account_without_a_proven_identity_cannot_start(window):
    window.actor = dataclasses.replace(window.actor, ial=0)

    with pytest.raises(casework.IdentityTooWeak):
        window.start()


def test_a_page_is_kept_the_moment_it_is_sent(window):
    window.start()

    window.answer(source="postal-code", postal_code="۹۹۹۹۹ ۱۲۳۴۷")

    assert window.see().answers == {"source": "postal-code", "postal_code": HOME}


def test_a_page_that_the_answers_do_not_lead_to_is_absent(window):
    window.start()
    window.answer(source="register")

    with pytest.raises(NotFound):
        window.answer_page("postal-code", postal_code=HOME)

    assert window.see().answers == {"source": "register"}


def test_an_answer_to_a_page_that_is_no_longer_asked_is_dropped(window, registers, run_jobs):
    ready(window, run_jobs, source="postal-code", postal_code=SHOP)

    window.answer(source="register")
    window.gather()
    run_jobs()

    view = window.see()
    assert view.answers == {"source": "register"}
    assert casework.fields_of(view.facts[2].answer)["postal_code"] == HOME


def test_no_register_is_asked_before_the_page_that_an_answer_leads_to_is_answered(window, registers):
    window.start()
    window.answer(source="postal-code")

    with pytest.raises(casework.CaseStepImpossible):
        window.gather()


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ({}, {"source": "missing"}),
        ({"source": "elsewhere"}, {"source": "not-an-option"}),
    ],
)
def test_answers_that_cannot_be_kept_are_named_and_nothing_changes(window, typed, faults):
    window.start()

    with pytest.raises(casework.AnswersInvalid) as refusal:
        window.answer_page("which-address", **typed)

    assert refusal.value.faults == faults
    assert window.see().answers == {}


@pytest.mark.parametrize(("typed", "fault"), [("", "missing"), ("12", "postal-code-invalid")])
def test_a_postal_code_that_cannot_be_kept_is_named_and_nothing_changes(window, typed, fault):
    window.start()
    window.answer(source="postal-code")

    with pytest.raises(casework.AnswersInvalid) as refusal:
        window.answer_page("postal-code", postal_code=typed)

    assert refusal.value.faults == {"postal_code": fault}
    assert window.see().answers == {"source": "postal-code"}


@pytest.mark.parametrize(("typed", "belongs_to"), [(HOME, PRACTICE), (REAL_CODE, PRODUCTION)])
def test_a_postal_code_is_kept_where_it_belongs(window, typed, belongs_to):
    window.start()
    window.answer(source="postal-code")
    window.installation = belongs_to

    window.answer_page("postal-code", postal_code=typed)

    assert window.see().answers["postal_code"] == typed


@pytest.mark.parametrize(("typed", "installation"), [(REAL_CODE, PRACTICE), (HOME, PRODUCTION)])
def test_practice_postal_codes_and_real_ones_never_meet_behind_the_door(window, typed, installation):
    window.start()
    window.answer(source="postal-code")
    window.installation = installation

    with pytest.raises(casework.AnswersInvalid) as refusal:
        window.answer_page("postal-code", postal_code=typed)

    assert refusal.value.faults == {"postal_code": "postal-code-not-ours"}
    assert "postal_code" not in window.see().answers


def test_the_registers_are_asked_one_after_another_until_all_is_there(window, registers, run_jobs):
    ready(window, run_jobs)

    view = window.see()
    assert view.state is casework.CaseState.READY
    assert [fact.data_set for fact in view.facts] == ["civil.person", "housing.residence", "post.place"]
    assert casework.fields_of(view.facts[2].answer)["postal_code"] == HOME


def test_no_register_is_asked_before_every_question_is_answered(window, registers):
    window.start()
    asked = len(registers.asked)

    with pytest.raises(casework.CaseStepImpossible):
        window.gather()

    assert window.see().state is casework.CaseState.DRAFT
    assert len(registers.asked) == asked


def test_what_is_not_needed_is_not_asked(window, registers, run_jobs):
    registers.residence = None

    ready(window, run_jobs)

    assert [fact.data_set for fact in window.see().facts] == ["civil.person", "housing.residence"]


def test_a_register_that_is_away_keeps_the_draft_and_is_asked_again(window, registers, run_jobs):
    registers.away = {"housing.residence"}
    window.start()
    window.answer(source="register")
    window.gather()
    with pytest.raises(Exception, match=r"housing\.residence"):
        run_jobs()
    assert window.see().state is casework.CaseState.GATHERING

    registers.away = set()
    run_jobs()

    assert window.see().state is casework.CaseState.READY
    asked = [message for key, message in registers.asked if key == "housing.residence"]
    assert len(asked) == 2
    assert len(set(asked)) == 1


def test_a_register_that_denies_holds_the_case_and_says_so(window, registers, run_jobs):
    registers.denied = {"post.place"}

    ready(window, run_jobs)

    view = window.see()
    assert view.state is casework.CaseState.GATHERING
    assert view.facts[-1].state == "denied"


def test_changing_an_answer_sets_aside_what_was_fetched_for_the_old_one(window, registers, run_jobs):
    ready(window, run_jobs)

    window.answer(source="postal-code", postal_code=SHOP)
    assert window.see().facts == ()
    window.gather()
    run_jobs()

    assert casework.fields_of(window.see().facts[2].answer)["kind"] == "shop"


def test_the_same_answer_again_while_a_register_is_asked_loses_nothing(window, registers, run_jobs):
    window.start()
    window.answer(source="register")
    window.gather()

    window.answer(source="register")
    window.gather()
    run_jobs()

    assert window.see().state is casework.CaseState.READY


def test_the_same_answer_again_keeps_what_was_fetched(window, registers, run_jobs):
    ready(window, run_jobs)
    asked = len(registers.asked)

    window.answer(source="register")
    window.gather()
    run_jobs()

    assert window.see().state is casework.CaseState.READY
    assert len(registers.asked) == asked


def test_the_form_sent_again_while_a_register_is_asked_goes_on_gathering(window, run_jobs):
    window.start()
    window.answer(source="register")
    window.gather()

    window.answer(source="register")
    window.gather()

    assert window.see().state == casework.CaseState.GATHERING
    run_jobs()
    assert window.see().state == casework.CaseState.READY


def test_a_case_that_lacks_facts_cannot_be_submitted(window):
    window.start()
    window.answer(source="register")

    with pytest.raises(casework.CaseStepImpossible):
        window.submit()


def test_submitting_starts_the_clock_and_says_by_which_calendar(window, registers, run_jobs):
    ready(window, run_jobs)

    window.submit()

    row = Case.objects.get()
    assert row.submitted_at == window.at
    assert row.due_on is not None
    assert row.due_on > window.at.date()
    assert row.calendar_version != ""


def test_submitting_twice_is_refused_and_leaves_one_trace(window, registers, run_jobs):
    ready(window, run_jobs)
    window.submit()

    with pytest.raises(casework.CaseStepImpossible):
        window.submit()

    assert events(window) == ["start", "answer", "gather", "facts-complete", "submit"]


def test_after_submission_an_answer_can_no_longer_change(window, registers, run_jobs):
    ready(window, run_jobs)
    window.submit()

    with pytest.raises(casework.CaseStepImpossible):
        window.answer(source="register")


def test_another_persons_case_is_answered_like_one_that_does_not_exist(window, registers, run_jobs):
    ready(window, run_jobs)
    stranger = dataclasses.replace(window.actor, subject_id=fresh_id(), account_id=fresh_id())

    for attempt in (
        lambda: casework.case(window.case_id, actor=stranger),
        lambda: casework.case(fresh_id(), actor=window.actor),
        lambda: casework.submit_case(window.case_id, act_id=fresh_id(), actor=stranger, at=window.at),
    ):
        with pytest.raises(NotFound) as refusal:
            attempt()
        assert refusal.value.facts() == {}


def test_answers_and_facts_are_not_readable_in_the_tables(window, registers, run_jobs):
    ready(window, run_jobs, source="postal-code", postal_code=HOME)

    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM casework_case t UNION ALL SELECT t::text FROM disclosure_fact t")
        text = " ".join(row[0] for row in cursor.fetchall())
    assert HOME not in text
    assert "نمونه" not in text


def test_the_list_of_cases_shows_the_newest_first_and_only_ones_own(window):
    window.start()

    rows = casework.cases_of(actor=window.actor)

    assert [row.service_id for row in rows] == [SERVICE]
    assert casework.cases_of(actor=window.actor, before=rows[0].id) == ()


def events(window: Window) -> list[str]:
    return [act.event for act in reversed(window.see().acts)]


@pytest.mark.parametrize(("minutes", "messages"), [(9, []), (10, ["case-ready"])])
def test_who_waited_long_is_told_when_all_is_there(window, registers, run_jobs, at, minutes, messages):
    start = edge.now() - dt.timedelta(minutes=minutes, seconds=1)
    window.at = start
    window.start()
    window.answer(source="register")
    window.gather()

    run_jobs()

    assert window.see().state is casework.CaseState.READY
    assert [message.template for message in messaging.inbox(window.actor, limit=9)] == messages


def test_asking_again_fetches_the_corrected_record_and_needs_a_new_look(window, registers, run_jobs):
    ready(window, run_jobs)
    looked_over_at = window.see().saved_at
    registers.person["father_name"] = "فریدون"
    window.at += dt.timedelta(minutes=1)

    window.gather_again()
    run_jobs()

    view = window.see()
    assert casework.fields_of(view.facts[0].answer)["father_name"] == "فریدون"
    with pytest.raises(casework.CaseStepImpossible):
        casework.submit_case(
            window.case_id, act_id=fresh_id(), actor=window.actor, at=window.at, seen_at=looked_over_at
        )


def test_a_register_that_denied_can_be_asked_again(window, registers, run_jobs):
    registers.denied = {"post.place"}
    ready(window, run_jobs)
    registers.denied = set()

    window.gather_again()
    run_jobs()

    assert window.see().state is casework.CaseState.READY


@pytest.mark.parametrize("prepare", ["draft", "gathering", "submitted"])
def test_nothing_is_asked_again_while_it_is_asked_or_when_it_is_over(window, registers, run_jobs, prepare):
    window.start()
    if prepare != "draft":
        window.answer(source="register")
        window.gather()
    if prepare == "submitted":
        run_jobs()
        window.submit()

    with pytest.raises(casework.CaseStepImpossible):
        window.gather_again()
