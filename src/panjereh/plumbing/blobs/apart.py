"""`cleaning` in a process of its own, with little memory and little time: a file may end it, and no more.

The child gets the file through a pipe, knows no setting and no key, and writes no file.
"""

import resource
import subprocess
import sys
from pathlib import Path
from typing import Final

from panjereh.plumbing.blobs.cleaning import Unclean, clean
from panjereh.plumbing.blobs.kinds import Kind
from panjereh.plumbing.blobs.states import Reason

SECONDS: Final = 30.0
CPU_SECONDS: Final = 20
MEMORY_BYTES: Final = 1 << 30
_SOURCE = Path(__file__).resolve().parents[3]
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from panjereh.plumbing.blobs.apart import answer; answer(sys.argv[2])"
)
_CLEAN, _UNCLEAN = b"clean\n", b"unclean\n"


def clean_apart(kind: Kind, content: bytes) -> bytes:
    """Return what may be released of a file. Raises `Unclean`, also for a file that ended its reader."""
    try:
        ended = subprocess.run(  # noqa: S603 -- our own interpreter and our own module
            [sys.executable, "-I", "-c", _START, str(_SOURCE), kind.value],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unclean(Reason.UNREADABLE) from error
    if ended.returncode == 0 and ended.stdout.startswith(_CLEAN):
        return ended.stdout.removeprefix(_CLEAN)
    said = ended.stdout.removeprefix(_UNCLEAN).decode(errors="replace")
    known = ended.returncode == 0 and ended.stdout.startswith(_UNCLEAN) and said in set(Reason)
    raise Unclean(Reason(said) if known else Reason.UNREADABLE)


def answer(kind: str) -> None:
    """Be the child: read the file, say what came of it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    content = sys.stdin.buffer.read()
    try:
        said = _CLEAN + clean(Kind(kind), content)
    except Unclean as found:
        said = _UNCLEAN + found.reason.encode()
    sys.stdout.buffer.write(said)
