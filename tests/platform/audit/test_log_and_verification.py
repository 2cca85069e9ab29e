"""Database, log and published checkpoints: brought in line after any kill, and held against each other."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from panjereh.domain.audit import api as audit
from panjereh.domain.audit.checkpoints import last_checkpoint, published_checkpoints
from panjereh_kernel.refusal import NotFound
from panjereh_tlog.checkpoints import open_checkpoint
from panjereh_tlog.directory import PublishedLog, TileLog
from panjereh_tlog.hashing import leaf_hash
from panjereh_tlog.notes import Signer
from panjereh_tlog.proofs import verify_inclusion
from tests.platform.audit.conftest import AT, SIGNER, Record, sequence_all, write_leaf

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "trace"])

LATER = AT + dt.timedelta(days=1)


def entries(record: Record) -> list[bytes]:
    log = PublishedLog(record.log, origin=SIGNER.name, verifier=SIGNER.verifier())
    return list(log.entries())


def canonical() -> list[bytes]:
    return [leaf.canonical() for leaf in audit.leaves_after(-1, limit=1000)]


def change(path: Path, honest: bytes, forged: bytes) -> None:
    content = path.read_bytes()
    assert honest in content
    path.write_bytes(content.replace(honest, forged))


def test_the_log_holds_the_leaves_in_the_order_of_the_database(record: Record) -> None:
    for _ in range(3):
        write_leaf()

    record.catch_up()

    assert entries(record) == canonical()


def test_a_verified_record_says_size_root_and_time(record: Record) -> None:
    write_leaf()
    record.catch_up()
    write_leaf()

    verified = record.verify()

    assert (verified.size, verified.checkpoint_at, verified.waiting) == (1, AT, 1)
    assert verified.root == leaf_hash(canonical()[0])


def test_an_empty_record_verifies(record: Record) -> None:
    record.catch_up()

    assert record.verify().size == 0


def test_a_log_that_was_never_published_outside_verifies_without_a_time(record: Record) -> None:
    write_leaf()
    sequence_all()
    with TileLog.open(record.log, signer=SIGNER, origin=SIGNER.name) as tile_log:
        audit.write_log(tile_log)

    assert record.verify().checkpoint_at is None


# The sequencer is killed after each of its steps; what it does when it is started again is `catch_up`.
def after_placing(_record: Record) -> None:
    sequence_all()


def after_appending(record: Record) -> None:
    sequence_all()
    with TileLog.open(record.log, signer=SIGNER, origin=SIGNER.name) as tile_log:
        tile_log.append(canonical()[tile_log.size :])


def after_appending_some(record: Record) -> None:
    sequence_all()
    with TileLog.open(record.log, signer=SIGNER, origin=SIGNER.name) as tile_log:
        tile_log.append(canonical()[tile_log.size : tile_log.size + 1])


def after_publishing_the_log(record: Record) -> None:
    sequence_all()
    with TileLog.open(record.log, signer=SIGNER, origin=SIGNER.name) as tile_log:
        audit.write_log(tile_log)


def in_the_midst_of_publishing_outside(record: Record) -> None:
    after_publishing_the_log(record)
    (path,) = record.checkpoints.glob("*.checkpoints")
    with path.open("ab") as file:
        file.write(b'{"at": "2026-11-22T08:3')


@pytest.mark.parametrize(
    "killed",
    [
        after_placing,
        after_appending,
        after_appending_some,
        after_publishing_the_log,
        in_the_midst_of_publishing_outside,
    ],
)
def test_a_kill_between_two_steps_loses_and_doubles_nothing(
    killed: Callable[[Record], None], record: Record
) -> None:
    write_leaf()
    record.catch_up()
    for _ in range(3):
        write_leaf()
    killed(record)

    record.catch_up()

    assert entries(record) == canonical()
    assert len(canonical()) == 4
    assert record.verify().size == 4
    assert [_size(item.note) for item in published_checkpoints(record.checkpoints)] == [1, 4]


def _size(note: str) -> int:
    return open_checkpoint(note, origin=SIGNER.name, verifiers=[SIGNER.verifier()]).size


def test_a_checkpoint_that_is_already_out_is_not_published_twice(record: Record) -> None:
    write_leaf()
    record.catch_up()
    record.catch_up()

    assert len(list(published_checkpoints(record.checkpoints))) == 1


def test_checkpoints_of_each_day_have_a_file_of_their_own(record: Record) -> None:
    write_leaf()
    record.catch_up()
    write_leaf()
    record.catch_up(at=LATER)

    places = [checkpoint.place for checkpoint in published_checkpoints(record.checkpoints)]
    last = last_checkpoint(record.checkpoints)
    assert places == ["2026-11-22.checkpoints:1", "2026-11-23.checkpoints:1"]
    assert last is not None
    assert last.at == LATER


def test_a_changed_leaf_is_named(record: Record, owner: psycopg.Connection[Any]) -> None:
    for _ in range(3):
        write_leaf(state="submitted")
    record.catch_up()
    owner.execute(
        'UPDATE audit_leaf SET facts = \'{"state": "granted"}\''
        " WHERE id = (SELECT leaf_id FROM audit_sequenced WHERE index = 1)"
    )

    with pytest.raises(audit.AuditBroken) as broken:
        record.verify()

    assert (broken.value.code, broken.value.part) == ("audit-broken", "leaf 1")
    assert "was changed in the database" in broken.value.why


@pytest.mark.parametrize("index", [1, 2])
def test_a_deleted_leaf_is_named(index: int, record: Record, owner: psycopg.Connection[Any]) -> None:
    for _ in range(3):
        write_leaf()
    record.catch_up()
    owner.execute("DELETE FROM audit_sequenced WHERE index = %s", [index])

    with pytest.raises(audit.AuditBroken) as broken:
        record.verify()

    assert (broken.value.part, broken.value.why) == (f"leaf {index}", "is in the log and not in the database")


def test_a_changed_tile_is_named(record: Record) -> None:
    write_leaf(state="submitted")
    record.catch_up()
    change(record.log / "tile/entries/000.p/1", b"submitted", b"sUbmitted")

    with pytest.raises(audit.AuditBroken) as broken:
        record.verify()

    assert broken.value.part == "tile/0/000.p/1"


def test_a_forged_checkpoint_is_named(record: Record) -> None:
    for _ in range(2):
        write_leaf()
        record.catch_up()
    change(record.checkpoints / "2026-11-22.checkpoints", b"\\n2\\n", b"\\n1\\n")

    with pytest.raises(audit.AuditBroken) as broken:
        record.verify()

    assert broken.value.part == "2026-11-22.checkpoints:2"


def test_a_record_that_was_rewritten_as_a_whole_is_caught_by_a_published_checkpoint(
    record: Record, owner: psycopg.Connection[Any]
) -> None:
    for _ in range(2):
        write_leaf(state="submitted")
        record.catch_up()
    # Somebody with the database and the key changes the first leaf and writes the log anew.
    owner.execute("UPDATE audit_leaf SET subject = 'another-case'")
    rewritten = Record(record.log.with_name("rewritten"), record.checkpoints.with_name("empty"))
    rewritten.catch_up()
    rewritten.verify()

    with pytest.raises(audit.AuditBroken) as broken:
        Record(rewritten.log, record.checkpoints).verify()

    assert broken.value.part == "2026-11-22.checkpoints:1"
    assert "another root" in broken.value.why


def test_a_log_that_was_cut_back_is_caught_by_a_published_checkpoint(record: Record) -> None:
    write_leaf()
    record.catch_up()
    empty = Record(record.log.with_name("empty"), record.checkpoints)
    TileLog.open(empty.log, signer=SIGNER, origin=SIGNER.name).close()

    with pytest.raises(audit.AuditBroken, match="counts 1 leaves where the log has 0"):
        empty.verify()


def test_a_database_restored_from_an_old_backup_is_not_written_over_the_log(
    record: Record, owner: psycopg.Connection[Any]
) -> None:
    for _ in range(2):
        write_leaf()
    record.catch_up()
    owner.execute("DELETE FROM audit_sequenced WHERE index = 1")
    owner.execute("DELETE FROM audit_leaf WHERE id NOT IN (SELECT leaf_id FROM audit_sequenced)")

    with pytest.raises(audit.AuditBroken) as broken:
        record.catch_up()

    assert broken.value.part == "leaf 1"


def test_the_record_is_not_verified_with_another_key(record: Record) -> None:
    record.catch_up()

    with pytest.raises(audit.AuditBroken) as broken:
        audit.verify_log(
            log_directory=record.log,
            checkpoint_directory=record.checkpoints,
            verifier=Signer.make(SIGNER.name, seed=bytes(32)).verifier(),
        )

    assert broken.value.part == "checkpoint"


def test_a_record_is_verified_while_it_grows(record: Record) -> None:
    write_leaf()
    record.catch_up()
    with TileLog.open(record.log, signer=SIGNER, origin=SIGNER.name) as tile_log:
        write_leaf()
        sequence_all()
        tile_log.append(canonical()[1:])

        assert record.verify().size == 1


def test_anyone_can_check_that_a_leaf_is_in_the_record(record: Record) -> None:
    for _ in range(5):
        write_leaf()
    record.catch_up()

    proof = audit.inclusion_proof(3, log_directory=record.log, checkpoint_directory=record.checkpoints)

    checkpoint = open_checkpoint(proof.checkpoint, origin=SIGNER.name, verifiers=[SIGNER.verifier()])
    assert proof.leaf_hash == leaf_hash(canonical()[3])
    verify_inclusion(proof.leaf_hash, index=3, size=proof.size, proof=proof.path, root=checkpoint.root)


def test_a_proof_of_a_leaf_not_yet_published_is_refused(record: Record) -> None:
    write_leaf()
    record.catch_up()

    with pytest.raises(audit.NotYetPublished) as refusal:
        audit.inclusion_proof(1, log_directory=record.log, checkpoint_directory=record.checkpoints)

    assert (refusal.value.code, refusal.value.size) == ("audit-leaf-not-yet-published", 1)


def test_there_is_no_proof_before_anything_was_published(record: Record) -> None:
    with pytest.raises(NotFound):
        audit.inclusion_proof(0, log_directory=record.log, checkpoint_directory=record.checkpoints)


def test_a_line_of_checkpoints_is_plain_for_others_to_read(record: Record) -> None:
    write_leaf()
    record.catch_up()

    line = json.loads((record.checkpoints / "2026-11-22.checkpoints").read_text(encoding="utf-8"))
    assert line["at"] == "2026-11-22T08:30:00+00:00"
    assert _size(line["checkpoint"]) == 1
    assert (record.checkpoints / "public-key").read_text(encoding="utf-8") == f"{SIGNER.verifier()}\n"


@pytest.mark.parametrize("at", [0, 30, -60, -3, -2])
def test_a_published_line_that_somebody_changed_is_named_and_not_taken_for_a_torn_one(
    at: int, record: Record
) -> None:
    for _ in range(2):
        write_leaf()
        record.catch_up()
    path = record.checkpoints / "2026-11-22.checkpoints"
    first, second = path.read_bytes().splitlines(keepends=True)
    changed = bytearray(first)
    changed[at] ^= 1
    path.write_bytes(bytes(changed) + second)

    with pytest.raises(audit.AuditBroken) as broken:
        record.verify()

    assert (broken.value.part, broken.value.differs) == ("2026-11-22.checkpoints:1", "checkpoint")


def test_published_lines_in_another_order_are_named(record: Record) -> None:
    for minute in range(2):
        write_leaf()
        record.catch_up(at=AT + dt.timedelta(minutes=minute))
    path = record.checkpoints / "2026-11-22.checkpoints"
    path.write_bytes(b"".join(reversed(path.read_bytes().splitlines(keepends=True))))

    with pytest.raises(audit.AuditBroken) as broken:
        record.verify()

    assert broken.value.part == "2026-11-22.checkpoints:2"


def test_the_last_checkpoint_is_found_at_the_end_of_a_long_file(record: Record) -> None:
    write_leaf()
    record.catch_up()
    path = record.checkpoints / "2026-11-22.checkpoints"
    path.write_bytes(path.read_bytes() * 1000)

    last = last_checkpoint(record.checkpoints)

    assert last is not None
    assert _size(last.note) == 1


def test_leaves_in_another_order_than_the_log_are_named(
    record: Record, owner: psycopg.Connection[Any]
) -> None:
    for _ in range(3):
        write_leaf()
    record.catch_up()
    owner.execute("UPDATE audit_sequenced SET index = index + 10")
    owner.execute("UPDATE audit_sequenced SET index = 12 - index")

    with pytest.raises(audit.AuditBroken) as broken:
        record.verify()

    assert (broken.value.part, broken.value.differs) == ("leaf 0", "order")


def test_a_changed_entry_of_the_log_is_named_with_its_place_and_id(record: Record) -> None:
    for _ in range(3):
        write_leaf(state="submitted")
    record.catch_up()
    second = audit.leaves_after(0, limit=1)[0]
    path = record.log / "tile/entries/000.p/3"
    forged = second.canonical().replace(b"submitted", b"sUbmitted")
    change(path, second.canonical(), forged)

    with pytest.raises(audit.AuditBroken) as broken:
        record.verify()

    assert broken.value.differs == "hash"
    assert broken.value.why == f"leaf 1, {second.id}: the hash does not follow from the entry"


def test_an_entry_made_unreadable_is_named_by_its_place(record: Record) -> None:
    write_leaf(state="submitted")
    record.catch_up()
    change(record.log / "tile/entries/000.p/1", b'{"account_id"', b'["account_id"')

    with pytest.raises(audit.AuditBroken, match="leaf 0, -: the hash"):
        record.verify()


def test_verifying_tells_how_far_it_is(record: Record) -> None:
    for _ in range(3):
        write_leaf()
    record.catch_up()
    told: list[tuple[int, int]] = []

    audit.verify_log(
        log_directory=record.log,
        checkpoint_directory=record.checkpoints,
        verifier=SIGNER.verifier(),
        progress=lambda done, size: told.append((done, size)),
    )

    assert told == [(1, 3), (2, 3), (3, 3)]
