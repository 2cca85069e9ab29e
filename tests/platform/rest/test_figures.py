"""Figures for programs: the same numbers as the pages show, and every event behind them."""

import datetime as dt
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import resolve

from panjereh.plumbing import edge
from panjereh_kernel.jalali import tehran_date
from tests.platform.audit.conftest import Record, record  # noqa: F401 -- fixtures
from tests.platform.figures.test_figures import SERVICE, roll_up_all, write_case
from tests.platform.rest.described import answer_of, problem_of

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "trace"])
FIGURE = "/figures/cases-by-state-and-day"


@pytest.fixture
def counted(clock: None, record: Record) -> dt.date:  # noqa: F811 -- the fixture above
    now = edge.now()
    for state in ("submitted", "submitted", "granted"):
        write_case(state, at=now)
    roll_up_all()
    return tehran_date(now)


def test_what_is_counted_is_told_in_both_languages(stranger: Client, db: None):
    known = answer_of(stranger, "/figures")["items"]

    assert "cases-by-state-and-day" in {each["id"] for each in known}
    assert all(each["definition"]["fa"] and each["definition"]["en"] for each in known)


def test_numbers_state_their_span_date_and_sample(stranger: Client, counted: dt.date):
    told = answer_of(stranger, FIGURE)

    assert told["counts"] == {"submitted": 2, "granted": 1}
    assert (told["sample_size"], told["days"]) == (3, None)
    assert told["to"] == counted.isoformat()
    assert told["as_of"].endswith("Z")


def test_nothing_counted_is_told_as_nothing(stranger: Client, db: None):
    told = answer_of(stranger, FIGURE)

    assert (told["counts"], told["sample_size"], told["as_of"]) == ({}, 0, None)


def test_the_numbers_of_one_service_are_by_day_too(stranger: Client, counted: dt.date):
    told = answer_of(stranger, f"{FIGURE}?service={SERVICE}")

    assert told["counts"] == {"submitted": 2, "granted": 1}
    assert told["days"] == [
        {"on": counted.isoformat(), "state": "granted", "count": 1},
        {"on": counted.isoformat(), "state": "submitted", "count": 2},
    ]
    assert answer_of(stranger, f"{FIGURE}?service=another")["days"] == []


def test_days_outside_the_span_do_not_count(stranger: Client, counted: dt.date):
    before = (counted - dt.timedelta(days=1)).isoformat()

    assert answer_of(stranger, f"{FIGURE}?since={before}&until={before}")["sample_size"] == 0


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("since=yesterday", "since"),
        ("until=20261122", "until"),
        ("until=1999-12-31", "until"),
        ("since=2026-01-02&until=2026-01-01", "since"),
        ("since=2024-01-01&until=2026-01-01", "since"),
        ("on=2026-01-01", "on"),
    ],
)
def test_a_span_that_is_none_is_refused(stranger: Client, db: None, query: str, field: str):
    assert problem_of(stranger, f"{FIGURE}?{query}", 422)["field"] == field


@pytest.mark.parametrize("path", ["/figures/none", "/figures/none/events", "/figures/%00"])
def test_an_unknown_figure_is_a_problem(stranger: Client, db: None, path: str):
    assert problem_of(stranger, path, 404)["code"] == "not-found"


def test_following_next_gives_every_event_once_in_the_order_of_the_record(stranger: Client, counted: dt.date):
    seen, path = [], f"{FIGURE}/events?limit=1"
    while path:
        page = answer_of(stranger, path)
        seen += [(each["number"], each["state"]) for each in page["items"]]
        following = urlsplit(page["next"] or "")
        path = f"{following.path.removeprefix('/api/v1')}?{following.query}" if page["next"] else ""

    assert seen == [(0, "submitted"), (1, "submitted"), (2, "granted")]


def test_the_events_of_one_number_are_as_many_as_it_says(stranger: Client, counted: dt.date):
    events = answer_of(stranger, f"{FIGURE}/events?on={counted}&service={SERVICE}&state=submitted")["items"]

    assert len(events) == 2


def test_each_event_leads_to_its_proof(stranger: Client, counted: dt.date):
    for event in answer_of(stranger, f"{FIGURE}/events")["items"]:
        found = resolve(urlsplit(event["proof"]).path)

        assert (found.view_name, found.kwargs) == ("oversight:proof", {"log_index": event["number"]})
