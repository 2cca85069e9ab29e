"""How leaves and nodes of the tree are hashed, RFC 6962 section 2.1:
one place, so that no prefix is forgotten.
"""

import hashlib
from typing import Final

HASH_BYTES: Final = 32
EMPTY_ROOT: Final = hashlib.sha256().digest()
"""The root of a tree without leaves: the hash of nothing."""

# The two prefixes keep a leaf from being passed off as a node (second preimage), RFC 6962 section 2.1.
_LEAF: Final = b"\x00"
_NODE: Final = b"\x01"


def leaf_hash(data: bytes) -> bytes:
    """Return the 32-byte hash of one leaf, RFC 6962 section 2.1."""
    return hashlib.sha256(_LEAF + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the 32-byte hash of the node over two hashes, RFC 6962 section 2.1."""
    return hashlib.sha256(_NODE + left + right).digest()
