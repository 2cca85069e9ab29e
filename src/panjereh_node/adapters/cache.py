"""The accepted configuration on disk, so that the node starts and goes on without the registry."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DiskCache:
    """One file, replaced whole."""

    path: Path

    def load(self) -> bytes | None:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return None

    def store(self, jws: bytes) -> None:
        temporary = self.path.with_suffix(".new")
        with temporary.open("wb") as file:
            file.write(jws)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self.path)
