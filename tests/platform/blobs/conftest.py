"""Files as people and attackers make them, and a daemon that speaks clamd's protocol over a real socket."""

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO

import pytest
from PIL import Image
from pyhanko.pdf_utils import generic, writer

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"


def picture(kind: str = "JPEG", size: tuple[int, int] = (8, 6), **more: object) -> bytes:
    made = BytesIO()
    Image.new("RGB", size, "teal").save(made, format=kind, **more)
    return made.getvalue()


def pdf(change: Callable[[writer.PdfFileWriter], None] = lambda _pdf: None) -> bytes:
    """Return a file of one empty page, changed."""
    made = writer.PdfFileWriter()
    drawn = made.add_object(generic.StreamObject(stream_data=b"q Q"))
    made.insert_page(writer.PageObject(contents=drawn, media_box=(0, 0, 100, 100)))
    change(made)
    out = BytesIO()
    made.write(out)
    return out.getvalue()


@dataclass
class Clamd:
    """Answers INSTREAM: what it was sent, and how it behaves."""

    address: str = ""
    behaviour: str = "well"
    received: list[bytes] = field(default_factory=list)

    def serve(self, listening: socket.socket) -> None:
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return
            with line:
                self._answer(line)

    def _answer(self, line: socket.socket) -> None:
        if self.behaviour == "hangs up at once":
            return
        assert _exactly(line, 10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack(">I", _exactly(line, 4))[0]:
            content += _exactly(line, length)
        self.received.append(content)
        if self.behaviour == "hangs up after looking":
            return
        if self.behaviour == "slow":
            time.sleep(0.6)
        said = {
            "half an answer": b"stream: O",
            "size limit": b"INSTREAM size limit exceeded. ERROR\0",
            "nonsense": b"stream: OKAY\0",
            "endless": b"x" * 10_000,
        }.get(self.behaviour, b"stream: Eicar-Test FOUND\0" if EICAR in content else b"stream: OK\0")
        line.sendall(said)


def _exactly(line: socket.socket, length: int) -> bytes:
    got = b""
    while len(got) < length:
        part = line.recv(length - len(got))
        assert part
        got += part
    return got


@pytest.fixture
def clamd() -> Iterator[Clamd]:
    daemon = Clamd()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        daemon.address = f"127.0.0.1:{listening.getsockname()[1]}"
        serving = threading.Thread(target=daemon.serve, args=[listening], daemon=True)
        serving.start()
        yield daemon
        listening.shutdown(socket.SHUT_RDWR)
    serving.join(timeout=5)
