"""A small exchange for tests: keys made here, self-signed certificates, nodes as subprocesses on loopback."""

import base64
import datetime as dt
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from panjereh_contracts import p256
from panjereh_contracts.configuration import make_document, parse_configuration, sign_configuration

AT = dt.datetime(2026, 5, 1, 12, 0, tzinfo=dt.UTC)
WINDOW = "PRACTICE/GOV/ito/window"
CIVIL = "PRACTICE/GOV/nocr/civil"
PERSON_PATH = f"/r1/{CIVIL}/person"
MESSAGE_ID = "018f0000-0000-7000-8000-000000000001"
MEMBERS = {"ito": "platform", "nocr": "interior", "post": "places"}


def pem(key: Any) -> bytes:
    raw: bytes = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return raw


@dataclass(frozen=True)
class NodeKeys:
    """One node's TLS key and self-signed certificate."""

    name: str
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @classmethod
    def make(cls, name: str, *, expired: bool = False) -> "NodeKeys":
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name}.node")])
        now = dt.datetime.now(dt.UTC)
        end = now - dt.timedelta(days=1) if expired else now + dt.timedelta(days=3)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=3))
            .not_valid_after(end)
            .sign(key, hashes.SHA256())
        )
        return cls(name, key, certificate)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def sha256(self) -> bytes:
        return hashlib.sha256(self.der).digest()

    def write(self, directory: Path) -> tuple[Path, Path]:
        key_file, certificate_file = directory / "tls.key", directory / "tls.crt"
        key_file.write_bytes(pem(self.key))
        certificate_file.write_bytes(self.certificate.public_bytes(Encoding.PEM))
        return key_file, certificate_file


def contract(**changes: Any) -> dict[str, Any]:
    return {
        "id": "c-1",
        "version": "1",
        "consumer": WINDOW,
        "service": f"{CIVIL}/person",
        "method": "POST",
        "path": "/",
        "purpose": "address-certificate",
        "legal_basis": "law-1",
        "valid_from": "2026-01-01T00:00:00Z",
        "valid_until": "2036-01-01T00:00:00Z",
        **changes,
    }


@dataclass
class World:
    """Members, nodes and a registry key; `source` and `configuration` follow from them."""

    registry_key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    member_keys: dict[str, ec.EllipticCurvePrivateKey] = field(
        default_factory=lambda: {name: ec.generate_private_key(ec.SECP256R1()) for name in MEMBERS}
    )
    nodes: dict[str, NodeKeys] = field(
        default_factory=lambda: {name: NodeKeys.make(name) for name in MEMBERS.values()}
    )
    addresses: dict[str, str] = field(
        default_factory=lambda: {
            name: f"https://127.0.0.1:{9000 + i}" for i, name in enumerate(MEMBERS.values())
        }
    )
    contracts: list[dict[str, Any]] = field(default_factory=lambda: [contract()])

    def source(self) -> dict[str, Any]:
        return {
            "instance": "PRACTICE",
            "members": [
                {
                    "id": name,
                    "name": name,
                    "signing_keys": [{"kid": f"{name}-1", "jwk": p256.public_key_to_jwk(key.public_key())}],
                }
                for name, key in self.member_keys.items()
            ],
            "nodes": [
                {
                    "id": name,
                    "address": self.addresses[name],
                    "tls_certificate": base64.b64encode(keys.der).decode(),
                    "tls_sha256": keys.sha256.hex(),
                    "serves": [member for member, node in MEMBERS.items() if node == name],
                }
                for name, keys in self.nodes.items()
            ],
            "subsystems": [
                {"id": WINDOW, "name": "window"},
                {"id": CIVIL, "name": "civil"},
                {"id": "PRACTICE/GOV/post/place", "name": "place"},
            ],
            "contracts": self.contracts,
        }

    def document(
        self, *, serial: int = 1, at: dt.datetime = AT, usable_for: dt.timedelta = dt.timedelta(days=30)
    ) -> bytes:
        fresh = min(dt.timedelta(minutes=10), usable_for)
        return make_document(self.source(), serial=serial, at=at, fresh_for=fresh, usable_for=usable_for)

    def configuration(self, **arguments: Any) -> Any:
        return parse_configuration(self.document(**arguments))

    def jws(self, **arguments: Any) -> bytes:
        return sign_configuration(self.document(**arguments), key=self.registry_key)

    def anchors(self) -> dict[str, ec.EllipticCurvePublicKey]:
        public = self.registry_key.public_key()
        return {p256.thumbprint(public): public}


def question_headers(**changes: str | None) -> list[tuple[str, str]]:
    headers: dict[str, str | None] = {
        "content-type": "application/json",
        "x-road-client": WINDOW,
        "x-road-id": MESSAGE_ID,
        "x-road-userid": "IR9990000001",
        "x-road-issue": "case-1",
        "panjereh-purpose": "address-certificate",
        "panjereh-legal-basis": "law-1",
        "panjereh-contract": "c-1",
        **{name.replace("_", "-"): value for name, value in changes.items()},
    }
    return [(name, value) for name, value in headers.items() if value is not None]


class FakeEdge:
    """A clock that stands until moved, and draws that never repeat."""

    def __init__(self, at: dt.datetime = AT) -> None:
        self.at = at
        self.drawn = 0

    def now(self) -> dt.datetime:
        return self.at

    def new_id(self) -> UUID:
        self.drawn += 1
        return UUID(int=(0x018F << 112) | (0x7 << 76) | (0x8 << 60) | self.drawn)

    def draw(self, count: int) -> bytes:
        self.drawn += 1
        return self.drawn.to_bytes(count, "big")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Register:
    """An agency's own system on loopback: counts what it is asked and does what `act` says."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        self.delay = 0.0
        self.status = 200
        self.body = b'{"found": true}'
        register = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                register.asked.append((self.path, headers, body))
                time.sleep(register.delay)
                self.send_response(register.status)
                self.send_header("content-type", "application/json")
                self.send_header("x-road-error", "server.serverproxy.spoofed")
                self.send_header("content-length", str(len(register.body)))
                self.end_headers()
                self.wfile.write(register.body)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/nocr/civil"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def wait_until(condition: Callable[[], bool], *, seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError("waited in vain")
        time.sleep(0.02)


@contextmanager
def program(module: str, environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    source = str(Path(__file__).resolve().parents[2] / "src")
    with log.open("ab") as sink:
        process = subprocess.Popen(
            [sys.executable, "-m", module, "serve"],
            env={**os.environ, "PYTHONPATH": source, **environment},
            stdout=sink,
            stderr=sink,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)  # a test may have stopped it
                process.send_signal(signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def node_environment(
    world: World, name: str, directory: Path, *, registry: str, backends: dict[str, str]
) -> dict[str, str]:
    directory.mkdir(parents=True, exist_ok=True)
    keys = directory / "signing"
    keys.mkdir(exist_ok=True)
    for member, node in MEMBERS.items():
        if node == name:
            (keys / f"{member}.pem").write_bytes(pem(world.member_keys[member]))
    tls_key, tls_certificate = world.nodes[name].write(directory)
    log_key = directory / "log.pem"
    if not log_key.exists():
        log_key.write_bytes(pem(Ed25519PrivateKey.generate()))
    (directory / "backends.json").write_text(json.dumps(backends))
    anchor = {"keys": [p256.public_key_to_jwk(world.registry_key.public_key())]}
    (directory / "anchors.json").write_text(json.dumps(anchor))
    return {
        "PANJEREH_PROFILE": "practice",
        "PANJEREH_NODE_ID": name,
        "PANJEREH_NODE_EDGE_LISTEN": f"127.0.0.1:{free_port()}",
        "PANJEREH_NODE_MTLS_LISTEN": world.addresses[name].removeprefix("https://"),
        "PANJEREH_NODE_REGISTRY_URL": registry,
        "PANJEREH_NODE_ANCHOR_FILE": str(directory / "anchors.json"),
        "PANJEREH_NODE_STATE_DIRECTORY": str(directory / "state"),
        "PANJEREH_NODE_TLS_KEY_FILE": str(tls_key),
        "PANJEREH_NODE_TLS_CERTIFICATE_FILE": str(tls_certificate),
        "PANJEREH_NODE_SIGNING_KEY_DIRECTORY": str(keys),
        "PANJEREH_NODE_LOG_KEY_FILE": str(log_key),
        "PANJEREH_NODE_BACKENDS_FILE": str(directory / "backends.json"),
    }
