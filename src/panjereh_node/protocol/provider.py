"""The answering half: all that must hold before a request reaches a register, and the signed answer."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec

from panjereh_contracts import headers as names
from panjereh_contracts import signatures
from panjereh_contracts.configuration import Configuration
from panjereh_contracts.digest import CONTENT_DIGEST, content_digest, verify_content_digest
from panjereh_contracts.directory import Directory, Node
from panjereh_contracts.faults import ExchangeRefusal
from panjereh_contracts.identifiers import ServicePath, SubsystemId, check_query, parse_path, parse_subsystem
from panjereh_contracts.p256 import SignatureInvalid
from panjereh_contracts.rights import Call, decide_access
from panjereh_contracts.signatures import (
    RequestParameters,
    ResponseParameters,
    SignatureFields,
    SignedRequest,
)
from panjereh_node.protocol.consumer import read_message_id
from panjereh_node.protocol.keys import OwnNode
from panjereh_node.protocol.messages import HttpAnswer, HttpRequest


class CertificateUnknown(ExchangeRefusal):
    """The connection's certificate is not that of any node in the configuration."""

    code = "exchange-certificate-unknown"
    fault = "ssl_authentication_failed"


class SignerElsewhere(ExchangeRefusal):
    """The signature's key belongs to a member that another node serves."""

    code = "exchange-signer-elsewhere"
    fault = "cert_validation"


class ClientNotSigner(ExchangeRefusal):
    """The asking subsystem does not belong to the member that signed."""

    code = "exchange-client-not-signer"
    fault = "cert_validation"


class UnknownService(ExchangeRefusal):
    """This node does not serve the service asked for."""

    code = "exchange-unknown-service"
    fault = "unknown_service"


@dataclass(frozen=True, slots=True)
class AdmittedCall:
    """A request that may be answered once its nonce proves new; `fingerprint` tells repetitions."""

    request: HttpRequest
    path: ServicePath
    fields: dict[str, str]
    consumer: SubsystemId
    message_id: UUID
    parameters: RequestParameters
    signature: str
    base: str
    fingerprint: str


def _peer(peer_certificate_sha256: bytes | None, *, directory: Directory) -> Node:
    node = directory.node_of_certificate(peer_certificate_sha256 or b"")
    if node is None:
        raise CertificateUnknown
    return node


def _read_signed(request: HttpRequest) -> tuple[SignedRequest, str, str]:
    signature_input = names.single(request.headers, signatures.SIGNATURE_INPUT)
    signature = names.single(request.headers, signatures.SIGNATURE)
    digest = names.single(request.headers, CONTENT_DIGEST)
    if signature_input is None or signature is None or digest is None:
        raise SignatureInvalid
    fields = names.covered(request.headers)
    return (
        SignedRequest(request.method, request.path, request.query, digest, fields),
        signature_input,
        signature,
    )


def _authenticate(
    signed: SignedRequest,
    signature: str,
    parameters: RequestParameters,
    *,
    peer: Node,
    directory: Directory,
) -> tuple[str, str]:
    """Return the member that signed and the verified signature base."""
    key = directory.signing_key(parameters.keyid)
    if key is None:
        raise SignatureInvalid
    if key.member not in peer.serves:
        raise SignerElsewhere
    return key.member, signatures.verify_request(signed, parameters, signature, key=key.public_key)


def _client(fields: dict[str, str], *, member: str, directory: Directory) -> SubsystemId:
    client = parse_subsystem(names.require(fields, names.CLIENT))
    if client.member != member or client not in directory.subsystems:
        raise ClientNotSigner
    return client


def _fingerprint(signed: SignedRequest) -> str:
    """Hash all that makes two requests the same question; a repetition has its own X-Road-Request-Id."""
    fields = (f"{name}:{value}" for name, value in signed.fields.items() if name != names.REQUEST_ID)
    parts = (signed.method, signed.path, signed.query, signed.content_digest, *fields)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _call(path: ServicePath, signed: SignedRequest, client: SubsystemId) -> Call:
    return Call(
        contract=names.require(signed.fields, names.CONTRACT),
        consumer=client,
        service=path.service,
        method=signed.method,
        path=path.tail_decoded,
        purpose=names.require(signed.fields, names.PURPOSE),
        legal_basis=names.require(signed.fields, names.LEGAL_BASIS),
    )


def admit_call(
    request: HttpRequest,
    *,
    peer_certificate_sha256: bytes | None,
    configuration: Configuration,
    own: OwnNode,
    at: dt.datetime,
) -> AdmittedCall:
    """Return the call if everything but its nonce's newness holds; raises an `ExchangeRefusal` otherwise.

    The order is cheapest and most telling first: whose connection, well-formed, whole (digest), alive
    (window), whose signature and is it theirs to make from that node, whose subsystem, ours to answer, and
    last the right. Replay is the caller's to check, against memory that outlives the process.
    """
    directory = configuration.directory
    peer = _peer(peer_certificate_sha256, directory=directory)
    path = parse_path(request.path)
    check_query(request.query)
    signed, signature_input, signature = _read_signed(request)
    verify_content_digest(signed.content_digest, request.body)
    parameters = signatures.read_request_parameters(signed, signature_input)
    signatures.check_window(parameters, at=at)
    member, base = _authenticate(signed, signature, parameters, peer=peer, directory=directory)
    client = _client(signed.fields, member=member, directory=directory)
    if path.service.provider not in directory.subsystems or not own.serves(
        path.service.provider.member, directory=directory
    ):
        raise UnknownService
    decide_access(directory, _call(path, signed, client), at=at)
    return AdmittedCall(
        request=request,
        path=path,
        fields=signed.fields,
        consumer=client,
        message_id=read_message_id(names.require(signed.fields, names.MESSAGE_ID)),
        parameters=parameters,
        signature=signature,
        base=base,
        fingerprint=_fingerprint(signed),
    )


def backend_request(call: AdmittedCall) -> HttpRequest:
    """Return what the agency's system gets: the rest of the path, and the exchange's fields as verified."""
    path = f"/{call.path.service.service}{call.path.tail}"
    headers = [*names.passing(call.request.headers), *call.fields.items()]
    return HttpRequest(call.request.method, path, call.request.query, headers, call.request.body)


def sign_answer(
    call: AdmittedCall, answer: HttpAnswer, *, kid: str, key: ec.EllipticCurvePrivateKey, at: dt.datetime
) -> tuple[HttpAnswer, SignatureFields]:
    """Return the answer with the headers of the exchange and the member's signature, bound to the request's.

    A repeated question gets the same answer under a new signature: the signature names the one request it
    answers.
    """
    digest = content_digest(answer.body)
    signature = signatures.sign_response(
        answer.status,
        digest,
        request_signature=call.signature,
        parameters=ResponseParameters(kid, at),
        key=key,
    )
    headers = [
        *names.passing(answer.headers),
        (names.MESSAGE_ID, str(call.message_id)),
        (names.CLIENT, str(call.consumer)),
        (names.SERVICE, str(call.path.service)),
        (names.REQUEST_ID, call.fields.get(names.REQUEST_ID, "")),
        (CONTENT_DIGEST, digest),
        (signatures.SIGNATURE_INPUT, signature.signature_input),
        (signatures.SIGNATURE, signature.signature),
    ]
    kept = [(name, value) for name, value in headers if value]
    return HttpAnswer(answer.status, kept, answer.body), signature
