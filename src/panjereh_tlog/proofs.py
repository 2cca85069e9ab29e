"""Proofs that a leaf is in a tree and that a tree only grew: made here, checked here, by RFC 6962 and RFC
9162.

Checking raises and never returns False: a forgotten `if` must not turn a bad proof into a good one.
"""

from collections.abc import Sequence

from panjereh_kernel.refusal import PeerError
from panjereh_tlog.hashing import node_hash
from panjereh_tlog.tree import HashAt, range_root, split_of


class ProofError(PeerError):
    """The proof does not lead to the root it was given with: whoever made it erred or lied."""

    code = "log-proof-invalid"


def make_inclusion_proof(index: int, size: int, hash_at: HashAt) -> list[bytes]:
    """Return the audit path of leaf `index` in the tree of `size` leaves, leaf upwards, RFC 6962 section
    2.1.1.

    Raises `IndexError` if that tree has no such leaf.
    """
    if not 0 <= index < size:
        raise IndexError(index)
    start, end = 0, size
    path: list[bytes] = []
    while end - start > 1:
        middle = start + split_of(end - start)
        if index < middle:
            path.append(range_root(middle, end, hash_at))
            end = middle
        else:
            path.append(range_root(start, middle, hash_at))
            start = middle
    return path[::-1]


def make_consistency_proof(old: int, new: int, hash_at: HashAt) -> list[bytes]:
    """Return the proof that the tree of `new` leaves begins with the tree of `old`, RFC 6962 section 2.1.2.

    Empty when nothing needs proving: `old` is nought or equals `new`. Raises `IndexError` if `old` is
    beyond `new`.
    """
    if not 0 <= old <= new:
        raise IndexError(old)
    if old in {0, new}:
        return []
    start, end = 0, new
    path: list[bytes] = []
    while old != end:
        middle = start + split_of(end - start)
        if old <= middle:
            path.append(range_root(middle, end, hash_at))
            end = middle
        else:
            path.append(range_root(start, middle, hash_at))
            start = middle
    # The old root itself is known to whoever checks; only a part of it has to be told.
    if start:
        path.append(range_root(start, end, hash_at))
    return path[::-1]


def verify_inclusion(leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Check that the leaf with hash `leaf` stands at `index` of the tree of `size` leaves with `root`.

    RFC 9162 section 2.1.3.2. Raises `ProofError`.
    """
    if not 0 <= index < size:
        raise ProofError(f"leaf {index} is not in a tree of {size}")
    node, last, known = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise ProofError("the inclusion proof is too long")
        if node & 1 or node == last:
            known = node_hash(sibling, known)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            known = node_hash(known, sibling)
        node, last = node >> 1, last >> 1
    if last or known != root:
        raise ProofError(f"leaf {index} is not under the root of the tree of {size}")


def verify_consistency(
    *, old_size: int, new_size: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> None:
    """Check that the tree of `new_size` begins with the tree of `old_size`, RFC 9162 section 2.1.4.2.

    Raises `ProofError`. A tree of nought leaves is the beginning of every tree; its proof is empty.
    """
    if not 0 <= old_size <= new_size:
        raise ProofError(f"a tree of {new_size} cannot continue a tree of {old_size}")
    if old_size in {0, new_size}:
        if proof or (old_size == new_size and old_root != new_root):
            raise ProofError(f"two different trees of {old_size} leaves")
        return
    if _grown_roots(old_size, new_size, proof, old_root) != (old_root, new_root):
        raise ProofError(f"the tree of {new_size} does not begin with the tree of {old_size}")


def _grown_roots(
    old_size: int, new_size: int, proof: Sequence[bytes], old_root: bytes
) -> tuple[bytes, bytes]:
    """Return the old and the new root that the proof leads to."""
    # A whole old tree is a node of the new one, and its root is left out of the proof.
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    if not path:
        raise ProofError("the consistency proof is empty")
    node, last = old_size - 1, new_size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise ProofError("the consistency proof is too long")
        if node & 1 or node == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise ProofError("the consistency proof is too short")
    return old, new
