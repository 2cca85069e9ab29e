"""A refusal is a page for people and problem details for programs, with the same code."""

import json

import pytest
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.handlers.exception import convert_exception_to_response
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from panjereh.plumbing.refusals import RefusalsToAnswers, bad_request, csrf_failed, server_error
from panjereh.plumbing.sessions import SessionStore
from panjereh_kernel.refusal import NotFound, Refusal


class TooManyApples(Refusal):
    code = "not-found"
    status = 409

    def __init__(self, apples: int) -> None:
        super().__init__(apples)
        self.apples = apples


@pytest.fixture
def middleware():
    return RefusalsToAnswers(lambda _request: HttpResponse())


def test_a_program_gets_problem_details_with_code_and_facts(middleware):
    request = RequestFactory().get("/", headers={"accept": "application/json"})

    answer = middleware.process_exception(request, TooManyApples(7))

    body = json.loads(answer.content)
    assert answer.status_code == body["status"] == 409
    assert answer["content-type"] == "application/problem+json"
    assert body["code"] == "not-found"
    assert body["apples"] == 7
    assert body["type"] == "urn:panjereh:refusal:not-found"


def test_a_person_gets_a_page_with_the_sentence_and_the_code(client):
    answer = client.get("/there-is-no-such-page/")

    assert answer.status_code == 404
    assert "به جایی نمی‌رسد" in answer.content.decode()
    assert "not-found" in answer.content.decode()


def test_absent_is_answered_alike_however_it_was_noticed(middleware):
    request = RequestFactory().get("/", headers={"accept": "application/json"})

    by_django = middleware.process_exception(request, Http404())
    by_a_room = middleware.process_exception(request, NotFound())

    assert by_django.content == by_a_room.content


def test_a_bug_is_left_to_be_logged(middleware):
    assert middleware.process_exception(RequestFactory().get("/"), ValueError("boom")) is None


def test_a_bug_shows_nothing_of_itself():
    answer = server_error(RequestFactory().get("/en/", headers={"accept": "application/json"}))

    assert answer["content-type"] == "application/problem+json"
    assert json.loads(answer.content) == {
        "type": "urn:panjereh:refusal:internal-error",
        "title": "This page is broken",
        "status": 500,
        "code": "internal-error",
    }


@pytest.mark.parametrize("fault", [OperationalError("gone"), InterfaceError("closed")])
@pytest.mark.parametrize(
    ("path", "words"),
    [("/cases/", "سامانه اکنون پاسخ نمی‌دهد"), ("/en/cases/", "The site does not answer just now")],
)
def test_a_database_that_is_away_is_told_as_what_it_is(client, monkeypatch, fault, path, words):
    def fail(*_arguments: object, **_options: object) -> None:
        raise fault

    # The session is the first thing a page reads; whatever the page itself needs of it must do without.
    monkeypatch.setattr(SessionStore, "load", fail)
    client.raise_request_exception = False
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32

    answer = client.get(path)

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert words in answer.text
    assert "database-away" in answer.text
    assert "gone" not in answer.text
    assert "sign-out" not in answer.text
    assert not answer.cookies, "the person would be signed out"


def raise_away(_request: object) -> HttpResponse:
    raise OperationalError


def test_a_program_is_told_that_the_database_is_away_as_problem_details():
    request = RequestFactory().get("/", headers={"accept": "application/json"})
    away = convert_exception_to_response(raise_away)

    answer = away(request)

    assert (answer.status_code, json.loads(answer.content)["code"]) == (503, "database-away")


def test_a_form_that_is_out_of_date_says_what_to_do_if_that_never_ends():
    with translation.override("fa"):
        page = csrf_failed(RequestFactory().post("/")).content.decode()

    assert "form-out-of-date" in page
    assert "مجاز کنید" in page


def test_a_form_from_elsewhere_is_refused_with_a_code():
    answer = csrf_failed(RequestFactory().post("/", headers={"accept": "application/json"}))

    assert json.loads(answer.content)["code"] == "form-out-of-date"


@pytest.mark.parametrize(
    ("exception", "status", "code"),
    [
        (RequestDataTooBig(), 413, "request-too-large"),
        (SuspiciousOperation(), 400, "request-unreadable"),
    ],
)
def test_what_no_page_can_read_is_refused_with_a_code(exception: Exception, status: int, code: str):
    answer = bad_request(RequestFactory().post("/"), exception)

    assert answer.status_code == status
    assert code in answer.content.decode()


def test_an_address_asked_in_the_wrong_way_says_so_on_a_page_and_names_the_ways(client: Client):
    answer = client.post("/en/services/")

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert "method-not-allowed" in answer.text


def test_a_refusal_says_that_nothing_was_changed(client: Client):
    assert "Nothing was changed" in client.get("/en/no-such-page/").text


def test_while_the_database_is_away_the_page_speaks_the_language_of_its_address(
    monkeypatch: pytest.MonkeyPatch,
):
    def fail(_store: SessionStore) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(SessionStore, "load", fail)
    visitor = Client(raise_request_exception=False)
    visitor.cookies["panjereh"] = "x" * 32

    answer = visitor.get("/en/cases/")

    assert answer.status_code == 503
    assert '<html lang="en"' in answer.text
    assert "database-away" in answer.text


def test_a_bug_shows_a_person_a_page_that_says_what_is_saved(rf: RequestFactory):
    request: HttpRequest = rf.get("/en/")

    answer = server_error(request)

    assert answer.status_code == 500
    assert "What you saved before is still there" in answer.content.decode()
