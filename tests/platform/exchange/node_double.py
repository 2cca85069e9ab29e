"""A node of the exchange on loopback: a real HTTP server that signs real receipts and fails on order.

It stands for our own node and the provider behind it. Like them it gives the same answer to the same message
id, so a test can see that asking again asks nothing new. Other rooms' tests may use it too.
"""

import datetime as dt
import json
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec

from panjereh_contracts import signatures
from panjereh_contracts.digest import content_digest
from panjereh_contracts.evidence import Direction, make_leaf
from panjereh_contracts.identifiers import parse_path, parse_subsystem
from panjereh_contracts.receipt import Receipt, leaf_hash

ANSWERED_AT = dt.datetime(2026, 11, 22, 9, 30, 1, tzinfo=dt.UTC)
ASKED_AT = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)
SALT = bytes(16)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came in; header names in lower case."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back."""

    status: int
    headers: dict[str, str]
    body: bytes


Step = Callable[["NodeDouble", Asked, BaseHTTPRequestHandler], Reply | None]


class NodeDouble:
    """The double. `plan` holds what happens to the next calls; after it every call is answered."""

    def __init__(self, answers: dict[str, dict[str, Any]]) -> None:
        """`answers` maps the end of a path (`civil/person`) to the register's answer."""
        self.answers = answers
        self.asked: list[Asked] = []
        self.plan: deque[Step] = deque()
        self.readable: dict[str, bytes] = {}  # what a GET of a path is answered with; anything else is absent
        self.provider_key = ec.generate_private_key(ec.SECP256R1())
        self.consumer_key = ec.generate_private_key(ec.SECP256R1())
        self._given: dict[str, bytes] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def reply_to(self, asked: Asked) -> Reply:
        """Answer like a register behind a node: once per message id, with a receipt that holds."""
        ending = "/".join(asked.path.split("/")[-2:])
        raw = json.dumps(self.answers[ending], ensure_ascii=False).encode()
        raw = self._given.setdefault(asked.headers["x-road-id"], raw)
        return self.signed(asked, status=200, body=raw)

    def signed(self, asked: Asked, *, status: int, body: bytes) -> Reply:
        receipt = self.receipt(asked, status=status, body=body)
        return Reply(status, {"panjereh-receipt": receipt.encode()}, body)

    def receipt(self, asked: Asked, *, status: int, body: bytes) -> Receipt:
        fields = {
            name: value
            for name, value in sorted(asked.headers.items())
            if name.startswith(("x-road-", "panjereh-"))
        }
        request = signatures.SignedRequest("POST", asked.path, "", content_digest(asked.body), fields)
        life = signatures.RequestParameters(
            "practice-ito-1", "n" * 22, ASKED_AT, ASKED_AT + signatures.LIFETIME
        )
        question = signatures.sign_request(request, life, key=self.consumer_key)
        parameters = signatures.ResponseParameters("practice-nocr-1", ANSWERED_AT)
        answer = signatures.sign_response(
            status,
            content_digest(body),
            request_signature=question.signature,
            parameters=parameters,
            key=self.provider_key,
        )
        return Receipt(
            message_id=UUID(asked.headers["x-road-id"]),
            consumer=parse_subsystem(asked.headers["x-road-client"]),
            service=parse_path(asked.path).service,
            contract_id=asked.headers["panjereh-contract"],
            purpose=asked.headers["panjereh-purpose"],
            legal_basis=asked.headers["panjereh-legal-basis"],
            issue=asked.headers.get("x-road-issue"),
            asked_at=ASKED_AT,
            answered_at=ANSWERED_AT,
            status=status,
            request_digest=content_digest(asked.body),
            response_digest=content_digest(body),
            request_base=question.base,
            request_signature=question.signature,
            response_signature=answer.signature,
            response_keyid=parameters.keyid,
            response_created_at=parameters.created_at,
            log_origin="panjereh/practice/platform",
            request_index=0,
            request_leaf_hash=_leaf(Direction.REQUEST, question),
            request_salt=SALT.hex(),
            response_index=1,
            response_leaf_hash=_leaf(Direction.RESPONSE, answer),
            response_salt=SALT.hex(),
        )

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        double = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Asked(self.path, headers, body)
                double.asked.append(asked)
                step = double.plan.popleft() if double.plan else answer
                reply = step(double, asked, self)
                if reply is not None:
                    self._send(reply)

            def do_GET(self) -> None:
                found = double.readable.get(self.path)
                self._send(Reply(404, {}, b"") if found is None else Reply(200, {}, found))

            def _send(self, reply: Reply) -> None:
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body)

            def log_message(self, *_: object) -> None:
                """Say nothing: a test prints its own failures."""

        return Handler


def _leaf(direction: Direction, signed: signatures.SignatureFields) -> str:
    leaf = make_leaf(direction, base=signed.base, signature=signed.signature, salt=SALT)
    return leaf_hash(leaf).hex()


# What may happen to a call.


def answer(double: NodeDouble, asked: Asked, _: BaseHTTPRequestHandler) -> Reply:
    """Answer as the register does."""
    return double.reply_to(asked)


def refuse(kind: str, *, status: int = 500) -> Step:
    """Let a node refuse, in X-Road's form."""

    def step(_double: NodeDouble, _asked: Asked, _handler: BaseHTTPRequestHandler) -> Reply:
        body = json.dumps({"type": kind, "message": "no", "detail": "0"}).encode()
        return Reply(status, {"x-road-error": kind}, body)

    return step


def provider_says(status: int) -> Step:
    """Let the register itself answer with this status; the node signs that too."""

    def step(double: NodeDouble, asked: Asked, _handler: BaseHTTPRequestHandler) -> Reply:
        return double.signed(asked, status=status, body=b'{"type": "about:blank"}')

    return step


def say(body: bytes) -> Step:
    """Let the register answer with this body, properly signed."""

    def step(double: NodeDouble, asked: Asked, _handler: BaseHTTPRequestHandler) -> Reply:
        return double.signed(asked, status=200, body=body)

    return step


def late(seconds: float) -> Step:
    """Answer, but only after a while."""

    def step(double: NodeDouble, asked: Asked, _handler: BaseHTTPRequestHandler) -> Reply | None:
        time.sleep(seconds)
        double.reply_to(asked)
        return None

    return step


def together(barrier: threading.Barrier) -> Step:
    """Answer only when as many callers wait as the barrier has parties."""

    def step(double: NodeDouble, asked: Asked, _handler: BaseHTTPRequestHandler) -> Reply:
        barrier.wait(timeout=5)
        return double.reply_to(asked)

    return step


def lose(double: NodeDouble, asked: Asked, handler: BaseHTTPRequestHandler) -> None:
    """Work the answer out and drop the connection before it is sent."""
    double.reply_to(asked)
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


def without_receipt(double: NodeDouble, asked: Asked, _: BaseHTTPRequestHandler) -> Reply:
    """Answer without proof."""
    return replace(double.reply_to(asked), headers={})


def with_receipt_of(**changes: Any) -> Step:
    """Answer with a receipt that stands for something else."""

    def step(double: NodeDouble, asked: Asked, _handler: BaseHTTPRequestHandler) -> Reply:
        reply = double.reply_to(asked)
        receipt = replace(double.receipt(asked, status=200, body=reply.body), **changes)
        return replace(reply, headers={"panjereh-receipt": receipt.encode()})

    return step


def with_other_body(double: NodeDouble, asked: Asked, _: BaseHTTPRequestHandler) -> Reply:
    """Put another body under a true receipt."""
    reply = double.reply_to(asked)
    return replace(reply, body=reply.body.replace(b"true", b"true "))
