"""The layout of a log as files, c2sp.org/tlog-tiles:
which tile holds which hash, what it is called, what is in it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from panjereh_kernel.refusal import PeerError
from panjereh_tlog.hashing import HASH_BYTES
from panjereh_tlog.tree import HashAt, complete_root

HEIGHT: Final = 8
WIDTH: Final = 1 << HEIGHT
MAX_ENTRY_BYTES: Final = 0xFFFF
"""A bundle gives the length of an entry in two bytes."""

ENTRIES: Final = -1
"""The level of the bundles that hold the entries themselves, as it stands in their path."""


class TileError(PeerError):
    """The bytes are not a tile or a bundle of the asked width."""

    code = "log-tile-invalid"


@dataclass(frozen=True, slots=True, order=True)
class Tile:
    """The name of one tile:
    level (`ENTRIES` for the entries), index, and how many of 256 places are filled.
    """

    level: int
    index: int
    width: int = WIDTH

    def path(self) -> str:
        """Return the tile's path in the layout, such as `tile/0/x001/234.p/17`."""
        level = "entries" if self.level == ENTRIES else str(self.level)
        groups = [f"{self.index % 1000:03}"]
        rest = self.index // 1000
        while rest:
            groups.append(f"x{rest % 1000:03}")
            rest //= 1000
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{level}/{'/'.join(reversed(groups))}{partial}"


def tile_at(level: int, index: int, size: int) -> Tile:
    """Return the tile `index` of `level` as the log of `size` leaves has it, whole or partial."""
    filled = size >> HEIGHT * max(level, 0)
    return Tile(level, index, min(WIDTH, filled - index * WIDTH))


def hash_reader(read_tile: Callable[[int, int], Sequence[bytes]]) -> HashAt:
    """Return a reader of any complete subtree from `read_tile(level, index)`, the hashes of one tile."""

    def hash_at(height: int, index: int) -> bytes:
        level, rest = divmod(height, HEIGHT)
        first = index << rest
        tile, offset = divmod(first, WIDTH)
        return complete_root(read_tile(level, tile)[offset : offset + (1 << rest)])

    return hash_at


def pack_hashes(hashes: Sequence[bytes]) -> bytes:
    """Return the content of a tile of hashes."""
    return b"".join(hashes)


def parse_hashes(raw: bytes, width: int) -> list[bytes]:
    """Return the hashes in a tile. Raises `TileError` unless there are exactly `width`."""
    if len(raw) != width * HASH_BYTES:
        raise TileError(f"the tile is not {width} hashes wide")
    return [raw[start : start + HASH_BYTES] for start in range(0, len(raw), HASH_BYTES)]


def pack_entries(entries: Sequence[bytes]) -> bytes:
    """Return the content of a bundle: each entry after its length in two bytes.

    Raises `ValueError` if one is too long.
    """
    for entry in entries:
        if len(entry) > MAX_ENTRY_BYTES:
            raise ValueError(f"an entry holds at most {MAX_ENTRY_BYTES} bytes")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def parse_entries(raw: bytes, width: int) -> list[bytes]:
    """Return the entries in a bundle. Raises `TileError` unless there are exactly `width`."""
    entries: list[bytes] = []
    at = 0
    while at < len(raw):
        end = at + 2 + int.from_bytes(raw[at : at + 2], "big")
        if end > len(raw):
            raise TileError("the bundle breaks off within an entry")
        entries.append(raw[at + 2 : end])
        at = end
    if len(entries) != width:
        raise TileError(f"the bundle does not hold {width} entries")
    return entries
