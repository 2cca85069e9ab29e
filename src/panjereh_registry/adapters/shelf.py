"""The registry's source and state on disk."""

import os
from dataclasses import dataclass
from pathlib import Path

from panjereh_registry.protocol.publication import Edition

_STATE = "edition.json"


@dataclass(frozen=True, slots=True)
class DiskShelf:
    """Reads the operator's source; keeps the edition in one file that is replaced, never rewritten."""

    source_file: Path
    state_directory: Path

    def read_source(self) -> bytes:
        return self.source_file.read_bytes()

    def load(self) -> Edition | None:
        try:
            return Edition.decode((self.state_directory / _STATE).read_bytes())
        except FileNotFoundError:
            return None

    def store(self, edition: Edition) -> None:
        self.state_directory.mkdir(parents=True, exist_ok=True)
        temporary = self.state_directory / (_STATE + ".new")
        with temporary.open("wb") as file:
            file.write(edition.encode())
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self.state_directory / _STATE)
        descriptor = os.open(self.state_directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
