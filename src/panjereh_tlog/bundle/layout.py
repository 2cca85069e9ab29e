"""Which files a bundle has, in the order of its manifest, and what the manifest says."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Self

from panjereh_tlog.directory import BrokenLogError
from panjereh_tlog.tiles import ENTRIES, HEIGHT, WIDTH, Tile, tile_at

FORMAT: Final = "panjereh-log-export 1"
CHECKPOINT: Final = "checkpoint"
CHECKPOINTS: Final = "checkpoints"
MANIFEST: Final = "manifest"
PUBLIC_KEY: Final = "public-key"
READ_FIRST: Final = ("README.en.md", "README.fa.md")
_HEADER_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class Range:
    """The entries from `start` until before `until`, of a log of `size`: whole bundles."""

    start: int
    until: int
    size: int

    @classmethod
    def around(cls, start: int, until: int, size: int) -> Self:
        """Return the bundles that hold these entries. Raises `IndexError` for a range that is not there."""
        if not 0 <= start <= until <= size:
            raise IndexError(f"{start} until {until} of {size}")
        return cls(start // WIDTH * WIDTH, min(-(-until // WIDTH) * WIDTH, size), size)

    def bundles(self) -> range:
        """Return the numbers of its bundles."""
        return range(self.start // WIDTH, -(-self.until // WIDTH))

    def upper_tiles(self) -> Iterator[Tile]:
        """Yield the tiles of hashes above the first level, of the whole log: 1/256 of its hashes."""
        level = 1
        while filled := self.size >> HEIGHT * level:
            for index in range(-(-filled // WIDTH)):
                yield tile_at(level, index, self.size)
            level += 1

    def tiles(self) -> Iterator[Tile]:
        """Yield every tile of the export: the upper ones, the entries with their hashes, the right edge."""
        yield from self.upper_tiles()
        for number in self.bundles():
            yield tile_at(0, number, self.size)
            yield tile_at(ENTRIES, number, self.size)
        if self.size % WIDTH and self.until < self.size:
            yield tile_at(0, self.size // WIDTH, self.size)


def paths(of: Range) -> Iterator[str]:
    """Yield the path of every file the manifest lists, in its order."""
    yield from (*READ_FIRST, PUBLIC_KEY, CHECKPOINT, CHECKPOINTS)
    for tile in of.tiles():
        yield tile.path()


def header(origin: str, of: Range) -> str:
    """Return the first lines of the manifest."""
    return f"{FORMAT}\n{origin}\n{of.start} {of.until} {of.size}\n"


def line(path: str, digest: str) -> str:
    """Return the line of the manifest for one file, as `sha256sum --check` reads it."""
    return f"{digest}  {path}\n"


def parse_range(lines: list[str]) -> Range:
    """Return the range in the first lines of a manifest. Raises `BrokenLogError`."""
    parts = lines[2].split() if len(lines) == _HEADER_LINES else []
    if not (lines and lines[0] == f"{FORMAT}\n" and len(parts) == _HEADER_LINES):
        raise BrokenLogError(MANIFEST, "does not begin as the manifest of an export does")
    if not all(part.isascii() and part.isdecimal() for part in parts):
        raise BrokenLogError(MANIFEST, "its third line is not a range")
    start, until, size = map(int, parts)
    try:
        found = Range.around(start, until, size)
    except IndexError as error:
        raise BrokenLogError(MANIFEST, "its third line is not a range") from error
    if found != Range(start, until, size):
        raise BrokenLogError(MANIFEST, "its third line is not a range of whole bundles")
    return found
