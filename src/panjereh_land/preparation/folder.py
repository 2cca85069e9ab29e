"""A folder that is prepared again and again: secrets are made once, texts follow what they describe."""

import base64
import json
import os
from collections.abc import Callable
from pathlib import Path

from panjereh_land.preparation import MARKER

_MARKED = """Everything in this folder belongs to the practice country. Production refuses it.
"""


class Folder:
    """Writes files only their owner may read. `draw` gives that many random bytes."""

    def __init__(self, root: Path, *, draw: Callable[[int], bytes]) -> None:
        self.root = root
        self.draw = draw

    def secret(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return the content of the file, making it first if there is none. It is never written twice."""
        path = self.path(name)
        if not path.exists():
            _write(path, make())
        return path.read_bytes()

    def random_key(self, name: str, encode: Callable[[bytes], bytes] = base64.b64encode) -> None:
        """Keep 32 random bytes as one line of text."""
        self.secret(name, lambda: encode(self.draw(32)) + b"\n")

    def json(self, name: str, content: object) -> None:
        """Write what depends on addresses; the file is left alone if it already says the same."""
        path, raw = self.path(name), (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
        if not path.exists() or path.read_bytes() != raw:
            _write(path, raw)

    def path(self, name: str) -> Path:
        """Return the absolute path of a file; its folder exists and carries the marker."""
        path = self.root / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        marker = path.parent / MARKER
        if not marker.exists():
            _write(marker, _MARKED.encode())
        return path


def _write(path: Path, raw: bytes) -> None:
    # Written aside and moved: who reads meanwhile gets the old file or the new, never half a key.
    aside = path.with_name(f".{path.name}.new")
    aside.unlink(missing_ok=True)
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
