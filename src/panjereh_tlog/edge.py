"""The growing right edge of a log in memory:
the tiles that are not full yet, and the full ones not yet taken away.
"""

from collections.abc import Callable, Iterator, Sequence

from panjereh_tlog.hashing import leaf_hash
from panjereh_tlog.tiles import (
    ENTRIES,
    HEIGHT,
    WIDTH,
    Tile,
    hash_reader,
    pack_entries,
    pack_hashes,
    tile_at,
)
from panjereh_tlog.tree import Frontier, complete_root


class Edge:
    """What a log must keep at hand to grow: at most 255 hashes of each level and 255 entries.

    `read_hashes(level, index)` and `read_entries(index)` give the parts that lie in the store when it
    starts at a size above nought; afterwards the edge reads nothing. Tiles that became full wait in `full`
    until `forget_full`.
    """

    def __init__(
        self,
        size: int = 0,
        *,
        read_hashes: Callable[[int, int], Sequence[bytes]] | None = None,
        read_entries: Callable[[int], Sequence[bytes]] | None = None,
    ) -> None:
        self.full: dict[Tile, bytes] = {}
        self.full_entries: dict[int, list[bytes]] = {}
        self.full_hashes: dict[tuple[int, int], list[bytes]] = {}
        self._levels: list[list[bytes]] = []
        self._entries: list[bytes] = []
        if size and read_hashes and read_entries:
            level = 0
            while filled := size >> HEIGHT * level:
                rest = filled % WIDTH
                self._levels.append(list(read_hashes(level, filled // WIDTH)) if rest else [])
                level += 1
            self._entries = list(read_entries(size // WIDTH)) if size % WIDTH else []
        self._frontier = Frontier(size, hash_reader(lambda level, _: self._levels[level]))

    @property
    def size(self) -> int:
        """How many leaves the log has."""
        return self._frontier.size

    def root(self) -> bytes:
        """Return the root of the log as it stands."""
        return self._frontier.root()

    def add(self, entry: bytes) -> None:
        """Add one entry."""
        index = self.size // WIDTH
        leaf = leaf_hash(entry)
        self._frontier.add(leaf)
        self._entries.append(entry)
        if len(self._entries) == WIDTH:
            self.full[Tile(ENTRIES, index)] = pack_entries(self._entries)
            self.full_entries[index] = self._entries
            self._entries = []
        self._add_hash(0, leaf)

    def _add_hash(self, level: int, known: bytes) -> None:
        if level == len(self._levels):
            self._levels.append([])
        hashes = self._levels[level]
        hashes.append(known)
        if len(hashes) < WIDTH:
            return
        index = (self.size >> HEIGHT * (level + 1)) - 1
        self.full[Tile(level, index)] = pack_hashes(hashes)
        self.full_hashes[level, index] = hashes
        self._levels[level] = []
        self._add_hash(level + 1, complete_root(hashes))

    def partial_tiles(self) -> Iterator[tuple[Tile, bytes]]:
        """Yield the tiles that are begun and not full, with their content, entries first."""
        if self._entries:
            yield tile_at(ENTRIES, self.size // WIDTH, self.size), pack_entries(self._entries)
        for level, hashes in enumerate(self._levels):
            if hashes:
                yield tile_at(level, self.size >> HEIGHT * (level + 1), self.size), pack_hashes(hashes)

    def hashes(self, level: int, index: int) -> Sequence[bytes] | None:
        """Return the hashes of a tile if they are still here, None if they are in the store."""
        if index == self.size >> HEIGHT * (level + 1):
            return self._levels[level]
        return self.full_hashes.get((level, index))

    def entries(self, index: int) -> Sequence[bytes] | None:
        """Return the entries of a bundle if they are still here, None if they are in the store."""
        if index == self.size // WIDTH:
            return self._entries
        return self.full_entries.get(index)

    def check_entries(self) -> bool:
        """Whether the entries of the last bundle are those that the first level was hashed from."""
        return [leaf_hash(entry) for entry in self._entries] == (self._levels[0] if self._levels else [])

    def forget_full(self) -> None:
        """Drop the full tiles: they are in the store now."""
        self.full.clear()
        self.full_entries.clear()
        self.full_hashes.clear()
