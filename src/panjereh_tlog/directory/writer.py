"""The one writer of a log in a folder."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Self

from panjereh_tlog.checkpoints import Checkpoint, sign_checkpoint
from panjereh_tlog.directory.disk import BrokenLogError, Disk, UncertainLogError, take_lock
from panjereh_tlog.directory.published import CHECKPOINT, PublishedLog
from panjereh_tlog.edge import Edge
from panjereh_tlog.journal import JournalError, pack_frame, parse_frames
from panjereh_tlog.notes import Signer
from panjereh_tlog.provable import ProvableLog
from panjereh_tlog.tiles import ENTRIES, WIDTH, Tile, tile_at

_JOURNAL: Final = "journal"
_TILES: Final = "tile"


class TileLog(ProvableLog):
    """The one writer of a log. Not for several threads at once: give it one thread of its own.

    Every method that reads answers from everything appended, published or not. After a failed write every
    method that writes raises `UncertainLogError`: close the log and open it anew.
    """

    def __init__(self, directory: Path, *, signer: Signer, origin: str, disk: Disk) -> None:
        """Use `open`."""
        self._directory = directory
        self._signer = signer
        self._origin = origin
        self._disk = disk
        self._is_uncertain = False
        self._lock = take_lock(directory)
        try:
            self._recover()
        except BaseException:
            os.close(self._lock)
            raise

    @classmethod
    def open(cls, directory: Path, *, signer: Signer, origin: str, disk: Disk | None = None) -> Self:
        """Open the log in `directory` for writing, or begin one if the folder is empty or absent.

        Repairs what a crash left (a torn journal, half-laid tiles), publishes what was appended and not yet
        published, and checks the right edge of the log against its checkpoint. Raises `LockedLogError` if
        another writer has it, `BrokenLogError` if the edge, the journal or the checkpoint is not what this
        log wrote. `origin` names the log for ever; the key of `signer` signs its checkpoints.
        """
        return cls(directory, signer=signer, origin=origin, disk=disk or Disk())

    def close(self) -> None:
        """Give the lock back. Nothing is lost: what was appended and not published is in the journal."""
        os.close(self._lock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def size(self) -> int:
        return self._edge.size

    def append(self, entries: Sequence[bytes]) -> Checkpoint:
        """Add a batch of entries, all or none, and return the checkpoint after it.

        On return the batch is durable; its first entry has the index that `size` had before. Costs one
        write and one sync however large the batch is, so give it everything that waits. An entry has at
        most 65,535 bytes (`ValueError`, and nothing is added). An `OSError` of the disk leaves the log
        uncertain.
        """
        if entries:
            frame = pack_frame(self.size, entries)
            with self._one_step():
                self._disk.append(self._directory / _JOURNAL, frame)
            self._add(entries)
            # Bounds the journal and the memory where nobody publishes.
            if self.size - self._published.size >= WIDTH:
                self.publish()
        return self.checkpoint()

    def publish(self) -> str:
        """Lay everything appended into tiles, publish the checkpoint, and return it as a signed note.

        Does nothing when nothing is new. Call it as often as readers need it, about once a second.
        """
        if self.size > self._published.size:
            with self._one_step():
                self._publish()
        return self._published.note

    def checkpoint(self) -> Checkpoint:
        """Return origin, size and root of everything appended."""
        return Checkpoint(self._origin, self.size, self._edge.root())

    def signed_checkpoint(self) -> str:
        """Return `checkpoint()` as a signed note, for a receipt that cannot wait until it is published."""
        return sign_checkpoint(self.checkpoint(), self._signer)

    def entry(self, index: int) -> bytes:
        """Return one entry. Raises `IndexError` if there is none."""
        if not 0 <= index < self.size:
            raise IndexError(index)
        here = self._edge.entries(index // WIDTH)
        return self._published.entry(index) if here is None else here[index % WIDTH]

    def hashes(self, level: int, index: int) -> Sequence[bytes]:
        here = self._edge.hashes(level, index)
        return self._published.hashes(level, index) if here is None else here

    def _add(self, entries: Sequence[bytes]) -> None:
        for entry in entries:
            self._edge.add(entry)

    @contextmanager
    def _one_step(self) -> Iterator[None]:
        """Let one change of the disk happen; if it fails, nobody knows whether it did."""
        if self._is_uncertain:
            raise UncertainLogError("a write failed; open the log anew")
        self._is_uncertain = True
        yield
        self._is_uncertain = False

    def _publish(self) -> None:
        for tile, content in (*self._edge.full.items(), *self._edge.partial_tiles()):
            if tile != tile_at(tile.level, tile.index, self._published.size):
                self._disk.replace(self._directory / tile.path(), content)
        self._write_checkpoint()
        self._disk.cut(self._directory / _JOURNAL, 0)
        for tile in self._edge.full:
            self._clear_partial(tile)
        self._edge.forget_full()

    def _write_checkpoint(self) -> None:
        self._disk.replace(self._directory / CHECKPOINT, self.signed_checkpoint().encode())
        self._published = self._read_published()

    def _read_published(self) -> PublishedLog:
        return PublishedLog(self._directory, origin=self._origin, verifier=self._signer.verifier())

    def _clear_partial(self, full: Tile) -> None:
        """Remove the partial tiles that a full one has replaced, as the layout allows."""
        folder = self._directory / f"{full.path()}.p"
        for path in folder.glob("*"):
            self._disk.remove(path)
        if folder.is_dir():
            self._disk.remove(folder)

    def _recover(self) -> None:
        if not (self._directory / CHECKPOINT).exists():
            self._begin()
        self._published = self._read_published()
        self._edge = Edge(
            self._published.size, read_hashes=self._published.hashes, read_entries=self._published.bundle
        )
        if not self._edge.check_entries():
            last = tile_at(ENTRIES, self.size // WIDTH, self.size)
            raise BrokenLogError(last.path(), "the entries are not those that were hashed")
        if self._edge.root() != self._published.checkpoint().root:
            raise BrokenLogError(CHECKPOINT, "its root is not the root of the tiles")
        self._replay()
        # What is read back after a failed sync may be in memory only: lay it down anew before relying on it.
        self.publish()

    def _begin(self) -> None:
        journal = self._directory / _JOURNAL
        if (self._directory / _TILES).exists() or (journal.exists() and journal.stat().st_size):
            raise BrokenLogError(CHECKPOINT, "is missing beside the tiles or the journal of a log")
        self._disk.cut(journal, 0)
        self._edge = Edge()
        self._write_checkpoint()

    def _replay(self) -> None:
        path = self._directory / _JOURNAL
        try:
            raw = path.read_bytes()
            frames, whole = parse_frames(raw)
        except (FileNotFoundError, JournalError) as error:
            raise BrokenLogError(_JOURNAL, str(error)) from error
        for number, frame in enumerate(frames):
            # A disk at the other end of a network may write twice what it was told once.
            if number and frame == frames[number - 1]:
                continue
            # A kill between checkpoint and cut leaves frames that are published already.
            if frame.start + len(frame.entries) <= self._published.size:
                continue
            if frame.start != self.size:
                raise BrokenLogError(_JOURNAL, f"has entry {frame.start} where {self.size} is due")
            self._add(frame.entries)
        if whole < len(raw):
            self._disk.cut(path, whole)
