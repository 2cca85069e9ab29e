"""Services for programs: the list page by page, the search, each one, and what a strict query refuses."""

import dataclasses
from urllib.parse import urlsplit

import pytest
from django.test import Client

from panjereh.domain.catalogue import api as catalogue
from panjereh.rest import refusals
from panjereh.rest.services import endpoints
from tests.platform.rest.described import SERVICE, answer_of, problem_of

CARD = "place.address-certificate"


@pytest.fixture
def three_more(monkeypatch: pytest.MonkeyPatch, catalogue_installed: None) -> list[str]:
    """A catalogue of four: the one real card under four identifiers."""
    card = catalogue.service(CARD)
    ids = ["a.one", "b.two", CARD, "z.last"]
    cards = [dataclasses.replace(card, id=each) for each in ids]
    monkeypatch.setattr(endpoints.catalogue, "published_services", lambda: cards)
    return ids


def test_the_list_tells_each_service_in_both_languages(stranger: Client, catalogue_installed: None):
    (told,) = answer_of(stranger, "/services")["items"]

    assert told["id"] == CARD
    assert told["title"]["fa"]
    assert told["title"]["en"]
    assert told["agency"]["name"]["en"]


def test_following_next_gives_every_service_once(stranger: Client, three_more: list[str]):
    seen, path = [], "/services?limit=1"
    while path:
        page = answer_of(stranger, path)
        seen += [each["id"] for each in page["items"]]
        following = urlsplit(page["next"] or "")
        path = f"{following.path.removeprefix('/api/v1')}?{following.query}" if page["next"] else ""

    assert seen == three_more


def test_the_list_can_be_of_one_agency(stranger: Client, catalogue_installed: None):
    owner = catalogue.service(CARD).owner

    assert len(answer_of(stranger, f"/services?agency={owner}")["items"]) == 1
    assert answer_of(stranger, "/services?agency=nobody")["items"] == []


def test_a_service_is_told_alone_as_in_the_list(stranger: Client, catalogue_installed: None):
    assert answer_of(stranger, f"/services/{CARD}") == answer_of(stranger, "/services")["items"][0]


def test_its_page_and_linked_data_are_there(stranger: Client, catalogue_installed: None):
    told = answer_of(stranger, f"/services/{CARD}")

    for address in (told["page"], told["linked_data"]):
        assert stranger.get(urlsplit(address).path).status_code == 200


@pytest.mark.parametrize("name", ["no.such", "%00", "X", "a" * 5000, "۱"])
def test_an_unknown_service_is_a_problem(stranger: Client, db: None, name: str):
    assert problem_of(stranger, f"/services/{name}", 404)["code"] == "service-unknown"


@pytest.mark.parametrize("words", ["گواهی نشانی", "address"])
def test_services_are_found_by_words(stranger: Client, catalogue_installed: None, words: str):
    assert [each["id"] for each in answer_of(stranger, f"/service-search?q={words}")["items"]] == [CARD]


def test_without_words_nothing_is_found(stranger: Client, catalogue_installed: None):
    assert answer_of(stranger, "/service-search")["items"] == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=۵", "limit"),
        ("limit=1&limit=2", "limit"),
        ("agency=%00", "agency"),
        (f"agency={'x' * 201}", "agency"),
        ("agencey=x", "agencey"),
        ("after=a.one", "after"),
    ],
)
def test_a_query_that_is_not_described_is_refused_by_name(stranger: Client, db: None, query: str, field: str):
    answer = problem_of(stranger, f"/services?{query}", 422)

    assert (answer["code"], answer["field"]) == (refusals.QueryFaulty.code, field)
    assert answer["code"] == "request-query-faulty"


def test_the_cursor_of_another_list_is_refused(stranger: Client, three_more: list[str]):
    cursor = urlsplit(answer_of(stranger, "/services?limit=1")["next"]).query.split("after=")[1]
    owner = catalogue.service(CARD).owner

    answer = problem_of(stranger, f"/services?agency={owner}&after={cursor}", 422)

    assert answer["field"] == "after"


def test_what_the_caller_has_already_is_not_sent_again(stranger: Client, catalogue_installed: None):
    first = stranger.get(f"{SERVICE}/services")
    again = stranger.get(f"{SERVICE}/services", headers={"if-none-match": first.headers["ETag"]})
    other = stranger.get(f"{SERVICE}/services", headers={"if-none-match": '"another"'})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == "public, max-age=60"
    assert other.status_code == 200


def test_no_other_site_is_let_in_by_a_browser(stranger: Client, catalogue_installed: None):
    answer = stranger.get(f"{SERVICE}/services", headers={"origin": "https://elsewhere.example"})

    assert not [name for name in answer.headers if name.lower().startswith("access-control-")]


def test_a_bug_is_a_problem_that_tells_nothing(stranger: Client, db: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(endpoints.catalogue, "published_services", lambda: 1 / 0)
    stranger.raise_request_exception = False

    answer = problem_of(stranger, "/services", 500)

    assert answer["code"] == "internal-error"
    assert "division" not in str(answer)
