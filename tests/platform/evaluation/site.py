"""A web site of the tests on the loopback: pages by path, and how it misbehaves."""

import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread


@dataclass(frozen=True)
class Page:
    """What a path answers; `drip` is how long the site waits between the two halves."""

    body: str = ""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    location: str = ""
    drip: float = 0.0


@dataclass
class Site:
    """A site, and what it was asked: path, host and user agent."""

    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    port: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def paths(self) -> list[str]:
        return [path for path, *_ in self.asked]


@contextmanager
def running(site: Site, *, certificate: Path | None = None) -> Iterator[Site]:
    """Serve a site until the block ends, over TLS with a certificate and its key."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, self.headers["host"], self.headers["user-agent"]))
            page = site.pages.get(self.path, Page(status=404, kind="text/plain"))
            self.send_response(page.status)
            self.send_header("content-type", page.kind)
            if page.location:
                self.send_header("location", page.location)
            self.end_headers()
            body = page.body.encode()
            half = len(body) // 2
            try:
                self.wfile.write(body[:half])
                time.sleep(page.drip)
                self.wfile.write(body[half:])
            except OSError:
                pass  # whoever asked has left, as the test wants it

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        site.port = server.server_address[1]
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield site
        server.shutdown()
