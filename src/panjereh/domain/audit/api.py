"""The door of the record.

Steps: `record`, in the transaction of the change; `check_reading`, before an officer's looks. Operations:
`sequence_leaves`, `write_log`, `publish_checkpoint`, by the sequencer alone; `trace_access` and
`trace_accesses`, on their own connection. Reads: the rest; `own_proofs` leaves a trace first.
"""

from panjereh.domain.audit.checkpoints import PublishedCheckpoint, last_checkpoint, publish_checkpoint
from panjereh.domain.audit.exports import export_log
from panjereh.domain.audit.operations.record import record
from panjereh.domain.audit.operations.sequence_leaves import sequence_leaves
from panjereh.domain.audit.operations.trace_access import trace_access, trace_accesses
from panjereh.domain.audit.operations.verify_log import Verified, verify_log
from panjereh.domain.audit.operations.write_log import write_log
from panjereh.domain.audit.proofs import (
    LeafChecks,
    LeafProof,
    check_leaf,
    inclusion_proof,
    own_proofs,
    proofs_of,
)
from panjereh.domain.audit.queries import (
    Access,
    Act,
    SequencedLeaf,
    accesses_of,
    acts_of,
    last_readings,
    latest_facts,
    leaves_after,
    sequenced_leaf,
)
from panjereh.domain.audit.reading_limit import TooManyPeopleRead, check_reading
from panjereh.domain.audit.refusals import AuditBroken, ClockWentBack, NotYetPublished, TransactionsRestarted
from panjereh.domain.audit.rules.canonical import Facts

__all__ = [
    "Access",
    "Act",
    "AuditBroken",
    "ClockWentBack",
    "Facts",
    "LeafChecks",
    "LeafProof",
    "NotYetPublished",
    "PublishedCheckpoint",
    "SequencedLeaf",
    "TooManyPeopleRead",
    "TransactionsRestarted",
    "Verified",
    "accesses_of",
    "acts_of",
    "check_leaf",
    "check_reading",
    "export_log",
    "inclusion_proof",
    "last_checkpoint",
    "last_readings",
    "latest_facts",
    "leaves_after",
    "own_proofs",
    "proofs_of",
    "publish_checkpoint",
    "record",
    "sequence_leaves",
    "sequenced_leaf",
    "trace_access",
    "trace_accesses",
    "verify_log",
    "write_log",
]
