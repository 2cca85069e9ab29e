"""The proof that one leaf is in the published record, for whoever asks."""

from dataclasses import dataclass
from pathlib import Path

from panjereh.domain.audit.checkpoints import KEY_FILE
from panjereh.domain.audit.refusals import NotYetPublished
from panjereh_kernel.refusal import NotFound
from panjereh_tlog.directory import PublishedLog
from panjereh_tlog.hashing import leaf_hash
from panjereh_tlog.notes import Verifier


@dataclass(frozen=True, slots=True)
class LeafProof:
    """What `panjereh_tlog.proofs.verify_inclusion` needs.

    The leaf is told by its salted hash: it gives nothing away.
    """

    index: int
    leaf_hash: bytes
    path: list[bytes]
    size: int
    checkpoint: str


def inclusion_proof(index: int, *, log_directory: Path, checkpoint_directory: Path) -> LeafProof:
    """Return the proof that the leaf at `index` is in the published log.

    Raises `NotFound` for a negative index or before anything was published, `NotYetPublished` for an index
    behind the last checkpoint.
    """
    key = checkpoint_directory / KEY_FILE
    if index < 0 or not key.exists():
        raise NotFound
    verifier = Verifier.parse(key.read_text(encoding="utf-8"))
    log = PublishedLog(log_directory, origin=verifier.name, verifier=verifier)
    if index >= log.size:
        raise NotYetPublished(log.size)
    return LeafProof(index, leaf_hash(log.entry(index)), log.inclusion_proof(index), log.size, log.note)
