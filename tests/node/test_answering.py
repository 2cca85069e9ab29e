"""The provider's half: what a hostile or mistaken peer meets."""

import asyncio
import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from panjereh_contracts import signatures
from panjereh_contracts.digest import DigestMismatch, content_digest
from panjereh_contracts.headers import MalformedHeader
from panjereh_contracts.p256 import SignatureInvalid
from panjereh_contracts.rights import AccessDenied
from panjereh_contracts.signatures import OutsideWindow
from panjereh_node.protocol.keys import NoSigningKey, OwnNode
from panjereh_node.protocol.messages import HttpRequest
from panjereh_node.protocol.provider import (
    CertificateUnknown,
    ClientNotSigner,
    SignerElsewhere,
    UnknownService,
)
from panjereh_node.protocol.replay import Replayed
from tests.node.kit import AT, CIVIL, PERSON_PATH, FakeEdge
from tests.node.pair import WORLD, Pair, with_header

# --- what the provider's node refuses ------------------------------------------------------------


def test_a_tampered_body_is_refused(pair: Pair) -> None:
    pair.wire.on_request = lambda request: dataclasses.replace(
        request, body=b'{"national_number":"9990000002"}'
    )

    pair.refused_with(DigestMismatch)


def test_a_tampered_body_with_its_own_digest_is_refused(pair: Pair) -> None:
    pair.wire.on_request = lambda request: with_header(
        dataclasses.replace(request, body=b"{}"), "content-digest", content_digest(b"{}")
    )

    pair.refused_with(SignatureInvalid)


@pytest.mark.parametrize(
    "change",
    [
        lambda request: dataclasses.replace(request, method="PUT"),
        lambda request: dataclasses.replace(request, query="all=1"),
        lambda request: with_header(request, "panjereh-purpose", "other"),
        lambda request: with_header(request, "x-road-issue", None),
        lambda request: with_header(request, "x-road-represented-party", "GOV/other"),
        lambda request: with_header(request, "signature", None),
        lambda request: with_header(request, "signature-input", "panjereh=()"),
        lambda request: with_header(request, "content-digest", None),
    ],
    ids=[
        "method",
        "query",
        "purpose",
        "field gone",
        "field added",
        "unsigned",
        "nothing covered",
        "no digest",
    ],
)
def test_any_other_change_on_the_way_is_refused(
    pair: Pair, change: Callable[[HttpRequest], HttpRequest]
) -> None:
    pair.wire.on_request = change

    pair.refused_with(SignatureInvalid)


def test_a_repeated_header_is_refused(pair: Pair) -> None:
    pair.wire.on_request = lambda request: dataclasses.replace(
        request, headers=[*request.headers, ("x-road-client", CIVIL)]
    )

    pair.refused_with(MalformedHeader)


@pytest.mark.parametrize("certificate", [None, b"\0" * 32])
def test_a_certificate_nobody_listed_is_refused(pair: Pair, certificate: bytes | None) -> None:
    pair.wire.certificate = certificate  # type: ignore[assignment]

    pair.refused_with(CertificateUnknown)


def test_a_member_cannot_sign_from_another_members_node(pair: Pair) -> None:
    pair.wire.certificate = WORLD.nodes["places"].sha256

    pair.refused_with(SignerElsewhere)


def _forged(request: HttpRequest, *, keyid: str, member: str) -> HttpRequest:
    from panjereh_contracts import headers as names

    signed = signatures.SignedRequest(
        request.method,
        request.path,
        request.query,
        content_digest(request.body),
        names.covered(request.headers),
    )
    parameters = signatures.RequestParameters(keyid, "f" * 24, AT, AT + signatures.LIFETIME)
    fields = signatures.sign_request(signed, parameters, key=WORLD.member_keys[member])
    request = with_header(request, "signature-input", fields.signature_input)
    return with_header(request, "signature", fields.signature)


def test_another_member_cannot_sign_in_this_members_name(pair: Pair) -> None:
    pair.wire.certificate = WORLD.nodes["places"].sha256
    pair.wire.on_request = lambda request: _forged(request, keyid="post-1", member="post")

    pair.refused_with(ClientNotSigner)


def test_a_signature_that_names_somebody_elses_key_is_refused(pair: Pair) -> None:
    pair.wire.on_request = lambda request: _forged(request, keyid="ito-1", member="post")

    pair.refused_with(SignatureInvalid)


def test_a_key_nobody_listed_is_refused(pair: Pair) -> None:
    pair.wire.on_request = lambda request: _forged(request, keyid="ghost", member="post")

    pair.refused_with(SignatureInvalid)


def test_a_request_that_arrives_too_late_is_refused(pair: Pair) -> None:
    late = FakeEdge(AT + dt.timedelta(seconds=66))
    pair.answering = dataclasses.replace(pair.answering, edge=late)
    pair.wire.answering = pair.answering

    pair.refused_with(OutsideWindow)


@pytest.mark.parametrize(
    "changes",
    [
        {"panjereh_contract": "c-9"},
        {"panjereh_purpose": "curiosity"},
        {"panjereh_legal_basis": "law-9"},
        {"path": PERSON_PATH + "/history"},
    ],
)
def test_a_call_no_contract_covers_is_denied(pair: Pair, changes: dict[str, Any]) -> None:
    pair.refused_with(AccessDenied, **changes)


def test_a_node_answers_for_its_own_members_only(pair: Pair) -> None:
    pair.answering = dataclasses.replace(pair.answering, own=OwnNode("places", {}))
    pair.wire.answering = pair.answering

    pair.refused_with(UnknownService)


def test_a_node_that_could_not_sign_the_answer_does_not_ask(pair: Pair) -> None:
    pair.answering = dataclasses.replace(pair.answering, own=OwnNode("interior", {}))
    pair.wire.answering = pair.answering

    pair.refused_with(NoSigningKey)


def test_the_same_signed_request_twice_is_a_replay(pair: Pair) -> None:
    pair.ask()

    with pytest.raises(Replayed):
        asyncio.run(
            pair.answering.answer(pair.wire.sent[0], peer_certificate_sha256=WORLD.nodes["platform"].sha256)
        )
    assert len(pair.backends.asked) == 1
