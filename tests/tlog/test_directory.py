"""The log in a folder: what it promises when all goes well, and what it notices when somebody changed it."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panjereh_tlog.checkpoints import open_checkpoint
from panjereh_tlog.directory import BrokenLogError, LockedLogError, PublishedLog, TileLog
from panjereh_tlog.hashing import EMPTY_ROOT, leaf_hash
from panjereh_tlog.notes import Signer
from panjereh_tlog.proofs import verify_consistency, verify_inclusion
from tests.tlog import reference
from tests.tlog.conftest import ORIGIN

batches = st.lists(st.lists(st.binary(max_size=20), max_size=200), max_size=5)


def entries(count: int, *, start: int = 0) -> list[bytes]:
    return [b"entry %d" % index for index in range(start, start + count)]


def published(folder: Path, signer: Signer) -> PublishedLog:
    return PublishedLog(folder, origin=ORIGIN, verifier=signer.verifier())


def make_log(folder: Path, signer: Signer, count: int) -> None:
    with TileLog.open(folder, signer=signer, origin=ORIGIN) as log:
        log.append(entries(count))
        log.publish()


def test_a_new_log_publishes_an_empty_checkpoint(folder: Path, signer: Signer) -> None:
    with TileLog.open(folder, signer=signer, origin=ORIGIN) as log:
        assert (log.size, log.checkpoint().root) == (0, EMPTY_ROOT)

    assert published(folder, signer).verify().size == 0


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(batches=batches)
@pytest.mark.slow
def test_a_log_is_the_tree_of_what_was_appended(
    batches: list[list[bytes]], tmp_path_factory: pytest.TempPathFactory, signer: Signer
) -> None:
    folder = tmp_path_factory.mktemp("log")
    appended = [entry for batch in batches for entry in batch]

    with TileLog.open(folder, signer=signer, origin=ORIGIN) as log:
        for batch in batches:
            log.append(batch)
        assert log.checkpoint().root == reference.root(appended)
    with TileLog.open(folder, signer=signer, origin=ORIGIN) as log:
        assert [log.entry(index) for index in range(log.size)] == appended

    assert published(folder, signer).verify().root == reference.root(appended)


def test_nothing_is_written_for_an_empty_batch(folder: Path, signer: Signer) -> None:
    with TileLog.open(folder, signer=signer, origin=ORIGIN) as log:
        log.append([])

        assert (folder / "journal").stat().st_size == 0


def test_an_appended_entry_survives_without_being_published(folder: Path, signer: Signer) -> None:
    with TileLog.open(folder, signer=signer, origin=ORIGIN) as log:
        log.append([b"kept"])

    with TileLog.open(folder, signer=signer, origin=ORIGIN) as log:
        assert log.entry(0) == b"kept"


def test_the_published_checkpoint_does_not_count_what_is_only_appended(folder: Path, signer: Signer) -> None:
    with TileLog.open(folder, signer=signer, origin=ORIGIN) as log:
        log.append([b"a"])
        before = published(folder, signer).size
        log.publish()

    assert (before, published(folder, signer).size) == (0, 1)


def test_a_log_publishes_itself_before_its_journal_outgrows_a_tile(folder: Path, signer: Signer) -> None:
    with TileLog.open(folder, signer=signer, origin=ORIGIN) as log:
        for entry in entries(256):
            log.append([entry])

    assert published(folder, signer).size == 256


def test_a_signed_checkpoint_counts_what_is_only_appended(folder: Path, signer: Signer) -> None:
    with TileLog.open(folder, signer=signer, origin=ORIGIN) as log:
        log.append([b"a"])
        checkpoint = open_checkpoint(log.signed_checkpoint(), origin=ORIGIN, verifiers=[signer.verifier()])

    assert (checkpoint.size, checkpoint.root) == (1, leaf_hash(b"a"))


def test_publishing_twice_changes_nothing(folder: Path, signer: Signer) -> None:
    with TileLog.open(folder, signer=signer, origin=ORIGIN) as log:
        log.append([b"a"])

        assert log.publish() == log.publish()


def test_every_entry_of_a_log_of_several_tiles_is_proven(folder: Path, signer: Signer) -> None:
    appended = entries(600)
    with TileLog.open(folder, signer=signer, origin=ORIGIN) as log:
        log.append(appended[:590])
        log.append(appended[590:])
        root = log.checkpoint().root
        for index in (0, 255, 256, 511, 512, 589, 590, 599):
            proof = log.inclusion_proof(index)
            verify_inclusion(leaf_hash(log.entry(index)), index=index, size=600, proof=proof, root=root)
            assert proof == reference.path(index, appended)


def test_a_published_log_proves_earlier_states_too(folder: Path, signer: Signer) -> None:
    make_log(folder, signer, 600)
    log = published(folder, signer)

    verify_consistency(
        old_size=300,
        new_size=590,
        proof=log.consistency_proof(300, new=590),
        old_root=log.root(300),
        new_root=reference.root(entries(590)),
    )


def test_a_log_has_no_proof_about_its_future(folder: Path, signer: Signer) -> None:
    make_log(folder, signer, 3)
    log = published(folder, signer)

    with pytest.raises(IndexError):
        log.inclusion_proof(0, size=4)
    with pytest.raises(IndexError):
        log.entry(3)


def test_entries_are_read_on_from_any_index(folder: Path, signer: Signer) -> None:
    make_log(folder, signer, 300)

    assert list(published(folder, signer).entries(250)) == entries(50, start=250)


def test_a_reader_keeps_its_checkpoint_while_the_log_grows_over_its_partial_tiles(
    folder: Path, signer: Signer
) -> None:
    with TileLog.open(folder, signer=signer, origin=ORIGIN) as log:
        log.append(entries(200))
        log.publish()
        reader = published(folder, signer)
        log.append(entries(200, start=200))
        log.publish()

    assert not (folder / "tile/entries/000.p").exists()
    assert reader.verify().size == 200


@pytest.mark.slow
def test_reading_a_long_log_keeps_few_tiles_in_memory(folder: Path, signer: Signer) -> None:
    make_log(folder, signer, 65 * 256 + 1)
    log = published(folder, signer)

    assert sum(1 for _ in log.entries()) == 65 * 256 + 1
    assert len(log._cache) <= 64
    assert (folder / "tile/1/000.p/65").exists()


def test_a_second_writer_is_kept_out(folder: Path, signer: Signer) -> None:
    with TileLog.open(folder, signer=signer, origin=ORIGIN), pytest.raises(LockedLogError) as refusal:
        TileLog.open(folder, signer=signer, origin=ORIGIN)

    assert refusal.value.code == "log-locked"


def test_the_lock_is_given_back(folder: Path, signer: Signer) -> None:
    TileLog.open(folder, signer=signer, origin=ORIGIN).close()

    TileLog.open(folder, signer=signer, origin=ORIGIN).close()


def test_a_too_long_entry_is_refused_and_nothing_is_added(folder: Path, signer: Signer) -> None:
    with TileLog.open(folder, signer=signer, origin=ORIGIN) as log:
        with pytest.raises(ValueError, match="65535"):
            log.append([b"a", bytes(65536)])

        assert (log.size, log.append([b"b"]).size) == (0, 1)


def test_the_log_refuses_to_say_what_it_has_not(folder: Path, signer: Signer) -> None:
    with TileLog.open(folder, signer=signer, origin=ORIGIN) as log, pytest.raises(IndexError):
        log.entry(0)


# What was published, changed by somebody: (file, what is done to it, the part that is named).
TAMPERING = {
    "an entry": ("tile/entries/000", b"entry 7", b"entry X", "tile/0/000"),
    "a partial entry": ("tile/entries/001.p/44", b"entry 299", b"entry 2X9", "tile/0/001.p/44"),
    "a hash": ("tile/0/000", leaf_hash(b"entry 7"), bytes(32), "tile/0/000"),
    "a partial hash": ("tile/0/001.p/44", leaf_hash(b"entry 299"), bytes(32), "tile/0/001.p/44"),
    "a bundle's framing": ("tile/entries/000", b"\x00\x07entry 7", b"\xff\x07entry 7", "tile/entries/000"),
    "a bundle's count": ("tile/entries/000", b"\x00\x07entry 7", b"", "tile/entries/000"),
    "the checkpoint": ("checkpoint", b"\n300\n", b"\n299\n", "checkpoint"),
}


@pytest.mark.parametrize(("path", "honest", "forged", "part"), TAMPERING.values(), ids=TAMPERING)
def test_verifying_names_the_first_file_that_was_changed(
    path: str, honest: bytes, forged: bytes, part: str, folder: Path, signer: Signer
) -> None:
    make_log(folder, signer, 300)
    file = folder / path
    file.write_bytes(file.read_bytes().replace(honest, forged))

    with pytest.raises(BrokenLogError) as broken:
        published(folder, signer).verify()

    assert (broken.value.code, broken.value.part) == ("log-broken", part)


@pytest.mark.parametrize("path", ["tile/entries/000", "tile/0/000", "tile/1/000.p/1", "checkpoint"])
def test_verifying_names_the_file_that_is_gone(path: str, folder: Path, signer: Signer) -> None:
    make_log(folder, signer, 300)
    (folder / path).unlink()

    with pytest.raises(BrokenLogError) as broken:
        published(folder, signer).verify()

    assert broken.value.part == path


def test_verifying_names_a_full_tile_that_is_cut_where_a_partial_one_is_read(
    folder: Path, signer: Signer
) -> None:
    make_log(folder, signer, 300)
    (folder / "tile/0/001.p/44").rename(folder / "tile/0/001")

    with pytest.raises(BrokenLogError) as broken:
        published(folder, signer).verify()

    assert broken.value.part == "tile/0/001"


def test_a_root_that_is_not_the_root_of_the_entries_is_noticed(folder: Path, signer: Signer) -> None:
    make_log(folder, signer, 3)
    other = folder.parent / "other"
    with TileLog.open(other, signer=signer, origin=ORIGIN) as log:
        log.append([b"other"] * 3)
        log.publish()
    (folder / "checkpoint").write_bytes((other / "checkpoint").read_bytes())

    with pytest.raises(BrokenLogError, match="root of the entries"):
        published(folder, signer).verify()
    with pytest.raises(BrokenLogError, match="root of the tiles"):
        TileLog.open(folder, signer=signer, origin=ORIGIN)


@pytest.mark.parametrize(
    ("path", "honest", "forged", "part"),
    [
        ("tile/entries/001.p/44", b"entry 299", b"entry 2X9", "tile/entries/001.p/44"),
        ("tile/0/001.p/44", leaf_hash(b"entry 299"), bytes(32), "tile/entries/001.p/44"),
        ("checkpoint", b"\n300\n", b"\n299\n", "checkpoint"),
    ],
)
def test_opening_checks_the_right_edge(
    path: str, honest: bytes, forged: bytes, part: str, folder: Path, signer: Signer
) -> None:
    make_log(folder, signer, 300)
    file = folder / path
    file.write_bytes(file.read_bytes().replace(honest, forged))

    with pytest.raises(BrokenLogError) as broken:
        TileLog.open(folder, signer=signer, origin=ORIGIN)

    assert broken.value.part == part


@pytest.mark.parametrize("path", ["checkpoint", "journal"])
def test_a_log_without_its_checkpoint_or_journal_does_not_begin_anew(
    path: str, folder: Path, signer: Signer
) -> None:
    make_log(folder, signer, 3)
    (folder / path).unlink()

    with pytest.raises(BrokenLogError) as broken:
        TileLog.open(folder, signer=signer, origin=ORIGIN)

    assert broken.value.part == path


def test_an_unpublished_log_without_its_checkpoint_does_not_begin_anew(folder: Path, signer: Signer) -> None:
    with TileLog.open(folder, signer=signer, origin=ORIGIN) as log:
        log.append([b"kept"])
    (folder / "checkpoint").unlink()

    with pytest.raises(BrokenLogError):
        TileLog.open(folder, signer=signer, origin=ORIGIN)


def test_the_log_of_another_key_is_not_continued(folder: Path, signer: Signer) -> None:
    make_log(folder, signer, 3)

    with pytest.raises(BrokenLogError, match="did not sign"):
        TileLog.open(folder, signer=Signer.make(ORIGIN, seed=bytes(32)), origin=ORIGIN)


def test_a_changed_frame_with_a_good_one_behind_it_is_not_cut_away(folder: Path, signer: Signer) -> None:
    with TileLog.open(folder, signer=signer, origin=ORIGIN) as log:
        log.append([b"first"])
        log.append([b"second"])
    journal = folder / "journal"
    journal.write_bytes(journal.read_bytes().replace(b"first", b"f1rst"))

    with pytest.raises(BrokenLogError, match="a good one behind it") as broken:
        TileLog.open(folder, signer=signer, origin=ORIGIN)

    assert broken.value.part == "journal"


def test_a_journal_that_does_not_go_on_where_the_tiles_end_is_noticed(folder: Path, signer: Signer) -> None:
    with TileLog.open(folder, signer=signer, origin=ORIGIN) as log:
        log.append([b"first"])
        cut = (folder / "journal").stat().st_size
        log.append([b"second"])
    journal = folder / "journal"
    journal.write_bytes(journal.read_bytes()[cut:])

    with pytest.raises(BrokenLogError, match="has entry 1 where 0 is due"):
        TileLog.open(folder, signer=signer, origin=ORIGIN)


@given(st.integers(1, 10**9))
def test_tiles_have_the_paths_of_the_layout(index: int) -> None:
    from panjereh_tlog.tiles import Tile

    path = Tile(0, index).path()
    digits = "".join(part.removeprefix("x") for part in path.removeprefix("tile/0/").split("/"))

    assert int(digits) == index
    assert all(part.startswith("x") for part in path.split("/")[2:-1])


def test_the_example_path_of_the_layout_is_made() -> None:
    from panjereh_tlog.tiles import Tile

    assert Tile(0, 1234067).path() == "tile/0/x001/x234/067"
