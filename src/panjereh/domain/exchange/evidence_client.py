"""Fetch what proves a receipt: from our node its log's proofs, from the registry the signed directory.

A page asks it, so it gives up soon; nothing that comes back is believed before it is proven.
"""

from contextlib import suppress

import httpx

from panjereh_contracts.bundle import LogProof, read_log_proof
from panjereh_contracts.reading import MAX_BYTES, UnreadableError, read_json

SECONDS = 1.0
SHORT = 1 << 16


class EvidenceClient:
    """The way to the log of our node and to the registry. Safe to share between threads."""

    def __init__(self, node_url: str, registry_url: str | None) -> None:
        """Neither address has a slash at its end; without a registry there is no directory to fetch."""
        self._node_url = node_url
        self._registry_url = registry_url
        # The environment's proxies are not for neighbours.
        self._http = httpx.Client(timeout=SECONDS, follow_redirects=False, trust_env=False)

    def configuration(self) -> bytes | None:
        """Return the signed directory of the exchange, None when it cannot be had now."""
        if self._registry_url is None:
            return None
        return self._fetch(f"{self._registry_url}/configuration", at_most=MAX_BYTES)

    def log_key(self) -> str | None:
        """Return the key of our node's log as the node tells it, None when it cannot be had now."""
        raw = self._fetch(f"{self._node_url}/log/key", at_most=SHORT)
        with suppress(UnicodeDecodeError):
            return None if raw is None else raw.decode().strip()
        return None

    def log_proof(self, index: int) -> LogProof | None:
        """Return the proof of one entry of our node's log, None when it cannot be had now."""
        raw = self._fetch(f"{self._node_url}/log/proof?index={index}", at_most=SHORT)
        with suppress(UnreadableError):
            return None if raw is None else read_log_proof(read_json(raw), place="proof")
        return None

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def _fetch(self, url: str, *, at_most: int) -> bytes | None:
        try:
            with self._http.stream("GET", url) as answer:
                if answer.status_code != httpx.codes.OK:
                    return None
                body = bytearray()
                for chunk in answer.iter_bytes():
                    body += chunk
                    if len(body) > at_most:
                        return None
                return bytes(body)
        except httpx.HTTPError:
            return None
