"""How the platform and its render server talk over two pipes: a length, a JSON head, then plain bytes."""

import json
import struct
from typing import Any, BinaryIO

_LENGTHS = struct.Struct(">II")


def write_frame(stream: BinaryIO, head: dict[str, Any], body: bytes = b"") -> None:
    """Send one head with its body and flush."""
    encoded = json.dumps(head).encode()
    stream.write(_LENGTHS.pack(len(encoded), len(body)) + encoded + body)
    stream.flush()


def read_frame(stream: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """Return the next head and body. Raises `EOFError` when the other side has gone."""
    head_length, body_length = _LENGTHS.unpack(_read_exactly(stream, _LENGTHS.size))
    head: dict[str, Any] = json.loads(_read_exactly(stream, head_length))
    return head, _read_exactly(stream, body_length)


def _read_exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) != length:
        raise EOFError("the other side closed its pipe")
    return data
