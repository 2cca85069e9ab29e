"""Reading what a log has published, without its lock."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from panjereh_tlog.checkpoints import Checkpoint, CheckpointError, open_checkpoint
from panjereh_tlog.directory.disk import BrokenLogError
from panjereh_tlog.directory.earlier import EarlierNotes, SignedNote
from panjereh_tlog.edge import Edge
from panjereh_tlog.entries import entry_id
from panjereh_tlog.hashing import leaf_hash
from panjereh_tlog.notes import NoteError, Verifier
from panjereh_tlog.provable import ProvableLog
from panjereh_tlog.tiles import (
    ENTRIES,
    WIDTH,
    Tile,
    TileError,
    pack_entries,
    pack_hashes,
    parse_entries,
    parse_hashes,
    tile_at,
)

CHECKPOINT: Final = "checkpoint"
_CACHED_TILES: Final = 64


class PublishedLog(ProvableLog):
    """Reads what a log has published, without its lock: for web pages, witnesses and whoever verifies.

    Every answer belongs to the checkpoint that was published when the object was made. Safe beside a writer:
    tiles do not change, and a partial tile that was cleared away is read from the full one that replaced it.
    """

    def __init__(self, directory: Path, *, origin: str, verifier: Verifier) -> None:
        """Read the checkpoint. Raises `BrokenLogError` if it is missing, not of `origin` or not signed by
        `verifier`.
        """
        self._directory = directory
        self._verifier = verifier
        self._cache: dict[Tile, list[bytes]] = {}
        try:
            self.note = (directory / CHECKPOINT).read_text(encoding="utf-8")
            self._checkpoint = open_checkpoint(self.note, origin=origin, verifiers=[verifier])
        except (FileNotFoundError, UnicodeDecodeError, NoteError, CheckpointError) as error:
            raise BrokenLogError(CHECKPOINT, str(error)) from error

    @property
    def size(self) -> int:
        return self._checkpoint.size

    def checkpoint(self) -> Checkpoint:
        """Return origin, size and root."""
        return self._checkpoint

    def entry(self, index: int) -> bytes:
        """Return one entry. Raises `IndexError` if there is none, `BrokenLogError` if its bundle is
        damaged.
        """
        if not 0 <= index < self.size:
            raise IndexError(index)
        return self.bundle(index // WIDTH)[index % WIDTH]

    def entries(self, start: int = 0) -> Iterator[bytes]:
        """Yield the entries from index `start`, reading bundle by bundle. Raises `BrokenLogError`."""
        for index in range(start // WIDTH, -(-self.size // WIDTH)):
            yield from self.bundle(index)[max(0, start - index * WIDTH) :]

    def hashes(self, level: int, index: int) -> Sequence[bytes]:
        return self._parsed(tile_at(level, index, self.size), parse_hashes)

    def bundle(self, index: int) -> Sequence[bytes]:
        """Return the entries of one bundle as far as it is filled. Raises `BrokenLogError`."""
        return self._parsed(tile_at(ENTRIES, index, self.size), parse_entries)

    def check_hashes(self, number: int) -> None:
        """Check that every entry of one bundle has the hash beside it. Raises `BrokenLogError` naming the
        first that has not.
        """
        pairs = zip(self.bundle(number), self.hashes(0, number), strict=True)
        for offset, (entry, known) in enumerate(pairs):
            if leaf_hash(entry) != known:
                part = tile_at(0, number, self.size).path()
                index = number * WIDTH + offset
                why = f"leaf {index}, {entry_id(entry)}: the hash does not follow from the entry"
                raise BrokenLogError(part, why, index=index)

    def raw(self, tile: Tile) -> bytes:
        """Return the bytes of one tile or bundle as it is in this log. Raises `BrokenLogError`."""
        return self._read(tile)

    def verify(
        self,
        checkpoints: Iterable[SignedNote] = (),
        *,
        seen: Callable[[int, bytes], None] = lambda _index, _entry: None,
    ) -> Checkpoint:
        """Hash everything again, from the entries to the root, and return the checkpoint it agrees with.

        Reads the whole log once, keeping one tile a level. `checkpoints` are notes of this log published
        before, in their order: each must have the root the log had at its size. `seen` gets every entry with
        its index once it has the hash beside it. Raises `BrokenLogError` naming the first file or note that
        does not follow from the entries, or the checkpoint if all of them do and it does not.
        """
        edge = Edge()
        earlier = EarlierNotes(checkpoints, self._verifier, size=self.size)
        earlier.hold_against(edge)
        for number in range(-(-self.size // WIDTH)):
            self.check_hashes(number)
            for entry in self.bundle(number):
                seen(edge.size, entry)
                edge.add(entry)
                earlier.hold_against(edge)
            self._compare(edge.full.items())
            edge.forget_full()
        self._compare(edge.partial_tiles())
        if edge.root() != self._checkpoint.root:
            raise BrokenLogError(CHECKPOINT, "its root is not the root of the entries")
        earlier.end()
        return self._checkpoint

    def _compare(self, tiles: Iterable[tuple[Tile, bytes]]) -> None:
        for tile, content in tiles:
            if self._read(tile) != content:
                raise BrokenLogError(tile.path(), "does not follow from the entries")

    def _parsed(self, tile: Tile, parse: Callable[[bytes, int], list[bytes]]) -> Sequence[bytes]:
        if tile not in self._cache:
            if len(self._cache) >= _CACHED_TILES:
                del self._cache[next(iter(self._cache))]
            try:
                self._cache[tile] = parse(self._read(tile), tile.width)
            except TileError as error:
                raise BrokenLogError(tile.path(), str(error)) from error
        return self._cache[tile]

    def _read(self, tile: Tile) -> bytes:
        try:
            return (self._directory / tile.path()).read_bytes()
        except FileNotFoundError:
            return self._cut_from_full(tile)

    def _cut_from_full(self, tile: Tile) -> bytes:
        full = Tile(tile.level, tile.index)
        try:
            raw = (self._directory / full.path()).read_bytes()
        except FileNotFoundError as error:
            raise BrokenLogError(tile.path(), "is missing") from error
        try:
            if tile.level == ENTRIES:
                return pack_entries(parse_entries(raw, WIDTH)[: tile.width])
            return pack_hashes(parse_hashes(raw, WIDTH)[: tile.width])
        except TileError as error:
            raise BrokenLogError(full.path(), str(error)) from error
