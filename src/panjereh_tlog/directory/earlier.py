"""Checkpoints that were published before, held against the log as it grows past their sizes."""

from collections.abc import Iterable
from dataclasses import dataclass

from panjereh_kernel.refusal import PeerError
from panjereh_tlog.checkpoints import Checkpoint, open_checkpoint
from panjereh_tlog.directory.disk import BrokenLogError
from panjereh_tlog.edge import Edge
from panjereh_tlog.notes import Verifier
from panjereh_tlog.tree import Frontier


@dataclass(frozen=True, slots=True)
class SignedNote:
    """A checkpoint as it was published, where it was found, and when that was, as its publisher says."""

    place: str
    note: str
    at: str = ""


class EarlierNotes:
    """Notes in the order of their sizes, opened one by one as the log reaches them."""

    def __init__(self, notes: Iterable[SignedNote], verifier: Verifier, *, size: int) -> None:
        self._notes = iter(notes)
        self._verifier = verifier
        self._size = size
        self._place = ""
        self._due: Checkpoint | None = None
        self._open_next(at_least=0)

    def hold_against(self, edge: Edge | Frontier) -> None:
        """Check every note of the size the log has now. Raises `BrokenLogError` naming its place."""
        while self._due is not None and self._due.size == edge.size:
            if self._due.root != edge.root():
                raise BrokenLogError(self._place, f"the log of {edge.size} leaves has another root")
            self._open_next(at_least=edge.size)

    def end(self) -> None:
        """Check that no note counts more than the log. Raises `BrokenLogError` naming its place."""
        if self._due is not None:
            raise BrokenLogError(
                self._place, f"counts {self._due.size} leaves where the log has {self._size}"
            )

    def _open_next(self, *, at_least: int) -> None:
        found = next(self._notes, None)
        if found is None:
            self._due = None
            return
        self._place = found.place
        try:
            self._due = open_checkpoint(found.note, origin=self._verifier.name, verifiers=[self._verifier])
        except PeerError as error:
            raise BrokenLogError(found.place, str(error)) from error
        if self._due.size < at_least:
            raise BrokenLogError(found.place, f"counts {self._due.size} leaves after one that counts more")
