"""A file of proofs: each entry in it stands under the signed checkpoint, and no byte can be changed."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panjereh_tlog import verify
from panjereh_tlog.directory import BrokenLogError, TileLog
from panjereh_tlog.notes import Signer
from panjereh_tlog.proof_file import ProvenEntry, verify_proofs, write_proofs
from tests.tlog.conftest import ORIGIN

CHOSEN = (0, 7, 255, 256, 299)


@pytest.fixture(scope="session")
def lines(tmp_path_factory: pytest.TempPathFactory, signer: Signer) -> list[str]:
    with TileLog.open(tmp_path_factory.mktemp("log"), signer=signer, origin=ORIGIN) as log:
        log.append([b'{"id":"event-%d"}' % index for index in range(300)])
        note = log.publish()
        proven = [ProvenEntry(index, log.entry(index), log.inclusion_proof(index)) for index in CHOSEN]
        return list(write_proofs(proven, about="somebody", note=note, verifier=signer.verifier()))


@pytest.fixture(scope="session")
def shared(lines: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("proofs") / "proofs.jsonl"
    file.write_text("".join(lines), encoding="utf-8")
    return file


@pytest.fixture
def file(shared: Path, tmp_path: Path) -> Path:
    return Path((tmp_path / "proofs.jsonl").write_bytes(shared.read_bytes()) and tmp_path / "proofs.jsonl")


def test_every_entry_of_a_file_of_proofs_is_proven(file: Path, signer: Signer) -> None:
    seen: list[int] = []

    found = verify_proofs(file, verifier=signer.verifier(), seen=lambda proven: seen.append(proven.index))

    assert (found.about, found.count, found.checkpoint.size) == ("somebody", 5, 300)
    assert tuple(seen) == CHOSEN


def test_a_file_without_entries_proves_none(lines: list[str], file: Path) -> None:
    file.write_text(lines[0])

    assert verify_proofs(file).count == 0


@settings(max_examples=200, deadline=None)
@given(data=st.data())
@pytest.mark.slow
def test_no_byte_of_an_entry_can_be_changed_unnoticed(data: st.DataObject, shared: Path) -> None:
    honest = shared.read_bytes()
    # Whom the file is about is the word of its writer: the entries say themselves whom they are about.
    first = honest.index(b"\n")
    at = data.draw(st.integers(first + 1, len(honest) - 1))
    changed = bytearray(honest)
    changed[at] ^= data.draw(st.integers(1, 255))
    file = shared.with_name("changed")
    file.write_bytes(changed)

    with pytest.raises(BrokenLogError):
        verify_proofs(file)


TAMPERING = {
    "an entry": (b"event-255", b"event-25S", "line 4: leaf 255, event-25S: "),
    "a place": (b'"index":7', b'"index":8', "line 3: leaf 8, event-7: "),
    "the checkpoint": (b"\\n300\\n", b"\\n301\\n", "line 1: "),
    "the format": (b"proofs 1", b"proofs 2", "line 1: is not the beginning of a file of proofs"),
    "a proof": (b'"proof":["', b'"proof":["*', "line 2: its proof is malformed"),
    "the writing": (b'{"entry":', b'{ "entry":', "line 2: is not a line of a file of proofs"),
    "the keys": (b'"index":0', b'"place":0', "line 2: is not a line of a file of proofs"),
    "the line": (b'{"entry":', b'"entry":', "line 2: is not JSON"),
}


@pytest.mark.parametrize(("honest", "forged", "named"), TAMPERING.values(), ids=TAMPERING)
def test_verifying_names_the_line_that_was_changed(
    honest: bytes, forged: bytes, named: str, file: Path
) -> None:
    content = file.read_bytes()
    assert honest in content
    file.write_bytes(content.replace(honest, forged, 1))

    with pytest.raises(BrokenLogError, match=named):
        verify_proofs(file)


@pytest.mark.parametrize(
    "line", [b"[" * 100_000, b'{"index":' + b"9" * 5000 + b"}", b'"\\ud800"', b'{"entry":"\\ud800"}']
)
def test_a_line_that_no_reader_can_take_is_named(line: bytes, file: Path) -> None:
    first = file.read_bytes().split(b"\n")[0]
    file.write_bytes(first + b"\n" + line + b"\n")

    with pytest.raises(BrokenLogError, match="line 2"):
        verify_proofs(file)


def test_proofs_of_another_key_are_not_taken_for_those_of_the_one_that_is_known(file: Path) -> None:
    with pytest.raises(BrokenLogError, match="line 1: its key is not"):
        verify_proofs(file, verifier=Signer.make(ORIGIN, seed=bytes(32)).verifier())


def test_the_program_verifies_a_file_of_proofs(
    file: Path, signer: Signer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify.main([str(file), "--key", str(signer.verifier())]) == 0
    assert capsys.readouterr().out.startswith("OK 5 leaves about somebody in 300 root ")
