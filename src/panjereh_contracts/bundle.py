"""A receipt with everything that proves it, in one document that anybody can check and need ask nobody.

The document is JSON: `receipt` (the node's own), `configuration` (the signed directory of the exchange, which
vouches for the provider's key), `log_key` (C2SP text form), and for `request` and `response` the proof that
the leaf is in the log: `index`, `hashes` (base64, leaf upwards) and the signed `checkpoint`. It brings its
own keys for convenience; whoever checks takes the registry's key and the log's from somewhere they trust.
"""

import base64
import json
from dataclasses import dataclass
from typing import Any

from panjereh_contracts.configuration import Anchors, Configuration, verify_configuration
from panjereh_contracts.directory import SigningKey
from panjereh_contracts.p256 import encode_base64url
from panjereh_contracts.reading import Reader, UnreadableError, read_json
from panjereh_contracts.receipt import Receipt, ReceiptDisprovedError, verify_receipt
from panjereh_tlog.checkpoints import Checkpoint, open_checkpoint
from panjereh_tlog.notes import Verifier
from panjereh_tlog.proofs import verify_inclusion


@dataclass(frozen=True, slots=True)
class LogProof:
    """That the leaf at `index` is under the root that the signed `checkpoint` states."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """A receipt and its whole evidence; `configuration` is the signed document as it travels."""

    receipt: Receipt
    configuration: bytes
    log_key: str
    request: LogProof
    response: LogProof

    def encode(self) -> bytes:
        """Return the document."""
        document = {
            "receipt": read_json(self.receipt.document()),
            "configuration": read_json(self.configuration),
            "log_key": self.log_key,
            "request": _written(self.request),
            "response": _written(self.response),
        }
        return json.dumps(document, ensure_ascii=False, indent=1).encode()

    @classmethod
    def decode(cls, raw: bytes) -> "Bundle":
        """Read what `encode` wrote; raises `UnreadableError`. Says nothing about whether it is true."""
        reader = Reader(read_json(raw), place="bundle")
        bundle = cls(
            receipt=Receipt.decode(encode_base64url(_json(reader.member("receipt")))),
            configuration=_json(reader.member("configuration")),
            log_key=reader.text("log_key"),
            request=read_log_proof(reader.member("request"), place="bundle.request"),
            response=read_log_proof(reader.member("response"), place="bundle.response"),
        )
        reader.done()
        return bundle


@dataclass(frozen=True, slots=True)
class Proved:
    """What was proven: who signed the answer, by which edition of the directory, and how long the log is."""

    signer: SigningKey
    serial: int
    checkpoint: Checkpoint


def verify_bundle(bundle: Bundle, *, anchors: Anchors, log_key: str) -> Proved:
    """Prove that the provider signed the answer and that question and answer are in the node's log.

    `anchors` are the registry's keys and `log_key` the log's, both from somewhere the caller trusts. Raises
    `SignatureInvalid`, `ReceiptDisprovedError`, `NoteError`, `CheckpointError`, `ProofError`, `NoteKeyError`,
    or `UnreadableError`: whatever does not hold first.
    """
    configuration = verify_configuration(bundle.configuration, anchors=anchors)
    signer = verify_signer(bundle.receipt, configuration=configuration)
    verifier = Verifier.parse(log_key)
    verify_logged(bundle.receipt, bundle.request, verifier=verifier)
    return Proved(
        signer, configuration.serial, verify_logged(bundle.receipt, bundle.response, verifier=verifier)
    )


def verify_signer(receipt: Receipt, *, configuration: Configuration) -> SigningKey:
    """Prove that the agency which provides the service signed the answer, and return the key it used.

    Raises `SignatureInvalid`, and `ReceiptDisprovedError` for a key that is nobody's or another agency's.
    """
    signer = configuration.directory.signing_key(receipt.response_keyid)
    if signer is None or signer.member != receipt.service.provider.member:
        raise ReceiptDisprovedError("signer")
    verify_receipt(receipt, provider_key=signer.public_key)
    return signer


def verify_logged(receipt: Receipt, proof: LogProof, *, verifier: Verifier) -> Checkpoint:
    """Prove that the half of the receipt at the proof's index is in the log, and return its checkpoint.

    Raises `ReceiptDisprovedError` if the receipt has no leaf there, `NoteError`, `CheckpointError`,
    `ProofError`.
    """
    leaves = {
        receipt.request_index: receipt.request_leaf_hash,
        receipt.response_index: receipt.response_leaf_hash,
    }
    if proof.index not in leaves:
        raise ReceiptDisprovedError("index")
    checkpoint = open_checkpoint(proof.checkpoint, origin=receipt.log_origin, verifiers=[verifier])
    verify_inclusion(
        bytes.fromhex(leaves[proof.index]),
        index=proof.index,
        size=checkpoint.size,
        proof=proof.hashes,
        root=checkpoint.root,
    )
    return checkpoint


def read_log_proof(value: Any, *, place: str) -> LogProof:
    """Read a proof as a node's `/log/proof` writes it; raises `UnreadableError`."""
    reader = Reader(value, place=place)
    try:
        hashes = tuple(base64.b64decode(each, validate=True) for each in reader.items("hashes"))
    except (TypeError, ValueError) as error:
        raise UnreadableError(f"{place}.hashes: base64 is needed") from error
    return LogProof(reader.number("index"), hashes, reader.text("checkpoint"))


def _written(proof: LogProof) -> dict[str, object]:
    hashes = [base64.b64encode(each).decode() for each in proof.hashes]
    return {"index": proof.index, "hashes": hashes, "checkpoint": proof.checkpoint}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
