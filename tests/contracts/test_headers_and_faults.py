"""Which fields cross a node, and how a refusal looks on the wire."""

import json
from uuid import UUID

import pytest

from panjereh_contracts import headers as names
from panjereh_contracts.faults import Side, error_document, read_peer_fault
from panjereh_contracts.headers import MalformedHeader, MissingHeader
from panjereh_contracts.p256 import decode_base64url, public_key_from_jwk
from panjereh_contracts.rights import AccessDenied

DETAIL = UUID(int=1)


def test_the_exchanges_own_fields_are_signed_in_order_of_name() -> None:
    fields = names.covered([("x-road-id", " 1 "), ("accept", "x"), ("panjereh-purpose", "p")])

    assert list(fields.items()) == [("panjereh-purpose", "p"), ("x-road-id", "1")]


@pytest.mark.parametrize(
    "headers",
    [
        [("x-road-id", "1"), ("x-road-id", "1")],
        [("x-road-id", "")],
        [("x-road-id", "é")],
        [("x-road-id", "a\tb")],
        [("x-road-id", "a\nb")],
        [("x-road-id", "x" * 1025)],
        [('x-road-"', "1")],
    ],
)
def test_a_field_that_could_be_read_in_two_ways_is_refused(headers: list[tuple[str, str]]) -> None:
    with pytest.raises(MalformedHeader):
        names.covered(headers)


def test_hop_by_hop_fields_do_not_cross() -> None:
    headers = [
        ("connection", "close, X-Hop"),
        ("x-hop", "1"),
        ("transfer-encoding", "chunked"),
        ("signature", "s"),
        ("x-road-id", "1"),
        ("content-type", "text/plain"),
        ("authorization", "Bearer x"),
    ]

    assert names.passing(headers) == [("content-type", "text/plain"), ("authorization", "Bearer x")]


def test_a_missing_field_is_named() -> None:
    with pytest.raises(MissingHeader) as refused:
        names.require({}, names.CLIENT)

    assert refused.value.facts() == {"header": "x-road-client"}


def test_a_single_field_comes_once() -> None:
    assert names.single([("a", "1")], "a") == "1"
    assert names.single([], "a") is None
    with pytest.raises(MalformedHeader):
        names.single([("a", "1"), ("a", "2")], "a")


def test_a_servers_refusal_names_its_side_and_tells_nothing_of_the_message() -> None:
    status, kind, body = error_document(AccessDenied("purpose"), side=Side.PROVIDER, detail=DETAIL)

    assert (status, kind) == (500, "server.serverproxy.access_denied")
    assert json.loads(body) == {"type": kind, "message": "exchange-access-denied", "detail": str(DETAIL)}


def test_a_clients_fault_is_the_clients_on_either_side() -> None:
    status, kind, _ = error_document(MissingHeader("x-road-client"), side=Side.CONSUMER, detail=DETAIL)

    assert (status, kind) == (400, "client.missing_header")


def test_a_peers_refusal_travels_on_unchanged() -> None:
    refusal = read_peer_fault("server.serverproxy.access_denied")

    assert refusal is not None
    assert error_document(refusal, side=Side.CONSUMER, detail=DETAIL)[1] == "server.serverproxy.access_denied"


@pytest.mark.parametrize(
    "value", ["", "client.bad_request\n", "server.clientproxy.x", "server.serverproxy.<b>", "x" * 999]
)
def test_a_peer_cannot_put_words_of_its_own_into_a_refusal(value: str) -> None:
    assert read_peer_fault(value) is None


def test_a_peers_client_fault_stays_a_client_fault() -> None:
    refusal = read_peer_fault("client.invalid_request")

    assert refusal is not None
    assert error_document(refusal, side=Side.CONSUMER, detail=DETAIL)[:2] == (400, "client.invalid_request")


@pytest.mark.parametrize("text", ["A", "AB", "A=", "+A", "QQ=="])
def test_base64url_has_one_spelling(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- any refusal will do
        decode_base64url(text)


def test_a_point_off_the_curve_is_no_key() -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- any refusal will do
        public_key_from_jwk({"kty": "EC", "crv": "P-256", "x": "A" * 43, "y": "A" * 43})
