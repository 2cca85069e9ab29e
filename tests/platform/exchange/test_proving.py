"""A receipt proven to its person: what holds, what does not, and what could not be found out now."""

import base64
import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from panjereh.domain.exchange import api as exchange
from panjereh.domain.exchange import evidence_client
from panjereh.domain.exchange.evidence_client import SHORT, EvidenceClient
from panjereh.domain.exchange.room import room
from panjereh.web.citizen.accesses.proving import SCRIPT
from panjereh_contracts import p256
from panjereh_contracts.configuration import make_document, sign_configuration
from panjereh_contracts.p256 import encode_base64url
from panjereh_contracts.receipt import Receipt
from panjereh_kernel.refusal import NotFound
from panjereh_tlog.checkpoints import Checkpoint, sign_checkpoint
from panjereh_tlog.hashing import node_hash
from panjereh_tlog.notes import Signer
from tests.failures.faulty_line import Fault, line_to
from tests.node.kit import World
from tests.platform.exchange import node_double
from tests.platform.exchange.conftest import AT, SUBJECT, Ask
from tests.platform.exchange.node_double import NodeDouble

STRANGER = UUID("01890000-0000-7000-8000-000000000009")
HELD, BROKEN, UNKNOWN = exchange.Check.HELD, exchange.Check.BROKEN, exchange.Check.UNKNOWN
LOG = Signer.make("panjereh/practice/platform", seed=b"l" * 32)
REGISTRY_KEY = ec.generate_private_key(ec.SECP256R1())


def directory_with(key: ec.EllipticCurvePrivateKey, *, signed_by: ec.EllipticCurvePrivateKey) -> bytes:
    """Return a signed directory in which the civil registry signs with `key`."""
    world = World()
    world.member_keys["nocr"] = key
    source = world.source()
    for member in source["members"]:
        member["signing_keys"][0]["kid"] = f"practice-{member['id']}-1"
    document = make_document(
        source, serial=7, at=AT, fresh_for=dt.timedelta(hours=1), usable_for=dt.timedelta(days=1)
    )
    return sign_configuration(document, key=signed_by)


def receipt_in(receipt_id: UUID) -> Receipt:
    return Receipt.decode(encode_base64url(exchange.receipt_evidence(receipt_id, subject_id=SUBJECT)))


def publish(node: NodeDouble, receipt: Receipt) -> None:
    """Let the node show a log of two entries: this question and this answer."""
    leaves = [bytes.fromhex(receipt.request_leaf_hash), bytes.fromhex(receipt.response_leaf_hash)]
    note = sign_checkpoint(Checkpoint(receipt.log_origin, 2, node_hash(*leaves)), LOG)
    node.readable["/log/key"] = f"{LOG.verifier()}\n".encode()
    for index in (0, 1):
        sibling = base64.b64encode(leaves[1 - index]).decode()
        proof = {"index": index, "size": 2, "checkpoint": note, "hashes": [sibling]}
        node.readable[f"/log/proof?index={index}"] = json.dumps(proof).encode()


@pytest.fixture
def proven(node: NodeDouble, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> Iterator[UUID]:
    """One receipt, with everything within reach that proves it."""
    client = EvidenceClient(node.url, node.url)
    monkeypatch.setitem(room().__dict__, "evidence", client)
    public = REGISTRY_KEY.public_key()
    monkeypatch.setitem(room().__dict__, "anchors", {p256.thumbprint(public): public})
    node.readable["/configuration"] = directory_with(node.provider_key, signed_by=REGISTRY_KEY)
    receipt_id = ask().receipt_id
    publish(node, receipt_in(receipt_id))
    yield receipt_id
    client.close()


def prove(receipt_id: UUID) -> exchange.ReceiptProof:
    return exchange.prove_receipt(receipt_id, subject_id=SUBJECT)


def test_a_receipt_is_proven_by_the_directory_and_the_log(proven: UUID) -> None:
    proof = prove(proven)

    assert (proof.signature, proof.question, proof.answer) == (HELD, HELD, HELD)
    assert proof.verdict is HELD
    assert (proof.serial, proof.checkpoint and proof.checkpoint.size) == (7, 2)
    assert proof.view.id == proven


@pytest.mark.slow
def test_what_we_tell_people_to_run_proves_the_file_we_give_them(proven: UUID, tmp_path: Path) -> None:
    bundle = prove(proven).bundle
    assert bundle is not None
    (tmp_path / "proof.json").write_bytes(bundle)
    jwk = p256.public_key_to_jwk(REGISTRY_KEY.public_key())
    (tmp_path / "registry-keys.json").write_text(json.dumps({"keys": [jwk]}))
    (tmp_path / "log-key.txt").write_text(f"{LOG.verifier()}\n")

    # A fresh program, as on somebody else's computer: no settings, no database, no network.
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(__file__).resolve().parents[3] / "src")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.returncode, run.stdout) == (0, "nocr practice-nocr-1 2\n"), run.stderr


def test_an_answer_that_another_key_signed_is_broken(proven: UUID, node: NodeDouble) -> None:
    node.readable["/configuration"] = directory_with(node.consumer_key, signed_by=REGISTRY_KEY)

    proof = prove(proven)

    assert (proof.signature, proof.verdict) == (BROKEN, BROKEN)


def test_a_log_that_holds_something_else_is_broken(proven: UUID, node: NodeDouble) -> None:
    other = Checkpoint("panjereh/practice/platform", 2, bytes(32))
    spoilt = json.loads(node.readable["/log/proof?index=1"])
    spoilt["checkpoint"] = sign_checkpoint(other, LOG)
    node.readable["/log/proof?index=1"] = json.dumps(spoilt).encode()

    proof = prove(proven)

    assert (proof.signature, proof.question, proof.answer) == (HELD, HELD, BROKEN)
    assert proof.verdict is BROKEN


def test_a_directory_that_the_registry_did_not_sign_proves_nothing(proven: UUID, node: NodeDouble) -> None:
    node.readable["/configuration"] = directory_with(node.provider_key, signed_by=node.provider_key)

    proof = prove(proven)

    assert (proof.signature, proof.verdict, proof.serial, proof.bundle) == (UNKNOWN, UNKNOWN, None, None)


def test_a_key_that_was_retired_since_is_no_lie(
    proven: UUID, node: NodeDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = World().source()
    document = make_document(
        source, serial=8, at=AT, fresh_for=dt.timedelta(hours=1), usable_for=dt.timedelta(days=1)
    )
    node.readable["/configuration"] = sign_configuration(document, key=REGISTRY_KEY)

    assert prove(proven).signature is UNKNOWN


AWAY: dict[str, dict[str, Any]] = {
    "nothing there": {"/configuration": None, "/log/key": None, "/log/proof?index=0": None},
    "nonsense": {"/configuration": b"?", "/log/key": b"\xff", "/log/proof?index=0": b"?"},
    "too long": {"/log/key": b"x" * (SHORT + 1), "/log/proof?index=0": b" " * (SHORT + 1)},
}


@pytest.mark.parametrize("changes", AWAY.values(), ids=AWAY)
def test_what_cannot_be_fetched_is_not_called_false(
    proven: UUID, node: NodeDouble, changes: dict[str, bytes | None]
) -> None:
    for path, content in changes.items():
        node.readable.pop(path)
        if content is not None:
            node.readable[path] = content

    proof = prove(proven)

    assert (proof.question, proof.verdict, proof.bundle) == (UNKNOWN, UNKNOWN, None)


@pytest.mark.parametrize(
    "fault", [Fault.FAILED, Fault.HAPPENED, pytest.param(Fault.SLOW, marks=pytest.mark.slow)]
)
@pytest.mark.parametrize("path", ["/configuration", "/log/key", "/log/proof"])
def test_evidence_that_does_not_come_is_not_called_false_and_comes_with_the_next_look(
    proven: UUID, node: NodeDouble, monkeypatch: pytest.MonkeyPatch, path: str, fault: Fault
) -> None:
    monkeypatch.setattr(evidence_client, "SECONDS", 0.2 if fault is Fault.SLOW else 5.0)
    with line_to(node.url.removeprefix("http://")) as line:
        client = EvidenceClient(line.url, line.url)
        monkeypatch.setitem(room().__dict__, "evidence", client)
        line.order(path, fault)

        assert prove(proven).verdict is UNKNOWN
        line.let_go()
        assert prove(proven).verdict is HELD
        client.close()


def test_without_a_registry_or_a_node_nothing_is_claimed(
    proven: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(room().__dict__, "evidence", EvidenceClient("http://127.0.0.1:9", None))

    assert prove(proven).verdict is UNKNOWN


def test_without_the_registrys_key_no_directory_is_believed(
    proven: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(room().__dict__, "anchors", None)

    assert prove(proven).signature is UNKNOWN


def test_a_question_that_was_refused_has_no_proof(node: NodeDouble, ask: Ask) -> None:
    node.plan.append(node_double.refuse("server.clientproxy.access_denied"))
    with pytest.raises(exchange.RegisterRefused):
        ask()
    [receipt] = exchange.receipts_of(SUBJECT, limit=9)

    assert not receipt.is_provable
    with pytest.raises(NotFound):
        prove(receipt.id)


def test_a_receipt_is_proven_to_its_own_person_alone(proven: UUID) -> None:
    for attempt in (exchange.prove_receipt, exchange.receipt_of):
        with pytest.raises(NotFound):
            attempt(proven, subject_id=STRANGER)


def test_evidence_is_had_for_many_at_once_and_for_nobody_else(proven: UUID) -> None:
    assert exchange.evidence_of([proven], subject_id=SUBJECT) == {
        proven: exchange.receipt_evidence(proven, subject_id=SUBJECT)
    }
    assert exchange.evidence_of([proven], subject_id=STRANGER) == {}


def test_what_was_given_and_refused_is_counted_since_an_instant(node: NodeDouble, ask: Ask) -> None:
    ask()
    node.plan.append(node_double.refuse("server.clientproxy.access_denied"))
    with pytest.raises(exchange.RegisterRefused):
        ask(message_id=STRANGER)

    counted = exchange.count_receipts(SUBJECT, since=node_double.ASKED_AT)
    later = exchange.count_receipts(SUBJECT, since=AT + dt.timedelta(days=1))

    assert counted == exchange.ReceiptsSummary(given=1, holders=1, denied=1)
    assert later == exchange.ReceiptsSummary(given=0, holders=0, denied=0)


def test_receipts_are_narrowed_to_an_agency_and_a_time(node: NodeDouble, ask: Ask) -> None:
    ask()

    assert len(exchange.receipts_of(SUBJECT, limit=9, holder="nocr", since=node_double.ASKED_AT)) == 1
    assert exchange.receipts_of(SUBJECT, limit=9, holder="post") == []
    assert exchange.receipts_of(SUBJECT, limit=9, since=AT + dt.timedelta(days=1)) == []
