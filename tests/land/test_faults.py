"""An agency fails on order, for as many calls as ordered, and nobody beyond this machine may order."""

import time

import pytest

from panjereh_land.asgi import make_app
from panjereh_land.country import Country
from tests.land.conftest import Caller

LOOKUP, QUESTION = "/post/place/lookup", {"postal_code": "9999900000"}


def order(agencies: Caller, **fault: object) -> int:
    return agencies.post("/practice/faults", json={"agency": "post", "calls": 1, **fault}).status_code


def test_an_agency_that_is_down_answers_503_for_as_many_calls_as_ordered(agencies: Caller) -> None:
    order(agencies, kind="down", calls=2)

    statuses = [agencies.post(LOOKUP, json=QUESTION).status_code for _ in range(3)]

    assert statuses == [503, 503, 200]


def test_the_other_agencies_go_on(agencies: Caller) -> None:
    order(agencies, kind="down")

    assert agencies.post("/mrud/residence/current", json={"national_number": "9999992099"}).status_code == 200


def test_a_slow_agency_answers_late(agencies: Caller) -> None:
    order(agencies, kind="slow", seconds=0.05)

    begun = time.monotonic()
    response = agencies.post(LOOKUP, json=QUESTION)

    assert response.status_code == 200
    assert time.monotonic() - begun >= 0.05


def test_a_lost_answer_was_worked_out_but_never_came_whole(agencies: Caller) -> None:
    order(agencies, kind="lost")

    response = agencies.post(LOOKUP, json=QUESTION)

    assert len(response.content) < int(response.headers["content-length"])
    assert agencies.get("/practice/calls").json() == {LOOKUP: 1}


def test_what_was_refused_is_not_counted_as_answered(agencies: Caller) -> None:
    order(agencies, kind="down")
    agencies.post(LOOKUP, json=QUESTION)

    assert agencies.get("/practice/calls").json() == {}


def test_ordering_no_calls_takes_a_fault_back(agencies: Caller) -> None:
    order(agencies, kind="down", calls=5)
    order(agencies, kind="down", calls=0)

    assert agencies.post(LOOKUP, json=QUESTION).status_code == 200


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "haunted"},
        {"kind": "down", "calls": -1},
        {"kind": "down", "calls": "many"},
        {"kind": "slow", "seconds": 1e9},
        {"kind": "down", "agency": "mars"},
    ],
)
def test_an_order_that_makes_no_sense_is_refused(agencies: Caller, fault: dict[str, object]) -> None:
    response = agencies.post("/practice/faults", json={"agency": "post", "calls": 1, **fault})

    assert (response.status_code, response.json()["code"]) == (400, "fault-not-valid")


@pytest.mark.parametrize("body", [b"[]", b"{", b"{}"])
def test_an_order_that_is_no_order_is_refused(agencies: Caller, body: bytes) -> None:
    assert agencies.post("/practice/faults", content=body).status_code == 400


def test_from_another_machine_there_is_no_such_page(country: Country) -> None:
    outside = Caller(make_app(country), address="192.0.2.1")

    assert outside.get("/practice/calls").status_code == 404
    assert outside.post("/practice/faults", json={}).status_code == 404


@pytest.mark.parametrize("kind", ["live", "ready"])
def test_it_says_it_is_well(agencies: Caller, kind: str) -> None:
    assert agencies.get(f"/health/{kind}").json() == {"status": kind}
