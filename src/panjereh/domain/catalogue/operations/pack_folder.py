"""Reading a pack from disk: an untrusted folder, so only plain files of known kinds and sizes are taken."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from panjereh.domain.catalogue.rules.linter import PackRefusedError
from panjereh.domain.catalogue.rules.source import Fault

MAX_FILES: Final = 40
MAX_FILE_BYTES: Final = 512 * 1024
MAX_PACK_BYTES: Final = 2 * 1024 * 1024
_ALLOWED: Final = re.compile(
    r"service\.yaml|tests\.yaml|texts/(?:fa|en)\.yaml|document/[a-z0-9][a-z0-9_-]{0,60}\.(?:typ|json|svg)"
)


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return the files of a pack by their path in it. Raises `PackRefusedError` (P001, P002).

    A link is refused wherever it points: it could bring in any file this program may read.
    """
    contents: dict[str, bytes] = {}
    for file in _files(folder):
        name = file.relative_to(folder).as_posix()
        if not _ALLOWED.fullmatch(name):
            _refuse(name, "P001", "no file of a pack is called so")
        if len(contents) >= MAX_FILES or file.stat().st_size > MAX_FILE_BYTES:
            _refuse(name, "P002", "too many or too large files")
        contents[name] = file.read_bytes()
    if sum(map(len, contents.values())) > MAX_PACK_BYTES:
        _refuse(folder.name, "P002", "the pack as a whole is too large")
    return contents


def _files(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.is_symlink():
            _refuse(entry.name, "P001", "links are not allowed")
        if entry.is_dir():
            yield from _files(entry)
        else:
            yield entry


def _refuse(name: str, number: str, about: str) -> None:
    raise PackRefusedError((Fault(name, 1, number, about),))
