"""The node's log for everybody to read, in this process: what is asked, and what is answered."""

import asyncio
import base64
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from panjereh_node.adapters.log_reader import LogReader
from panjereh_tlog.checkpoints import open_checkpoint
from panjereh_tlog.directory import TileLog
from panjereh_tlog.hashing import leaf_hash
from panjereh_tlog.notes import Signer
from panjereh_tlog.proofs import verify_inclusion

ORIGIN = "panjereh/node/test"
SIGNER = Signer.make(ORIGIN, seed=b"s" * 32)
ENTRIES = [b"first", b"second", b"third"]


def get(directory: Path, path: str) -> httpx.Response:
    """Ask a reader of the log in `directory`."""
    reader = LogReader(directory, ORIGIN, SIGNER.verifier())

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(Starlette(routes=reader.routes()))
        async with httpx.AsyncClient(transport=transport, base_url="http://node") as http:
            return await http.get(path)

    return asyncio.run(ask())


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Return the folder of a published log of three entries."""
    with TileLog.open(tmp_path, signer=SIGNER, origin=ORIGIN) as writer:
        writer.append(ENTRIES)
        writer.publish()
    return tmp_path


def test_a_proof_holds_under_the_checkpoint_it_comes_with(log: Path) -> None:
    proof = get(log, "/log/proof?index=1").json()

    checkpoint = open_checkpoint(proof["checkpoint"], origin=ORIGIN, verifiers=[SIGNER.verifier()])
    verify_inclusion(
        leaf_hash(ENTRIES[1]),
        index=1,
        size=checkpoint.size,
        proof=[base64.b64decode(each) for each in proof["hashes"]],
        root=checkpoint.root,
    )
    assert proof["size"] == checkpoint.size == len(ENTRIES)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/log/proof?index=0&size=2", 200),
        ("/log/proof?index=x", 400),
        ("/log/proof?index=0&size=x", 400),
        ("/log/proof", 400),
        ("/log/proof?index=3", 404),
        ("/log/proof?index=0&size=999", 404),
        ("/log/checkpoint", 200),
        ("/log/key", 200),
        ("/log/tile/0/000.p/3", 200),
        ("/log/tile/0/000.p/2", 404),
        ("/log/tile/0/xyz", 404),
    ],
)
def test_each_question_has_its_answer(log: Path, path: str, status: int) -> None:
    assert get(log, path).status_code == status


def test_a_log_that_was_never_published_has_no_checkpoint(tmp_path: Path) -> None:
    assert get(tmp_path, "/log/checkpoint").status_code == 404
