"""Ask a program on loopback whether it is ready."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

_PATIENCE = 1.0


def is_ready(address: str) -> bool:
    """Tell whether `address` (http://host:port) answers 200 at /health/ready within a second."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "127.0.0.1", parts.port, timeout=_PATIENCE)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
