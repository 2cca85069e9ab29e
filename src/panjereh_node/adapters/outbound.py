"""Outgoing HTTP: to other nodes over pinned mutual TLS, to the agencies' own systems, to the registry."""

import asyncio
import ssl
from collections.abc import Mapping
from typing import Final

import aiohttp
from multidict import CIMultiDict
from yarl import URL

from panjereh_node.flows.ports import (
    PeerCertificateWrong,
    PeerTooSlow,
    PeerUnreachable,
    ServiceFailed,
    ServiceTooSlow,
)
from panjereh_node.protocol.consumer import OutgoingCall
from panjereh_node.protocol.messages import MAX_BODY, AnswerTooLarge, HttpAnswer, HttpRequest
from panjereh_node.protocol.provider import UnknownService

# The provider's node waits for its register; the consumer's waits a little longer, to hear why it failed.
SERVICE_TIMEOUT: Final = 20.0
PEER_TIMEOUT: Final = 25.0
_CONNECT_TIMEOUT: Final = 5.0
_MAX_CONFIGURATION: Final = 8 * MAX_BODY
# Shorter than the listeners' keep-alive, so that no request meets a connection that is just being closed.
_KEEP_ALIVE: Final = 15.0
_MAX_HEADER: Final = 16 * 1024


class _TooLargeError(Exception):
    """More bytes came than are accepted."""


def make_session(
    *, pin: aiohttp.Fingerprint | None = None, connections: int = 256, total_timeout: float
) -> aiohttp.ClientSession:
    """Return a client that follows nothing, stores nothing, decodes nothing and obeys no environment."""
    connector = aiohttp.TCPConnector(
        ssl=pin if pin is not None else True, limit=connections, keepalive_timeout=_KEEP_ALIVE
    )
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        trust_env=False,
        timeout=aiohttp.ClientTimeout(total=total_timeout, sock_connect=_CONNECT_TIMEOUT),
        skip_auto_headers=("Accept", "Accept-Encoding", "User-Agent", "Content-Type"),
        max_line_size=_MAX_HEADER,
        max_field_size=_MAX_HEADER,
        max_headers=100,
    )


async def _exchange(
    session: aiohttp.ClientSession,
    url: str,
    request: HttpRequest,
    *,
    context: ssl.SSLContext | None = None,
    limit: int = MAX_BODY,
) -> HttpAnswer:
    target = url + (f"?{request.query}" if request.query else "")
    async with session.request(
        request.method,
        URL(target, encoded=True),
        headers=CIMultiDict(request.headers),
        data=request.body or None,
        allow_redirects=False,
        ssl=context if context is not None else True,
    ) as response:
        body = bytearray()
        async for part in response.content.iter_any():
            body += part
            if len(body) > limit:
                raise _TooLargeError
        headers = [(name.lower(), value) for name, value in response.headers.items()]
        return HttpAnswer(response.status, headers, bytes(body))


class HttpPeers:
    """Other nodes, reached at the address and held to the certificate the configuration lists."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        # aiohttp compares a connection with its connector's fingerprint before it sends a byte; a request's
        # own fingerprint would replace our context. So each pin has a connector of its own.
        self._sessions: dict[bytes, aiohttp.ClientSession] = {}

    async def send(self, call: OutgoingCall) -> HttpAnswer:
        session = self._session(call.node.tls_sha256)
        url = call.node.address + call.request.path
        try:
            return await _exchange(session, url, call.request, context=self._context)
        except aiohttp.ServerFingerprintMismatch as error:
            raise PeerCertificateWrong from error
        except _TooLargeError as error:
            raise AnswerTooLarge from error
        except TimeoutError as error:
            raise PeerTooSlow from error
        except (aiohttp.ClientError, OSError) as error:
            raise PeerUnreachable from error

    async def close(self) -> None:
        """Close every connection."""
        for session in self._sessions.values():
            await session.close()

    def _session(self, tls_sha256: bytes) -> aiohttp.ClientSession:
        if tls_sha256 not in self._sessions:
            pin = aiohttp.Fingerprint(tls_sha256)
            self._sessions[tls_sha256] = make_session(pin=pin, connections=64, total_timeout=PEER_TIMEOUT)
        return self._sessions[tls_sha256]


class HttpBackends:
    """The agencies' own systems, by subsystem."""

    def __init__(self, session: aiohttp.ClientSession, base_urls: Mapping[str, str]) -> None:
        self._session = session
        self._base_urls = base_urls

    async def ask(self, subsystem: str, request: HttpRequest) -> HttpAnswer:
        base_url = self._base_urls.get(subsystem)
        if base_url is None:
            raise UnknownService
        try:
            return await _exchange(self._session, base_url.rstrip("/") + request.path, request)
        except _TooLargeError as error:
            raise AnswerTooLarge from error
        except TimeoutError as error:
            raise ServiceTooSlow from error
        except (aiohttp.ClientError, OSError) as error:
            raise ServiceFailed from error


async def fetch_configuration(session: aiohttp.ClientSession, registry_url: str) -> bytes:
    """Return what the registry serves, unverified; raises `OSError` if it cannot be had."""
    request = HttpRequest("GET", "/configuration", "", (), b"")
    url = registry_url.rstrip("/") + request.path
    try:
        async with asyncio.timeout(_CONNECT_TIMEOUT * 2):
            answer = await _exchange(session, url, request, limit=_MAX_CONFIGURATION)
    except (aiohttp.ClientError, _TooLargeError) as error:
        raise OSError(str(error)) from error
    if answer.status != 200:  # noqa: PLR2004 -- HTTP's own name for it
        raise OSError(f"the registry answered {answer.status}")
    return answer.body
