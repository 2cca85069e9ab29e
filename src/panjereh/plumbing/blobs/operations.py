"""The operations on files, each with its own durable transactions; nothing here writes a trace or an act.

Which file belongs to what, and who may read it, is for the room that took it to say and to record.
"""

import base64
import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import ClassVar, Final
from uuid import UUID

from django.db import transaction

from panjereh.plumbing import queue, sealing
from panjereh.plumbing.blobs.apart import clean_apart
from panjereh.plumbing.blobs.cleaning import Unclean
from panjereh.plumbing.blobs.kinds import Kind, kind_of
from panjereh.plumbing.blobs.scanning import Scanner
from panjereh.plumbing.blobs.states import Reason, State
from panjereh.plumbing.models import Blob
from panjereh_kernel.refusal import NotFound, Refusal

MAX_BYTES: Final = 5 << 20
_FIELD: Final = "plumbing.blob.content"


class FileTooLarge(Refusal):
    """The file is larger than is taken."""

    code: ClassVar[str] = "file-too-large"
    status: ClassVar[int] = 413


class FileEmpty(Refusal):
    """There is nothing in the file."""

    code: ClassVar[str] = "file-empty"
    status: ClassVar[int] = 422


class FileNotReady(Refusal):
    """The file has not been looked at yet."""

    code: ClassVar[str] = "file-not-ready"


class FileRefused(Refusal):
    """The file was looked at and is not taken; `reason` says why."""

    code: ClassVar[str] = "file-refused"
    status: ClassVar[int] = 422

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Released:
    """A file that may be read. Hand it out as an attachment, under a policy of `sandbox`."""

    kind: Kind
    content: bytes


@transaction.atomic(durable=True)
def receive_blob(blob_id: UUID, *, subject_id: UUID, content: bytes, at: dt.datetime) -> Kind:
    """Keep a file apart, sealed, and have it looked at; return what it begins like. Its name is not taken.

    Sending one id again changes nothing. Raises `FileEmpty`, `FileTooLarge`, `FileKindNotTaken`, and
    `ContentErased` for a subject that is gone.
    """
    if not content:
        raise FileEmpty
    if len(content) > MAX_BYTES:
        raise FileTooLarge
    kind = kind_of(content)
    row = Blob(
        id=blob_id,
        subject_id=subject_id,
        state=State.QUARANTINED,
        kind=kind,
        received_at=at,
        **_sealed(subject_id, content),
    )
    Blob.objects.bulk_create([row], ignore_conflicts=True)
    queue.defer("blobs.scan", key=str(blob_id), blob_id=blob_id)
    return kind


def scan_blob(blob_id: UUID, *, scanner: Scanner, at: dt.datetime) -> State:
    """Look at a file and release or refuse it; return where it is now.

    Asks the scanner and reads the file outside any transaction; what was decided meanwhile stands. Raises
    `NotFound`, and `ScannerAway`: then the file stays where it is and the call may be repeated.
    """
    row = Blob.objects.filter(id=blob_id).first()
    if row is None:
        raise NotFound
    if row.state != State.QUARANTINED:
        return State(row.state)
    try:
        content = _content(row)
    except sealing.ContentErased:
        return _settle(blob_id, State.ERASED, at=at)
    if scanner.finds(content):
        return _settle(blob_id, State.REFUSED, reason=Reason.MALWARE, at=at)
    try:
        cleaned = clean_apart(Kind(row.kind), content)
    except Unclean as found:
        return _settle(blob_id, State.REFUSED, reason=found.reason, at=at)
    return _settle(blob_id, State.RELEASED, content=cleaned, at=at)


def read_blob(blob_id: UUID, *, subject_id: UUID) -> Released:
    """Return a released file of a subject.

    Raises `NotFound` for one that is absent or somebody else's, `FileNotReady` before it was looked at,
    `FileRefused`, and `ContentErased`. The caller leaves the trace of the reading first.
    """
    row = Blob.objects.filter(id=blob_id, subject_id=subject_id).first()
    if row is None:
        raise NotFound
    match State(row.state):
        case State.QUARANTINED:
            raise FileNotReady
        case State.REFUSED:
            raise FileRefused(row.reason)
        case State.ERASED:
            raise sealing.ContentErased
        case State.RELEASED:
            return Released(Kind(row.kind), _content(row))


def erase_blob(blob_id: UUID, *, subject_id: UUID, at: dt.datetime) -> None:
    """Take a file away; what stays says that there was one. Repeating changes nothing. Raises `NotFound`."""
    if not Blob.objects.filter(id=blob_id, subject_id=subject_id).exists():
        raise NotFound
    _settle(blob_id, State.ERASED, at=at)


@transaction.atomic(durable=True)
def _settle(
    blob_id: UUID,
    state: State,
    *,
    at: dt.datetime,
    reason: Reason | None = None,
    content: bytes | None = None,
) -> State:
    row = Blob.objects.select_for_update().get(id=blob_id)
    if row.state == State.ERASED or (state is not State.ERASED and row.state != State.QUARANTINED):
        return State(row.state)
    kept: dict[str, object] = {"sealed_content": None, "fingerprint_index": None, "size": 0}
    if content is not None:
        kept = _sealed(row.subject_id, content)
    for name, value in kept.items():
        setattr(row, name, value)
    row.state, row.reason, row.settled_at = state, reason or "", at
    row.save(update_fields=["state", "reason", "settled_at", *kept])
    return state


def _sealed(subject_id: UUID, content: bytes) -> dict[str, object]:
    text = base64.b64encode(content).decode("ascii")
    return {
        "sealed_content": sealing.seal(subject_id, _FIELD, text),
        "fingerprint_index": sealing.blind_index("plumbing.blob", hashlib.sha256(content).hexdigest()),
        "size": len(content),
    }


def _content(row: Blob) -> bytes:
    return base64.b64decode(sealing.unseal(row.subject_id, _FIELD, row.sealed_content or b""))
