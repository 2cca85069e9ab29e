"""The pages of one case: the way through its form, its review, its waiting, its papers and the way out."""

import datetime as dt
import re

import pytest
from django.test import Client

from panjereh.domain.casework import api as casework
from panjereh.domain.disclosure.models import Fact
from panjereh.domain.documents.models import Document
from panjereh.plumbing import edge
from panjereh_kernel.actor import Actor
from tests.platform.access.country import AT, Country
from tests.platform.casework.registers import HOME
from tests.platform.casework.window import Window
from tests.platform.people.desk import fresh_id

pytestmark = pytest.mark.slow


@pytest.fixture
def draft(country: Country) -> str:
    return f"/en/cases/{country.mina.cases['draft']}/"


@pytest.fixture
def form(draft: str) -> str:
    return f"{draft}questions/which-address/"


@pytest.fixture
def ready(mina: Client, form: str, run_jobs) -> None:
    mina.post(form, {"source": "register"})
    run_jobs()


@pytest.fixture
def submitted(country: Country, ready: None) -> None:
    window_of(country).submit()


def window_of(country: Country) -> Window:
    return Window(actor=country.mina.actor, at=AT, case_id=country.mina.cases["draft"])


def main_of(page: str) -> str:
    return page.split("<main")[1].split("</main>", maxsplit=1)[0]


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", main_of(page)).split())


def state_of(country: Country) -> casework.CaseState:
    return casework.case_state(country.mina.cases["draft"], actor=country.mina.actor)


# the form


def test_the_first_question_promises_no_number_of_questions_while_its_answer_decides_it(mina, form):
    assert "Question" not in words_of(mina.get(form).text)


def test_the_second_question_stands_on_its_own_page_and_says_where_it_stands(mina, draft, form):
    answer = mina.post(form, {"source": "postal-code"}, follow=True)

    assert answer.redirect_chain[-1][0] == f"{draft}questions/postal-code/"
    assert "Question 2 of 2" in words_of(answer.text)
    assert f'<a class="back" href="{form}">' in answer.text
    assert '<h1><label for="postal_code">' in answer.text


def test_a_question_that_is_not_needed_leads_back_to_the_case(mina, draft, form):
    mina.post(form, {"source": "register"})

    for method in (mina.get, mina.post):
        assert method(f"{draft}questions/postal-code/").headers["Location"] == draft


def test_changing_one_answer_leads_back_to_the_review(mina, draft, form, run_jobs):
    mina.post(form, {"source": "postal-code"})
    mina.post(f"{draft}questions/postal-code/", {"postal_code": HOME})
    run_jobs()

    answer = mina.post(form, {"source": "postal-code"}, follow=True)

    assert "Look it over before you submit" in words_of(answer.text)


def test_a_question_opened_from_the_review_leads_back_to_it(mina, draft, form, ready):
    assert f'<a class="back" href="{draft}">' in mina.get(form).text


# the review


def test_every_answer_can_be_changed_and_every_fetched_value_questioned(mina, draft, form, ready):
    page = main_of(mina.get(draft).text)

    assert page.count("Change<") == 1
    assert page.count("Is this wrong?") == 3 + 3 + 4
    assert "From: National Organization for Civil Registration" in page


def test_names_on_an_english_page_are_marked_as_persian(mina, draft, ready):
    assert '<bdi lang="fa">مینا</bdi>' in mina.get(draft).text


def test_a_wrong_record_leads_to_who_holds_it_and_where_it_is_corrected(mina, draft, ready):
    page = words_of(mina.get(f"{draft}registers/person/").text)

    assert "National Organization for Civil Registration holds this record" in page
    assert "Where: The civil registry office of your area" in page
    assert mina.get(f"{draft}registers/nothing/").status_code == 404


def test_after_a_correction_the_registers_are_asked_again(country, mina, draft, ready, run_jobs):
    country.registers.person["father_name"] = "فریدون"

    mina.post(f"{draft}ask-again/")
    run_jobs()

    assert state_of(country) is casework.CaseState.READY
    assert "فریدون" in mina.get(draft).text
    country.registers.person["father_name"] = "بهرام"


def test_asking_again_twice_asks_once(country, mina, draft, ready, run_jobs):
    asked = Fact.objects.count()

    for _ in range(2):
        assert mina.post(f"{draft}ask-again/").headers["Location"] == draft

    assert Fact.objects.count() == asked + 1


# the waiting


def test_while_registers_are_asked_the_page_says_which_and_since_when(mina, draft, form):
    page = mina.post(form, {"source": "register"}, follow=True)

    words = words_of(page.text)
    assert "waiting for an answer" in words
    assert "asked on" in words
    assert words.count("asked after the one above") == 2
    assert 'http-equiv="refresh" content="3"' in page.text


def test_a_register_that_stays_silent_is_named_and_the_page_says_nothing_is_lost(
    mina, draft, form, monkeypatch
):
    mina.post(form, {"source": "register"})
    monkeypatch.setattr(edge, "now", lambda: AT + dt.timedelta(minutes=1))

    page = mina.get(draft)

    words = words_of(page.text)
    assert "National Organization for Civil Registration is not answering at the moment" in words
    assert "Nothing is lost" in words
    assert 'http-equiv="refresh" content="15"' in page.text


def test_a_register_that_declined_can_be_asked_again(country, mina, draft, form, run_jobs):
    country.registers.denied = {"post.place"}
    mina.post(form, {"source": "register"})
    run_jobs()
    page = mina.get(draft)
    country.registers.denied = set()

    mina.post(f"{draft}ask-again/")
    run_jobs()

    assert "A register declined to answer" in words_of(page.text)
    assert 'http-equiv="refresh"' not in page.text
    assert state_of(country) is casework.CaseState.READY


# the case


LONG_AGO = AT - dt.timedelta(days=7)


def note_overdue():
    casework.note_overdue(after=None, new_id=fresh_id, actor=Actor.system("case-limits"), at=AT)


def wait_since_long_ago(country, run_jobs, *, state):
    window = window_of(country)
    window.at = LONG_AGO
    window.answer(source="register")
    window.gather()
    if state != "gathering":
        run_jobs()
        window.submit()
    if state == "granted":
        window.decide()


LATE = {
    "gathering": "The time for these answers ended on",
    "submitted": "The time for the answer ended on",
    "granted": "The time to make the document ended on",
}


@pytest.mark.parametrize("state", LATE)
def test_a_wait_beyond_its_limit_says_so_and_later_that_it_is_on_record(
    country, mina, draft, run_jobs, state
):
    wait_since_long_ago(country, run_jobs, state=state)
    first = words_of(mina.get(draft).text)
    note_overdue()

    then = words_of(mina.get(draft).text)

    assert LATE[state] in first
    assert "on record" not in first
    assert LATE[state] in then
    assert "The delay is on record and counts in the public figures" in then


def test_a_wait_within_its_limit_says_until_when(mina, draft, form):
    mina.post(form, {"source": "register"})

    assert "The registers have time until" in words_of(mina.get(draft).text)


def test_where_a_register_declined_no_limit_is_said_to_have_passed(
    country, mina, draft, run_jobs, monkeypatch
):
    monkeypatch.setattr(country.registers, "denied", {"post.place"})
    wait_since_long_ago(country, run_jobs, state="gathering")
    run_jobs()

    assert LATE["gathering"] not in words_of(mina.get(draft).text)


def test_a_submitted_case_says_who_has_it_what_is_next_and_until_when(mina, draft, submitted):
    words = words_of(mina.get(draft).text)

    assert "Under review" in words
    assert "In charge National Post Company" in words
    assert "Until Monday 2 Azar 1405" in words
    assert "1 working day left of 1" in words
    assert "Next step The conditions are checked automatically" in words
    assert "We tell you in your inbox and by text message" in words


def test_the_timeline_speaks_of_the_person_and_folds_what_came_before_the_submission(mina, draft, submitted):
    page = main_of(mina.get(draft).text)
    shown, folded = page.split("<details")

    assert "You submitted the request" in shown
    assert "You started the request" not in shown
    assert "You started the request" in folded
    assert not re.search(r"facts-complete|gather\b", page)


def test_the_answers_have_their_source_time_and_receipt(mina, draft, submitted):
    page = mina.get(f"{draft}answers/").text

    assert "My address in the property and residence system" in words_of(page)
    assert "From: National Post Company, " in words_of(page)
    assert len(re.findall(r'href="/en/my-data/[^"]+"', main_of(page))) == 3


def test_the_receipt_says_what_was_submitted_when_and_under_which_code(country, mina, draft, submitted):
    words = words_of(mina.get(f"{draft}receipt/").text)
    view = casework.case(country.mina.cases["draft"], actor=country.mina.actor)

    assert view.tracking_code in words
    assert "Submitted Sunday 1 Azar 1405, at 9:41" in words
    assert "Answer due until Monday 2 Azar 1405" in words
    assert "My address in the property and residence system" in words


def test_a_document_that_cannot_be_made_is_said_plainly_and_the_page_rests(country, mina, draft, submitted):
    window_of(country).decide()
    Document.objects.filter(case_id=country.mina.cases["draft"]).update(state="failed", failure="x")

    page = mina.get(draft)

    assert "granted, but the document could not be made" in words_of(page.text)
    assert 'http-equiv="refresh"' not in page.text


def test_a_case_whose_document_was_revoked_does_not_call_it_issued(country, mina):
    Document.objects.filter(case_id=country.mina.cases["issued"]).update(
        state="revoked", revoked_at=AT, revocation_reason="issued-in-error"
    )

    words = words_of(mina.get(f"/en/cases/{country.mina.cases['issued']}/").text)

    assert "The document of this case was revoked." in words
    assert "Document revoked" in words
    assert "Next step" not in words
    assert "Your document has been signed and issued." not in words


# the way out


def test_discarding_a_draft_asks_first_and_says_what_it_means(country, mina, draft, form):
    assert f'href="{draft}withdraw/"' in mina.get(form).text
    asked = words_of(mina.get(f"{draft}withdraw/").text)
    assert state_of(country) is casework.CaseState.DRAFT

    page = mina.post(f"{draft}withdraw/", follow=True)

    assert "Discard this draft? " in asked
    assert "Your answers are deleted" in asked
    assert "You discarded this draft on Sunday 1 Azar 1405." in words_of(page.text)
    assert "Withdrawn" in words_of(mina.get("/en/cases/").text)


def test_withdrawing_a_submitted_case_asks_first_and_keeps_its_papers(country, mina, draft, submitted):
    asked = words_of(mina.get(f"{draft}withdraw/").text)

    page = mina.post(f"{draft}withdraw/", follow=True).text

    assert "The request is not decided any more" in asked
    assert "You withdrew this request on Sunday 1 Azar 1405." in words_of(page)
    assert "Promised time" not in words_of(page)
    assert mina.get(f"{draft}receipt/").status_code == 200
    assert "You withdrew your request" in mina.get("/en/inbox/").text


def test_a_decided_case_offers_no_way_out(country, mina, draft, submitted):
    window_of(country).decide()

    assert "withdraw/" not in mina.get(draft).text
    assert mina.get(f"{draft}withdraw/").headers["Location"] == draft
    assert mina.post(f"{draft}withdraw/").headers["Location"] == draft
    assert state_of(country) is casework.CaseState.GRANTED


def test_withdrawing_twice_withdraws_once(country, mina, draft, submitted):
    for _ in range(2):
        assert mina.post(f"{draft}withdraw/").headers["Location"] == draft

    events = [act.event for act in casework.case(country.mina.cases["draft"], actor=country.mina.actor).acts]
    assert events.count("withdraw") == 1
