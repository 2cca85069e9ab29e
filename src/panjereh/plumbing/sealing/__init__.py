"""Sealed fields and the keys that open them: what the rooms use."""

from panjereh.plumbing.sealing.columns import Closed, SealedColumn, StillOpen, prove_closed, sealed_columns
from panjereh.plumbing.sealing.fields import (
    ContentErased,
    Opener,
    SealBroken,
    blind_index,
    blind_indexes,
    erase_key,
    has_key,
    is_indexed,
    keeping_keys,
    opener,
    openers,
    seal,
    unseal,
)
from panjereh.plumbing.sealing.rotation import (
    KeyUse,
    Rewrapped,
    WrappingKeyInUse,
    key_uses,
    retire_key,
    rewrap_keys,
)

__all__ = [
    "Closed",
    "ContentErased",
    "KeyUse",
    "Opener",
    "Rewrapped",
    "SealBroken",
    "SealedColumn",
    "StillOpen",
    "WrappingKeyInUse",
    "blind_index",
    "blind_indexes",
    "erase_key",
    "has_key",
    "is_indexed",
    "keeping_keys",
    "key_uses",
    "opener",
    "openers",
    "prove_closed",
    "retire_key",
    "rewrap_keys",
    "seal",
    "sealed_columns",
    "unseal",
]
