"""The tree as RFC 6962 writes it down: slow, recursive. What the fast one is held against."""

import hashlib


def root(leaves: list[bytes]) -> bytes:
    """MTH(D[n]), RFC 6962 section 2.1."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    middle = _split(len(leaves))
    return hashlib.sha256(b"\x01" + root(leaves[:middle]) + root(leaves[middle:])).digest()


def path(index: int, leaves: list[bytes]) -> list[bytes]:
    """PATH(m, D[n]), RFC 6962 section 2.1.1."""
    if len(leaves) == 1:
        return []
    middle = _split(len(leaves))
    if index < middle:
        return [*path(index, leaves[:middle]), root(leaves[middle:])]
    return [*path(index - middle, leaves[middle:]), root(leaves[:middle])]


def proof(old: int, leaves: list[bytes]) -> list[bytes]:
    """PROOF(m, D[n]), RFC 6962 section 2.1.2."""
    return _subproof(old, leaves, is_whole=True)


def _subproof(old: int, leaves: list[bytes], *, is_whole: bool) -> list[bytes]:
    if old == len(leaves):
        return [] if is_whole else [root(leaves)]
    middle = _split(len(leaves))
    if old <= middle:
        return [*_subproof(old, leaves[:middle], is_whole=is_whole), root(leaves[middle:])]
    return [*_subproof(old - middle, leaves[middle:], is_whole=False), root(leaves[:middle])]


def _split(size: int) -> int:
    middle = 1
    while middle * 2 < size:
        middle *= 2
    return middle
