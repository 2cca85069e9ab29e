"""The registry signs when it must, never goes back, and does not fall over a bad source."""

import asyncio
import datetime as dt
import json
import socket
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from panjereh_contracts.configuration import read_anchors, verify_configuration
from panjereh_contracts.reading import UnreadableError
from panjereh_kernel.environment import EnvironmentFaulty
from panjereh_registry import cli
from panjereh_registry.adapters.app import make_app
from panjereh_registry.adapters.settings import read_settings
from panjereh_registry.adapters.shelf import DiskShelf
from panjereh_registry.asgi import create_app
from panjereh_registry.flows.publish import NothingToPublishError, Publisher
from panjereh_registry.protocol.publication import Edition
from tests.node.kit import AT, World, contract, pem

WORLD = World()
MINUTE = dt.timedelta(minutes=1)


def write_source(directory: Path, world: World = WORLD) -> None:
    (directory / "source.json").write_text(json.dumps(world.source()))


def make_publisher(directory: Path) -> Publisher:
    return Publisher(DiskShelf(directory / "source.json", directory / "state"), WORLD.registry_key)


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    write_source(tmp_path)
    return make_publisher(tmp_path)


def test_an_edition_is_what_nodes_believe(publisher: Publisher) -> None:
    edition = publisher.current(at=AT)

    configuration = verify_configuration(edition.jws, anchors=WORLD.anchors())
    assert configuration.serial == edition.serial
    assert configuration.fresh_until == AT + 10 * MINUTE
    assert configuration.usable_until == AT + dt.timedelta(days=30)


def test_an_edition_stands_while_nothing_changes_and_it_is_fresh_enough(publisher: Publisher) -> None:
    first = publisher.current(at=AT)

    assert publisher.current(at=AT + 4 * MINUTE) == first


def test_an_edition_is_renewed_before_it_is_stale(publisher: Publisher) -> None:
    first = publisher.current(at=AT)

    second = publisher.current(at=AT + 5 * MINUTE)

    assert second.serial > first.serial


def test_a_changed_source_is_published_at_once(publisher: Publisher, tmp_path: Path) -> None:
    first = publisher.current(at=AT)
    write_source(tmp_path, World(registry_key=WORLD.registry_key, contracts=[contract(id="c-2")]))

    second = publisher.current(at=AT)

    assert second.serial == first.serial + 1
    assert "c-2" in verify_configuration(second.jws, anchors=WORLD.anchors()).directory.contracts


def test_the_serial_outlives_the_program(publisher: Publisher, tmp_path: Path) -> None:
    first = publisher.current(at=AT)

    assert make_publisher(tmp_path).current(at=AT) == first


def test_the_serial_does_not_go_back_with_the_clock(publisher: Publisher) -> None:
    first = publisher.current(at=AT)

    assert publisher.current(at=AT - dt.timedelta(days=1)).serial > first.serial


def test_the_serial_does_not_go_back_with_a_lost_state(publisher: Publisher, tmp_path: Path) -> None:
    first = publisher.current(at=AT)
    (tmp_path / "state" / "edition.json").unlink()

    assert publisher.current(at=AT + MINUTE).serial > first.serial


@pytest.mark.parametrize("source", ["", "{}", '{"instance": "X"}'])
def test_a_bad_source_leaves_the_last_edition_standing(
    publisher: Publisher, tmp_path: Path, source: str
) -> None:
    first = publisher.current(at=AT)
    (tmp_path / "source.json").write_text(source)

    assert publisher.current(at=AT + 20 * MINUTE) == first
    assert publisher.source_fault


def test_an_edition_that_cannot_be_stored_leaves_the_last_one_standing(
    publisher: Publisher, tmp_path: Path
) -> None:
    first = publisher.current(at=AT)
    blocked = tmp_path / "state" / "edition.json.new"
    blocked.mkdir()

    assert publisher.current(at=AT + 5 * MINUTE) == first
    assert publisher.source_fault
    blocked.rmdir()
    assert publisher.current(at=AT + 5 * MINUTE).serial > first.serial
    assert publisher.source_fault is None


def test_without_a_good_source_there_is_nothing_to_publish(tmp_path: Path) -> None:
    with pytest.raises(NothingToPublishError):
        make_publisher(tmp_path).current(at=AT)


def test_a_state_that_cannot_be_read_is_not_passed_over(publisher: Publisher, tmp_path: Path) -> None:
    publisher.current(at=AT)
    (tmp_path / "state" / "edition.json").write_text("{}")

    with pytest.raises(UnreadableError):
        publisher.current(at=AT)


def test_an_edition_is_read_back_as_written(publisher: Publisher) -> None:
    edition = publisher.current(at=AT)

    assert Edition.decode(edition.encode()) == edition


def get(app: Any, path: str) -> tuple[int, dict[str, str], bytes]:
    """Ask an ASGI application without a socket."""
    messages: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    async def send(message: Any) -> None:
        messages.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [],
    }
    asyncio.run(app(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
    return messages[0]["status"], headers, b"".join(message.get("body", b"") for message in messages[1:])


def test_the_configuration_and_the_key_are_served(publisher: Publisher) -> None:
    app = make_app(publisher, clock=lambda: AT)

    status, headers, jws = get(app, "/configuration")
    _, _, key = get(app, "/configuration/key")

    assert (status, headers["content-type"]) == (200, "application/jose+json")
    keys = [{name: jwk[name] for name in ("kty", "crv", "x", "y", "kid")} for jwk in json.loads(key)["keys"]]
    verify_configuration(jws, anchors=read_anchors(json.dumps({"keys": keys}).encode()))


def test_health_tells_a_bad_source_from_nothing_at_all(publisher: Publisher, tmp_path: Path) -> None:
    app = make_app(publisher, clock=lambda: AT)
    assert get(app, "/health/live")[0] == 200
    assert json.loads(get(app, "/health/ready")[2])["status"] == "ready"
    (tmp_path / "source.json").unlink()

    assert json.loads(get(app, "/health/ready")[2])["status"] == "source-at-fault"
    (tmp_path / "state" / "edition.json").unlink()
    status, headers, body = get(app, "/health/ready")
    assert (status, headers["content-type"]) == (503, "application/problem+json")
    assert json.loads(body)["failing"] == ["nothing-to-publish"]
    assert get(app, "/configuration")[0] == 503


def test_an_edition_that_cannot_be_kept_is_told(publisher: Publisher, tmp_path: Path) -> None:
    app = make_app(publisher, clock=lambda: AT)
    (tmp_path / "state").write_text("a file where the folder should be")

    status, _, body = get(app, "/health/ready")

    assert (status, json.loads(body)["failing"]) == (503, ["state-not-writable"])


def environment(directory: Path, **changes: str) -> dict[str, str]:
    (directory / "key.pem").write_bytes(pem(WORLD.registry_key))
    return {
        "PANJEREH_PROFILE": "practice",
        "PANJEREH_REGISTRY_LISTEN": "127.0.0.1:8001",
        "PANJEREH_REGISTRY_SOURCE_FILE": str(directory / "source.json"),
        "PANJEREH_REGISTRY_KEY_FILE": str(directory / "key.pem"),
        "PANJEREH_REGISTRY_STATE_DIRECTORY": str(directory / "state"),
        **changes,
    }


def test_settings_are_read_once_and_typed(tmp_path: Path) -> None:
    settings = read_settings(environment(tmp_path, PANJEREH_REGISTRY_LISTEN="[::1]:8001"))

    assert settings.listen == ("::1", 8001)


def test_every_fault_of_the_settings_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "p384.pem").write_bytes(pem(ec.generate_private_key(ec.SECP384R1())))
    faulty = environment(
        tmp_path, PANJEREH_REGISTRY_LISTEN="x", PANJEREH_REGISTRY_KEY_FILE=str(tmp_path / "p384.pem")
    )
    del faulty["PANJEREH_REGISTRY_STATE_DIRECTORY"]

    with pytest.raises(EnvironmentFaulty) as refused:
        read_settings(faulty)

    assert len(refused.value.faults) == 3


@pytest.fixture
def in_production(tmp_path: Path) -> dict[str, str]:
    write_source(tmp_path)
    made = environment(tmp_path) | {"PANJEREH_PROFILE": "production"}
    (tmp_path / "key.pem").chmod(0o600)
    return made


def test_a_registry_with_a_key_of_its_own_starts_in_production(in_production: dict[str, str]) -> None:
    assert read_settings(in_production).listen == ("127.0.0.1", 8001)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PANJEREH_REGISTRY_LISTEN", "0.0.0.0:8001"),
        ("PANJEREH_REGISTRY_METRICS_LISTEN", "0.0.0.0:8001"),
        ("PYTHONDEVMODE", "1"),
    ],
)
def test_production_refuses_plain_http_beyond_this_machine_and_debugging(
    in_production: dict[str, str], name: str, text: str
) -> None:
    assert names_of_faults(in_production | {name: text}) == [name]


def test_production_refuses_a_key_that_anybody_can_read(
    in_production: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "key.pem").chmod(0o604)

    assert names_of_faults(in_production) == ["PANJEREH_REGISTRY_KEY_FILE"]


def test_production_refuses_what_the_practice_country_made(
    in_production: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "PRACTICE").touch()

    assert names_of_faults(in_production) == ["PANJEREH_REGISTRY_SOURCE_FILE", "PANJEREH_REGISTRY_KEY_FILE"]


def names_of_faults(variables: dict[str, str]) -> list[str]:
    with pytest.raises(EnvironmentFaulty) as refused:
        read_settings(variables)
    return [fault.partition(":")[0] for fault in refused.value.faults]


def test_a_setting_nobody_reads_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PANJEREH_REGISTRY_PORT", "x")

    cli.main(["serve"])

    assert "unknown setting: PANJEREH_REGISTRY_PORT" in capsys.readouterr().err


def test_the_program_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PANJEREH_REGISTRY_LISTEN", raising=False)

    assert cli.main(["serve"]) == 2
    assert "PANJEREH_REGISTRY_LISTEN is not set" in capsys.readouterr().err


def test_the_application_is_built_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_source(tmp_path)
    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)

    assert get(create_app(), "/configuration")[0] == 200


def test_the_application_shows_its_metrics_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_source(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PANJEREH_REGISTRY_METRICS_LISTEN", f"127.0.0.1:{port}")

    create_app()

    assert b"panjereh_requests" in urlopen(f"http://127.0.0.1:{port}/metrics").read()
