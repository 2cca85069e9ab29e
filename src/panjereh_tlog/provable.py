"""Proofs out of any log whose tiles can be read, wherever they lie."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from panjereh_tlog.proofs import make_consistency_proof, make_inclusion_proof
from panjereh_tlog.tiles import hash_reader
from panjereh_tlog.tree import tree_root


class ProvableLog(ABC):
    """A log that can prove what is in it and that it only grew."""

    @property
    @abstractmethod
    def size(self) -> int:
        """How many entries the log has."""

    @abstractmethod
    def hashes(self, level: int, index: int) -> Sequence[bytes]:
        """Return the hashes of one tile as far as it is filled."""

    def root(self, size: int | None = None) -> bytes:
        """Return the root of the log when it had `size` entries (default: now). Raises `IndexError`."""
        return tree_root(self._within(size), hash_reader(self.hashes))

    def inclusion_proof(self, index: int, *, size: int | None = None) -> list[bytes]:
        """Return the proof that entry `index` is in the log of `size` entries (default: all).

        Raises `IndexError`.
        """
        return make_inclusion_proof(index, self._within(size), hash_reader(self.hashes))

    def consistency_proof(self, old: int, *, new: int | None = None) -> list[bytes]:
        """Return the proof that the log of `new` entries (default: all) continues that of `old`.

        Raises `IndexError`.
        """
        return make_consistency_proof(old, self._within(new), hash_reader(self.hashes))

    def _within(self, size: int | None) -> int:
        if size is None:
            return self.size
        if not 0 <= size <= self.size:
            raise IndexError(size)
        return size
