"""Every request has an id that its log lines and its answer carry."""

import dataclasses
import logging
import re

import httpx
import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from panjereh.plumbing import request_log
from panjereh.plumbing.request_log import request_id_of
from panjereh_kernel import tracing
from panjereh_kernel.tracing import WithRequestId

TRACE = "0af7651916cd43dd8448eb211c80319c"
TRACEPARENT = f"00-{TRACE}-b7ad6b7169203331-01"
OWN = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")


@pytest.fixture
def behind_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "PANJEREH", dataclasses.replace(settings.PANJEREH, trusted_proxies=1))


def id_of(**headers: str) -> str:
    return request_id_of(RequestFactory().get("/", headers=headers))


def test_a_trace_of_a_trusted_proxy_is_taken_up(behind_a_proxy: None):
    assert id_of(traceparent=TRACEPARENT) == TRACE


@pytest.mark.parametrize("given", [TRACE, "0af76519-16cd-43dd-8448-eb211c80319c"])
def test_an_id_of_a_trusted_proxy_is_taken_up(behind_a_proxy: None, given: str):
    assert id_of(**{"x-request-id": given}) == given


@pytest.mark.parametrize("given", ["9991234569", "", TRACE + "0", f"{TRACE}\n", "۹" * 32])
def test_what_is_no_id_is_replaced(behind_a_proxy: None, given: str):
    assert OWN.fullmatch(id_of(**{"x-request-id": given, "traceparent": given}))


def test_a_trace_of_zeros_is_none(behind_a_proxy: None):
    assert OWN.fullmatch(id_of(traceparent=f"00-{'0' * 32}-b7ad6b7169203331-01"))


def test_without_a_trusted_proxy_nobody_chooses_the_id():
    assert OWN.fullmatch(id_of(**{"traceparent": TRACEPARENT, "x-request-id": TRACE}))


def test_an_answer_carries_the_id_of_its_log_line(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO)
    caplog.handler.addFilter(WithRequestId())

    answer = Client().get("/nowhere")

    (record,) = [each for each in caplog.records if each.getMessage() == "answered"]
    assert record.facts["request"] == answer.headers["X-Request-Id"]
    assert record.facts["route"] is None
    assert (record.facts["method"], record.facts["status"]) == ("GET", 404)


def test_the_id_is_sent_on_to_our_own_programs():
    request = httpx.Request("GET", "http://127.0.0.1")

    with tracing.under_id(TRACE):
        request_log.carry_id(request)

    assert request.headers["X-Request-Id"] == TRACE


def test_outside_a_request_no_id_is_sent():
    request = httpx.Request("GET", "http://127.0.0.1")

    request_log.carry_id(request)

    assert "X-Request-Id" not in request.headers


def test_an_attempt_at_a_job_has_one_id_and_a_job_inside_it_the_same():
    with request_log.attempt():
        outer = tracing.current_id()
        with request_log.attempt():
            assert tracing.current_id() == outer

    assert OWN.fullmatch(outer)
    assert tracing.current_id() is None


def test_what_is_said_outside_a_request_carries_none():
    record = logging.LogRecord("a", logging.INFO, "f", 1, "said", (), None)

    assert WithRequestId().filter(record)
    assert not hasattr(record, "facts")


def test_a_method_nobody_knows_is_not_written(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO)

    Client().generic("N9991234569", "/")

    assert "N9991234569" not in str([vars(record) for record in caplog.records if "answered" in record.msg])


def test_probes_that_succeed_are_not_written(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO)

    Client().get("/health/live")

    assert not [record for record in caplog.records if record.getMessage() == "answered"]
