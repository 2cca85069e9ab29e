"""The consumer's half: what comes back, what never leaves, what it does not believe."""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from panjereh_contracts import signatures
from panjereh_contracts.digest import DigestMismatch, content_digest
from panjereh_contracts.headers import MalformedHeader, MissingHeader
from panjereh_contracts.identifiers import MalformedClient, MalformedPath
from panjereh_contracts.p256 import SignatureInvalid
from panjereh_contracts.receipt import Receipt, verify_receipt
from panjereh_node.protocol.consumer import (
    AnswerInconsistent,
    NodeCannotBePinned,
    UnknownClient,
    UnknownProvider,
)
from panjereh_node.protocol.keys import NoSigningKey, OwnNode
from panjereh_node.protocol.messages import HttpAnswer
from tests.node.kit import AT, CIVIL, MESSAGE_ID, PERSON_PATH, WINDOW
from tests.node.pair import BODY, WORLD, Pair

# --- what is right -------------------------------------------------------------------------------


def test_an_answer_comes_back_with_a_receipt_that_proves_it(pair: Pair) -> None:
    answer = pair.ask()

    headers = dict(answer.headers)
    receipt = Receipt.decode(headers["panjereh-receipt"])
    verify_receipt(receipt, provider_key=WORLD.member_keys["nocr"].public_key())
    assert (answer.status, answer.body) == (200, b'{"found":true}')
    assert (receipt.request_index, receipt.response_index) == (0, 1)
    assert "x-road-error" not in headers
    assert headers["x-road-id"] == MESSAGE_ID


def test_the_register_gets_the_rest_of_the_path_and_the_verified_headers(pair: Pair) -> None:
    pair.ask(query="a=%20", authorization="Bearer 1")

    [(subsystem, request)] = pair.backends.asked
    assert (subsystem, request.path, request.query, request.body) == (CIVIL, "/person", "a=%20", BODY)
    headers = dict(request.headers)
    assert headers["x-road-client"] == WINDOW
    assert headers["authorization"] == "Bearer 1"
    assert "signature" not in headers


def test_neither_log_holds_anything_of_the_message(pair: Pair) -> None:
    pair.ask()

    logged = b"".join(pair.consumer_log.leaves + pair.provider_log.leaves)
    assert len(pair.consumer_log.leaves) == len(pair.provider_log.leaves) == 2
    for secret in (b"9990000001", b"found", b"case-1", MESSAGE_ID.encode(), b"ito"):
        assert secret not in logged


def test_a_client_without_a_message_id_gets_one(pair: Pair) -> None:
    assert dict(pair.ask(x_road_id=None).headers)["x-road-id"]


def test_headers_the_node_writes_cannot_be_given_by_the_client(pair: Pair) -> None:
    answer = pair.ask(x_road_request_id="mine", panjereh_receipt="mine", x_road_error="mine")

    assert dict(answer.headers)["x-road-request-id"] != "mine"
    assert "panjereh-receipt" not in dict(pair.wire.sent[0].headers)


# --- what the consumer's node refuses itself -----------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"path": "/r1/PRACTICE/GOV/nocr/civil"}, MalformedPath),
        ({"path": PERSON_PATH + "/../x"}, MalformedPath),
        ({"query": "a b"}, MalformedPath),
        ({"path": "/r1/PRACTICE/GOV/nobody/civil/person"}, UnknownProvider),
        ({"path": "/r1/PRACTICE/GOV/nocr/other/person"}, UnknownProvider),
        ({"x_road_client": None}, MissingHeader),
        ({"x_road_client": "x"}, MalformedClient),
        ({"x_road_client": CIVIL}, UnknownClient),
        ({"x_road_client": "PRACTICE/GOV/ito/other"}, UnknownClient),
        ({"panjereh_purpose": None}, MissingHeader),
        ({"panjereh_legal_basis": None}, MissingHeader),
        ({"panjereh_contract": None}, MissingHeader),
        ({"x_road_id": "7"}, MalformedHeader),
        ({"x_road_id": MESSAGE_ID.upper()}, MalformedHeader),
        ({"x_road_issue": "پ"}, MalformedHeader),
        ({"x_road_security_server": "PRACTICE/GOV/nocr/s"}, NodeCannotBePinned),
    ],
)
def test_a_faulty_request_never_leaves(pair: Pair, changes: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        pair.ask(**changes)

    assert pair.wire.sent == []
    assert pair.consumer_log.leaves == []


def test_a_node_without_the_members_key_cannot_ask_for_it(pair: Pair) -> None:
    pair.asking = dataclasses.replace(pair.asking, own=OwnNode("platform", {}))

    with pytest.raises(NoSigningKey):
        pair.ask()


def test_a_key_the_configuration_does_not_list_signs_nothing(pair: Pair) -> None:
    stray = {"ito": ec.generate_private_key(ec.SECP256R1())}
    pair.asking = dataclasses.replace(pair.asking, own=OwnNode("platform", stray))

    with pytest.raises(NoSigningKey):
        pair.ask()


# --- what the consumer's node does not believe ---------------------------------------------------


def _answer_with(name: str, value: str | None) -> Callable[[HttpAnswer], HttpAnswer]:
    def change(answer: HttpAnswer) -> HttpAnswer:
        headers = [(n, v) for n, v in answer.headers if n != name]
        return dataclasses.replace(
            answer, headers=[*headers, (name, value)] if value is not None else headers
        )

    return change


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (lambda answer: dataclasses.replace(answer, body=b"{}"), DigestMismatch),
        (lambda answer: dataclasses.replace(answer, status=404), SignatureInvalid),
        (_answer_with("signature", None), AnswerInconsistent),
        (_answer_with("signature", "panjereh=:x:"), SignatureInvalid),
        (_answer_with("signature-input", "panjereh=()"), SignatureInvalid),
        (
            lambda answer: dataclasses.replace(answer, headers=[*answer.headers, *answer.headers]),
            AnswerInconsistent,
        ),
        (lambda _: HttpAnswer(500, [("x-road-error", "server.clientproxy.x")], b""), AnswerInconsistent),
        (lambda _: HttpAnswer(200, [], b"{}"), AnswerInconsistent),
    ],
)
def test_an_answer_that_is_not_proven_is_not_handed_over(
    pair: Pair, change: Callable[[HttpAnswer], HttpAnswer], refusal: type[Exception]
) -> None:
    pair.wire.on_answer = change

    with pytest.raises(refusal):
        pair.ask()

    assert len(pair.consumer_log.leaves) == 1


def test_an_answer_to_an_earlier_question_is_not_believed(pair: Pair) -> None:
    earlier: list[HttpAnswer] = []

    def keep(answer: HttpAnswer) -> HttpAnswer:
        earlier.append(answer)
        return answer

    pair.wire.on_answer = keep
    pair.ask()
    pair.wire.on_answer = lambda _: earlier[0]

    with pytest.raises(SignatureInvalid):
        pair.ask()


def test_an_answer_signed_by_another_member_is_not_believed(pair: Pair) -> None:
    def sign_again(answer: HttpAnswer) -> HttpAnswer:
        fields = signatures.sign_response(
            answer.status,
            content_digest(answer.body),
            request_signature=dict(pair.wire.sent[0].headers)["signature"],
            parameters=signatures.ResponseParameters("post-1", AT),
            key=WORLD.member_keys["post"],
        )
        answer = _answer_with("signature", fields.signature)(answer)
        return _answer_with("signature-input", fields.signature_input)(answer)

    pair.wire.on_answer = sign_again

    with pytest.raises(SignatureInvalid):
        pair.ask()
