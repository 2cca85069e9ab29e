"""The real programs on loopback: registry, two nodes, one register."""

import base64
import datetime as dt
import http.client
import json
import os
import signal
import ssl
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from panjereh_contracts.receipt import Receipt, verify_receipt
from panjereh_tlog.checkpoints import open_checkpoint
from panjereh_tlog.notes import Verifier
from panjereh_tlog.proofs import verify_inclusion
from tests.node.kit import (
    CIVIL,
    PERSON_PATH,
    NodeKeys,
    Register,
    World,
    free_port,
    node_environment,
    pem,
    program,
    question_headers,
    wait_until,
)

pytestmark = pytest.mark.slow
BODY = b'{"national_number":"9990000001"}'


@dataclass
class Exchange:
    world: World
    register: Register
    directory: Path
    environments: dict[str, dict[str, str]]
    processes: dict[str, Any]
    stack: ExitStack
    registry_metrics: str = ""

    def edge(self, name: str) -> http.client.HTTPConnection:
        host, _, port = self.environments[name]["PANJEREH_NODE_EDGE_LISTEN"].partition(":")
        return http.client.HTTPConnection(host, int(port), timeout=30)

    def get(self, name: str, path: str) -> tuple[int, bytes]:
        connection = self.edge(name)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def is_ready(self, name: str) -> bool:
        try:
            return self.get(name, "/health/ready")[0] == 200
        except OSError:
            return False

    def ask(
        self, *, body: bytes = BODY, path: str = PERSON_PATH, **changes: str | None
    ) -> tuple[int, dict[str, str], bytes]:
        connection = self.edge("platform")
        try:
            connection.request("POST", path, body, dict(question_headers(**changes)))
            response = connection.getresponse()
            return response.status, {k.lower(): v for k, v in response.getheaders()}, response.read()
        finally:
            connection.close()

    def log_size(self, name: str) -> int:
        time.sleep(0.6)  # what was written is published once nothing new comes
        return int(self.get(name, "/log/checkpoint")[1].split(b"\n")[1])

    def start(self, name: str) -> None:
        self.processes[name] = self.stack.enter_context(
            program("panjereh_node", self.environments[name], self.directory / f"{name}.log")
        )
        wait_until(lambda: self.is_ready(name))


@pytest.fixture(scope="module")
def exchange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exchange]:
    directory = tmp_path_factory.mktemp("exchange")
    world, register = World(), Register()
    world.addresses = {name: f"https://127.0.0.1:{free_port()}" for name in world.addresses}
    # The consumer's certificate has run out: the configuration's pin is what counts.
    world.nodes["platform"] = NodeKeys.make("platform", expired=True)
    registry_port = free_port()
    (directory / "source.json").write_text(json.dumps(world.source()))
    (directory / "registry.pem").write_bytes(pem(world.registry_key))
    registry = {
        "PANJEREH_PROFILE": "practice",
        "PANJEREH_REGISTRY_LISTEN": f"127.0.0.1:{registry_port}",
        "PANJEREH_REGISTRY_SOURCE_FILE": str(directory / "source.json"),
        "PANJEREH_REGISTRY_KEY_FILE": str(directory / "registry.pem"),
        "PANJEREH_REGISTRY_STATE_DIRECTORY": str(directory / "registry"),
    }
    url = f"http://127.0.0.1:{registry_port}"
    registry["PANJEREH_REGISTRY_METRICS_LISTEN"] = f"127.0.0.1:{free_port()}"
    environments = {
        "registry": registry,
    } | {
        name: node_environment(world, name, directory / name, registry=url, backends=backends)
        | {"PANJEREH_NODE_METRICS_LISTEN": f"127.0.0.1:{free_port()}"}
        for name, backends in (("platform", {}), ("interior", {CIVIL: register.url}))
    }
    with ExitStack() as stack:
        stack.callback(register.close)
        exchange = Exchange(world, register, directory, environments, {}, stack)
        exchange.processes["registry"] = stack.enter_context(
            program("panjereh_registry", registry, directory / "registry.log")
        )
        exchange.start("interior")
        exchange.start("platform")
        # Now, as a test ends the registry.
        exchange.registry_metrics = metrics_of(exchange, "registry")
        yield exchange


def new_message_id() -> str:
    return f"018f0000-0000-7000-8000-{os.urandom(6).hex()}"


def metrics_of(exchange: Exchange, name: str) -> str:
    (listen,) = [text for key, text in exchange.environments[name].items() if "METRICS" in key]
    host, _, port = listen.partition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=30)
    try:
        connection.request("GET", "/metrics")
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def test_nodes_and_registry_show_what_they_counted(exchange: Exchange) -> None:
    exchange.ask(x_road_id=new_message_id())
    exchange.ask(x_road_id=new_message_id(), panjereh_contract="c-9991234569")

    asking, answering = metrics_of(exchange, "platform"), metrics_of(exchange, "interior")

    assert 'panjereh_requests_total{method="POST",route="consumer",status="2xx"}' in asking
    assert 'panjereh_requests_total{method="POST",route="provider",status="2xx"}' in answering
    assert "panjereh_refusals_total{code=" in asking
    assert 'route="configuration",status="2xx"' in exchange.registry_metrics
    assert "9991234569" not in asking + answering


CANARY = "9991234569"


def log_of(exchange: Exchange, name: str) -> str:
    return (exchange.directory / f"{name}.log").read_text(encoding="utf-8")


def test_the_id_of_a_request_is_in_the_log_of_our_node_and_goes_no_further(exchange: Exchange) -> None:
    request_id = os.urandom(16).hex()

    exchange.ask(x_road_id=new_message_id(), x_request_id=request_id)

    # The line is written once the answer is on its way.
    wait_until(lambda: f'"request": "{request_id}"' in log_of(exchange, "platform"))
    assert request_id not in log_of(exchange, "interior")
    assert not any(request_id in str(headers) for _, headers, _ in exchange.register.asked)


def test_no_canary_stands_in_the_clear_in_anything_that_nodes_and_registry_write(exchange: Exchange) -> None:
    body = json.dumps({"national_number": CANARY}).encode()
    exchange.ask(body=body, x_road_id=new_message_id(), x_request_id=CANARY, traceparent=CANARY)
    exchange.ask(body=body, x_road_id=CANARY)
    exchange.ask(body=body, path=f"{PERSON_PATH}/{CANARY}?q={CANARY}", x_road_id=new_message_id())
    for name in ("platform", "interior"):
        exchange.get(name, f"/log/tile/{CANARY}")
        exchange.get(name, f"/{CANARY}")

    told = metrics_of(exchange, "platform") + metrics_of(exchange, "interior")
    written = [path for path in exchange.directory.rglob("*") if path.is_file()]
    assert CANARY not in told
    assert {path.name for path in written} >= {"platform.log", "interior.log", "registry.log", "checkpoint"}
    assert [path for path in written if CANARY.encode() in path.read_bytes()] == []


def test_a_question_gets_its_answer_and_a_receipt_that_proves_it(exchange: Exchange) -> None:
    message_id = new_message_id()

    status, headers, body = exchange.ask(x_road_id=message_id)

    assert (status, body) == (200, b'{"found": true}')
    assert headers["x-road-id"] == message_id
    assert headers["x-road-service"] == f"{CIVIL}/person"
    assert "x-road-error" not in headers
    receipt = Receipt.decode(headers["panjereh-receipt"])
    verify_receipt(receipt, provider_key=exchange.world.member_keys["nocr"].public_key())
    path, asked, sent = exchange.register.asked[-1]
    assert (path, sent) == ("/nocr/civil/person", BODY)
    assert asked["x-road-issue"] == "case-1"


def test_both_halves_of_an_exchange_are_proven_in_the_log(exchange: Exchange) -> None:
    _, headers, _ = exchange.ask(x_road_id=new_message_id())
    receipt = Receipt.decode(headers["panjereh-receipt"])
    key = Verifier.parse(exchange.get("platform", "/log/key")[1].decode())

    size = exchange.log_size("platform")
    assert size > receipt.response_index
    for index, leaf in (
        (receipt.request_index, receipt.request_leaf_hash),
        (receipt.response_index, receipt.response_leaf_hash),
    ):
        proof = json.loads(exchange.get("platform", f"/log/proof?index={index}")[1])
        checkpoint = open_checkpoint(proof["checkpoint"], origin=receipt.log_origin, verifiers=[key])
        hashes = [base64.b64decode(part) for part in proof["hashes"]]
        verify_inclusion(
            bytes.fromhex(leaf), index=index, size=checkpoint.size, proof=hashes, root=checkpoint.root
        )


def test_a_pinned_certificate_holds_past_its_own_end(exchange: Exchange) -> None:
    certificate = exchange.world.nodes["platform"].certificate
    assert certificate.not_valid_after_utc < dt.datetime.now(dt.UTC)

    assert exchange.ask(x_road_id=new_message_id())[0] == 200


def test_a_registers_own_error_passes_unchanged(exchange: Exchange) -> None:
    exchange.register.status, exchange.register.body = 404, b'{"found": false}'
    try:
        status, headers, body = exchange.ask(x_road_id=new_message_id())
    finally:
        exchange.register.status, exchange.register.body = 200, b'{"found": true}'

    assert (status, body) == (404, b'{"found": false}')
    assert "x-road-error" not in headers
    assert Receipt.decode(headers["panjereh-receipt"]).status == 404


def test_a_call_no_contract_covers_is_denied_in_the_conventions_words(exchange: Exchange) -> None:
    asked = len(exchange.register.asked)

    status, headers, body = exchange.ask(x_road_id=new_message_id(), panjereh_purpose="curiosity")

    assert status == 500
    assert headers["x-road-error"] == "server.serverproxy.access_denied"
    assert json.loads(body)["type"] == "server.serverproxy.access_denied"
    assert len(exchange.register.asked) == asked


def test_a_clients_fault_is_told_as_one(exchange: Exchange) -> None:
    status, headers, _ = exchange.ask(x_road_client=None)

    assert (status, headers["x-road-error"]) == (400, "client.missing_header")


def test_a_body_above_the_limit_is_refused(exchange: Exchange) -> None:
    status, headers, _ = exchange.ask(body=b"x" * (1024 * 1024 + 1), x_road_id=new_message_id())

    assert (status, headers["x-road-error"]) == (400, "client.bad_request")


def test_an_answer_above_the_limit_is_refused(exchange: Exchange) -> None:
    exchange.register.body = b"x" * (1024 * 1024 + 1)
    try:
        status, headers, _ = exchange.ask(x_road_id=new_message_id())
    finally:
        exchange.register.body = b'{"found": true}'

    assert (status, headers["x-road-error"]) == (500, "server.serverproxy.service_failed")


def test_a_repeated_question_is_answered_after_a_restart_without_asking_again(exchange: Exchange) -> None:
    message_id = new_message_id()
    exchange.ask(x_road_id=message_id)
    asked = len(exchange.register.asked)
    exchange.processes["interior"].send_signal(signal.SIGKILL)
    exchange.processes["interior"].wait()

    exchange.start("interior")
    status, _, body = exchange.ask(x_road_id=message_id)

    assert (status, body) == (200, b'{"found": true}')
    assert len(exchange.register.asked) == asked


def test_a_provider_killed_before_its_register_answered_is_asked_again_and_loses_nothing(
    exchange: Exchange,
) -> None:
    message_id = new_message_id()
    exchange.register.delay = 30.0
    asked = len(exchange.register.asked)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(exchange.ask, x_road_id=message_id)
        wait_until(lambda: len(exchange.register.asked) == asked + 1)
        exchange.processes["interior"].send_signal(signal.SIGKILL)
        exchange.processes["interior"].wait()
        status, headers, _ = waiting.result()
    exchange.register.delay = 0.0
    assert (status, headers["x-road-error"]) == (500, "server.clientproxy.network_error")

    exchange.start("interior")
    status, _, _ = exchange.ask(x_road_id=message_id)

    assert status == 200
    assert [headers["x-road-id"] for _, headers, _ in exchange.register.asked[asked:]] == [message_id] * 2


def test_a_consumer_killed_between_log_and_answer_asks_once_in_all(exchange: Exchange) -> None:
    message_id = new_message_id()
    asked = len(exchange.register.asked)
    logged = exchange.log_size("platform")
    exchange.processes["interior"].send_signal(signal.SIGSTOP)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(exchange.ask, x_road_id=message_id)
        wait_until(lambda: exchange.log_size("platform") > logged)
        exchange.processes["platform"].send_signal(signal.SIGKILL)
        exchange.processes["platform"].wait()
        exchange.processes["interior"].send_signal(signal.SIGCONT)
        assert isinstance(waiting.exception(), OSError)

    exchange.start("platform")
    status, _, _ = exchange.ask(x_road_id=message_id)

    assert status == 200
    assert len(exchange.register.asked) == asked + 1
    assert exchange.log_size("platform") >= logged + 1


def test_a_provider_that_is_down_is_told_apart(exchange: Exchange) -> None:
    exchange.processes["interior"].send_signal(signal.SIGTERM)
    exchange.processes["interior"].wait()

    status, headers, _ = exchange.ask(x_road_id=new_message_id())
    exchange.start("interior")

    assert (status, headers["x-road-error"]) == (500, "server.clientproxy.network_error")


def _raw_peer(exchange: Exchange, keys: NodeKeys | None) -> tuple[int, bytes] | None:
    """Ask the provider's listener with a certificate of one's own choice; None if TLS refused."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    if keys is not None:
        folder = exchange.directory / new_message_id()
        folder.mkdir()
        key_file, certificate_file = keys.write(folder)
        context.load_cert_chain(certificate_file, key_file)
    host, _, port = exchange.world.addresses["interior"].removeprefix("https://").partition(":")
    connection = http.client.HTTPSConnection(host, int(port), timeout=10, context=context)
    try:
        connection.request("POST", PERSON_PATH, BODY, dict(question_headers()))
        response = connection.getresponse()
        return response.status, response.read()
    except (ssl.SSLError, ConnectionError):
        return None
    finally:
        connection.close()


def test_a_stranger_does_not_get_past_tls(exchange: Exchange) -> None:
    assert _raw_peer(exchange, None) is None
    assert _raw_peer(exchange, NodeKeys.make("platform")) is None


def test_a_listed_node_still_needs_a_signature(exchange: Exchange) -> None:
    answered = _raw_peer(exchange, exchange.world.nodes["places"])

    assert answered is not None
    assert json.loads(answered[1])["type"] == "server.serverproxy.signature_verification"


def test_the_log_is_served_as_tiles(exchange: Exchange) -> None:
    exchange.ask(x_road_id=new_message_id())  # an empty log has no tiles
    size = exchange.log_size("platform")

    status, tile = exchange.get("platform", f"/log/tile/0/000.p/{size}")

    assert (status, len(tile)) == (200, 32 * size)
    assert exchange.get("platform", "/log/proof?index=x")[0] == 400
    assert exchange.get("platform", "/log/proof?index=0&size=999999")[0] == 404


@pytest.mark.parametrize("name", ["../journal", "..%2fjournal", "0/../../journal", "0/000.p/", "0/xyz"])
def test_nothing_but_tiles_is_served(exchange: Exchange, name: str) -> None:
    assert exchange.get("platform", f"/log/tile/{name}")[0] == 404


def test_a_node_starts_and_works_while_the_registry_is_down(exchange: Exchange) -> None:
    exchange.processes["registry"].send_signal(signal.SIGTERM)
    exchange.processes["registry"].wait()
    exchange.processes["platform"].send_signal(signal.SIGTERM)
    exchange.processes["platform"].wait()

    exchange.start("platform")

    assert exchange.ask(x_road_id=new_message_id())[0] == 200


def test_a_round_trip_is_quick(exchange: Exchange) -> None:
    exchange.ask(x_road_id=new_message_id())
    connection = exchange.edge("platform")
    taken = []
    for _ in range(100):
        started = time.perf_counter()
        connection.request("POST", PERSON_PATH, BODY, dict(question_headers(x_road_id=new_message_id())))
        assert connection.getresponse().read() == b'{"found": true}'
        taken.append(time.perf_counter() - started)
    connection.close()

    print(f"round trip: median {sorted(taken)[50] * 1000:.2f} ms, p99 {sorted(taken)[98] * 1000:.2f} ms")  # noqa: T201
    assert sorted(taken)[50] < 0.25
