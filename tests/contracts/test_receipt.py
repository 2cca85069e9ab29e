"""A receipt survives its encoding, proves itself offline, and breaks at every lie."""

import dataclasses
import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from panjereh_contracts import signatures
from panjereh_contracts.digest import content_digest
from panjereh_contracts.evidence import Direction, make_leaf
from panjereh_contracts.identifiers import parse_service, parse_subsystem
from panjereh_contracts.p256 import SignatureInvalid, encode_base64url
from panjereh_contracts.reading import UnreadableError
from panjereh_contracts.receipt import Receipt, ReceiptDisprovedError, leaf_hash, verify_receipt
from tests.node.kit import AT, CIVIL, MESSAGE_ID, PERSON_PATH, WINDOW

CONSUMER_KEY, PROVIDER_KEY = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())


def make_receipt() -> Receipt:
    request_digest, response_digest = content_digest(b"{}"), content_digest(b"[]")
    signed = signatures.SignedRequest("POST", PERSON_PATH, "", request_digest, {"x-road-client": WINDOW})
    parameters = signatures.RequestParameters("ito-1", "n" * 24, AT, AT + signatures.LIFETIME)
    asked = signatures.sign_request(signed, parameters, key=CONSUMER_KEY)
    answered = signatures.sign_response(
        200,
        response_digest,
        request_signature=asked.signature,
        parameters=signatures.ResponseParameters("nocr-1", AT),
        key=PROVIDER_KEY,
    )
    leaves = [
        leaf_hash(make_leaf(direction, base=fields.base, signature=fields.signature, salt=bytes(16))).hex()
        for direction, fields in ((Direction.REQUEST, asked), (Direction.RESPONSE, answered))
    ]
    return Receipt(
        message_id=UUID(MESSAGE_ID),
        consumer=parse_subsystem(WINDOW),
        service=parse_service(f"{CIVIL}/person"),
        contract_id="c-1",
        purpose="p",
        legal_basis="l",
        issue="case-1",
        asked_at=AT,
        answered_at=AT + dt.timedelta(microseconds=1),
        status=200,
        request_digest=request_digest,
        response_digest=response_digest,
        request_base=asked.base,
        request_signature=asked.signature,
        response_signature=answered.signature,
        response_keyid="nocr-1",
        response_created_at=AT,
        log_origin="panjereh/node/platform",
        request_index=0,
        request_leaf_hash=leaves[0],
        request_salt="00" * 16,
        response_index=1,
        response_leaf_hash=leaves[1],
        response_salt="00" * 16,
    )


RECEIPT = make_receipt()


@pytest.mark.parametrize("issue", ["case-1", None])
def test_a_receipt_is_read_back_as_written(issue: str | None) -> None:
    receipt = dataclasses.replace(RECEIPT, issue=issue)

    assert Receipt.decode(receipt.encode()) == receipt


def test_a_receipt_proves_itself_offline() -> None:
    verify_receipt(RECEIPT, provider_key=PROVIDER_KEY.public_key())


@pytest.mark.parametrize(
    "change",
    [
        {"status": 404},
        {"response_digest": content_digest(b"{}")},
        {"response_keyid": "x"},
        {"request_signature": "panjereh=:x:"},
    ],
)
def test_a_receipt_of_another_answer_does_not_verify(change: dict[str, Any]) -> None:
    with pytest.raises(SignatureInvalid):
        verify_receipt(dataclasses.replace(RECEIPT, **change), provider_key=PROVIDER_KEY.public_key())


@pytest.mark.parametrize(
    "change",
    [
        {"request_digest": content_digest(b"x")},
        {"request_base": RECEIPT.request_base.replace("POST", "GET")},
        {"request_leaf_hash": "0" * 64},
        {"response_leaf_hash": "0" * 64},
        {"request_salt": "1" * 32},
    ],
    ids=lambda c: next(iter(c)),
)
def test_a_receipt_whose_leaves_stand_for_something_else_is_disproved(change: dict[str, Any]) -> None:
    with pytest.raises(ReceiptDisprovedError):
        verify_receipt(dataclasses.replace(RECEIPT, **change), provider_key=PROVIDER_KEY.public_key())


@pytest.mark.parametrize("text", ["", "!", "e30", "W10", "AAAB", encode_base64url(b'{"issue": 5}')])
def test_text_that_is_no_receipt_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError):
        Receipt.decode(text)


def _altered(**changes: Any) -> str:
    import json

    from panjereh_contracts.p256 import decode_base64url

    return encode_base64url(
        json.dumps({**json.loads(decode_base64url(RECEIPT.encode())), **changes}).encode()
    )


@pytest.mark.parametrize(
    "change",
    [
        {"message_id": "x"},
        {"consumer": "x"},
        {"service": "x"},
        {"extra": 1},
        {"request_salt": "0"},
        {"asked_at": "x"},
    ],
)
def test_a_receipt_with_a_malformed_part_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(UnreadableError):
        Receipt.decode(_altered(**change))


def test_a_leaf_needs_its_whole_salt() -> None:
    with pytest.raises(ValueError, match="salt"):
        make_leaf(Direction.REQUEST, base="", signature="", salt=b"short")


def test_equal_messages_leave_different_leaves() -> None:
    leaves = {make_leaf(Direction.REQUEST, base="b", signature="s", salt=bytes([n]) * 16) for n in range(9)}

    assert len(leaves) == 9
