"""The platform's side of the render server: one long-lived child process, one document at a time."""

import datetime as dt
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from panjereh.domain.documents.rendering.frames import read_frame, write_frame
from panjereh_kernel.refusal import Refusal

_SOURCE = Path(__file__).parents[4]
_START = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from panjereh.domain.documents.rendering.server import main; main(*sys.argv[2:])"
)
# Archivable and accessible at once: PDF/A-3a takes the attached record, PDF/UA-1 asks for title and language.
STANDARDS = ("a-3a", "ua-1")


class TemplateFailed(Refusal):
    """The template is wrong, or reached for something that is not there: a file, a package, the network."""

    code = "document-template-failed"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self._reason = reason

    @property
    def reason(self) -> str:
        """What the compiler said: for the log of the template's author, never for a page."""
        return self._reason


class TemplateTooSlow(Refusal):
    """The template used more time than a document may."""

    code = "document-template-too-slow"


class TemplateTooLarge(Refusal):
    """The template used more memory, or wrote a larger file, than a document may."""

    code = "document-template-too-large"


class SandboxMissing(Refusal):
    """This machine allows neither wall around templates, so nothing is rendered on it."""

    code = "document-sandbox-missing"
    status = 503

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self._reason = reason


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may use. `seconds` is wall time, `output_bytes` the size of the PDF."""

    seconds: float = 10.0
    cpu_seconds: int = 5
    memory_bytes: int = 1 << 30
    output_bytes: int = 4 << 20


# The server itself keeps to `Limits`; one that is silent so much longer, its start included, hangs.
SILENT_SECONDS = 30.0


class Renderer:
    """Renders documents in the render server, which it starts when first needed and after it died.

    Safe to share between threads: requests wait for each other. Close it when done.
    """

    def __init__(
        self,
        *,
        fonts: Path,
        limits: Limits = Limits(),
        walls: Sequence[str] = ("namespaces", "filter"),
        silent_seconds: float = SILENT_SECONDS,
    ) -> None:
        self._fonts = fonts
        self._limits = limits
        self._walls = walls
        self._patience = limits.seconds + silent_seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def render(self, files: Mapping[str, str], *, created_at: dt.datetime) -> bytes:
        """Compile `main.typ` among `files` (name to text) into a PDF/A-3a, PDF/UA-1.

        Raises `TemplateFailed`, `TemplateTooSlow`, `TemplateTooLarge` for a template's fault,
        `SandboxMissing` if this machine allows no wall, `RenderServerDied` if the server went away, or hung
        and was killed: the next call starts a new one.
        """
        request = {
            "files": dict(files),
            "standards": list(STANDARDS),
            "created_at": int(created_at.timestamp()),
            "seconds": self._limits.seconds,
            "cpu_seconds": self._limits.cpu_seconds,
            "memory_bytes": self._limits.memory_bytes,
            "output_bytes": self._limits.output_bytes,
        }
        with self._lock:
            head, body = self._exchange(request)
        return _document_of(head, body)

    def close(self) -> None:
        """End the render server, if it runs."""
        with self._lock:
            self._stop()

    def _exchange(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        process = self._running()
        if process.stdin is None or process.stdout is None:
            raise RenderServerDied
        # Killed, a server that hangs closes its pipes, and nobody waits for it any more.
        watch = threading.Timer(self._patience, process.kill)
        watch.start()
        try:
            write_frame(process.stdin, request)  # type: ignore[arg-type]  # a pipe is a binary stream
            return read_frame(process.stdout)  # type: ignore[arg-type]
        except (EOFError, BrokenPipeError) as gone:
            self._stop()
            raise RenderServerDied from gone
        finally:
            watch.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 -- our own interpreter and our own module
                [sys.executable, "-I", "-c", _START, str(_SOURCE), str(self._fonts), *self._walls],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={"RAYON_NUM_THREADS": "1"},
            )
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.communicate()


class RenderServerDied(Exception):  # noqa: N818 -- reads as what happened
    """The render server went away in the middle of a document. Trying again is right."""


def _document_of(head: dict[str, Any], body: bytes) -> bytes:
    match head["status"]:
        case "rendered":
            return body
        case "failed":
            raise TemplateFailed(head["reason"])
        case "too-slow":
            raise TemplateTooSlow
        case "no-wall":
            raise SandboxMissing(head["reason"])
        case _:
            raise TemplateTooLarge
