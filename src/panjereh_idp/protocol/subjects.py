"""By which name a client knows a person: pairwise by sector, so that agencies cannot compare notes."""

import hashlib
import hmac
from uuid import UUID

from panjereh_idp.protocol import jose
from panjereh_idp.protocol.clients import Client


def subject_of(account_id: UUID, *, client: Client, pairwise_key: bytes) -> str:
    """Return the `sub` of an account for a client (OpenID Connect Core section 8.1).

    The account's own identifier for a first-party client so configured; else an HMAC-SHA-256 of the sector
    and the account, stable for ever and unlinkable between sectors without the key.
    """
    if client.has_public_subject:
        return str(account_id)
    message = client.sector.encode() + b"\x00" + account_id.bytes
    return jose.encode(hmac.new(pairwise_key, message, hashlib.sha256).digest())
