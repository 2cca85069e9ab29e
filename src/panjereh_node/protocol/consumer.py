"""The asking half: from a local system's request to a signed one, from a signed answer to a believed one."""

import datetime as dt
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from panjereh_contracts import headers as names
from panjereh_contracts import signatures
from panjereh_contracts.configuration import Configuration
from panjereh_contracts.digest import CONTENT_DIGEST, content_digest, verify_content_digest
from panjereh_contracts.directory import Node
from panjereh_contracts.faults import ERROR_HEADER, ClientRefusal, ExchangeRefusal, read_peer_fault
from panjereh_contracts.identifiers import ServiceId, SubsystemId, check_query, parse_path, parse_subsystem
from panjereh_contracts.p256 import SignatureInvalid
from panjereh_contracts.signatures import (
    RequestParameters,
    ResponseParameters,
    SignatureFields,
    SignedRequest,
)
from panjereh_node.protocol.keys import OwnNode
from panjereh_node.protocol.messages import HttpAnswer, HttpRequest

# A node writes these itself; what an agency system sends under these names is dropped.
_NODE_WRITES: Final = frozenset({names.REQUEST_ID, names.SERVICE, names.RECEIPT, ERROR_HEADER})


class UnknownClient(ClientRefusal):
    """The asking subsystem is not registered or not one this node speaks for."""

    code = "exchange-unknown-client"
    fault = "invalid_client_identifier"


class UnknownProvider(ExchangeRefusal):
    """No node speaks for the subsystem asked."""

    code = "exchange-unknown-provider"
    fault = "unknown_member"


class NodeCannotBePinned(ClientRefusal):
    """`X-Road-Security-Server` names one provider node; here each member has exactly one."""

    code = "exchange-node-cannot-be-pinned"
    fault = "invalid_security_server"


class AnswerInconsistent(ExchangeRefusal):
    """The provider's node sent something that is neither a signed answer nor a refusal."""

    code = "exchange-answer-inconsistent"
    fault = "inconsistent_response"


@dataclass(frozen=True, slots=True)
class CallDraws:
    """Identity and randomness of one call, drawn at the program's edge."""

    message_id: UUID
    request_id: UUID
    nonce: str


@dataclass(frozen=True, slots=True)
class OutgoingCall:
    """A signed request, ready to be logged and sent to `node`."""

    node: Node
    request: HttpRequest
    signed: SignedRequest
    parameters: RequestParameters
    signature: SignatureFields
    consumer: SubsystemId
    service: ServiceId
    message_id: UUID
    asked_at: dt.datetime


@dataclass(frozen=True, slots=True)
class VerifiedAnswer:
    """An answer whose signature was verified, with what proves it."""

    answer: HttpAnswer
    digest: str
    parameters: ResponseParameters
    signature: str
    base: str


def read_message_id(text: str) -> UUID:
    """Read `X-Road-Id`: a UUID in its usual spelling, for it is the key of idempotency; `MalformedHeader`."""
    try:
        message_id = UUID(text)
    except ValueError as error:
        raise names.MalformedHeader(names.MESSAGE_ID) from error
    if str(message_id) != text:
        raise names.MalformedHeader(names.MESSAGE_ID)
    return message_id


def _local_client(fields: dict[str, str], *, configuration: Configuration, own: OwnNode) -> SubsystemId:
    client = parse_subsystem(names.require(fields, names.CLIENT))
    directory = configuration.directory
    if client not in directory.subsystems or not own.serves(client.member, directory=directory):
        raise UnknownClient
    return client


def _own_fields(request: HttpRequest, draws: CallDraws) -> dict[str, str]:
    fields = {
        name: value for name, value in names.covered(request.headers).items() if name not in _NODE_WRITES
    }
    if names.PINNED_NODE in fields:
        raise NodeCannotBePinned
    for name in (names.CONTRACT, names.PURPOSE, names.LEGAL_BASIS):
        names.require(fields, name)
    fields.setdefault(names.MESSAGE_ID, str(draws.message_id))
    read_message_id(fields[names.MESSAGE_ID])
    fields[names.REQUEST_ID] = str(draws.request_id)
    return dict(sorted(fields.items()))


def open_call(
    request: HttpRequest, *, configuration: Configuration, own: OwnNode, draws: CallDraws, at: dt.datetime
) -> OutgoingCall:
    """Turn an agency system's request into a signed one for the node that serves the provider.

    Raises `ClientRefusal`s for what the system did wrong (path, headers, a client that is not ours),
    `UnknownProvider`, `NoSigningKey`. Whether the call is allowed is the provider's node's to decide.
    """
    path = parse_path(request.path)
    check_query(request.query)
    fields = _own_fields(request, draws)
    client = _local_client(fields, configuration=configuration, own=own)
    provider = path.service.provider
    node = configuration.directory.node_of(provider.member)
    if node is None or provider not in configuration.directory.subsystems:
        raise UnknownProvider
    kid, key = own.signing_key(client.member, directory=configuration.directory)
    created = at.replace(microsecond=0)
    parameters = RequestParameters(kid, draws.nonce, created, created + signatures.LIFETIME)
    signed = SignedRequest(request.method, request.path, request.query, content_digest(request.body), fields)
    signature = signatures.sign_request(signed, parameters, key=key)
    sent = [
        *names.passing(request.headers),
        *fields.items(),
        (CONTENT_DIGEST, signed.content_digest),
        (signatures.SIGNATURE_INPUT, signature.signature_input),
        (signatures.SIGNATURE, signature.signature),
    ]
    return OutgoingCall(
        node=node,
        request=HttpRequest(request.method, request.path, request.query, sent, request.body),
        signed=signed,
        parameters=parameters,
        signature=signature,
        consumer=client,
        service=path.service,
        message_id=UUID(fields[names.MESSAGE_ID]),
        asked_at=at,
    )


def _signed_fields(answer: HttpAnswer) -> tuple[str, str, str]:
    values = [
        names.single(answer.headers, name)
        for name in (CONTENT_DIGEST, signatures.SIGNATURE_INPUT, signatures.SIGNATURE)
    ]
    digest, signature_input, signature = values
    if digest is not None and signature_input is not None and signature is not None:
        return digest, signature_input, signature
    refusal = read_peer_fault(names.single(answer.headers, ERROR_HEADER) or "")
    # An unsigned refusal proves nothing to others, but it came over the provider node's pinned connection.
    raise refusal if refusal is not None else AnswerInconsistent


def verify_answer(
    call: OutgoingCall, answer: HttpAnswer, *, configuration: Configuration, at: dt.datetime
) -> VerifiedAnswer:
    """Return the answer if the provider's member signed it for exactly this request.

    Raises `PeerNodeRefused` (the provider's node said no), `AnswerInconsistent`, `DigestMismatch`,
    `SignatureInvalid`, `OutsideWindow`. Nothing of an answer that raises may be shown to anybody.
    """
    try:
        digest, signature_input, signature = _signed_fields(answer)
    except names.MalformedHeader as error:
        raise AnswerInconsistent from error
    verify_content_digest(digest, answer.body)
    parameters = signatures.read_response_parameters(signature_input)
    signatures.check_answer_window(parameters, asked_at=call.asked_at, at=at)
    key = configuration.directory.signing_key(parameters.keyid)
    if key is None or key.member != call.service.provider.member:
        raise SignatureInvalid
    base = signatures.verify_response(
        answer.status,
        digest,
        signature,
        request_signature=call.signature.signature,
        parameters=parameters,
        key=key.public_key,
    )
    return VerifiedAnswer(answer, digest, parameters, signature, base)
