"""A line to the database that can fall silent: it stays open, takes everything and passes nothing on."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

CHUNK = 65_536


@dataclass
class SilentLine:
    """A proxy on loopback before a PostgreSQL at `target`, a socket path or host and port."""

    target: str | tuple[str, int]
    is_silent: bool = False
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
                family = socket.AF_UNIX if isinstance(self.target, str) else socket.AF_INET
                far = socket.socket(family)
                far.connect(self.target)
                self.ends += [near, far]
                for source, sink in ((near, far), (far, near)):
                    self.begin(self._pass_on, source, sink)

    def begin(self, act: Callable[..., None], *arguments: socket.socket) -> None:
        self.threads.append(threading.Thread(target=act, args=arguments, daemon=True))
        self.threads[-1].start()

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        with source, contextlib.suppress(OSError):
            while chunk := source.recv(CHUNK):
                if not self.is_silent:
                    sink.sendall(chunk)
            sink.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def line_to(target: str | tuple[str, int]) -> Iterator[SilentLine]:
    """Open a line for a while."""
    line = SilentLine(target)
    line.begin(line.serve)
    try:
        yield line
    finally:
        line.listener.shutdown(socket.SHUT_RDWR)
        for end in line.ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        for thread in line.threads:
            thread.join(timeout=5)
