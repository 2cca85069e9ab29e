"""Only what an anchor signed is believed, only while it lasts, and nothing ambiguous is read."""

import copy
import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from panjereh_contracts import p256
from panjereh_contracts.configuration import (
    ConfigurationRolledBackError,
    Freshness,
    check_succession,
    parse_configuration,
    parse_source,
    read_anchors,
    sign_configuration,
    verify_configuration,
)
from panjereh_contracts.identifiers import parse_subsystem
from panjereh_contracts.p256 import SignatureInvalid
from panjereh_contracts.reading import UnreadableError, read_json, write_instant
from tests.node.kit import AT, CIVIL, World

WORLD = World()
MINUTE = dt.timedelta(minutes=1)


def test_a_signed_configuration_is_read_back() -> None:
    configuration = verify_configuration(WORLD.jws(serial=7), anchors=WORLD.anchors())

    directory = configuration.directory
    assert configuration.serial == 7
    assert directory.instance == "PRACTICE"
    assert parse_subsystem(CIVIL) in directory.subsystems
    key = directory.signing_key("nocr-1")
    assert key is not None
    assert key.member == "nocr"
    node = directory.node_of("nocr")
    assert node is not None
    assert node.id == "interior"
    assert directory.node_of_certificate(node.tls_sha256) is node


@pytest.mark.parametrize(
    ("after", "freshness"),
    [
        (dt.timedelta(0), Freshness.FRESH),
        (9 * MINUTE, Freshness.FRESH),
        (10 * MINUTE, Freshness.USABLE),
        (dt.timedelta(days=29), Freshness.USABLE),
        (dt.timedelta(days=30), Freshness.OUTDATED),
        (-MINUTE, Freshness.OUTDATED),
    ],
)
def test_a_configuration_is_fresh_then_usable_then_outdated(
    after: dt.timedelta, freshness: Freshness
) -> None:
    assert WORLD.configuration().freshness(at=AT + after) is freshness


def test_a_stranger_cannot_sign_a_configuration() -> None:
    stranger = ec.generate_private_key(ec.SECP256R1())
    forged = sign_configuration(WORLD.document(), key=stranger)

    with pytest.raises(SignatureInvalid):
        verify_configuration(forged, anchors=WORLD.anchors())


def _resigned_header(jws: dict[str, str], **header: Any) -> bytes:
    protected = {
        "alg": "ES256",
        "kid": next(iter(WORLD.anchors())),
        "typ": "panjereh-configuration+json",
        **header,
    }
    return json.dumps({**jws, "protected": p256.encode_base64url(json.dumps(protected).encode())}).encode()


@pytest.mark.parametrize(
    "change",
    [
        lambda jws: json.dumps({**jws, "payload": p256.encode_base64url(WORLD.document(serial=99))}).encode(),
        lambda jws: json.dumps({**jws, "signature": jws["signature"][:-2]}).encode(),
        lambda jws: json.dumps({**jws, "signature": jws["signature"] + "="}).encode(),
        lambda jws: json.dumps({**jws, "header": {}}).encode(),
        lambda jws: json.dumps({"payload": jws["payload"]}).encode(),
        lambda _: b"[]",
        lambda _: b"{",
        lambda jws: _resigned_header(jws, alg="none"),
        lambda jws: _resigned_header(jws, alg="HS256"),
        lambda jws: _resigned_header(jws, typ="JWT"),
        lambda jws: _resigned_header(jws, kid="other"),
        lambda jws: _resigned_header(jws, crit=["x"]),
        _resigned_header,
    ],
)
def test_a_tampered_signature_envelope_is_refused(change: Callable[[dict[str, str]], bytes]) -> None:
    with pytest.raises(SignatureInvalid):
        verify_configuration(change(json.loads(WORLD.jws())), anchors=WORLD.anchors())


def _set(*path: Any, to: Any) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        target: Any = document
        for step in path[:-1]:
            target = target[step]
        target[path[-1]] = to

    return change


def _repeat(name: str) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        document[name].append(copy.deepcopy(document[name][0]))

    return change


@pytest.mark.parametrize(
    "change",
    [
        _set("instance", to=""),
        _set("instance", to=7),
        _set("extra", to=1),
        _set("serial", to=-1),
        _set("serial", to=True),
        _set("issued_at", to="2026-05-01"),
        _set("issued_at", to="2026-13-01T00:00:00Z"),
        _set("fresh_until", to="2020-01-01T00:00:00Z"),
        _set("usable_until", to="2026-05-01T12:00:01Z"),
        _set("members", to={}),
        _set("members", 0, to="ito"),
        _set("members", 0, "id", to="a b"),
        _set("members", 0, "signing_keys", 0, "jwk", to="x"),
        _set("members", 0, "signing_keys", 0, "jwk", "d", to="AA"),
        _set("members", 0, "signing_keys", 0, "jwk", "x", to="AA"),
        _set("members", 0, "signing_keys", 0, "jwk", "y", to="A" * 43),
        _set("members", 0, "signing_keys", 0, "kid", to="nocr-1"),
        _set("members", 0, "signing_keys", 0, "kid", to='a"b'),
        _set("nodes", 0, "address", to="http://127.0.0.1:1"),
        _set("nodes", 0, "address", to="https://a@b:1"),
        _set("nodes", 0, "tls_sha256", to="0" * 64),
        _set("nodes", 0, "tls_certificate", to="!"),
        _set("nodes", 0, "serves", to=["nobody"]),
        _set("nodes", 0, "serves", to=["nocr"]),
        _set("subsystems", 0, "id", to="PRACTICE/GOV/nobody/x"),
        _set("subsystems", 0, "id", to="OTHER/GOV/ito/x"),
        _set("subsystems", 0, "id", to="PRACTICE/GOV/ito"),
        _set("contracts", 0, "consumer", to="PRACTICE/GOV/ito/other"),
        _set("contracts", 0, "service", to="PRACTICE/GOV/nocr/civil"),
        _set("contracts", 0, "path", to="person"),
        _set("contracts", 0, "method", to="TRACE"),
        _set("contracts", 0, "purpose", to="a b"),
        _set("contracts", 0, "valid_until", to="2026-01-01T00:00:00Z"),
        _repeat("members"),
        _repeat("nodes"),
        _repeat("subsystems"),
        _repeat("contracts"),
        lambda document: document.pop("members"),
    ],
)
def test_a_document_with_a_fault_is_refused_whole(change: Callable[[dict[str, Any]], None]) -> None:
    document = json.loads(WORLD.document())
    change(document)

    with pytest.raises(UnreadableError):
        parse_configuration(json.dumps(document).encode())


def test_two_nodes_cannot_show_the_same_certificate() -> None:
    source = WORLD.source()
    source["nodes"][1]["tls_certificate"] = source["nodes"][0]["tls_certificate"]
    source["nodes"][1]["tls_sha256"] = source["nodes"][0]["tls_sha256"]

    with pytest.raises(UnreadableError):
        parse_source(json.dumps(source).encode())


@pytest.mark.parametrize(
    "raw", [b"\xff", b'{"a":1,"a":2}', b"NaN", b"[" * 100_000, b" " * (8 * 1024 * 1024 + 1)], ids=range(5)
)
def test_json_that_readers_disagree_on_is_refused(raw: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_json(raw)


def test_a_configuration_never_goes_back() -> None:
    held = WORLD.configuration(serial=5)

    check_succession(held, held=None)
    check_succession(WORLD.configuration(serial=5), held=held)
    check_succession(WORLD.configuration(serial=6), held=held)
    with pytest.raises(ConfigurationRolledBackError):
        check_succession(WORLD.configuration(serial=4), held=held)


def test_anchors_are_named_by_kid_or_thumbprint() -> None:
    public = WORLD.registry_key.public_key()
    jwk = p256.public_key_to_jwk(public)

    assert list(read_anchors(json.dumps({"keys": [jwk]}).encode())) == [p256.thumbprint(public)]
    assert list(read_anchors(json.dumps({"keys": [{**jwk, "kid": "a"}]}).encode())) == ["a"]


@pytest.mark.parametrize("keys", [[], [{"kty": "RSA"}], ["x"], [None]])
def test_anchors_that_are_no_keys_are_refused(keys: list[Any]) -> None:
    with pytest.raises(UnreadableError):
        read_anchors(json.dumps({"keys": keys}).encode())


def test_an_anchor_given_twice_is_refused() -> None:
    jwk = p256.public_key_to_jwk(WORLD.registry_key.public_key())

    with pytest.raises(UnreadableError):
        read_anchors(json.dumps({"keys": [jwk, jwk]}).encode())


def test_a_naive_instant_is_not_written() -> None:
    with pytest.raises(ValueError, match="aware"):
        write_instant(dt.datetime(2026, 1, 1))  # noqa: DTZ001 -- the point of the test
