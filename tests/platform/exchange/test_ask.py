"""Asking another agency: what is sent, what an answer means, and what stays whatever happens."""

import datetime as dt
import json
import threading
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from prometheus_client import REGISTRY

from panjereh.domain.exchange import api as exchange
from panjereh.domain.exchange.node_client import NodeClient
from panjereh.domain.exchange.room import room
from panjereh.domain.exchange.rules.outcomes import Outcome
from panjereh.plumbing import sealing
from panjereh_contracts.digest import content_digest
from panjereh_contracts.p256 import SignatureInvalid
from panjereh_kernel.actor import Actor, Channel, Role
from panjereh_kernel.refusal import NotFound
from tests.platform.exchange import node_double
from tests.platform.exchange.conftest import ANSWERS, AT, CLIENT, MESSAGE, PERSON, SUBJECT, Ask
from tests.platform.exchange.node_double import NodeDouble

OTHER = UUID("01890000-0000-7000-8000-0000000000bb")


def receipts() -> list[exchange.ReceiptView]:
    return exchange.receipts_of(SUBJECT, limit=50)


def stored_text() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(string_agg(r::text, ' '), '') FROM exchange_receipt r")
        return str(cursor.fetchone()[0])


# The good case


def test_the_answer_comes_as_the_register_gave_it_with_a_receipt(node: NodeDouble, ask: Ask) -> None:
    answer = ask()

    (receipt,) = receipts()
    assert answer.body == ANSWERS["civil/person"]
    assert answer.receipt_id == receipt.id
    assert (receipt.data_set, receipt.holder, receipt.outcome) == ("civil.person", "nocr", Outcome.GIVEN)
    assert (receipt.purpose, receipt.legal_basis) == ("identity.proof", "data-act-1401")
    assert (receipt.case_reference, receipt.message_id, receipt.fault) == ("A-1", MESSAGE, "")
    assert receipt.answered_at == node_double.ANSWERED_AT


def test_a_question_is_counted_by_its_data_set_and_outcome(node: NodeDouble, ask: Ask) -> None:
    labels = {"data_set": "civil.person", "outcome": "given"}
    before = REGISTRY.get_sample_value("panjereh_exchange_calls_total", labels) or 0

    ask()

    assert REGISTRY.get_sample_value("panjereh_exchange_calls_total", labels) == before + 1


def test_the_question_names_who_asks_why_and_on_what_contract(node: NodeDouble, ask: Ask) -> None:
    ask()

    (asked,) = node.asked
    assert asked.path == "/r1/PRACTICE/GOV/nocr/civil/person"
    assert json.loads(asked.body) == {"national_number": "9999992099", "birth_date": "1993-09-13"}
    assert asked.headers["x-road-client"] == CLIENT
    assert asked.headers["x-road-id"] == str(MESSAGE)
    assert asked.headers["x-road-userid"] == "system"
    assert asked.headers["x-road-issue"] == "A-1"
    assert asked.headers["panjereh-purpose"] == "identity.proof"
    assert asked.headers["panjereh-legal-basis"] == "data-act-1401"
    assert asked.headers["panjereh-contract"] == "practice-civil.person-identity.proof-1"


def test_a_person_who_asks_is_named_by_their_account_alone(node: NodeDouble, ask: Ask) -> None:
    ask(actor=Actor(Role.CITIZEN, Channel.WEB, "own-affairs", subject_id=SUBJECT, account_id=OTHER))

    assert node.asked[0].headers["x-road-userid"] == f"account:{OTHER}"


def test_a_question_outside_a_case_names_no_case(node: NodeDouble, ask: Ask) -> None:
    ask(case_reference="")

    assert "x-road-issue" not in node.asked[0].headers


def test_that_the_register_holds_no_such_thing_is_an_answer(node: NodeDouble, ask: Ask) -> None:
    answer = ask(
        "post.place",
        request={"postal_code": "9999900000"},
        purpose="case.address-certificate",
        legal_basis="postal-code-act-1376",
    )

    assert answer.body["found"] is False
    assert receipts()[0].outcome is Outcome.ABSENT


def test_a_no_is_given_where_every_answer_is_an_answer(node: NodeDouble, ask: Ask) -> None:
    answer = ask("phone.ownership", request={"national_number": "9999992099", "mobile": "+989800000000"})

    assert answer.body["matches"] is False
    assert receipts()[0].outcome is Outcome.GIVEN


def test_nothing_of_question_or_answer_stays_in_the_clear(node: NodeDouble, ask: Ask) -> None:
    ask()

    stored, digest = stored_text(), content_digest(node.asked[0].body)
    assert str(SUBJECT) in stored
    # A digest of a national number is as good as the number: there are only so many to try.
    for secret in ("9999992099", "1993-09-13", str(PERSON["family_name"]), digest):
        assert secret not in stored
        assert secret.encode().hex() not in stored


def test_with_the_persons_key_the_proof_goes_and_the_fact_of_asking_stays(node: NodeDouble, ask: Ask) -> None:
    receipt_id = ask().receipt_id

    sealing.erase_key(SUBJECT, at=AT)

    assert [each.id for each in receipts()] == [receipt_id]
    with pytest.raises(sealing.ContentErased):
        exchange.verify_receipt(receipt_id, provider_key=node.provider_key.public_key())


def test_an_answer_printed_by_accident_tells_nothing(node: NodeDouble, ask: Ask) -> None:
    assert str(PERSON["family_name"]) not in repr(ask())


def test_the_receipt_can_be_proven_with_the_providers_key(node: NodeDouble, ask: Ask) -> None:
    receipt_id = ask().receipt_id

    exchange.verify_receipt(receipt_id, provider_key=node.provider_key.public_key())


def test_the_receipt_is_not_proven_with_another_key(node: NodeDouble, ask: Ask) -> None:
    receipt_id = ask().receipt_id

    with pytest.raises(SignatureInvalid):
        exchange.verify_receipt(receipt_id, provider_key=node.consumer_key.public_key())


def test_what_has_no_receipt_cannot_be_proven(node: NodeDouble, ask: Ask) -> None:
    with pytest.raises(NotFound):
        exchange.verify_receipt(OTHER, provider_key=node.provider_key.public_key())


@pytest.mark.parametrize("verb", ["UPDATE exchange_receipt SET fault = 'x'", "DELETE FROM exchange_receipt"])
def test_nobody_changes_or_removes_a_receipt(node: NodeDouble, ask: Ask, verb: str) -> None:
    ask()

    denied = pytest.raises(DatabaseError, match="permission denied")
    with denied, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)


# Failed


def test_a_node_that_is_away_can_be_asked_later(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    with NodeDouble({}) as gone:
        url = gone.url
    away = NodeClient(url, client=CLIENT)
    monkeypatch.setattr(room(), "node", away)

    with pytest.raises(exchange.RegisterUnavailable) as caught:
        ask()

    away.close()
    assert (caught.value.data_set, caught.value.fault) == ("civil.person", "network")
    assert [(each.outcome, each.fault) for each in receipts()] == [(Outcome.FAILED, "network")]


@pytest.mark.parametrize(
    "kind",
    [
        "server.clientproxy.network_error",
        "server.clientproxy.global_conf_outdated",
        "server.clientproxy.logging_failed",
        "server.serverproxy.service_failed",
        "server.serverproxy.maintenance_mode",
    ],
)
def test_what_time_or_an_operator_may_cure_can_be_asked_later(node: NodeDouble, ask: Ask, kind: str) -> None:
    node.plan.append(node_double.refuse(kind))

    with pytest.raises(exchange.RegisterUnavailable) as caught:
        ask()

    assert caught.value.fault == kind


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("server.serverproxy.access_denied", 500),
        ("server.serverproxy.unknown_service", 500),
        ("server.clientproxy.unknown_member", 500),
        ("client.invalid_request", 400),
    ],
)
def test_a_denial_is_final_and_stays_visible(node: NodeDouble, ask: Ask, kind: str, status: int) -> None:
    node.plan.append(node_double.refuse(kind, status=status))

    with pytest.raises(exchange.RegisterRefused) as caught:
        ask()

    assert (caught.value.code, caught.value.facts()["fault"]) == ("register-refused", kind)
    assert [each.outcome for each in receipts()] == [Outcome.DENIED]


def test_a_fault_that_is_no_code_is_not_repeated(node: NodeDouble, ask: Ask) -> None:
    node.plan.append(node_double.refuse("9999992099 <script>"))

    with pytest.raises(exchange.RegisterUnavailable) as caught:
        ask()

    assert caught.value.fault == "unreadable-fault"


@pytest.mark.parametrize("status", [500, 502, 503, 429, 408])
def test_a_register_in_trouble_can_be_asked_later(node: NodeDouble, ask: Ask, status: int) -> None:
    node.plan.append(node_double.provider_says(status))

    with pytest.raises(exchange.RegisterUnavailable) as caught:
        ask()

    assert caught.value.fault == f"status-{status}"


@pytest.mark.parametrize("status", [400, 403, 404, 422])
def test_a_register_that_says_no_is_not_asked_again(node: NodeDouble, ask: Ask, status: int) -> None:
    node.plan.append(node_double.provider_says(status))

    with pytest.raises(exchange.RegisterRefused) as caught:
        ask()

    assert caught.value.fault == f"status-{status}"


def test_a_redirect_is_not_followed(node: NodeDouble, ask: Ask) -> None:
    node.plan.append(node_double.provider_says(302))

    with pytest.raises(exchange.RegisterUnavailable):
        ask()

    assert len(node.asked) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b'{"found": true, "as_of": "2026-11-22T09:30:00Z"}',
        b'{"found": "yes", "as_of": "2026-11-22T09:30:00Z"}',
        b'{"found": false, "as_of": "2026-11-22T09:30:00"}',
        b'{"found": false, "as_of": "yesterday"}',
        b'{"found": false, "as_of": 7}',
        b'{"found": false, "found": true, "as_of": "2026-11-22T09:30:00Z"}',
        b'{"found": false, "as_of": "2026-11-22T09:30:00Z", "person": {}}',
    ],
)
def test_an_answer_against_its_contract_is_not_believed_and_its_receipt_is_kept(
    node: NodeDouble, ask: Ask, body: bytes
) -> None:
    node.plan.append(node_double.say(body))

    with pytest.raises(exchange.RegisterUnavailable) as caught:
        ask()

    (receipt,) = receipts()
    assert caught.value.fault == "malformed-answer"
    assert (receipt.outcome, receipt.fault) == (Outcome.FAILED, "malformed-answer")
    exchange.verify_receipt(receipt.id, provider_key=node.provider_key.public_key())


def test_an_answer_may_hold_more_than_its_contract_says(node: NodeDouble, ask: Ask) -> None:
    node.plan.append(node_double.say(b'{"found": false, "as_of": "2026-11-22T09:30:00Z", "new": 1}'))

    assert ask().body["new"] == 1


@pytest.mark.parametrize(
    "step",
    [
        node_double.without_receipt,
        node_double.with_other_body,
        node_double.with_receipt_of(message_id=OTHER),
        node_double.with_receipt_of(purpose="case.address-certificate"),
        node_double.with_receipt_of(contract_id="another"),
        node_double.with_receipt_of(issue=None),
        node_double.with_receipt_of(status=404),
        node_double.with_receipt_of(request_digest="sha-256=:" + "A" * 43 + "=:"),
    ],
)
def test_an_answer_whose_receipt_stands_for_something_else_is_not_believed(
    node: NodeDouble, ask: Ask, step: node_double.Step
) -> None:
    node.plan.append(step)

    with pytest.raises(exchange.RegisterUnavailable) as caught:
        ask()

    assert caught.value.fault == "unproven-answer"


def test_an_answer_without_end_is_cut_off(node: NodeDouble, ask: Ask) -> None:
    node.plan.append(node_double.say(b" " * ((1 << 20) + 1)))

    with pytest.raises(exchange.RegisterUnavailable) as caught:
        ask()

    assert caught.value.fault == "answer-too-large"


# Slow, failed but happened, twice


@pytest.mark.slow
def test_a_slow_register_can_be_asked_later(
    node: NodeDouble, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient = NodeClient(node.url, client=CLIENT, answer_seconds=0.1)
    monkeypatch.setattr(room(), "node", impatient)
    node.plan.append(node_double.late(0.3))

    with pytest.raises(exchange.RegisterUnavailable) as caught:
        ask()

    impatient.close()
    assert caught.value.fault == "timeout"


def test_after_a_lost_answer_the_same_message_gets_it_and_leaves_one_receipt(
    node: NodeDouble, ask: Ask
) -> None:
    node.plan.append(node_double.lose)
    with pytest.raises(exchange.RegisterUnavailable):
        ask()

    answer = ask(at=AT + dt.timedelta(minutes=1))

    assert {asked.headers["x-road-id"] for asked in node.asked} == {str(MESSAGE)}
    assert len({asked.body for asked in node.asked}) == 1
    assert [each.id for each in receipts()] == [answer.receipt_id]


def test_failing_again_and_again_leaves_one_trace(node: NodeDouble, ask: Ask) -> None:
    for _ in range(3):
        node.plan.append(node_double.lose)
        with pytest.raises(exchange.RegisterUnavailable):
            ask()

    assert len(receipts()) == 1


def test_asking_twice_gives_the_same_answer_and_receipt(node: NodeDouble, ask: Ask) -> None:
    assert ask() == ask(at=AT + dt.timedelta(minutes=1))
    assert len(receipts()) == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, databases=["default", "trace"])
def test_twins_of_one_job_get_one_receipt_and_leave_one_record(node: NodeDouble, ask: Ask) -> None:
    node.plan.extend([node_double.together(threading.Barrier(2))] * 2)
    answers: list[exchange.Answer] = []

    def ask_as_a_job() -> None:
        answers.append(ask())
        connection.close()

    twins = [threading.Thread(target=ask_as_a_job) for _ in range(2)]
    for twin in twins:
        twin.start()
    for twin in twins:
        twin.join()

    assert len({each.receipt_id for each in answers}) == len(receipts()) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_leaf")
        assert cursor.fetchone()[0] == 1


def test_a_register_that_answers_twice_leaves_two_receipts(node: NodeDouble, ask: Ask) -> None:
    # The exchange remembers an answer for some minutes only; after that a repetition is a second asking.
    first = ask()
    node.plan.append(node_double.say(b'{"found": false, "as_of": "2026-11-22T19:30:00Z"}'))

    second = ask(at=AT + dt.timedelta(hours=10))

    assert first.receipt_id != second.receipt_id
    assert len(receipts()) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"subject_id": OTHER},
        {"request": {"national_number": "9994262947", "birth_date": "1987-12-28"}},
    ],
)
def test_a_message_id_never_serves_two_questions(
    node: NodeDouble, ask: Ask, change: dict[str, object]
) -> None:
    ask()

    with pytest.raises(exchange.QuestionFaulty):
        ask(**change)

    assert len(node.asked) == 1


# What is not asked at all


@pytest.mark.parametrize("change", [{"purpose": "curiosity"}, {"legal_basis": "postal-code-act-1376"}])
def test_without_a_contract_nothing_is_asked(node: NodeDouble, ask: Ask, change: dict[str, str]) -> None:
    with pytest.raises(exchange.RegisterRefused) as caught:
        ask(**change)

    assert caught.value.fault == "no-contract"
    assert not node.asked
    assert not receipts()


@pytest.mark.parametrize(
    "request_body",
    [
        {},
        {"national_number": "9999992099"},
        {"national_number": "9999992099", "birth_date": "13/09/1993"},
        {"national_number": "9999992099", "birth_date": "1993-09-13", "mother": "x"},
    ],
)
def test_a_question_against_its_contract_is_a_mistake_and_is_not_repeated_in_its_report(
    node: NodeDouble, ask: Ask, request_body: dict[str, str]
) -> None:
    with pytest.raises(exchange.QuestionFaulty) as caught:
        ask(request=request_body)

    assert "9999992099" not in str(caught.value)
    assert not node.asked


def test_an_unknown_data_set_is_told(ask: Ask) -> None:
    with pytest.raises(exchange.DataSetUnknown) as caught:
        ask("tax.dreams")

    assert (caught.value.code, caught.value.name) == ("data-set-unknown", "tax.dreams")
