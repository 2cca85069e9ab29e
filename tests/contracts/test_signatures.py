"""Signatures cover the fixed list, verify with an independent library, and break at every change."""

import base64
import dataclasses
import datetime as dt
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from http_message_signatures import HTTPMessageVerifier, HTTPSignatureKeyResolver
from http_message_signatures.algorithms import ECDSA_P256_SHA256
from hypothesis import given
from hypothesis import strategies as st

from panjereh_contracts import p256, signatures
from panjereh_contracts.digest import content_digest
from panjereh_contracts.p256 import SignatureInvalid
from panjereh_contracts.signatures import (
    OutsideWindow,
    RequestParameters,
    ResponseParameters,
    SignedRequest,
    check_answer_window,
    check_window,
    read_request_parameters,
    read_response_parameters,
    sign_request,
    sign_response,
    verify_request,
    verify_response,
)

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "signatures.json").read_text())
AT = dt.datetime(2026, 5, 1, 12, 0, tzinfo=dt.UTC)
KEY = ec.generate_private_key(ec.SECP256R1())
OTHER_KEY = ec.generate_private_key(ec.SECP256R1())
REQUEST = SignedRequest(
    "POST",
    "/r1/PRACTICE/GOV/nocr/civil/person",
    "a=1&b=%20",
    content_digest(b"{}"),
    {"panjereh-purpose": "p", "x-road-client": "PRACTICE/GOV/ito/window", "x-road-id": "1"},
)
PARAMETERS = RequestParameters("ito-1", "n" * 24, AT, AT + signatures.LIFETIME)
ANSWER = ResponseParameters("nocr-1", AT)


class Resolver(HTTPSignatureKeyResolver):
    def resolve_public_key(self, key_id: str) -> Any:
        assert key_id in {"ito-1", "nocr-1"}
        return KEY.public_key()


def independent_verifier() -> HTTPMessageVerifier:
    return HTTPMessageVerifier(signature_algorithm=ECDSA_P256_SHA256, key_resolver=Resolver())


def message_of(request: SignedRequest, fields: signatures.SignatureFields) -> Any:
    headers = {
        **request.fields,
        "content-digest": request.content_digest,
        "signature-input": fields.signature_input,
        "signature": fields.signature,
    }
    url = f"https://node.example{request.path}" + (f"?{request.query}" if request.query else "")
    return SimpleNamespace(method=request.method, url=url, headers=headers)


@pytest.mark.slow
@given(
    query=st.sampled_from(["", "a=1", "a=%20&b=/?"]),
    value=st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=40),
)
def test_an_independent_library_verifies_our_requests(query: str, value: str) -> None:
    request = dataclasses.replace(REQUEST, query=query, fields={**REQUEST.fields, "x-road-issue": value})
    # That library reads the clock itself.
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    fields = sign_request(
        request, RequestParameters("ito-1", "n" * 24, now, now + signatures.LIFETIME), key=KEY
    )

    results = independent_verifier().verify(message_of(request, fields), max_age=dt.timedelta(days=36500))

    assert [component.strip('"') for component in results[0].covered_components][:4] == [
        "@method",
        "@path",
        "@query",
        "content-digest",
    ]


def test_an_independent_library_verifies_our_responses_with_the_request_they_answer() -> None:
    asked = sign_request(REQUEST, PARAMETERS, key=KEY)
    digest = content_digest(b"{}")
    fields = sign_response(200, digest, request_signature=asked.signature, parameters=ANSWER, key=KEY)
    response = SimpleNamespace(
        status_code=200,
        request=message_of(REQUEST, asked),
        url="https://node.example/",
        headers={
            "content-digest": digest,
            "signature-input": fields.signature_input,
            "signature": fields.signature,
        },
    )

    assert independent_verifier().verify(response, max_age=dt.timedelta(days=36500))


@pytest.mark.parametrize("vector", VECTORS["requests"], ids=lambda v: v["name"])
def test_the_published_request_vectors_hold(vector: dict[str, Any]) -> None:
    request = SignedRequest(**vector["request"])
    parameters = read_request_parameters(request, vector["signature_input"])
    key = p256.public_key_from_jwk(vector["jwk"])

    assert verify_request(request, parameters, vector["signature"], key=key) == vector["base"]


@pytest.mark.parametrize("vector", VECTORS["responses"], ids=lambda v: v["name"])
def test_the_published_response_vectors_hold(vector: dict[str, Any]) -> None:
    base = verify_response(
        vector["status"],
        vector["content_digest"],
        vector["signature"],
        request_signature=vector["request_signature"],
        parameters=read_response_parameters(vector["signature_input"]),
        key=p256.public_key_from_jwk(vector["jwk"]),
    )

    assert base == vector["base"]


def test_the_ecdsa_signature_of_rfc_9421_verifies() -> None:
    vector = VECTORS["rfc9421_b_2_4"]
    key = load_pem_public_key(vector["public_key"].encode())
    assert isinstance(key, ec.EllipticCurvePublicKey)

    p256.verify(base64.b64decode(vector["signature"]), vector["base"].encode(), key=key)


@pytest.mark.parametrize(
    "change",
    [
        {"method": "GET"},
        {"path": "/r1/PRACTICE/GOV/nocr/civil/other"},
        {"query": ""},
        {"content_digest": content_digest(b"[]")},
        {"fields": {**REQUEST.fields, "x-road-id": "2"}},
    ],
    ids=lambda c: next(iter(c)),
)
def test_a_changed_request_does_not_verify(change: dict[str, Any]) -> None:
    fields = sign_request(REQUEST, PARAMETERS, key=KEY)

    with pytest.raises(SignatureInvalid):
        verify_request(
            dataclasses.replace(REQUEST, **change), PARAMETERS, fields.signature, key=KEY.public_key()
        )


@pytest.mark.parametrize(
    "fields",
    [
        {name: value for name, value in REQUEST.fields.items() if name != "x-road-id"},
        {**REQUEST.fields, "x-road-zzz": "added"},
    ],
    ids=["left out", "slipped in"],
)
def test_a_field_cannot_be_left_out_or_slipped_in(fields: dict[str, str]) -> None:
    signed = sign_request(REQUEST, PARAMETERS, key=KEY)

    with pytest.raises(SignatureInvalid):
        read_request_parameters(dataclasses.replace(REQUEST, fields=fields), signed.signature_input)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (';tag="panjereh-request"', ""),
        (';tag="panjereh-request"', ';tag="panjereh-response"'),
        ("created=", "created=0"),
        ("expires=", "expires=-"),
        (";expires=", ';alg="hmac-sha256";expires='),
        ("panjereh=", "other="),
        ('"@query" ', ""),
        ('keyid="ito-1"', 'keyid="ito 1"'),
        ("n" * 24, "short"),
        ("1777636800", "999999999999"),
    ],
)
def test_signature_parameters_in_any_other_form_are_refused(old: str, new: str) -> None:
    signed = sign_request(REQUEST, PARAMETERS, key=KEY)
    assert old in signed.signature_input

    with pytest.raises(SignatureInvalid):
        read_request_parameters(REQUEST, signed.signature_input.replace(old, new))


def test_parameters_are_read_back_as_written() -> None:
    signed = sign_request(REQUEST, PARAMETERS, key=KEY)

    assert read_request_parameters(REQUEST, signed.signature_input) == PARAMETERS


@pytest.mark.parametrize(
    "signature", ["", "panjereh=:AAAA:", f"panjereh=:{'A' * 86}==:", f"panjereh=:{'A' * 85}B==:", "x"]
)
def test_a_malformed_signature_is_refused(signature: str) -> None:
    with pytest.raises(SignatureInvalid):
        verify_request(REQUEST, PARAMETERS, signature, key=KEY.public_key())


def test_one_signature_has_one_spelling() -> None:
    signed = sign_request(REQUEST, PARAMETERS, key=KEY)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    position = len("panjereh=:") + 85
    other = alphabet[alphabet.index(signed.signature[position]) ^ 1]
    respelled = signed.signature[:position] + other + signed.signature[position + 1 :]

    assert base64.b64decode(respelled[10:-1]) == base64.b64decode(signed.signature[10:-1])
    with pytest.raises(SignatureInvalid):
        verify_request(REQUEST, PARAMETERS, respelled, key=KEY.public_key())


def test_another_key_does_not_verify() -> None:
    signed = sign_request(REQUEST, PARAMETERS, key=KEY)

    with pytest.raises(SignatureInvalid):
        verify_request(REQUEST, PARAMETERS, signed.signature, key=OTHER_KEY.public_key())


def test_a_request_that_is_not_ascii_is_refused() -> None:
    request = dataclasses.replace(REQUEST, method="PÖST")
    signed = sign_request(REQUEST, PARAMETERS, key=KEY)

    with pytest.raises(SignatureInvalid):
        verify_request(request, PARAMETERS, signed.signature, key=KEY.public_key())


@pytest.mark.parametrize(
    "change",
    [{"status": 500}, {"content_digest": content_digest(b"[]")}, {"request_signature": "panjereh=:x:"}],
)
def test_an_answer_answers_one_request_with_one_content(change: dict[str, Any]) -> None:
    asked = sign_request(REQUEST, PARAMETERS, key=KEY)
    digest = content_digest(b"{}")
    fields = sign_response(200, digest, request_signature=asked.signature, parameters=ANSWER, key=KEY)
    told: dict[str, Any] = {
        "status": 200,
        "content_digest": digest,
        "request_signature": asked.signature,
        **change,
    }

    with pytest.raises(SignatureInvalid):
        verify_response(
            told["status"],
            told["content_digest"],
            fields.signature,
            request_signature=told["request_signature"],
            parameters=ANSWER,
            key=KEY.public_key(),
        )


@pytest.mark.parametrize(
    "signature_input",
    ["", 'panjereh=("@status");created=1;keyid="k";tag="panjereh-response"', "panjereh=" + "x" * 200],
)
def test_an_answer_that_covers_anything_else_is_refused(signature_input: str) -> None:
    with pytest.raises(SignatureInvalid):
        read_response_parameters(signature_input)


def test_an_answer_with_other_parameters_is_refused() -> None:
    fields = sign_response(
        200, content_digest(b""), request_signature="panjereh=:x:", parameters=ANSWER, key=KEY
    )

    with pytest.raises(SignatureInvalid):
        read_response_parameters(fields.signature_input + ';alg="x"')


SECOND = dt.timedelta(seconds=1)


@pytest.mark.parametrize("at", [AT - 5 * SECOND, AT, AT + 64 * SECOND])
def test_a_request_lives_for_its_window_and_the_disagreement_of_clocks(at: dt.datetime) -> None:
    check_window(PARAMETERS, at=at)


@pytest.mark.parametrize("at", [AT - 6 * SECOND, AT + 65 * SECOND, AT + dt.timedelta(days=1)])
def test_a_request_outside_its_window_is_refused(at: dt.datetime) -> None:
    with pytest.raises(OutsideWindow):
        check_window(PARAMETERS, at=at)


@pytest.mark.parametrize("lifetime", [dt.timedelta(0), -SECOND, signatures.LIFETIME + SECOND])
def test_a_request_cannot_give_itself_a_longer_life(lifetime: dt.timedelta) -> None:
    with pytest.raises(OutsideWindow):
        check_window(dataclasses.replace(PARAMETERS, expires_at=AT + lifetime), at=AT)


@pytest.mark.parametrize("created_at", [AT - 7 * SECOND, AT + 16 * SECOND])
def test_an_answer_from_before_the_question_or_from_the_future_is_refused(created_at: dt.datetime) -> None:
    with pytest.raises(OutsideWindow):
        check_answer_window(ResponseParameters("k", created_at), asked_at=AT, at=AT + 10 * SECOND)


def test_an_answer_between_question_and_now_passes() -> None:
    check_answer_window(ResponseParameters("k", AT + SECOND), asked_at=AT, at=AT + 10 * SECOND)
