"""Reading a stranger's file in a process of its own, with little memory and little time.

A PDF of a few kilobytes can unfold into gigabytes or send its reader in circles. Here that ends a child,
whose end is an answer like any other: the file cannot be read. The child gets the file and the certificates
through a pipe and says its answers as JSON; it writes no file and needs no settings.
"""

import base64
import datetime as dt
import json
import resource
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from asn1crypto import x509

from panjereh.domain.documents.rules.verdicts import Check
from panjereh.domain.documents.signing.inspection import (
    FileEncrypted,
    Inspection,
    SignatureFound,
    inspect_file,
    nothing_holds,
)
from panjereh.domain.documents.signing.seal import Certificate
from panjereh_kernel.refusal import Refusal

SECONDS = 10.0
CPU_SECONDS = 5
MEMORY_BYTES = 512 << 20
# At most so many files are read at once, and a caller waits so long for a turn: other pages go on.
AT_ONCE = 2
PATIENCE_SECONDS = 5.0
_SOURCE = Path(__file__).resolve().parents[4]
_START = f"import sys; sys.path.insert(0, sys.argv[1]); from {__name__} import answer_for; answer_for()"
_turns = threading.BoundedSemaphore(AT_ONCE)


class ChecksBusy(Refusal):
    """Too many files are being read at this moment; a little later there is room."""

    code = "document-checks-busy"
    status = 503


def inspect_apart(
    pdf: bytes, *, roots: Sequence[Certificate], at: dt.datetime, stamp_roots: Sequence[Certificate] = ()
) -> Inspection:
    """Answer each check about a stranger's file as `inspect_file` does, whatever it does to its reader.

    Raises `FileEncrypted`, and `ChecksBusy` when no turn comes soon.
    """
    if not _turns.acquire(timeout=PATIENCE_SECONDS):
        raise ChecksBusy
    try:
        ended = subprocess.run(  # noqa: S603 -- our own interpreter and our own module
            [sys.executable, "-I", "-c", _START, str(_SOURCE)],
            input=_question(pdf, roots, stamp_roots, at),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired:
        return Inspection(nothing_holds())
    finally:
        _turns.release()
    return _inspection_of(ended.stdout) if ended.returncode == 0 else Inspection(nothing_holds())


def answer_for(source: BinaryIO | None = None) -> None:
    """Be the child: take one file from the standard input and say on the standard output what it is."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pipe = source or sys.stdin.buffer
    asked = json.loads(pipe.readline())
    roots, stamp_roots = _certificates(asked["roots"]), _certificates(asked["stamp_roots"])
    at = dt.datetime.fromisoformat(asked["at"])
    try:
        found = inspect_file(pipe.read(), roots=roots, stamp_roots=stamp_roots, at=at)
    except FileEncrypted:
        print(json.dumps({"encrypted": True}))  # noqa: T201 -- the answer's way out
        return
    signatures = [
        (
            each.signer,
            each.is_intact,
            each.covers_whole_file,
            each.stamped_at.isoformat() if each.stamped_at else None,
        )
        for each in found.signatures
    ]
    print(json.dumps({"answers": found.answers, "signatures": signatures}))  # noqa: T201 -- as above


def _certificates(told: list[str]) -> list[Certificate]:
    return [x509.Certificate.load(base64.b64decode(each)) for each in told]


def _question(
    pdf: bytes, roots: Sequence[Certificate], stamp_roots: Sequence[Certificate], at: dt.datetime
) -> bytes:
    asked = {
        "roots": [base64.b64encode(each.dump()).decode() for each in roots],
        "stamp_roots": [base64.b64encode(each.dump()).decode() for each in stamp_roots],
        "at": at.isoformat(),
    }
    return json.dumps(asked).encode() + b"\n" + pdf


def _inspection_of(said: bytes) -> Inspection:
    told = json.loads(said)
    if told.get("encrypted"):
        raise FileEncrypted
    return Inspection(
        {Check(check): bool(holds) for check, holds in told["answers"].items()},
        tuple(
            SignatureFound(signer, intact, whole, dt.datetime.fromisoformat(stamped) if stamped else None)
            for signer, intact, whole, stamped in told["signatures"]
        ),
    )
