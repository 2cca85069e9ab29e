"""Asking a scanner for malware: the port, clamd's INSTREAM over a socket, and one for practice.

A scanner answers "found" or "nothing found". Whatever else happens, no connection, no answer in time, half an
answer, an error, is `ScannerAway`: nothing is known, the file stays where it is, and one may ask again.
"""

import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

_CHUNK_BYTES: Final = 64 * 1024
_LONGEST_ANSWER: Final = 4096
# Every scanner knows these letters and finds them; written in two, so that none finds this file.
_EICAR: Final = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"


class ScannerAway(Exception):  # noqa: N818 -- reads as what happened
    """The scanner did not say what it found. Ask again later."""


class Scanner(Protocol):
    """Looks for malware. Repeating a question is harmless."""

    def finds(self, content: bytes) -> bool:
        """Whether there is malware in a file. Raises `ScannerAway` if that could not be learnt."""
        ...


class PracticeScanner:
    """For practice and tests: knows the harmless file that all scanners agreed to find, and nothing else."""

    def finds(self, content: bytes) -> bool:
        """Whether the test file is in it."""
        return _EICAR in content


@dataclass(frozen=True, slots=True)
class ClamdScanner:
    """ClamAV's daemon, `INSTREAM` of its protocol: the file goes through the socket, never through a folder.

    `address` is `host:port` or the path of a socket; `seconds` is for the whole question. clamd must take
    files as large as ours (`StreamMaxLength`): beyond it says an error, which is no verdict.
    """

    address: str
    seconds: float = 30.0
    clock: Callable[[], float] = time.monotonic

    def finds(self, content: bytes) -> bool:
        """Whether clamd found something."""
        until = self.clock() + self.seconds
        try:
            with self._connect() as line:
                self._send(line, content, until)
                answer = self._read(line, until)
        except OSError as error:
            raise ScannerAway(type(error).__name__) from error
        if answer == b"stream: OK":
            return False
        if answer.startswith(b"stream: ") and answer.endswith(b" FOUND"):
            return True
        raise ScannerAway("no verdict")

    def _connect(self) -> socket.socket:
        if self.address.startswith("/"):
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.settimeout(self.seconds)
            try:
                line.connect(self.address)
            except OSError:
                line.close()
                raise
            return line
        host, _, port = self.address.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=self.seconds)

    def _send(self, line: socket.socket, content: bytes, until: float) -> None:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), _CHUNK_BYTES):
            chunk = content[start : start + _CHUNK_BYTES]
            self._hurry(line, until)
            line.sendall(struct.pack(">I", len(chunk)) + chunk)
        line.sendall(struct.pack(">I", 0))

    def _read(self, line: socket.socket, until: float) -> bytes:
        answer = b""
        while not answer.endswith(b"\0"):
            self._hurry(line, until)
            part = line.recv(_LONGEST_ANSWER)
            if not part or len(answer) > _LONGEST_ANSWER:
                raise ScannerAway("half an answer")
            answer += part
        return answer.rstrip(b"\0").strip()

    def _hurry(self, line: socket.socket, until: float) -> None:
        left = until - self.clock()
        if left <= 0:
            raise ScannerAway("slow")
        line.settimeout(left)
