"""Sealed fields and the keys that open them: what the rooms use."""

from panjereh.plumbing.sealing.fields import (
    ContentErased,
    Opener,
    SealBroken,
    blind_index,
    blind_indexes,
    erase_key,
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
    "ContentErased",
    "KeyUse",
    "Opener",
    "Rewrapped",
    "SealBroken",
    "WrappingKeyInUse",
    "blind_index",
    "blind_indexes",
    "erase_key",
    "is_indexed",
    "keeping_keys",
    "key_uses",
    "opener",
    "openers",
    "retire_key",
    "rewrap_keys",
    "seal",
    "unseal",
]
