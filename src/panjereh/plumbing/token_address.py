"""Where a security module is and which of its keys are meant: what settings say before it is loaded."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FILE: Final = "file"
# Shorter than the ids of keys in files, so that none can be mistaken for another.
_LABEL: Final = re.compile(r"[a-z][a-z0-9-]{0,14}")


@dataclass(frozen=True, slots=True)
class TokenAddress:
    """Where the token is: the library of its maker, the token's label, the file with the PIN of its user."""

    module: Path
    token: str
    pin_file: Path


def read_labels(text: str) -> tuple[str, ...]:
    """Return the labels in `text`, parted by spaces, the current first. Raises `ValueError`.

    The word `file` stands for the keys of the file.
    """
    labels = tuple(text.split())
    if faulty := [label for label in labels if not _LABEL.fullmatch(label)]:
        raise ValueError(
            f"{faulty[0]} is no label: a letter, then up to 14 small letters, digits and hyphens"
        )
    if len(set(labels)) != len(labels):
        raise ValueError("names the same key twice")
    if not set(labels) - {FILE}:
        raise ValueError("names no key of the token")
    return labels
