"""Roots of whole trees and of parts of them, from a reader of the hashes that never change again."""

from collections.abc import Callable, Sequence

from panjereh_tlog.hashing import EMPTY_ROOT, node_hash

HashAt = Callable[[int, int], bytes]
"""`hash_at(height, index)`:
the root of the complete subtree over leaves [index << height, (index + 1) << height).
"""


def split_of(size: int) -> int:
    """Return the largest power of two below `size` (two or more): where RFC 6962 parts a tree."""
    return 1 << (size - 1).bit_length() - 1


def range_root(start: int, end: int, hash_at: HashAt) -> bytes:
    """Return the root over leaves [start, end), where `start` is where RFC 6962's recursion begins a
    subtree.
    """
    size = end - start
    if size & (size - 1) == 0:
        height = size.bit_length() - 1
        return hash_at(height, start >> height)
    middle = start + split_of(size)
    return node_hash(range_root(start, middle, hash_at), range_root(middle, end, hash_at))


def tree_root(size: int, hash_at: HashAt) -> bytes:
    """Return the root of the tree of the first `size` leaves, RFC 6962 section 2.1 (MTH)."""
    return range_root(0, size, hash_at) if size else EMPTY_ROOT


def complete_root(hashes: Sequence[bytes]) -> bytes:
    """Return the root over a power of two of neighbouring hashes."""
    level = list(hashes)
    while len(level) > 1:
        level = [node_hash(level[i], level[i + 1]) for i in range(0, len(level), 2)]
    return level[0]


class Frontier:
    """The right edge of a growing tree: one hash per set bit of its size, so that adding a leaf is cheap.

    Equal to `tree_root` at every size; the tests hold the two against each other.
    """

    def __init__(self, size: int, hash_at: HashAt) -> None:
        self.size = size
        self._edge: list[bytes] = []
        start = 0
        for height in range(size.bit_length() - 1, -1, -1):
            if size >> height & 1:
                self._edge.append(hash_at(height, start >> height))
                start += 1 << height

    def add(self, leaf: bytes) -> None:
        """Add the hash of the next leaf."""
        carried = leaf
        # Adding one to the size flips its trailing ones: each of them is a pair that is now complete.
        trailing_ones = (~self.size & self.size + 1).bit_length() - 1
        for _ in range(trailing_ones):
            carried = node_hash(self._edge.pop(), carried)
        self._edge.append(carried)
        self.size += 1

    def root(self) -> bytes:
        """Return the root of the tree as it stands."""
        if not self._edge:
            return EMPTY_ROOT
        root = self._edge[-1]
        for left in reversed(self._edge[:-1]):
            root = node_hash(left, root)
        return root
