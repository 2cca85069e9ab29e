"""Entries with their proofs in one file: a line that says under which checkpoint, then a line for each entry.

JSON lines, UTF-8.

The first line has `format`, `public_key`, `checkpoint` (the signed note) and `about` (what was asked for).
Each other has `index`, `entry` (its bytes as text) and `proof` (hashes in base64, leaf upwards).
"""

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from panjereh_kernel.refusal import PeerError
from panjereh_tlog.checkpoints import Checkpoint, open_checkpoint
from panjereh_tlog.directory import BrokenLogError
from panjereh_tlog.entries import entry_id
from panjereh_tlog.hashing import leaf_hash
from panjereh_tlog.notes import NoteKeyError, Verifier
from panjereh_tlog.proofs import verify_inclusion

FORMAT: Final = "panjereh-log-proofs 1"


@dataclass(frozen=True, slots=True)
class ProvenEntry:
    """An entry, its place, and the way from it up to the root."""

    index: int
    entry: bytes
    path: list[bytes]


@dataclass(frozen=True, slots=True)
class ProofFile:
    """What a file of proofs was found to prove: `count` entries about `about` under the checkpoint."""

    about: str
    count: int
    checkpoint: Checkpoint
    verifier: Verifier


def write_proofs(
    entries: Iterable[ProvenEntry], *, about: str, note: str, verifier: Verifier
) -> Iterator[str]:
    """Yield the lines of a file of proofs, each with its line break."""
    head = {"format": FORMAT, "about": about, "public_key": str(verifier), "checkpoint": note}
    yield _line(head)
    for each in entries:
        path = [base64.b64encode(step).decode() for step in each.path]
        yield _line({"index": each.index, "entry": each.entry.decode(), "proof": path})


def verify_proofs(
    file: Path,
    *,
    verifier: Verifier | None = None,
    seen: Callable[[ProvenEntry], None] = lambda _proven: None,
) -> ProofFile:
    """Verify every entry of a file of proofs, a line at a time, and return what it proves.

    `verifier` is the key somebody else vouches for; without it the one in the file is used. `seen` gets each
    entry once it is proven. Raises `BrokenLogError` naming the line, and the entry that is not proven.
    """
    with file.open("rb") as lines:
        head = _parse(
            lines.readline(), 1, {"format": str, "about": str, "public_key": str, "checkpoint": str}
        )
        key, checkpoint = _open(head)
        if verifier is not None and str(verifier) != str(key):
            raise BrokenLogError("line 1", f"its key is not {verifier.name}+{verifier.key_id.hex()}")
        number = 1
        for number, line in enumerate(lines, start=2):
            proven = _parse_entry(line, number)
            _check(proven, checkpoint, number)
            seen(proven)
    return ProofFile(head["about"], number - 1, checkpoint, key)


def _open(head: dict[str, Any]) -> tuple[Verifier, Checkpoint]:
    if head["format"] != FORMAT:
        raise BrokenLogError("line 1", "is not the beginning of a file of proofs")
    try:
        key = Verifier.parse(head["public_key"])
        return key, open_checkpoint(head["checkpoint"], origin=key.name, verifiers=[key])
    except (NoteKeyError, PeerError) as error:
        raise BrokenLogError("line 1", str(error)) from error


def _check(proven: ProvenEntry, checkpoint: Checkpoint, number: int) -> None:
    try:
        verify_inclusion(
            leaf_hash(proven.entry),
            index=proven.index,
            size=checkpoint.size,
            proof=proven.path,
            root=checkpoint.root,
        )
    except PeerError as error:
        why = f"leaf {proven.index}, {entry_id(proven.entry)}: {error}"
        raise BrokenLogError(f"line {number}", why, index=proven.index) from error


def _parse_entry(line: bytes, number: int) -> ProvenEntry:
    parsed = _parse(line, number, {"index": int, "entry": str, "proof": list})
    try:
        path = [base64.b64decode(step, validate=True) for step in parsed["proof"]]
    except (ValueError, TypeError) as error:
        raise BrokenLogError(f"line {number}", "its proof is malformed") from error
    return ProvenEntry(parsed["index"], parsed["entry"].encode(), path)


def _parse(line: bytes, number: int, keys: dict[str, type]) -> dict[str, Any]:
    try:
        parsed = json.loads(line)
        # One way to write each line: what reads the same and is written otherwise was not written by us.
        is_ours = isinstance(parsed, dict) and _line(parsed).encode() == line
    except (ValueError, RecursionError) as error:
        raise BrokenLogError(f"line {number}", "is not JSON") from error
    if not is_ours or {key: type(value) for key, value in parsed.items()} != keys:
        raise BrokenLogError(f"line {number}", "is not a line of a file of proofs")
    return dict(parsed)


def _line(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
