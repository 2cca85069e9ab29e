"""An export: complete, the same every time, and no byte of it can be changed unnoticed."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panjereh_kernel.refusal import PeerError
from panjereh_tlog import verify
from panjereh_tlog.bundle import Bundle, export_bundle, verify_bundle
from panjereh_tlog.directory import BrokenLogError, PublishedLog, SignedNote, TileLog
from panjereh_tlog.notes import Signer, Verifier
from tests.tlog.conftest import ORIGIN

READ_FIRST = {"README.en.md": "Read me.\n", "README.fa.md": "بخوانید.\n"}
SIZE = 1100  # four whole bundles and the beginning of a fifth


def entry(index: int) -> bytes:
    return json.dumps({"id": f"event-{index}"}).encode()


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory, signer: Signer) -> tuple[Path, list[SignedNote]]:
    """A log that was published at 3, 300, 512 and 1100 entries."""
    folder = tmp_path_factory.mktemp("source") / "log"
    notes: list[SignedNote] = []
    with TileLog.open(folder, signer=signer, origin=ORIGIN) as log:
        for size in (3, 300, 512, SIZE):
            log.append([entry(index) for index in range(log.size, size)])
            notes.append(SignedNote(f"line {size}", log.publish(), "2026-11-22T08:30:00+00:00"))
    return folder, notes


def export(
    source: tuple[Path, list[SignedNote]],
    to: Path,
    verifier: Verifier,
    *,
    start: int = 0,
    until: int | None = None,
) -> Bundle:
    folder, notes = source
    return export_bundle(
        PublishedLog(folder, origin=ORIGIN, verifier=verifier),
        to,
        verifier=verifier,
        earlier=notes,
        read_first=READ_FIRST,
        start=start,
        until=until,
    )


@pytest.fixture(scope="session")
def whole(
    source: tuple[Path, list[SignedNote]], tmp_path_factory: pytest.TempPathFactory, signer: Signer
) -> Path:
    to = tmp_path_factory.mktemp("whole") / "bundle"
    export(source, to, signer.verifier())
    return to


@pytest.fixture(scope="session")
def part(
    source: tuple[Path, list[SignedNote]], tmp_path_factory: pytest.TempPathFactory, signer: Signer
) -> Path:
    to = tmp_path_factory.mktemp("part") / "bundle"
    export(source, to, signer.verifier(), start=300, until=513)
    return to


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "copy"))


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_the_whole_log_is_exported_and_verifies(whole: Path, signer: Signer) -> None:
    found = verify_bundle(whole, verifier=signer.verifier())

    assert (found.start, found.until, found.checkpoint.size) == (0, SIZE, SIZE)
    assert len((whole / "checkpoints").read_bytes().splitlines()) == 4


def test_a_part_is_whole_bundles_with_the_way_up_to_the_checkpoint(part: Path, signer: Signer) -> None:
    found = verify_bundle(part, verifier=signer.verifier())

    assert (found.start, found.until, found.checkpoint.size) == (256, 768, SIZE)
    assert sorted(path for path in contents(part) if path.startswith("tile/")) == [
        "tile/0/001", "tile/0/002", "tile/0/004.p/76", "tile/1/000.p/4", "tile/entries/001",
        "tile/entries/002",
    ]  # fmt: skip
    assert len((part / "checkpoints").read_bytes().splitlines()) == 2


def test_an_empty_log_is_exported_and_verifies(tmp_path: Path, signer: Signer) -> None:
    TileLog.open(tmp_path / "log", signer=signer, origin=ORIGIN).close()

    export((tmp_path / "log", []), tmp_path / "bundle", signer.verifier())

    assert verify_bundle(tmp_path / "bundle").checkpoint.size == 0


def test_the_same_range_gives_the_same_bytes(
    source: tuple[Path, list[SignedNote]], part: Path, tmp_path: Path, signer: Signer
) -> None:
    export(source, tmp_path / "again", signer.verifier(), start=256, until=768)

    assert contents(tmp_path / "again") == contents(part)


def test_the_manifest_is_read_by_other_peoples_tools(whole: Path) -> None:
    import subprocess

    digests = "".join((whole / "manifest").read_text().splitlines(keepends=True)[3:])

    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet"], input=digests, cwd=whole, text=True, check=False
    )

    assert checked.returncode == 0


@pytest.mark.parametrize(("start", "until"), [(0, SIZE + 1), (5, 4), (-1, 3)])
def test_a_range_the_log_has_not_is_refused(
    start: int, until: int, source: tuple[Path, list[SignedNote]], tmp_path: Path, signer: Signer
) -> None:
    with pytest.raises(IndexError):
        export(source, tmp_path / "bundle", signer.verifier(), start=start, until=until)


def test_a_folder_with_something_in_it_is_not_written_to(
    source: tuple[Path, list[SignedNote]], tmp_path: Path, signer: Signer
) -> None:
    (tmp_path / "mine").write_text("kept")

    with pytest.raises(FileExistsError):
        export(source, tmp_path, signer.verifier())

    assert contents(tmp_path) == {"mine": b"kept"}


def test_a_note_that_is_not_of_this_log_is_not_exported(
    source: tuple[Path, list[SignedNote]], tmp_path: Path, signer: Signer
) -> None:
    with pytest.raises(PeerError):
        export((source[0], [SignedNote("line 1", "nonsense")]), tmp_path / "bundle", signer.verifier())


@settings(max_examples=150, deadline=None)
@given(data=st.data())
@pytest.mark.slow
@pytest.mark.parametrize("which", ["whole", "part"])
def test_no_byte_can_be_changed_unnoticed(
    which: str, data: st.DataObject, request: pytest.FixtureRequest
) -> None:
    bundle: Path = request.getfixturevalue(which)
    path = bundle / data.draw(st.sampled_from(sorted(contents(bundle))))
    honest = path.read_bytes()
    at = data.draw(st.integers(0, len(honest) - 1))
    changed = bytearray(honest)
    changed[at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(changed)
    try:
        with pytest.raises(BrokenLogError):
            verify_bundle(bundle)
    finally:
        path.write_bytes(honest)


@pytest.mark.slow
def test_no_file_can_be_taken_away_unnoticed(copy: Path) -> None:
    for path, content in contents(copy).items():
        (copy / path).unlink()

        with pytest.raises(BrokenLogError) as broken:
            verify_bundle(copy)

        assert broken.value.part.removesuffix(":1") == path
        (copy / path).write_bytes(content)


def test_no_file_can_be_added_unnoticed(copy: Path) -> None:
    (copy / "tile/0/note").write_text("x")

    with pytest.raises(BrokenLogError, match="tile/0/note: is not in the manifest"):
        verify_bundle(copy)


# (file, honest, forged, the thing that is named and why)
TAMPERING = {
    "an entry": ("tile/entries/001", b"event-300", b"event-3OO", "tile/0/001: leaf 300, event-3OO: the hash"),
    "an entry's id": (
        "tile/entries/001",
        b'"id": "event-300"',
        b'"ID": "event-300"',
        "leaf 300, -: the hash",
    ),
    "what people read": ("README.en.md", b"Read", b"Read,", "README.en.md: is not what the manifest says"),
    "the key": ("public-key", b"+", b"-", "public-key: is missing or unreadable"),
    "the range": ("manifest", b"\n0 1100 1100\n", b"\n0 1024 1100\n", "checkpoints:4|counts 1100"),
    "the size": ("manifest", b"\n0 1100 1100\n", b"\n0 1099 1099\n", "manifest: says 1099 entries"),
    "a part of a bundle": ("manifest", b"\n0 1100 1100\n", b"\n0 900 1100\n", "not a range of whole bundles"),
    "no range": ("manifest", b"\n0 1100 1100\n", b"\n9 8 1100\n", "manifest: its third line is not a range"),
    "no numbers": ("manifest", b"\n0 1100 1100\n", b"\nx y z\n", "manifest: its third line is not a range"),
    "another format": ("manifest", b"export 1", b"export 2", "manifest: does not begin as the manifest"),
    "the log's name": ("manifest", b"log.panjereh", b"log.panjara", "manifest: does not begin as it should"),
    "a digest": ("manifest", b"README.en", b"README.de", "README.en.md: is not what the manifest says"),
    "a note": ("checkpoints", b"\\n3\\n", b"\\n4\\n", "checkpoints:1: "),
    "a line of notes": ("checkpoints", b'{"at"', b'["at"', "checkpoints:1: is not a checkpoint"),
}


@pytest.mark.parametrize(("path", "honest", "forged", "named"), TAMPERING.values(), ids=TAMPERING)
def test_verifying_names_what_was_changed(
    path: str, honest: bytes, forged: bytes, named: str, copy: Path
) -> None:
    content = (copy / path).read_bytes()
    assert honest in content
    (copy / path).write_bytes(content.replace(honest, forged, 1))

    with pytest.raises(BrokenLogError, match=named):
        verify_bundle(copy)


def test_a_longer_manifest_is_noticed(copy: Path) -> None:
    with (copy / "manifest").open("a") as manifest:
        manifest.write("more\n")

    with pytest.raises(BrokenLogError, match="manifest: lists more than there is"):
        verify_bundle(copy)


def test_a_tile_that_follows_from_changed_entries_does_not_lead_to_the_one_above(
    copy: Path, tmp_path: Path, signer: Signer
) -> None:
    with TileLog.open(tmp_path / "other", signer=signer, origin=ORIGIN) as log:
        log.append([entry(index + 1) for index in range(SIZE)])
        log.publish()
    for path in ("tile/entries/001", "tile/0/001"):
        (copy / path).write_bytes((tmp_path / "other" / path).read_bytes())

    with pytest.raises(BrokenLogError, match="tile/0/001: does not lead to the tile above it"):
        verify_bundle(copy)


@pytest.mark.slow
def test_an_upper_tile_that_does_not_lead_to_the_one_above_is_named(tmp_path: Path, signer: Signer) -> None:
    with TileLog.open(tmp_path / "log", signer=signer, origin=ORIGIN) as log:
        log.append([b"x"] * 65536)
        log.append([b"y"])
        log.publish()
    bundle = tmp_path / "bundle"
    export((tmp_path / "log", []), bundle, signer.verifier(), start=65536)
    honest = verify_bundle(bundle)
    tile = bundle / "tile/1/000"
    tile.write_bytes(bytes(32) + tile.read_bytes()[32:])

    with pytest.raises(BrokenLogError, match="tile/1/000: does not lead to the tile above it"):
        verify_bundle(bundle)
    assert (honest.start, honest.until) == (65536, 65537)


def test_a_checkpoint_of_other_entries_is_named(copy: Path, tmp_path: Path, signer: Signer) -> None:
    with TileLog.open(tmp_path / "other", signer=signer, origin=ORIGIN) as log:
        log.append([b"other"] * SIZE)
        (copy / "checkpoint").write_text(log.publish())

    with pytest.raises(BrokenLogError, match="checkpoint: its root is not the root of the tiles"):
        verify_bundle(copy)


def test_a_bundle_of_another_key_is_not_taken_for_the_one_that_is_known(copy: Path) -> None:
    known = Signer.make(ORIGIN, seed=bytes(32)).verifier()

    with pytest.raises(BrokenLogError, match=r"public-key: is not the key log\.panjereh\.test/audit"):
        verify_bundle(copy, verifier=known)


def test_verifying_a_bundle_tells_how_far_it_is(part: Path) -> None:
    told: list[tuple[int, int]] = []

    verify_bundle(part, progress=lambda done, size: told.append((done, size)))

    assert told == [(256, 512), (512, 512)]


def test_the_program_says_what_is_in_order(
    whole: Path, signer: Signer, capsys: pytest.CaptureFixture[str]
) -> None:
    status = verify.main([str(whole), "--key", str(signer.verifier())])

    assert status == 0
    assert capsys.readouterr().out.startswith(f"OK leaves 0 until {SIZE} of {SIZE} root ")


def test_the_program_says_that_a_key_that_came_along_proves_little(
    whole: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify.main([str(whole)]) == 0
    assert "compare it with one you have from elsewhere" in capsys.readouterr().out


def test_the_program_tells_how_far_it_is(
    whole: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(verify, "STEP", 512)

    verify.main([str(whole)])

    assert capsys.readouterr().err == "512 of 1100 leaves\n1024 of 1100 leaves\n"


def test_the_program_names_what_is_broken_and_ends_with_one(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (copy / "README.fa.md").write_text("x")

    assert verify.main([str(copy)]) == 1
    assert capsys.readouterr().out == "BROKEN log-broken README.fa.md: is not what the manifest says\n"


@pytest.mark.parametrize("arguments", [["nowhere"], [".", "--key", "no key"]])
def test_the_program_ends_with_two_if_it_cannot_begin(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify.main(arguments) == 2
    assert capsys.readouterr().err


@pytest.mark.slow
def test_the_program_needs_neither_django_nor_a_database(whole: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys; sys.argv = ['verify', sys.argv[1]]; from panjereh_tlog import verify; verify.main();"
        "print([name for name in sys.modules if name.split('.')[0] in"
        " {'django', 'psycopg', 'panjereh', 'starlette'}])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, str(whole)], capture_output=True, text=True, check=True
    )

    assert done.stdout.startswith("OK leaves")
    assert done.stdout.endswith("[]\n")
