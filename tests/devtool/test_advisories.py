"""Which pinned packages have known faults: a loopback server plays the service that is asked."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from devtool import gate
from devtool.checks import advisories

PATIENCE_SECONDS = 0.1
Answer = Callable[[list[Any]], bytes]


@contextmanager
def service(answer: Answer, *, status: int = 200) -> Iterator[str]:
    """Yield the address of a service that answers so to the queries it is sent."""

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            said = answer(asked["queries"]) if self.path == "/v1/querybatch" else b""
            self.send_response(status)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Desk)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def told(*results: object) -> Answer:
    return lambda _queries: json.dumps({"results": results}).encode()


def slowly(_queries: list[Any]) -> bytes:
    time.sleep(3 * PATIENCE_SECONDS)
    return b""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements/dev.txt").write_text("bad==1 \\\n    --hash=sha256:ab\nGood_One==2.0\n")
    return tmp_path


def ask(address: str, tree: Path) -> list[str]:
    return advisories.faults(address, root=tree, patience_seconds=PATIENCE_SECONDS)


def test_a_package_with_known_faults_is_named_with_their_numbers(tree: Path) -> None:
    with service(told({"vulns": [{"id": "PYSEC-2"}, {"id": "GHSA-1"}]}, {})) as address:
        found = ask(address, tree)

    assert found == ["bad 1: GHSA-1, PYSEC-2 (https://osv.dev/vulnerability/GHSA-1)"]


def test_every_pinned_package_is_asked_about_at_its_version_and_nothing_else_is_told(tree: Path) -> None:
    asked: list[Any] = []

    def note(queries: list[Any]) -> bytes:
        asked.extend(queries)
        return b'{"results": [{}, {}]}'

    with service(note) as address:
        assert ask(address, tree) == []

    assert asked == [
        {"package": {"ecosystem": "PyPI", "name": "bad"}, "version": "1"},
        {"package": {"ecosystem": "PyPI", "name": "good-one"}, "version": "2.0"},
    ]


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (told({}, {}), 503),
        (lambda _queries: b"<html>sign in first</html>", 200),
        (told({}), 200),
        (told({}, {"vulns": ["a word"]}), 200),
        (lambda _queries: b"[]", 200),
    ],
    ids=["a failure", "another page", "about one of two", "no list of faults", "no results"],
)
def test_an_answer_that_does_not_speak_of_every_package_is_none(
    tree: Path, answer: Answer, status: int
) -> None:
    with service(answer, status=status) as address, pytest.raises(advisories.NotAsked, match="answer"):
        ask(address, tree)


@pytest.mark.slow
def test_a_slow_service_is_not_waited_for(tree: Path) -> None:
    with service(slowly) as address, pytest.raises(advisories.NotAsked, match="timed out"):
        ask(address, tree)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "file:///etc/passwd", "osv.dev"])
def test_a_service_that_is_down_and_an_address_that_is_none_are_said(tree: Path, address: str) -> None:
    with pytest.raises(advisories.NotAsked, match=address):
        ask(address, tree)


@pytest.mark.parametrize(
    ("others", "status"), [([], 2), (["a fault"], 1)], ids=["all else is well", "else too"]
)
def test_the_gate_tells_no_answer_from_a_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], others: list[str], status: int
) -> None:
    monkeypatch.setattr(gate, "CHECKS", (("others", lambda: others),))

    assert gate.check(is_fast=True, advisories_from="http://127.0.0.1:9") == status
    assert "http://127.0.0.1:9 gave no answer" in capsys.readouterr().out


def test_the_gate_fails_by_a_known_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gate, "CHECKS", ())

    def all_bad(queries: list[Any]) -> bytes:
        return json.dumps({"results": [{"vulns": [{"id": "PYSEC-1"}]} for _ in queries]}).encode()

    with service(all_bad) as address:
        assert gate.check(is_fast=True, advisories_from=address) == 1
    assert "PYSEC-1" in capsys.readouterr().out
