"""The program: its settings, its commands, and the real server."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import httpx
import pytest

from panjereh_kernel.environment import EnvironmentFaulty
from panjereh_land import cli
from panjereh_land.preparation import keys
from panjereh_land.preparation.folder import Folder
from panjereh_land.settings import read_settings
from panjereh_land.stories import Story
from tests.land.conftest import AT, Caller

ROOT = Path(__file__).resolve().parents[2]


def test_every_fault_of_the_settings_is_listed_at_once() -> None:
    with pytest.raises(EnvironmentFaulty) as caught:
        read_settings({"PANJEREH_LAND_SEED": "x", "PANJEREH_LAND_POPULATION": "0"})

    assert [fault.partition(":")[0] for fault in caught.value.faults] == [
        "PANJEREH_LAND_LISTEN is not set",
        "PANJEREH_LAND_SEED",
        "PANJEREH_LAND_POPULATION",
    ]


@pytest.mark.parametrize("address", ["", "8090", "127.0.0.1:", "127.0.0.1:70000", "0.0.0.0:8090", "host:1"])
def test_it_listens_on_loopback_only(address: str) -> None:
    with pytest.raises(EnvironmentFaulty):
        read_settings({"PANJEREH_LAND_LISTEN": address})


def test_it_never_runs_in_production() -> None:
    with pytest.raises(EnvironmentFaulty) as caught:
        read_settings({"PANJEREH_LAND_LISTEN": "127.0.0.1:8090", "PANJEREH_PROFILE": "production"})

    assert caught.value.faults == ["PANJEREH_PROFILE: the practice country never runs in production"]


def test_the_application_is_the_country_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANJEREH_LAND_LISTEN", "127.0.0.1:8090")
    monkeypatch.setenv("PANJEREH_LAND_POPULATION", "5")

    assert Caller(cli.application()).get("/health/ready").status_code == 200


def test_the_application_stamps_and_shows_its_metrics_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = Folder(tmp_path / "keys", draw=os.urandom)
    root = keys.document_root(folder, "root.crt", key_name="root.key", at=AT)
    root_key = keys.p256_key(folder, "root.key")
    keys.time_stamp_certificate(folder, "tsa.crt", key_name="tsa.key", root=root, root_key=root_key, at=AT)
    monkeypatch.setenv("PANJEREH_LAND_LISTEN", "127.0.0.1:8090")
    monkeypatch.setenv("PANJEREH_LAND_POPULATION", "5")
    monkeypatch.setenv("PANJEREH_LAND_METRICS_LISTEN", f"127.0.0.1:{port}")
    monkeypatch.setenv("PANJEREH_LAND_TIME_STAMP_KEY_FILE", str(folder.path("tsa.key")))
    monkeypatch.setenv("PANJEREH_LAND_TIME_STAMP_CERTIFICATE_FILE", str(folder.path("tsa.crt")))

    refused = Caller(cli.application()).post("/time-stamps", content=b"no query")

    assert refused.json()["code"] == "time-stamp-query-not-valid"
    assert b"panjereh_requests" in urlopen(f"http://127.0.0.1:{port}/metrics").read()


def test_people_are_shown_with_what_happens_to_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["people", "--count", "1", "--population", "300"]) == 0

    shown = capsys.readouterr().out
    assert all(f"{story.value}: " in shown for story in Story)


def test_people_are_given_to_programs_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["people", "--count", "2", "--json", "--population", "300"])

    people = json.loads(capsys.readouterr().out)
    assert [person["story"] for person in people].count("granted") == 2
    assert people[0]["mobile"].startswith("0980")
    assert people[0]["mobile_international"].startswith("+98980")


def test_prepare_writes_the_manifest(tmp_path: Path, ports: dict[str, int]) -> None:
    status = cli.main(["prepare", "--directory", str(tmp_path / "keys"), "--ports", json.dumps(ports)])

    programs = json.loads((tmp_path / "keys/manifest.json").read_text("utf-8"))["programs"]
    assert status == 0
    assert programs["registry"]["PANJEREH_REGISTRY_STATE_DIRECTORY"] == str(tmp_path / "state/registry")


def test_wrong_ports_are_told_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["prepare", "--directory", str(tmp_path / "keys"), "--ports", "{}"]) == 2

    assert "no port for" in capsys.readouterr().err
    assert not (tmp_path / "keys").exists()


def test_serving_with_faulty_settings_does_not_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PANJEREH_LAND_LISTEN", raising=False)

    assert cli.main(["serve"]) == 2
    assert "PANJEREH_LAND_LISTEN" in capsys.readouterr().err


def test_an_impossible_population_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["people", "--population", "0"])

    assert "--population" in capsys.readouterr().err


@pytest.mark.slow
def test_the_real_server_answers_and_really_loses_an_answer(server: str) -> None:
    with httpx.Client(base_url=server, trust_env=False) as client:
        client.post("/practice/faults", json={"agency": "post", "kind": "lost", "calls": 1})

        with pytest.raises(httpx.RemoteProtocolError):
            client.post("/post/place/lookup", json={"postal_code": "9999900000"})

        assert client.post("/post/place/lookup", json={"postal_code": "9999900000"}).json()["found"] is False
        metrics = httpx.get(os.environ["PANJEREH_TEST_LAND_METRICS"], trust_env=False).text

    assert 'panjereh_requests_total{method="POST",route="lookup",status="2xx"} 2.0' in metrics
    assert "9999900000" not in metrics + Path(os.environ["PANJEREH_TEST_LAND_LOG"]).read_text("utf-8")


@pytest.fixture
def ports() -> dict[str, int]:
    from panjereh_land.preparation.ports import NODES, PROGRAMS

    names = [*PROGRAMS, *(f"{node}-{kind}" for node in NODES for kind in ("edge", "mtls"))]
    return {name: 20_000 + place for place, name in enumerate(names)}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    address = f"127.0.0.1:{free_port()}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PANJEREH_LAND_LISTEN": address}
    environment["PANJEREH_LAND_POPULATION"] = "20"
    environment["PANJEREH_LAND_METRICS_LISTEN"] = listen = f"127.0.0.1:{free_port()}"
    monkeypatch.setenv("PANJEREH_TEST_LAND_METRICS", f"http://{listen}/metrics")
    monkeypatch.setenv("PANJEREH_TEST_LAND_LOG", str(tmp_path / "log"))
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "panjereh_land", "serve"], env=environment, stdout=log, stderr=log
        )
    try:
        wait_until_ready(f"http://{address}")
        yield f"http://{address}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=10)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def wait_until_ready(url: str) -> None:
    for _ in range(100):
        try:
            if httpx.get(f"{url}/health/ready", trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the server did not start")
