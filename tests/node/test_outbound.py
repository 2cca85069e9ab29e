"""What a node sends to others over real sockets: cut, lost on the way back, late, sent twice."""

import asyncio
import json
import ssl
from collections.abc import Callable, Coroutine, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace
from typing import Any, TypeVar

import pytest

from panjereh_node.adapters import outbound, polling
from panjereh_node.adapters.cache import DiskCache
from panjereh_node.adapters.outbound import HttpBackends, HttpPeers, make_session
from panjereh_node.flows.keeping import ConfigurationKeeper
from panjereh_node.flows.ports import (
    PeerCertificateWrong,
    PeerTooSlow,
    PeerUnreachable,
    ServiceFailed,
    ServiceTooSlow,
)
from panjereh_node.protocol.messages import HttpAnswer, HttpRequest
from tests.failures import cut_line, faulty_line
from tests.failures.faulty_line import Fault, FaultyLine
from tests.node.kit import CIVIL, NodeKeys, Register, World

WORLD = World()
QUESTION = HttpRequest("POST", "/person", "", (("content-type", "application/json"),), b'{"n":1}')
T = TypeVar("T")
SLOW = pytest.param(Fault.SLOW, ServiceTooSlow, marks=pytest.mark.slow)


@pytest.fixture
def register() -> Iterator[Register]:
    register = Register()
    yield register
    register.close()


def run_to_its_end(work: Coroutine[Any, Any, T]) -> T:
    """Run it, and close the sockets that aiohttp only tells to: the loop ends before they would."""

    async def run() -> T:
        try:
            return await work
        finally:
            for transport in list(asyncio.get_running_loop()._transports.values()):  # type: ignore[attr-defined]
                transport.abort()
            await asyncio.sleep(0)

    return asyncio.run(run())


# --- the agency's own system ----------------------------------------------------------------------


def ask_over(line: FaultyLine) -> HttpAnswer:
    async def ask() -> HttpAnswer:
        async with make_session(total_timeout=0.3 if line.is_slow else 10) as session:
            return await HttpBackends(session, {CIVIL: line.url}).ask(CIVIL, QUESTION)

    return run_to_its_end(ask())


@pytest.fixture
def line(register: Register) -> Iterator[FaultyLine]:
    host = register.url.removeprefix("http://").partition("/")[0]
    with faulty_line.line_to(host) as line:
        yield line


@pytest.mark.parametrize(
    ("fault", "told"), [(Fault.FAILED, ServiceFailed), (Fault.HAPPENED, ServiceFailed), SLOW]
)
def test_a_register_that_breaks_off_is_told_apart_and_never_asked_again_unseen(
    line: FaultyLine, register: Register, fault: Fault, told: type[Exception]
) -> None:
    line.order("/person", fault)

    with pytest.raises(told):
        ask_over(line)

    # aiohttp repeats some requests whose connection broke; one that may have happened it must not.
    assert len(register.asked) == (0 if fault is Fault.FAILED else 1)
    line.let_go()
    assert ask_over(line).status == 200


# --- the registry ---------------------------------------------------------------------------------


@pytest.fixture
def registry() -> Iterator[ThreadingHTTPServer]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            jws = WORLD.jws(serial=3)
            self.send_response(200)
            self.send_header("content-length", str(len(jws)))
            self.end_headers()
            self.wfile.write(jws)

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def poll_over(line: FaultyLine, keeper: ConfigurationKeeper) -> int | None:
    async def poll() -> None:
        async with make_session(total_timeout=5) as session:
            await polling.poll_once(keeper, session, line.url)

    run_to_its_end(poll())
    return keeper.held.serial if keeper.held else None


@pytest.mark.parametrize(
    "fault", [Fault.FAILED, Fault.HAPPENED, pytest.param(Fault.SLOW, marks=pytest.mark.slow)]
)
def test_a_registry_that_breaks_off_changes_nothing_and_is_asked_again(
    registry: ThreadingHTTPServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    keeper = ConfigurationKeeper(WORLD.anchors(), DiskCache(tmp_path / "configuration.jws"), lambda _: None)
    keeper.accept(WORLD.jws(serial=2))
    with faulty_line.line_to(f"127.0.0.1:{registry.server_address[1]}") as line:
        for _ in range(2):  # aiohttp repeats by itself a reading whose connection broke
            line.order("/configuration", fault)

        with monkeypatch.context() as patch:
            if fault is Fault.SLOW:
                patch.setattr(outbound, "_CONNECT_TIMEOUT", 0.15)
            assert poll_over(line, keeper) == 2
        line.let_go()
        assert poll_over(line, keeper) == 3


def test_a_configuration_fetched_twice_is_taken_up_once(
    registry: ThreadingHTTPServer, tmp_path: Path
) -> None:
    changes: list[int] = []
    keeper = ConfigurationKeeper(
        WORLD.anchors(), DiskCache(tmp_path / "configuration.jws"), lambda each: changes.append(each.serial)
    )
    with faulty_line.line_to(f"127.0.0.1:{registry.server_address[1]}") as line:
        line.order("/configuration", Fault.TWICE)

        assert [poll_over(line, keeper), poll_over(line, keeper)] == [3, 3]
    assert changes == [3]


def test_a_configuration_that_cannot_be_kept_is_not_taken_up_and_fetched_again(
    registry: ThreadingHTTPServer, tmp_path: Path
) -> None:
    folder = tmp_path / "state"
    keeper = ConfigurationKeeper(WORLD.anchors(), DiskCache(folder / "configuration.jws"), lambda _: None)
    with faulty_line.line_to(f"127.0.0.1:{registry.server_address[1]}") as line:
        assert poll_over(line, keeper) is None
        folder.mkdir()

        assert poll_over(line, keeper) == 3


# --- another node ---------------------------------------------------------------------------------


class Peer:
    """Another node as far as its sockets go: TLS with its own certificate, and an answer."""

    def __init__(self, keys: NodeKeys, folder: Path) -> None:
        self.keys, self.asked = keys, 0
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        key, certificate = keys.write(folder)
        context.load_cert_chain(certificate, key)
        peer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["content-length"]))
                peer.asked += 1
                peer.on_asked()
                self.send_response(200)
                self.send_header("content-length", "2")
                self.end_headers()
                self.wfile.write(json.dumps({}).encode())

            def log_message(self, *_: Any) -> None:
                pass

        self.on_asked: Callable[[], object] = lambda: None
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # type: ignore[method-assign]
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.thread = Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def peer(tmp_path: Path) -> Iterator[Peer]:
    peer = Peer(WORLD.nodes["interior"], tmp_path)
    yield peer
    peer.close()


def send_to(port: int, pin: bytes) -> HttpAnswer:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    node = SimpleNamespace(address=f"https://127.0.0.1:{port}", tls_sha256=pin)

    async def send() -> HttpAnswer:
        peers = HttpPeers(context)
        try:
            return await peers.send(SimpleNamespace(node=node, request=QUESTION))  # type: ignore[arg-type]
        finally:
            await peers.close()

    return run_to_its_end(send())


def test_a_node_that_hangs_up_before_and_after_it_answered_is_told_as_unreachable(peer: Peer) -> None:
    pin, port = peer.keys.sha256, peer.server.server_address[1]
    with cut_line.line_to(("127.0.0.1", int(port))) as line:
        peer.on_asked = lambda: setattr(line, "is_losing", True)
        with pytest.raises(PeerUnreachable):
            send_to(line.port, pin)
        assert (line.lost.is_set(), peer.asked) == (True, 1)
        peer.on_asked = lambda: None

        assert send_to(line.port, pin).status == 200
        dead = line.port
    with pytest.raises(PeerUnreachable):
        send_to(dead, pin)


@pytest.mark.slow
def test_a_node_that_does_not_answer_in_time_is_given_up(peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbound, "PEER_TIMEOUT", 0.3)
    given_up = Event()
    peer.on_asked = lambda: given_up.wait(5)

    with pytest.raises(PeerTooSlow):
        send_to(int(peer.server.server_address[1]), peer.keys.sha256)

    given_up.set()


def test_nothing_is_sent_to_whoever_does_not_hold_the_certificate(peer: Peer) -> None:
    with pytest.raises(PeerCertificateWrong):
        send_to(int(peer.server.server_address[1]), NodeKeys.make("interior").sha256)

    assert peer.asked == 0
