"""`Idempotency-Key`: sent twice, at once, with another body, after a crash, and after a day."""

import datetime as dt
import json
import threading
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from panjereh.domain.documents import caps
from panjereh.plumbing import idempotency
from panjereh.plumbing.models import KeptAnswer
from panjereh.rest.document_checks import endpoints
from tests.platform.documents import press as made
from tests.platform.rest.described import SERVICE, holds, operation_of

CHECKS = "/document-checks"
KEY = "3f8a2b1e-7c64-4f0e-9d55-0a1b2c3d4e5f"
UNKNOWN = {"number": "9904-1182-0367-5", "code": "2222-2222"}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Count how often the door is really asked."""
    calls: list[Any] = []
    check_by_code = endpoints.documents.check_by_code

    def counted(*values: Any, **more: Any) -> Any:
        calls.append(values)
        return check_by_code(*values, **more)

    monkeypatch.setattr(endpoints.documents, "check_by_code", counted)
    return calls


def send(client: Client, body: object = UNKNOWN, key: str = KEY, **more: str) -> Any:
    response = client.post(
        f"{SERVICE}{CHECKS}",
        json.dumps(body),
        content_type="application/json",
        headers={"idempotency-key": key, **more},
    )
    holds(response, operation_of(CHECKS, "post"))
    return response


def test_a_request_sent_twice_happens_once_and_is_answered_alike(
    stranger: Client, asked: list[Any], db: None
):
    first, second = send(stranger), send(stranger)

    assert len(asked) == 1
    assert (second.status_code, second.content) == (first.status_code, first.content)
    assert second.headers["Content-Type"] == first.headers["Content-Type"]
    assert (second.headers["Idempotency-Replayed"], "Idempotency-Replayed" in first.headers) == (
        "true",
        False,
    )


def test_a_refusal_is_kept_too(stranger: Client, asked: list[Any], db: None):
    wrong = {"number": "1", "code": "x"}

    answers = [send(stranger, wrong) for _ in range(2)]

    assert [each.status_code for each in answers] == [422, 422]
    assert len(asked) == 1


def test_the_same_key_with_another_body_is_refused(stranger: Client, asked: list[Any], db: None):
    send(stranger)

    response = send(stranger, {**UNKNOWN, "code": "3333-3333"})

    assert (response.status_code, response.json()["code"]) == (422, idempotency.KeyReused.code)
    assert len(asked) == 1


def test_while_the_first_still_runs_the_second_is_refused(
    stranger: Client, monkeypatch: pytest.MonkeyPatch, db: None
):
    inner: list[Any] = []
    monkeypatch.setattr(
        endpoints.documents, "check_by_code", lambda *_, **__: inner.append(send(Client())) or None
    )

    outer = send(stranger)

    assert outer.status_code == 200
    assert (inner[0].status_code, inner[0].json()["code"]) == (409, idempotency.KeyInFlight.code)


def test_keys_of_two_callers_are_two_keys(stranger: Client, asked: list[Any], db: None):
    send(stranger)

    send(Client(REMOTE_ADDR="192.0.2.7"))

    assert len(asked) == 2


@pytest.mark.parametrize("key", ["", "short", "x" * 256, "é" * 20, "tab\tin-the-middle-of-it"])
def test_a_key_that_can_be_guessed_or_is_none_is_refused(stranger: Client, key: str, db: None):
    response = send(stranger, key=key)

    assert (response.status_code, response.json()["code"]) == (400, idempotency.KeyFaulty.code)


def test_what_was_refused_for_the_moment_may_be_sent_again(
    stranger: Client, asked: list[Any], monkeypatch: pytest.MonkeyPatch, db: None
):
    with monkeypatch.context() as crowded:
        crowded.setattr(caps, "MAX_TRIES", 0)
        assert send(stranger).status_code == 429

    assert send(stranger).status_code == 200
    assert len(asked) == 2


def test_a_bug_gives_the_key_back(stranger: Client, monkeypatch: pytest.MonkeyPatch, db: None):
    stranger.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(endpoints.documents, "check_by_code", lambda *_, **__: 1 / 0)
        assert send(stranger).status_code == 500

    assert send(stranger).status_code == 200


def test_an_attempt_whose_process_died_frees_its_key_after_a_minute(
    stranger: Client, clock: Any, asked: list[Any], monkeypatch: pytest.MonkeyPatch, db: None
):
    with monkeypatch.context() as killed:
        killed.setattr(idempotency, "keep", lambda *_: None)
        send(stranger)

    clock(made.AT + dt.timedelta(seconds=59))
    assert send(stranger).status_code == 409
    clock(made.AT + dt.timedelta(seconds=60))
    assert send(stranger).status_code == 200
    assert len(asked) == 2


def test_a_key_is_forgotten_after_a_day_and_swept_away(stranger: Client, clock: Any, db: None):
    send(stranger)

    clock(made.AT + idempotency.KEPT)
    send(stranger, key="another-key-of-sixteen")

    assert KeptAnswer.objects.count() == 1


def test_the_table_tells_neither_key_nor_body_nor_answer(stranger: Client, db: None):
    send(stranger)

    row = KeptAnswer.objects.get()
    kept = b"".join(map(bytes, (row.key_digest, row.fingerprint, row.wrapped_answer)))
    assert not any(text in kept for text in (KEY.encode(), UNKNOWN["number"].encode(), b"not-found"))


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_begins():
    begun: list[Any] = []

    def begin() -> None:
        try:
            begun.append(idempotency.begin(KEY, caller="one", request=b"r", at=made.AT).kept)
        except idempotency.KeyInFlight as refusal:
            begun.append(refusal.code)
        connections.close_all()

    both = [threading.Thread(target=begin) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()

    assert sorted(map(str, begun)) == ["None", "idempotency-key-in-flight"]
