"""Checkpoints, c2sp.org/tlog-checkpoint: which log, how many leaves, which root, in a signed note."""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

from panjereh_kernel.refusal import PeerError
from panjereh_tlog.hashing import HASH_BYTES
from panjereh_tlog.notes import Signer, Verifier, open_note, sign_note

_LINES: Final = 3
_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,18}")


class CheckpointError(PeerError):
    """The text is not a checkpoint, or it is the checkpoint of another log."""

    code = "log-checkpoint-invalid"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a log:
    `origin` names it for ever, `size` counts its leaves, `root` is the tree's root hash.
    """

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Return the body of the note: origin, size, root in base64, a line each."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the checkpoint in the body of a note.

        Raises `CheckpointError`; extension lines are passed over.
        """
        lines = text.split("\n")
        if len(lines) <= _LINES or not lines[0] or not _SIZE.fullmatch(lines[1]):
            raise CheckpointError("not a checkpoint", evidence=text.encode())
        try:
            root = base64.b64decode(lines[2], validate=True)
        except ValueError as error:  # also for signs that are none of base64 at all
            raise CheckpointError("the root is malformed", evidence=text.encode()) from error
        if len(root) != HASH_BYTES:
            raise CheckpointError("the root is malformed", evidence=text.encode())
        return cls(lines[0], int(lines[1]), root)


def sign_checkpoint(checkpoint: Checkpoint, *signers: Signer) -> str:
    """Return the checkpoint as a signed note."""
    return sign_note(checkpoint.text(), *signers)


def open_checkpoint(note: str, *, origin: str, verifiers: Sequence[Verifier]) -> Checkpoint:
    """Return the checkpoint in `note`, signed by every one of `verifiers` and made for the log `origin`.

    Raises `NoteError` or `CheckpointError`.
    """
    checkpoint = Checkpoint.parse(open_note(note, verifiers))
    if checkpoint.origin != origin:
        raise CheckpointError(f"a checkpoint of {checkpoint.origin}, not of {origin}", evidence=note.encode())
    return checkpoint
