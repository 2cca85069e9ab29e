"""Both halves over ports in memory: what a hostile peer, a lying peer, a slow disk and a repetition meet."""

import asyncio
import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from panjereh_contracts import signatures
from panjereh_contracts.configuration import ConfigurationOutdated
from panjereh_contracts.digest import DigestMismatch, content_digest
from panjereh_contracts.faults import ExchangeRefusal, PeerNodeRefused, Side, error_document
from panjereh_contracts.headers import MalformedHeader, MissingHeader
from panjereh_contracts.identifiers import MalformedClient, MalformedPath
from panjereh_contracts.p256 import SignatureInvalid
from panjereh_contracts.receipt import Receipt, leaf_hash, verify_receipt
from panjereh_contracts.rights import AccessDenied
from panjereh_contracts.signatures import OutsideWindow
from panjereh_node.flows.answering import Answering
from panjereh_node.flows.asking import Asking
from panjereh_node.flows.keeping import ConfigurationKeeper
from panjereh_node.flows.ports import Logged, LoggingFailed, ServiceFailed, ServiceTooSlow
from panjereh_node.protocol.consumer import (
    AnswerInconsistent,
    NodeCannotBePinned,
    OutgoingCall,
    UnknownClient,
    UnknownProvider,
)
from panjereh_node.protocol.keys import NoSigningKey, OwnNode
from panjereh_node.protocol.messages import HttpAnswer, HttpRequest
from panjereh_node.protocol.provider import (
    CertificateUnknown,
    ClientNotSigner,
    SignerElsewhere,
    UnknownService,
)
from panjereh_node.protocol.replay import (
    ANSWER_WINDOW,
    GivenAnswer,
    MemoryFull,
    MessageIdReused,
    Replayed,
    ReplayMemory,
    SeenNonce,
)
from tests.node.kit import AT, CIVIL, MESSAGE_ID, PERSON_PATH, WINDOW, FakeEdge, World, question_headers

BODY = b'{"national_number":"9990000001"}'
OTHER_ID = MESSAGE_ID[:-1] + "9"
WORLD = World()


class NoCache:
    def load(self) -> bytes | None:
        return None

    def store(self, jws: bytes) -> None:
        pass


class MemoryLedger:
    """A ledger that fails when told to, before or after it wrote."""

    origin = "panjereh/node/test"

    def __init__(self) -> None:
        self.leaves: list[bytes] = []
        self.memory: list[Any] = []
        self.fail_before: set[int] = set()
        self.fail_after: set[int] = set()

    async def record(self, leaf: bytes, *, memory: Sequence[Any] = ()) -> Logged:
        index = len(self.leaves)
        if index in self.fail_before:
            raise LoggingFailed
        self.leaves.append(leaf)
        self.memory.extend(memory)
        if index in self.fail_after:
            raise LoggingFailed
        return Logged(index, leaf_hash(leaf))


class FakeBackends:
    def __init__(self) -> None:
        self.asked: list[tuple[str, HttpRequest]] = []
        self.fault: ExchangeRefusal | None = None
        self.hold: asyncio.Event | None = None
        self.status = 200

    async def ask(self, subsystem: str, request: HttpRequest) -> HttpAnswer:
        self.asked.append((subsystem, request))
        if self.hold is not None:
            await self.hold.wait()
        if self.fault is not None:
            raise self.fault
        return HttpAnswer(
            self.status, [("content-type", "application/json"), ("x-road-error", "x")], b'{"found":true}'
        )


@dataclass
class Wire:
    """Carries calls to the other node, as an attacker on either node may change them."""

    answering: Answering
    certificate: bytes
    on_request: Callable[[HttpRequest], HttpRequest] = lambda request: request
    on_answer: Callable[[HttpAnswer], HttpAnswer] = lambda answer: answer
    sent: list[HttpRequest] = field(default_factory=list)

    async def send(self, call: OutgoingCall) -> HttpAnswer:
        request = self.on_request(call.request)
        self.sent.append(request)
        try:
            answer = await self.answering.answer(request, peer_certificate_sha256=self.certificate)
        except ExchangeRefusal as refusal:
            status, kind, body = error_document(refusal, side=Side.PROVIDER, detail=FakeEdge().new_id())
            self.refusal = refusal
            answer = HttpAnswer(status, [("x-road-error", kind)], body)
        return self.on_answer(answer)


@dataclass
class Pair:
    asking: Asking
    answering: Answering
    wire: Wire
    backends: FakeBackends
    edge: FakeEdge

    @property
    def consumer_log(self) -> MemoryLedger:
        return self.asking.ledger  # type: ignore[return-value]

    @property
    def provider_log(self) -> MemoryLedger:
        return self.answering.ledger  # type: ignore[return-value]

    def ask(
        self, *, body: bytes = BODY, path: str = PERSON_PATH, query: str = "", **changes: str | None
    ) -> HttpAnswer:
        return asyncio.run(
            self.asking.ask(HttpRequest("POST", path, query, question_headers(**changes), body))
        )

    def refused_with(self, kind: type[ExchangeRefusal], **changes: Any) -> None:
        with pytest.raises(PeerNodeRefused):
            self.ask(**changes)
        assert type(self.wire.refusal) is kind
        assert self.backends.asked == []


def keeper(world: World, edge: FakeEdge) -> ConfigurationKeeper:
    result = ConfigurationKeeper(world.anchors(), NoCache(), lambda _: None)
    result.accept(world.jws(at=edge.at))
    return result


def make_pair(world: World = WORLD) -> Pair:
    edge, backends = FakeEdge(), FakeBackends()
    answering = Answering(
        OwnNode("interior", {"nocr": world.member_keys["nocr"]}),
        keeper(world, edge),
        MemoryLedger(),
        backends,
        ReplayMemory(),
        edge,
    )
    wire = Wire(answering, world.nodes["platform"].sha256)
    own = OwnNode("platform", {"ito": world.member_keys["ito"]})
    return Pair(Asking(own, keeper(world, edge), MemoryLedger(), wire, edge), answering, wire, backends, edge)


@pytest.fixture
def pair() -> Pair:
    return make_pair()


def with_header(request: HttpRequest, name: str, value: str | None) -> HttpRequest:
    headers = [(n, v) for n, v in request.headers if n != name]
    if value is not None:
        headers.append((name, value))
    return dataclasses.replace(request, headers=headers)


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


# --- repetition ----------------------------------------------------------------------------------


def test_a_repeated_question_gets_the_same_answer_without_asking_again(pair: Pair) -> None:
    first = pair.ask()

    second = pair.ask()

    assert (second.status, second.body) == (first.status, first.body)
    assert len(pair.backends.asked) == 1
    verify_receipt(
        Receipt.decode(dict(second.headers)["panjereh-receipt"]),
        provider_key=WORLD.member_keys["nocr"].public_key(),
    )


def test_two_askers_at_once_share_one_question(pair: Pair) -> None:
    async def both() -> list[HttpAnswer]:
        pair.backends.hold = asyncio.Event()
        request = HttpRequest("POST", PERSON_PATH, "", question_headers(), BODY)
        tasks = [asyncio.create_task(pair.asking.ask(request)) for _ in range(2)]
        await asyncio.sleep(0.01)
        pair.backends.hold.set()
        return await asyncio.gather(*tasks)

    answers = asyncio.run(both())

    assert answers[0].body == answers[1].body
    assert len(pair.backends.asked) == 1


def test_one_message_id_for_two_questions_is_refused(pair: Pair) -> None:
    pair.ask()

    with pytest.raises(PeerNodeRefused):
        pair.ask(body=b"{}")

    assert type(pair.wire.refusal) is MessageIdReused
    assert len(pair.backends.asked) == 1


def test_one_message_id_for_two_questions_at_once_is_refused(pair: Pair) -> None:
    async def both() -> list[Any]:
        pair.backends.hold = asyncio.Event()
        asked = [HttpRequest("POST", PERSON_PATH, "", question_headers(), body) for body in (BODY, b"{}")]
        tasks = [asyncio.create_task(pair.asking.ask(request)) for request in asked]
        await asyncio.sleep(0.01)
        pair.backends.hold.set()
        return await asyncio.gather(*tasks, return_exceptions=True)

    answer, refusal = asyncio.run(both())

    assert isinstance(answer, HttpAnswer)
    assert isinstance(refusal, PeerNodeRefused)
    assert type(pair.wire.refusal) is MessageIdReused


def test_the_answer_is_forgotten_after_its_window(pair: Pair) -> None:
    pair.ask()
    pair.edge.at += ANSWER_WINDOW + dt.timedelta(seconds=1)

    pair.ask()

    assert len(pair.backends.asked) == 2


@pytest.mark.parametrize("fault", [ServiceFailed(), ServiceTooSlow()])
def test_a_register_that_fails_is_asked_again_on_repetition(pair: Pair, fault: ExchangeRefusal) -> None:
    pair.backends.fault = fault
    with pytest.raises(PeerNodeRefused) as refused:
        pair.ask()
    assert refused.value.type_at(Side.CONSUMER) == "server.serverproxy.service_failed"
    pair.backends.fault = None

    assert pair.ask().status == 200
    assert [dict(request.headers)["x-road-id"] for _, request in pair.backends.asked] == [MESSAGE_ID] * 2


@pytest.mark.parametrize("status", [500, 503, 408, 425, 429])
def test_a_register_that_says_not_now_is_asked_again_on_repetition(pair: Pair, status: int) -> None:
    pair.backends.status = status
    assert pair.ask().status == status
    pair.backends.status = 200

    assert pair.ask().status == 200
    assert len(pair.backends.asked) == 2
    assert [each.answer.status for each in pair.provider_log.memory if hasattr(each, "answer")] == [200]


# --- the log -------------------------------------------------------------------------------------


@pytest.mark.parametrize("failure", ["fail_before", "fail_after"])
def test_a_request_that_cannot_be_logged_is_not_sent(pair: Pair, failure: str) -> None:
    getattr(pair.consumer_log, failure).add(0)

    with pytest.raises(LoggingFailed):
        pair.ask()

    assert pair.wire.sent == []


@pytest.mark.parametrize("failure", ["fail_before", "fail_after"])
def test_an_answer_that_cannot_be_logged_is_not_handed_over(pair: Pair, failure: str) -> None:
    getattr(pair.consumer_log, failure).add(1)

    with pytest.raises(LoggingFailed):
        pair.ask()


@pytest.mark.parametrize("failure", ["fail_before", "fail_after"])
def test_a_provider_that_cannot_log_does_not_ask_its_register(pair: Pair, failure: str) -> None:
    getattr(pair.provider_log, failure).add(0)

    pair.refused_with(LoggingFailed)


@pytest.mark.parametrize("failure", ["fail_before", "fail_after"])
def test_a_provider_that_cannot_log_its_answer_keeps_it_for_the_repetition(pair: Pair, failure: str) -> None:
    getattr(pair.provider_log, failure).add(1)
    with pytest.raises(PeerNodeRefused):
        pair.ask()
    getattr(pair.provider_log, failure).clear()

    assert pair.ask().status == 200
    assert len(pair.backends.asked) == 1


# --- configuration and memory --------------------------------------------------------------------


def test_a_node_goes_on_while_its_configuration_is_usable(pair: Pair) -> None:
    pair.edge.at += dt.timedelta(days=29)

    assert pair.ask().status == 200


def test_a_node_refuses_once_its_configuration_is_outdated(pair: Pair) -> None:
    pair.edge.at += dt.timedelta(days=31)

    with pytest.raises(ConfigurationOutdated):
        pair.ask()
    assert pair.consumer_log.leaves == []


def test_full_memory_refuses_rather_than_forgets() -> None:
    pair = make_pair()
    pair.answering = dataclasses.replace(pair.answering, memory=ReplayMemory(max_nonces=1))
    pair.wire.answering = pair.answering
    pair.ask()

    with pytest.raises(PeerNodeRefused):
        pair.ask(x_road_id=OTHER_ID)

    assert type(pair.wire.refusal) is MemoryFull


def test_no_room_for_an_answer_means_not_asking() -> None:
    pair = make_pair()
    pair.answering = dataclasses.replace(pair.answering, memory=ReplayMemory(max_answers=1))
    pair.wire.answering = pair.answering
    pair.ask()

    with pytest.raises(PeerNodeRefused):
        pair.ask(x_road_id=OTHER_ID)

    assert len(pair.backends.asked) == 1


def test_a_nonce_is_forgotten_only_when_its_request_is_dead() -> None:
    memory = ReplayMemory(max_nonces=1)
    nonce = SeenNonce("k", "n", AT)
    memory.see(nonce, at=AT)

    with pytest.raises(Replayed):
        memory.see(nonce, at=AT)
    memory.see(nonce, at=AT + dt.timedelta(seconds=1))


def test_the_first_answer_to_a_question_stays() -> None:
    memory = ReplayMemory()
    pair = make_pair()
    pair.ask()
    given = next(item for item in pair.provider_log.memory if isinstance(item, GivenAnswer))

    memory.keep(given)
    memory.keep(dataclasses.replace(given, answer=HttpAnswer(500, (), b"")))

    assert memory.find(given.consumer, given.message_id, fingerprint=given.fingerprint, at=AT) == given
