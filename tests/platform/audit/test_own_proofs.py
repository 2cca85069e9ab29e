"""A person takes the proofs of their own record: what is in the file, what is not, and the trace of it."""

import json
from pathlib import Path
from uuid import UUID

import pytest

from panjereh.domain.audit import api as audit
from panjereh_kernel.actor import Actor, Channel, Post, Role
from panjereh_kernel.refusal import NotFound
from panjereh_tlog.proof_file import verify_proofs
from tests.platform.audit.conftest import AT, SIGNER, SYSTEM, Record
from tests.platform.audit.test_programs import citizen, record_leaf

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "trace"])
MINA, ARASH = UUID(int=1), UUID(int=2)
CASE = UUID(int=3)
OFFICER = Actor(
    role=Role.OFFICER,
    channel=Channel.DESK,
    purpose="casework",
    subject_id=UUID(int=4),
    account_id=UUID(int=5),
    post=Post(agency_id="post", unit_id=""),
)


def own_proofs(record: Record, actor: Actor) -> list[str]:
    lines = audit.own_proofs(
        actor=actor,
        things=[CASE],
        at=AT,
        log_directory=record.log,
        checkpoint_directory=record.checkpoints,
    )
    return list(lines)


def test_a_person_gets_what_they_did_and_what_was_done_by_rule_and_nobody_elses_ids(
    record: Record, tmp_path: Path
) -> None:
    theirs = [
        record_leaf(subject=str(CASE), actor=citizen(MINA)),
        record_leaf(subject=str(CASE), actor=SYSTEM),
        record_leaf(subject=str(MINA), actor=SYSTEM),
    ]
    record_leaf(subject=str(CASE), actor=OFFICER)
    record_leaf(subject=str(MINA), actor=citizen(ARASH))
    record_leaf(subject="another-case", actor=SYSTEM)
    record.catch_up()
    file, proven = tmp_path / "proofs.jsonl", []

    file.write_text("".join(own_proofs(record, citizen(MINA))), encoding="utf-8", newline="\n")

    found = verify_proofs(
        file, verifier=SIGNER.verifier(), seen=lambda each: proven.append(json.loads(each.entry)["id"])
    )
    assert (found.about, found.checkpoint.size) == (str(MINA), 6)
    assert sorted(proven) == sorted(map(str, theirs))
    assert not [
        each for each in (OFFICER.subject_id, OFFICER.account_id, ARASH) if str(each) in file.read_text()
    ]


def test_taking_the_proofs_leaves_a_trace(record: Record) -> None:
    record_leaf(subject=str(CASE), actor=citizen(MINA))
    record.catch_up()

    own_proofs(record, citizen(MINA))

    [trace] = audit.accesses_of(MINA, limit=10)
    assert (trace.what, trace.actor_subject_id) == ("audit.proofs", MINA)


def test_who_is_nobody_has_no_record_and_nothing_is_proven_before_it_is_published(record: Record) -> None:
    for actor in (Actor.anonymous("own-affairs"), SYSTEM, citizen(MINA)):
        with pytest.raises(NotFound):
            own_proofs(record, actor)
    assert audit.accesses_of(MINA, limit=10) == []
