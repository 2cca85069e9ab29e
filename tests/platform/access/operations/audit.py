"""The rows of `audit` in the table of doors."""

from pathlib import Path

from panjereh.domain.audit import api as audit
from tests.platform.access.answers import ABSENT, DONE, Operation
from tests.platform.access.country import AT

ACTING = (
    Operation(
        "audit.last_readings",
        lambda _, who: audit.last_readings(["program:practice-bank"], actor=who),
        ABSENT, DONE, DONE, ABSENT,
    ),
    # of officers: not even the person a role is about acts for one; what an officer may is in test_grants.py
    Operation(
        "audit.acts_of",
        lambda _, who: audit.acts_of(actor=who, limit=9),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    # steps and jobs: the caller holds the right already, the actor is written into the record
    Operation(
        "audit.record",
        lambda _, who: audit.record(event="tests.thing.done", actor=who, subject="x", at=AT),
        DONE, DONE, DONE, DONE,
    ),
    Operation(
        "audit.trace_accesses",
        lambda of, who: audit.trace_accesses([of.mina.subject_id], actor=who, what="x", at=AT),
        DONE, DONE, DONE, DONE,
    ),
    Operation(
        "audit.own_proofs",
        lambda _, who: audit.own_proofs(
            actor=who, things=[], at=AT, log_directory=Path("none"), checkpoint_directory=Path("none")
        ),
        ABSENT, ABSENT, ABSENT, ABSENT,  # nothing is published; whose the record is, is the actor's
    ),
    Operation(
        "audit.trace_access",
        lambda of, who: audit.trace_access(subject_id=of.mina.subject_id, actor=who, what="x", at=AT),
        DONE, DONE, DONE, DONE,
    ),
    # holds officers at the desk alone: see desk/test_security.py
    Operation(
        "audit.check_reading",
        lambda _, who: audit.check_reading(actor=who, more=1, at=AT),
        DONE, DONE, DONE, DONE,
    ),
)  # fmt: skip
PUBLIC = {
    "audit.check_leaf", "audit.inclusion_proof", "audit.leaves_after", "audit.sequenced_leaf",
    "audit.verify_log",
}  # fmt: skip
CALLERS_RIGHT = {"audit.accesses_of"}
WORK = {
    "audit.export_log", "audit.last_checkpoint", "audit.latest_facts", "audit.proofs_of",
    "audit.publish_checkpoint", "audit.sequence_leaves", "audit.write_log",
}  # fmt: skip
