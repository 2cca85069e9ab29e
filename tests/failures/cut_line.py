"""A line of bytes that loses one answer: what was asked has happened, and nobody hears of it."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

CHUNK = 65_536


@dataclass
class CutLine:
    """A proxy on loopback before `target`, a socket path or host and port."""

    target: str | tuple[str, int]
    marker: bytes = b""
    """Once the caller has sent this, the answer is lost; nothing: no answer is."""
    is_losing: bool = False
    """The next bytes that come back on any connection end it in place of reaching the caller."""
    lost: threading.Event = field(default_factory=threading.Event)
    listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    threads: list[threading.Thread] = field(default_factory=list)
    ends: list[socket.socket] = field(default_factory=list)

    @property
    def port(self) -> int:
        number: int = self.listener.getsockname()[1]
        return number

    def serve(self) -> None:
        with self.listener, contextlib.suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                far = socket.socket(socket.AF_UNIX if isinstance(self.target, str) else socket.AF_INET)
                far.connect(self.target)
                self.ends += [near, far]
                marked = threading.Event()
                self.begin(self._there, near, far, marked)
                self.begin(self._back, far, near, marked)

    def begin(self, act: Callable[..., None], *arguments: object) -> None:
        self.threads.append(threading.Thread(target=act, args=arguments, daemon=True))
        self.threads[-1].start()

    def _there(self, near: socket.socket, far: socket.socket, marked: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while chunk := near.recv(CHUNK):
                if self.marker and self.marker in chunk:
                    self.marker = b""
                    marked.set()
                far.sendall(chunk)
        _hang_up(near, far)

    def _back(self, far: socket.socket, near: socket.socket, marked: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while chunk := far.recv(CHUNK):
                if self.is_losing or marked.is_set():
                    self.is_losing = False
                    self.lost.set()
                    break
                near.sendall(chunk)
        _hang_up(near, far)


@contextlib.contextmanager
def line_to(target: str | tuple[str, int]) -> Iterator[CutLine]:
    """Open a line for a while."""
    line = CutLine(target)
    line.begin(line.serve)
    try:
        yield line
    finally:
        line.listener.shutdown(socket.SHUT_RDWR)
        _hang_up(*line.ends)
        for thread in line.threads:
            thread.join(timeout=5)
        for end in line.ends:
            end.close()


def _hang_up(*ends: socket.socket) -> None:
    for end in ends:
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
