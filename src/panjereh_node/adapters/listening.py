"""uvicorn, bent in two places: a deadline for request heads, and the peer's certificate in the scope.

See docs/adr/0006-uvicorn-for-mutual-tls.md.
"""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Generator
from typing import Final

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

PEER_CERTIFICATE: Final = "peer_certificate"
HEAD_TIMEOUT: Final = 10.0
MAX_HEAD_BYTES: Final = 16 * 1024
MAX_CONNECTIONS: Final = 512
KEEP_ALIVE: Final = 60


class BoundedProtocol(H11Protocol):
    """Closes a connection whose request head does not arrive whole in time; uvicorn waits for ever."""

    _head_deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect_head()

    def data_received(self, data: bytes) -> None:
        if self._head_deadline is None and self._is_between_requests():
            self._expect_head()
        super().data_received(data)
        if not self._is_between_requests():
            self._forget_deadline()

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget_deadline()
        super().connection_lost(exc)

    def _is_between_requests(self) -> bool:
        # `cycle` is None until the first request's head is whole, whatever its annotation says.
        return bool(getattr(self.cycle, "response_complete", True))

    def _expect_head(self) -> None:
        self._head_deadline = self.loop.call_later(HEAD_TIMEOUT, self._give_up)

    def _forget_deadline(self) -> None:
        if self._head_deadline is not None:
            self._head_deadline.cancel()
            self._head_deadline = None

    def _give_up(self) -> None:
        self._head_deadline = None
        self.transport.abort()


class PeerProtocol(BoundedProtocol):
    """Puts the certificate the peer proved to hold into the scope's state, in DER."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        tls = transport.get_extra_info("ssl_object")
        certificate = tls.getpeercert(True) if tls is not None else None  # noqa: FBT003 -- ssl's own signature
        # uvicorn copies app_state into every scope of this connection.
        self.app_state = {**self.app_state, PEER_CERTIFICATE: certificate}


class Listener(uvicorn.Server):
    """A server that leaves signals to the program: two of them share one loop."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


def make_listener(
    app: Starlette,
    *,
    listen: tuple[str, int],
    protocol: type[BoundedProtocol],
    context: ssl.SSLContext | None = None,
) -> Listener:
    """Return a listener for `app`; `context` makes it TLS."""
    config = uvicorn.Config(
        app,
        host=listen[0],
        port=listen[1],
        http=protocol,
        ws="none",
        lifespan="off",
        loop="none",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=MAX_CONNECTIONS,
        backlog=MAX_CONNECTIONS,
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=30,
        h11_max_incomplete_event_size=MAX_HEAD_BYTES,
    )
    config.load()
    config.ssl = context
    return Listener(config)


def bind(listen: tuple[str, int]) -> socket.socket:
    """Return a listening socket, so that a port in use is told before anything starts."""
    family = socket.AF_INET6 if ":" in listen[0] else socket.AF_INET
    bound = socket.socket(family)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind(listen)
    return bound
