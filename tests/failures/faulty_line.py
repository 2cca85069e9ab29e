"""A line to a program that answers over HTTP, faulty on order: one for each way in which a call can fail."""

import http.client
import socket
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit


class Fault(StrEnum):
    """What happens to a call."""

    FAILED = "failed"
    """The connection ends before anything has reached the other side."""
    HAPPENED = "failed but happened"
    """The other side has done it and answered; half of the answer arrives, and the connection ends."""
    SLOW = "slow"
    """The other side has done it; its answer comes only once the caller has given up."""
    TWICE = "twice"
    """The other side gets it twice; the caller hears the first answer."""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes


@dataclass
class FaultyLine:
    """A proxy on loopback before a program at `target`, `host:port`."""

    target: str
    orders: deque[tuple[str, Fault]] = field(default_factory=deque)
    passed: list[str] = field(default_factory=list)
    """Paths that reached the other side, in their order."""
    is_slow: bool = False
    """Whether the last order was for a slow answer, and holds still."""
    open: set[socket.socket] = field(default_factory=set)
    _given_up: threading.Event = field(default_factory=threading.Event)
    _server: ThreadingHTTPServer = field(init=False)

    def __post_init__(self) -> None:
        self._server = ThreadingHTTPServer(
            ("127.0.0.1", 0), lambda *arguments, **more: _Handler(self, *arguments, **more)
        )
        # Ended with the line, each with its socket: a test that comes later must not find one left over.
        self._server.daemon_threads = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def order(self, path: str, fault: Fault) -> None:
        """Have the next call whose path holds `path` fail in this way."""
        self.is_slow = fault is Fault.SLOW
        self._given_up.clear()
        self.orders.append((path, fault))

    def let_go(self) -> None:
        """Let go of every slow answer, and forget what was ordered and not used."""
        self.is_slow = False
        self._given_up.set()
        self.orders.clear()

    def ordered_for(self, path: str) -> Fault | None:
        """Take the order for a call of this path."""
        for each in self.orders:
            if each[0] in path:
                self.orders.remove(each)
                return each[1]
        return None

    def wait_for_the_caller(self) -> None:
        """Hold a slow answer back."""
        self._given_up.wait(timeout=10)

    def serve(self) -> None:
        self._server.serve_forever(poll_interval=0.01)

    def close(self) -> None:
        self.let_go()
        self._server.shutdown()
        for connection in list(self.open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._server.server_close()


@contextmanager
def line_to(target: str) -> Iterator[FaultyLine]:
    """Open a line for a while."""
    line = FaultyLine(target)
    thread = threading.Thread(target=line.serve)
    thread.start()
    try:
        yield line
    finally:
        line.close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def __init__(self, line: FaultyLine, *arguments: Any, **more: Any) -> None:
        self.line = line
        super().__init__(*arguments, **more)

    def setup(self) -> None:
        super().setup()
        self.line.open.add(self.connection)

    def finish(self) -> None:
        self.line.open.discard(self.connection)
        with suppress(OSError):
            super().finish()

    def pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        fault = self.line.ordered_for(urlsplit(self.path).path)
        if fault is Fault.FAILED:
            self._cut()
            return
        answer = self._ask(body)
        if fault is Fault.TWICE:
            self._ask(body)
        if fault is Fault.SLOW:
            self.line.wait_for_the_caller()
        self._give(answer, is_cut=fault is Fault.HAPPENED)

    do_GET = do_POST = do_DELETE = pass_on  # noqa: N815 -- named by the standard library

    def _ask(self, body: bytes) -> _Answer:
        connection = http.client.HTTPConnection(self.line.target, timeout=10)
        try:
            connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            response = connection.getresponse()
            self.line.passed.append(urlsplit(self.path).path)
            return _Answer(response.status, response.getheaders(), response.read())
        finally:
            connection.close()

    def _give(self, answer: _Answer, *, is_cut: bool) -> None:
        self.send_response_only(answer.status)
        for name, value in answer.headers:
            if name.lower() not in {"content-length", "transfer-encoding", "connection"}:
                self.send_header(name, value)
        self.send_header("content-length", str(len(answer.body)))
        self.end_headers()
        try:
            self.wfile.write(answer.body[: len(answer.body) // 2] if is_cut else answer.body)
            self.wfile.flush()
        except OSError:
            self.close_connection = True  # the caller has given up
        if is_cut:
            self._cut()

    def _cut(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *_: object) -> None:
        """Say nothing: a test prints its own failures."""
