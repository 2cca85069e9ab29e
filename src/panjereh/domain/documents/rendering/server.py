"""The render server: a small process that has typst and the fonts in memory and forks once per document.

It never runs a template itself. For each request it forks; the child raises the walls (see `walls`),
compiles and hands its bytes back through a pipe; the server waits no longer than the request allows, then
kills. So every document starts from the same clean memory, and the costly start is paid once.

It stays single-threaded: the fork of a threaded process could not enter a user namespace or trust its locks.
"""

import contextlib
import os
import select
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import typst

from panjereh.domain.documents.rendering import walls
from panjereh.domain.documents.rendering.frames import read_frame, write_frame

# Laying text out once as HTML reads every font into memory without starting typst's pool of threads.
_WARM_UP = "#html.frame[{}]".format(
    "".join(
        f'#text(font: "Vazirmatn", weight: {weight})[\u0633\u0644\u0627\u0645 0]'
        for weight in (400, 500, 700, 800)
    )
)
_CHUNK = 1 << 16
_DONE, _FAILED, _NO_WALL = b"D", b"F", b"W"
_STATUS = {_DONE: "rendered", _FAILED: "failed", _NO_WALL: "no-wall"}


def main(fonts_directory: str, *wall_names: str) -> None:
    """Serve requests on standard input until it closes."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts_directory]
    )
    typst.compile(_WARM_UP.encode(), format="html", font_paths=fonts)
    if len(list(Path("/proc/self/task").iterdir())) != 1:
        raise SystemExit("the render server must have one thread")
    # The root of every child: a folder that is empty and, being deleted, stays so.
    root = Path(tempfile.mkdtemp())
    os.chdir(root)
    root.rmdir()
    with contextlib.suppress(EOFError):
        while True:
            request, _ = read_frame(sys.stdin.buffer)
            write_frame(sys.stdout.buffer, *_render_in_child(request, fonts, wall_names))


def _render_in_child(
    request: dict[str, Any], fonts: typst.Fonts, wall_names: tuple[str, ...]
) -> tuple[dict[str, Any], bytes]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _run_child(writing, request, fonts, wall_names)
    os.close(writing)
    output, status = _collect(reading, request)
    os.close(reading)
    if status != "ended":
        os.kill(child, signal.SIGKILL)
    _, exit_code = os.waitpid(child, 0)
    if status != "ended":
        return {"status": status}, b""
    return _judge(exit_code, output)


def _collect(reading: int, request: dict[str, Any]) -> tuple[bytes, str]:
    """Return what the child wrote, and whether it ended, was too slow or wrote too much."""
    deadline = time.monotonic() + request["seconds"]
    parts: list[bytes] = []
    size = 0
    while size <= request["output_bytes"]:
        ready, _, _ = select.select([reading], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            return b"", "too-slow"
        part = os.read(reading, _CHUNK)
        if not part:
            return b"".join(parts), "ended"
        parts.append(part)
        size += len(part)
    return b"", "too-large"


def _judge(exit_code: int, output: bytes) -> tuple[dict[str, Any], bytes]:
    if os.WIFSIGNALED(exit_code):
        # SIGXCPU is the processor limit; memory refused to typst ends in an abort of one kind or another.
        slow = os.WTERMSIG(exit_code) in (signal.SIGXCPU, signal.SIGKILL)
        return {"status": "too-slow" if slow else "too-large"}, b""
    verdict, body = _STATUS.get(output[:1], "too-large"), output[1:]
    if verdict == "rendered":
        return {"status": verdict}, body
    return {"status": verdict, "reason": body.decode(errors="replace")}, b""


def _run_child(
    writing: int, request: dict[str, Any], fonts: typst.Fonts, wall_names: tuple[str, ...]
) -> None:
    try:
        null = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(null, standard)
        os.dup2(writing, 3)
        os.closerange(4, 1 << 16)
        walls.limit_resources(cpu_seconds=request["cpu_seconds"], memory_bytes=request["memory_bytes"])
        try:
            walls.build_walls(wall_names)
        except walls.NoWall as fault:
            answer = _NO_WALL + str(fault).encode()
        else:
            answer = _compile(request, fonts)
        while answer:
            answer = answer[os.write(3, answer) :]
    finally:
        # Never back into the server's loop, and no tidying of what belongs to the server.
        os._exit(0)


def _compile(request: dict[str, Any], fonts: typst.Fonts) -> bytes:
    files = {name: text.encode() for name, text in request["files"].items()}
    try:
        document: bytes = typst.compile(  # type: ignore[call-overload] # files by name: not in its stubs
            files,
            root="/",
            font_paths=fonts,
            pdf_standards=request["standards"],
            timestamp=request["created_at"],
        )
    except typst.TypstError as fault:
        return _FAILED + fault.message.encode()
    except MemoryError:
        return b""
    return _DONE + document
