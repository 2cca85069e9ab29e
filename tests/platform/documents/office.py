"""An authority of time stamps at an address."""

import datetime as dt
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from panjereh.domain.documents import api as documents
from panjereh_land.preparation import keys
from panjereh_land.preparation.folder import Folder
from panjereh_land.time_stamps import Authority, read_authority
from tests.platform.documents import press as made

Reply = Callable[[bytes], tuple[int, str, bytes]]


class Office:
    """An authority of time stamps at an address; a test says how it answers."""

    def __init__(self, folder: Path) -> None:
        draw = Folder(folder, draw=lambda count: bytes(range(1, count + 1)))
        root = keys.document_root(draw, "root.crt", key_name="root.key", at=made.AT)
        root_key = keys.p256_key(draw, "root.key")
        keys.time_stamp_certificate(
            draw, "tsa.crt", key_name="tsa.key", root=root, root_key=root_key, at=made.AT
        )
        self.authority: Authority = read_authority(
            key_pem=draw.path("tsa.key").read_bytes(), certificate_pem=draw.path("tsa.crt").read_bytes()
        )
        self.roots = documents.read_roots(draw.path("root.crt").read_bytes())
        self.asked = 0
        self.answer: Reply = self.stamps()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())

    def stamps(self, *, at: dt.datetime = made.AT) -> Reply:
        def reply(query: bytes) -> tuple[int, str, bytes]:
            return 200, "application/timestamp-reply", self.authority.reply(query, serial=self.asked, at=at)

        return reply

    @property
    def known(self) -> documents.TimeStampAuthority:
        return documents.TimeStampAuthority(
            url=f"http://127.0.0.1:{self.server.server_port}/", roots=self.roots
        )

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        office = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                office.asked += 1
                query = self.rfile.read(int(self.headers["content-length"]))
                status, kind, body = office.answer(query)
                self.send_response(status)
                self.send_header("content-type", kind)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_words: object) -> None:
                pass

        return Handler
