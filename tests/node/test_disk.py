"""What the node keeps on disk: the ledger, the replay journal, the cached configuration, the settings."""

import asyncio
import datetime as dt
import errno
import json
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from panjereh_contracts.configuration import ConfigurationRolledBackError, Freshness
from panjereh_contracts.identifiers import parse_subsystem
from panjereh_contracts.p256 import SignatureInvalid
from panjereh_kernel.environment import EnvironmentFaulty
from panjereh_node import cli
from panjereh_node.adapters.cache import DiskCache
from panjereh_node.adapters.journal import JournalBrokenError, ReplayJournal, derive_key
from panjereh_node.adapters.ledger import DiskLedger
from panjereh_node.adapters.settings import read_settings
from panjereh_node.flows.keeping import ConfigurationKeeper
from panjereh_node.flows.ports import Logged, LoggingFailed
from panjereh_node.protocol.messages import HttpAnswer
from panjereh_node.protocol.replay import ANSWER_WINDOW, GivenAnswer, Replayed, ReplayMemory, SeenNonce
from panjereh_tlog.directory import Disk, TileLog
from panjereh_tlog.notes import Signer
from tests.node.kit import AT, CIVIL, MESSAGE_ID, WINDOW, World, node_environment, pem

KEY = derive_key(b"secret")
NONCE = SeenNonce("ito-1", "n" * 24, AT + dt.timedelta(minutes=1))
GIVEN = GivenAnswer(
    parse_subsystem(WINDOW),
    UUID(MESSAGE_ID),
    "f",
    HttpAnswer(200, [("content-type", "x")], b"9990000001"),
    AT + ANSWER_WINDOW,
)


class FullDisk(Disk):
    """A disk that is full while it is told to be."""

    is_full = False

    def append(self, path: Path, content: bytes) -> None:
        if self.is_full:
            raise OSError(errno.ENOSPC, "No space left on device")
        super().append(path, content)


def restored(directory: Path, *, at: dt.datetime = AT) -> ReplayMemory:
    memory = ReplayMemory()
    ReplayJournal(directory, key=KEY).restore(memory, at=at)
    return memory


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[ReplayJournal]:
    journal = ReplayJournal(tmp_path, key=KEY)
    yield journal
    journal.close()


def test_what_was_remembered_is_remembered_after_a_restart(journal: ReplayJournal, tmp_path: Path) -> None:
    journal.append([NONCE, GIVEN, NONCE], at=AT)

    memory = restored(tmp_path)

    with pytest.raises(Replayed):
        memory.see(NONCE, at=AT)
    assert memory.find(GIVEN.consumer, GIVEN.message_id, fingerprint="f", at=AT) == GIVEN


def test_what_no_longer_matters_is_not_restored(journal: ReplayJournal, tmp_path: Path) -> None:
    journal.append([NONCE], at=AT)

    restored(tmp_path, at=AT + dt.timedelta(hours=1)).see(NONCE, at=AT)


def test_the_journal_tells_nothing_without_its_key(journal: ReplayJournal, tmp_path: Path) -> None:
    journal.append([GIVEN], at=AT)

    [segment] = tmp_path.iterdir()
    assert b"9990000001" not in segment.read_bytes()
    with pytest.raises(JournalBrokenError):
        ReplayJournal(tmp_path, key=derive_key(b"other")).restore(ReplayMemory(), at=AT)


def test_a_torn_last_line_is_dropped(journal: ReplayJournal, tmp_path: Path) -> None:
    journal.append([NONCE, GIVEN], at=AT)
    [segment] = tmp_path.iterdir()
    segment.write_bytes(segment.read_bytes()[:-5])

    memory = restored(tmp_path)

    with pytest.raises(Replayed):
        memory.see(NONCE, at=AT)
    assert memory.find(GIVEN.consumer, GIVEN.message_id, fingerprint="f", at=AT) is None


def test_a_changed_line_is_not_passed_over(journal: ReplayJournal, tmp_path: Path) -> None:
    journal.append([NONCE, GIVEN], at=AT)
    [segment] = tmp_path.iterdir()
    segment.write_bytes(b"AAAA" + segment.read_bytes()[4:])

    with pytest.raises(JournalBrokenError):
        restored(tmp_path)


def test_segments_are_deleted_once_nothing_in_them_matters(journal: ReplayJournal, tmp_path: Path) -> None:
    for windows in range(5):
        journal.append([GIVEN], at=AT + windows * (ANSWER_WINDOW + dt.timedelta(seconds=1)))

    assert len(list(tmp_path.iterdir())) == 2


def test_after_a_failed_write_a_new_segment_begins(
    journal: ReplayJournal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(errno.EIO, "I/O error")

    journal.append([NONCE], at=AT)
    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", fail)
        with pytest.raises(OSError, match="I/O"):
            journal.append([GIVEN], at=AT)

    journal.append([GIVEN], at=AT + dt.timedelta(seconds=1))

    assert len(list(tmp_path.iterdir())) == 2


@pytest.fixture
def disk() -> FullDisk:
    return FullDisk()


@pytest.fixture
def ledger(tmp_path: Path, disk: FullDisk) -> Iterator[DiskLedger]:
    signer = Signer.make("panjereh/node/test", seed=bytes(32))
    opening = partial(TileLog.open, tmp_path / "log", signer=signer, origin=signer.name, disk=disk)
    journal = ReplayJournal(tmp_path / "replay", key=KEY)
    journal.restore(ReplayMemory(), at=AT)
    ledger = DiskLedger(opening, journal, origin=signer.name)
    yield ledger
    ledger.close()


def record_all(ledger: DiskLedger, leaves: list[bytes]) -> list[Logged | BaseException]:
    async def run() -> list[Logged | BaseException]:
        return await asyncio.gather(*(ledger.record(leaf) for leaf in leaves), return_exceptions=True)

    return asyncio.run(run())


def test_each_leaf_learns_its_own_index(ledger: DiskLedger, tmp_path: Path) -> None:
    leaves = [bytes([n]) for n in range(50)]

    logged = record_all(ledger, leaves)

    ledger.close()
    signer = Signer.make("panjereh/node/test", seed=bytes(32))
    with TileLog.open(tmp_path / "log", signer=signer, origin=signer.name) as log:
        assert [log.entry(entry.index) for entry in logged if isinstance(entry, Logged)] == leaves


def test_a_full_disk_refuses_and_the_log_goes_on_when_there_is_room(
    ledger: DiskLedger, disk: FullDisk
) -> None:
    [before] = record_all(ledger, [b"a"])
    disk.is_full = True
    [refused] = record_all(ledger, [b"b"])
    was_failing = ledger.is_failing
    disk.is_full = False
    [after] = record_all(ledger, [b"c"])

    assert isinstance(before, Logged)
    assert isinstance(refused, LoggingFailed)
    assert was_failing
    assert isinstance(after, Logged)
    assert after.index == before.index + 1
    assert not ledger.is_failing


def test_a_second_process_cannot_have_the_log(ledger: DiskLedger, tmp_path: Path) -> None:
    from panjereh_tlog.directory import LockedLogError

    signer = Signer.make("panjereh/node/test", seed=bytes(32))
    with pytest.raises(LockedLogError):
        TileLog.open(tmp_path / "log", signer=signer, origin=signer.name)


# --- configuration -------------------------------------------------------------------------------

WORLD = World()


def make_keeper(directory: Path) -> ConfigurationKeeper:
    return ConfigurationKeeper(WORLD.anchors(), DiskCache(directory / "configuration.jws"), lambda _: None)


def test_a_configuration_outlives_the_program(tmp_path: Path) -> None:
    make_keeper(tmp_path).accept(WORLD.jws(serial=3))
    keeper = make_keeper(tmp_path)

    keeper.restore()

    assert keeper.usable(at=AT).serial == 3
    assert keeper.freshness(at=AT) is Freshness.FRESH


def test_without_any_configuration_the_node_is_outdated(tmp_path: Path) -> None:
    keeper = make_keeper(tmp_path)

    keeper.restore()

    assert keeper.freshness(at=AT) is Freshness.OUTDATED


def test_a_cache_somebody_changed_is_not_believed(tmp_path: Path) -> None:
    stranger = World()
    (tmp_path / "configuration.jws").write_bytes(stranger.jws())

    with pytest.raises(SignatureInvalid):
        make_keeper(tmp_path).restore()


def test_an_older_configuration_does_not_replace_a_newer_one(tmp_path: Path) -> None:
    keeper = make_keeper(tmp_path)
    keeper.accept(WORLD.jws(serial=3))

    keeper.accept(WORLD.jws(serial=3))
    with pytest.raises(ConfigurationRolledBackError):
        keeper.accept(WORLD.jws(serial=2))

    assert keeper.usable(at=AT).serial == 3


# --- settings ------------------------------------------------------------------------------------


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return node_environment(
        WORLD, "interior", tmp_path, registry="http://127.0.0.1:1", backends={CIVIL: "http://a:1/b"}
    )


def test_settings_are_read_once_and_hide_their_secrets(environment: dict[str, str]) -> None:
    settings = read_settings(environment)

    assert settings.id == "interior"
    assert list(settings.signing_keys) == ["nocr"]
    assert "seed" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ID", "Not an id"),
        ("EDGE_LISTEN", "0.0.0.0:80"),
        ("MTLS_LISTEN", "80"),
        ("REGISTRY_URL", "ftp://x"),
        ("ANCHOR_FILE", "/nowhere"),
        ("TLS_KEY_FILE", "/nowhere"),
        ("TLS_CERTIFICATE_FILE", "/nowhere"),
        ("SIGNING_KEY_DIRECTORY", "/nowhere"),
        ("LOG_KEY_FILE", "/nowhere"),
        ("BACKENDS_FILE", "/nowhere"),
    ],
)
def test_each_setting_at_fault_is_named(environment: dict[str, str], name: str, value: str) -> None:
    with pytest.raises(EnvironmentFaulty) as refused:
        read_settings({**environment, f"PANJEREH_NODE_{name}": value})

    assert [fault.partition(":")[0] for fault in refused.value.faults] == [f"PANJEREH_NODE_{name}"]


@pytest.mark.parametrize("backends", [[], {"x": "http://a"}, {CIVIL: "file:///etc"}, {CIVIL: 1}])
def test_backends_that_are_not_addresses_are_refused(environment: dict[str, str], backends: object) -> None:
    Path(environment["PANJEREH_NODE_BACKENDS_FILE"]).write_text(json.dumps(backends))

    with pytest.raises(EnvironmentFaulty):
        read_settings(environment)


def test_keys_of_the_wrong_kind_are_refused(environment: dict[str, str]) -> None:
    directory = Path(environment["PANJEREH_NODE_SIGNING_KEY_DIRECTORY"])
    (directory / "nocr.pem").write_bytes(pem(Ed25519PrivateKey.generate()))
    Path(environment["PANJEREH_NODE_LOG_KEY_FILE"]).write_bytes(pem(WORLD.registry_key))

    with pytest.raises(EnvironmentFaulty) as refused:
        read_settings(environment)

    assert len(refused.value.faults) == 2


def test_the_program_says_all_that_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in os.environ if name.startswith("PANJEREH_NODE_")]:
        monkeypatch.delenv(name)

    assert cli.main(["serve"]) == 2
    assert capsys.readouterr().err.count("is not set") == 11


@pytest.fixture
def in_production(environment: dict[str, str]) -> dict[str, str]:
    for path in Path(environment["PANJEREH_NODE_LOG_KEY_FILE"]).parent.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return environment | {"PANJEREH_PROFILE": "production"}


def test_a_node_with_keys_of_its_own_starts_in_production(in_production: dict[str, str]) -> None:
    assert read_settings(in_production).id == "interior"


@pytest.mark.parametrize("name", ["TLS_KEY_FILE", "LOG_KEY_FILE", "SIGNING_KEY_DIRECTORY"])
def test_production_refuses_keys_that_anybody_can_read(in_production: dict[str, str], name: str) -> None:
    path = Path(in_production[f"PANJEREH_NODE_{name}"])
    (path if path.is_file() else path / "nocr.pem").chmod(0o644)

    assert names_of_faults(in_production) == [f"PANJEREH_NODE_{name}"]


@pytest.mark.parametrize(
    "name", ["ANCHOR_FILE", "BACKENDS_FILE", "LOG_KEY_FILE", "TLS_KEY_FILE", "SIGNING_KEY_DIRECTORY"]
)
def test_production_refuses_what_the_practice_country_made(
    in_production: dict[str, str], tmp_path: Path, name: str
) -> None:
    made = Path(in_production[f"PANJEREH_NODE_{name}"])
    (tmp_path / "country").mkdir()
    moved = made.rename(tmp_path / "country" / made.name)
    ((moved if moved.is_dir() else moved.parent) / "PRACTICE").touch()

    assert names_of_faults(in_production | {f"PANJEREH_NODE_{name}": str(moved)}) == [f"PANJEREH_NODE_{name}"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PANJEREH_NODE_REGISTRY_URL", "http://registry.example"),
        ("PANJEREH_NODE_EDGE_LISTEN", "0.0.0.0:80"),
        ("PANJEREH_NODE_METRICS_LISTEN", "0.0.0.0:80"),
        ("PYTHONASYNCIODEBUG", "1"),
    ],
)
def test_production_refuses_plain_http_beyond_this_machine_and_debugging(
    in_production: dict[str, str], name: str, text: str
) -> None:
    assert names_of_faults(in_production | {name: text}) == [name]


def test_without_a_profile_a_node_is_in_production(environment: dict[str, str]) -> None:
    del environment["PANJEREH_PROFILE"]

    assert "PANJEREH_NODE_LOG_KEY_FILE" in names_of_faults(environment)


def names_of_faults(environment: dict[str, str]) -> list[str]:
    with pytest.raises(EnvironmentFaulty) as refused:
        read_settings(environment)
    return [fault.partition(":")[0] for fault in refused.value.faults]


def test_a_setting_nobody_reads_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PANJEREH_NODE_LISTEN", "x")
    monkeypatch.setenv("PANJEREH_NODE_URL", "the platform's")

    cli.main(["serve"])

    told = capsys.readouterr().err
    assert "unknown setting: PANJEREH_NODE_LISTEN" in told
    assert "unknown setting: PANJEREH_NODE_URL" not in told
