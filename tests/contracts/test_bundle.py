"""A receipt with its evidence in one document: checked by anybody, broken by every lie."""

import dataclasses
import json
from collections.abc import Callable
from typing import Any

import pytest

from panjereh_contracts.bundle import Bundle, LogProof, read_log_proof, verify_bundle
from panjereh_contracts.p256 import SignatureInvalid, thumbprint
from panjereh_contracts.reading import UnreadableError
from panjereh_contracts.receipt import Receipt, ReceiptDisprovedError
from panjereh_tlog.checkpoints import Checkpoint, CheckpointError, sign_checkpoint
from panjereh_tlog.hashing import node_hash
from panjereh_tlog.notes import NoteError, NoteKeyError, Signer
from panjereh_tlog.proofs import ProofError
from tests.contracts.test_receipt import PROVIDER_KEY, make_receipt
from tests.node.kit import World

RECEIPT = make_receipt()
SIGNER = Signer.make(RECEIPT.log_origin, seed=b"s" * 32)
OTHER = Signer.make(RECEIPT.log_origin, seed=b"o" * 32)
LOG_KEY = str(SIGNER.verifier())


def world_of(**keys: Any) -> World:
    world = World()
    world.member_keys.update(keys)
    return world


WORLD = world_of(nocr=PROVIDER_KEY)
ANCHORS = {thumbprint(WORLD.registry_key.public_key()): WORLD.registry_key.public_key()}


def proofs_of(receipt: Receipt, signer: Signer = SIGNER) -> tuple[LogProof, LogProof]:
    """Return the proofs from a log of two entries: this question and this answer."""
    leaves = [bytes.fromhex(receipt.request_leaf_hash), bytes.fromhex(receipt.response_leaf_hash)]
    note = sign_checkpoint(Checkpoint(receipt.log_origin, 2, node_hash(*leaves)), signer)
    return LogProof(0, (leaves[1],), note), LogProof(1, (leaves[0],), note)


def bundle_of(receipt: Receipt = RECEIPT, *, world: World = WORLD, signer: Signer = SIGNER) -> Bundle:
    return Bundle(receipt, world.jws(), LOG_KEY, *proofs_of(receipt, signer))


BUNDLE = bundle_of()


def test_a_bundle_is_read_back_as_written() -> None:
    assert Bundle.decode(BUNDLE.encode()).encode() == BUNDLE.encode()


def test_a_bundle_proves_who_signed_and_that_both_halves_are_logged() -> None:
    proved = verify_bundle(Bundle.decode(BUNDLE.encode()), anchors=ANCHORS, log_key=LOG_KEY)

    assert (proved.signer.member, proved.signer.kid) == ("nocr", "nocr-1")
    assert proved.checkpoint.size == 2


LIES: dict[str, tuple[Bundle, type[Exception]]] = {
    "a directory nobody signed": (bundle_of(world=world_of(nocr=PROVIDER_KEY)), SignatureInvalid),
    "a key of nobody": (
        bundle_of(dataclasses.replace(RECEIPT, response_keyid="nobody-1")),
        ReceiptDisprovedError,
    ),
    "a key of another agency": (
        bundle_of(dataclasses.replace(RECEIPT, response_keyid="post-1")),
        ReceiptDisprovedError,
    ),
    "another status": (bundle_of(dataclasses.replace(RECEIPT, status=404)), SignatureInvalid),
    "a log of somebody else": (bundle_of(signer=OTHER), NoteError),
    "a proof of another entry": (
        dataclasses.replace(BUNDLE, request=dataclasses.replace(BUNDLE.request, index=7)),
        ReceiptDisprovedError,
    ),
    "a path that leads elsewhere": (
        dataclasses.replace(BUNDLE, response=dataclasses.replace(BUNDLE.response, hashes=(b"x" * 32,))),
        ProofError,
    ),
    "the checkpoint of another log": (
        dataclasses.replace(
            BUNDLE,
            request=dataclasses.replace(
                BUNDLE.request, checkpoint=sign_checkpoint(Checkpoint("elsewhere", 2, bytes(32)), SIGNER)
            ),
        ),
        CheckpointError,
    ),
}


@pytest.mark.parametrize(("bundle", "fault"), LIES.values(), ids=LIES)
def test_every_lie_is_found(bundle: Bundle, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        verify_bundle(bundle, anchors=ANCHORS, log_key=LOG_KEY)


def test_a_log_key_that_is_none_proves_nothing() -> None:
    with pytest.raises(NoteKeyError):
        verify_bundle(BUNDLE, anchors=ANCHORS, log_key="nonsense")


SPOILT: dict[str, Callable[[dict[str, Any]], object]] = {
    "a part is missing": lambda document: document.pop("response"),
    "a part too many": lambda document: document.update(more=1),
    "hashes that are no list": lambda document: document["request"].update(hashes="x"),
    "a hash that is no text": lambda document: document["request"].update(hashes=[1]),
    "a hash that is no base64": lambda document: document["request"].update(hashes=["?"]),
    "a receipt that is none": lambda document: document.update(receipt=[]),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_what_is_no_bundle_is_unreadable(spoil: Callable[[dict[str, Any]], object]) -> None:
    document = json.loads(BUNDLE.encode())
    spoil(document)

    with pytest.raises(UnreadableError):
        Bundle.decode(json.dumps(document).encode())


def test_a_nodes_own_words_around_a_proof_are_passed_over() -> None:
    proof = read_log_proof({"index": 0, "hashes": [], "checkpoint": "x", "size": 9}, place="proof")

    assert proof == LogProof(0, (), "x")
