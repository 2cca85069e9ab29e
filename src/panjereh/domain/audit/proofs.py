"""The proof that one leaf is in the published record, for whoever asks."""

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Protocol
from uuid import UUID

from panjereh.domain.audit import queries
from panjereh.domain.audit.checkpoints import KEY_FILE
from panjereh.domain.audit.operations.trace_access import trace_access
from panjereh.domain.audit.refusals import AuditBroken, NotYetPublished
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import NotFound, PeerError
from panjereh_tlog.checkpoints import open_checkpoint
from panjereh_tlog.directory import PublishedLog
from panjereh_tlog.hashing import leaf_hash
from panjereh_tlog.notes import Verifier
from panjereh_tlog.proof_file import ProvenEntry, write_proofs
from panjereh_tlog.proofs import verify_inclusion

BATCH: Final = 500
OWN_PROOFS: Final = "audit.proofs"
"""What a trace says was looked at when a person takes the proofs of their own record."""


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
    if index < 0:
        raise NotFound
    verifier = _verifier(checkpoint_directory)
    log = PublishedLog(log_directory, origin=verifier.name, verifier=verifier)
    if index >= log.size:
        raise NotYetPublished(log.size)
    return LeafProof(index, leaf_hash(log.entry(index)), log.inclusion_proof(index), log.size, log.note)


def proofs_of(subject_id: UUID, *, log_directory: Path, checkpoint_directory: Path) -> Iterator[str]:
    """Yield the lines of a file that proves every published leaf by or about `subject_id`: a person, a case
    or a document.

    Anyone verifies it with `python -m panjereh_tlog.verify`. It holds ids and codes as the leaves do; that
    none was left out is not in it to prove. Raises `NotFound` before anything was published, `AuditBroken` if
    the log has another leaf in a place than the database.
    """
    verifier = _verifier(checkpoint_directory)
    log = PublishedLog(log_directory, origin=verifier.name, verifier=verifier)
    proven = _proven(partial(queries.leaves_of, subject_id), log)
    return write_proofs(proven, about=str(subject_id), note=log.note, verifier=verifier)


def own_proofs(
    *,
    actor: Actor,
    things: Collection[UUID],
    at: dt.datetime,
    log_directory: Path,
    checkpoint_directory: Path,
) -> Iterator[str]:
    """Yield the lines of such a file for the acting person: what they did themself, and what was done by rule
    to them or to `things` (cases and documents, which the caller knows to be theirs).

    What an officer or another person did is left out: a leaf is shown whole or not at all, with the ids of
    who did it. Leaves a trace before it returns. Raises `NotFound` for whoever is no person or before
    anything was published; while it is read, `AuditBroken` as `proofs_of` does.
    """
    subject_id = actor.subject_id
    if subject_id is None:
        raise NotFound
    verifier = _verifier(checkpoint_directory)
    log = PublishedLog(log_directory, origin=verifier.name, verifier=verifier)
    trace_access(subject_id=subject_id, actor=actor, what=OWN_PROOFS, at=at)
    proven = _proven(partial(queries.own_leaves, subject_id, things=things), log)
    return write_proofs(proven, about=str(subject_id), note=log.note, verifier=verifier)


class _NextLeaves(Protocol):
    def __call__(self, *, after: int, limit: int) -> list[queries.SequencedLeaf]: ...


def _proven(next_leaves: _NextLeaves, log: PublishedLog) -> Iterator[ProvenEntry]:
    after = -1
    while leaves := next_leaves(after=after, limit=BATCH):
        for leaf in leaves:
            if leaf.index >= log.size:
                return
            entry = leaf.canonical()
            if entry != log.entry(leaf.index):
                why = f"{leaf.id} is not what the log has there"
                raise AuditBroken(f"leaf {leaf.index}", why, differs="leaf-bytes")
            yield ProvenEntry(leaf.index, entry, log.inclusion_proof(leaf.index))
        after = leaves[-1].index


@dataclass(frozen=True, slots=True)
class LeafChecks:
    """What was checked of one leaf: that it is under the signed checkpoint, and in the database so."""

    is_in_log: bool
    is_as_recorded: bool
    log_key: str


def check_leaf(proof: LeafProof, *, leaf_id: UUID, checkpoint_directory: Path) -> LeafChecks:
    """Check a proof as anybody would, and that the leaf of the database is the one in the log.

    Raises `NotFound` before anything was published.
    """
    verifier = _verifier(checkpoint_directory)
    recorded = queries.sequenced_leaf(leaf_id)
    return LeafChecks(
        is_in_log=_is_in_log(proof, verifier),
        is_as_recorded=recorded is not None
        and (recorded.index, leaf_hash(recorded.canonical())) == (proof.index, proof.leaf_hash),
        log_key=str(verifier),
    )


def _is_in_log(proof: LeafProof, verifier: Verifier) -> bool:
    with suppress(PeerError):
        checkpoint = open_checkpoint(proof.checkpoint, origin=verifier.name, verifiers=[verifier])
        verify_inclusion(
            proof.leaf_hash, index=proof.index, size=checkpoint.size, proof=proof.path, root=checkpoint.root
        )
        return True
    return False


def _verifier(checkpoint_directory: Path) -> Verifier:
    key = checkpoint_directory / KEY_FILE
    if not key.exists():
        raise NotFound
    return Verifier.parse(key.read_text(encoding="utf-8"))
