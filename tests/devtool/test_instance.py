"""Programs are started in order, kept alive, and ended without leaving anything behind."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from devtool import paths, ports, processes
from devtool.console import Trouble
from devtool.locks import Taken, exclusive, is_held
from devtool.programs import UNITS, Unit
from devtool.supervisor import Child, State, Supervisor, pause_before_restart

SERVES = (
    "import http.server as h, sys\n"
    "class A(h.BaseHTTPRequestHandler):\n"
    " def do_GET(self):\n"
    "  self.send_response(200 if self.path == '/health/ready' else 404)\n"
    "  self.end_headers()\n"
    "h.HTTPServer(('127.0.0.1', int(sys.argv[1])), A).serve_forever()\n"
)
WAITS = "import time; time.sleep(60)"


def _supervisor(checkout: Path, *children: Child) -> Supervisor:
    return Supervisor(
        children=children,
        state_file=checkout / "state.json",
        python=Path(sys.executable),
        checkout=checkout,
        patience=20,
    )


def _child(checkout: Path, name: str, program: str, **unit: object) -> Child:
    port = ports.choose([name], keep_in=checkout / f"{name}.json")[name]
    arguments = ("-c", program, str(port))
    return Child(
        unit=Unit(name=name, command=arguments, settings="", **unit),  # type: ignore[arg-type]
        environment={"PATH": os.environ["PATH"]},
        address=f"http://127.0.0.1:{port}",
        logs=checkout,
    )


def _until(holds: object, *, seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


@pytest.mark.slow
def test_a_unit_waits_for_what_it_comes_after(tmp_path: Path) -> None:
    first = _child(tmp_path, "first", "import time; time.sleep(0.4); open('made', 'w')", is_task=True)
    second = _child(tmp_path, "second", "open('made')", is_task=True, after=("first",))
    supervisor = _supervisor(tmp_path, second, first)

    supervisor.start_all()

    assert [first.state, second.state] == [State.DONE, State.DONE]


@pytest.mark.slow
def test_a_program_is_ready_when_it_answers_and_gone_when_it_is_ended(tmp_path: Path) -> None:
    child = _child(tmp_path, "serving", SERVES, port="serving")
    supervisor = _supervisor(tmp_path, child)

    supervisor.start_all()
    supervisor.announce()
    record = json.loads((tmp_path / "state.json").read_text())
    supervisor.end_all()

    assert record["phase"] == "ready"
    assert [row["state"] for row in record["programs"]] == ["ready"]
    assert processes.Process.of(record["programs"][0]["pid"]) is None


@pytest.mark.slow
def test_the_last_words_of_a_program_that_does_not_start_are_shown(tmp_path: Path) -> None:
    supervisor = _supervisor(tmp_path, _child(tmp_path, "broken", "raise SystemExit('the key is missing')"))

    with pytest.raises(Trouble, match="the key is missing"):
        supervisor.start_all()
    supervisor.end_all()


@pytest.mark.slow
def test_a_program_that_never_answers_is_given_up(tmp_path: Path) -> None:
    supervisor = _supervisor(tmp_path, _child(tmp_path, "silent", WAITS, port="silent"))
    supervisor.patience = 0.3

    with pytest.raises(Trouble, match="did not answer within"):
        supervisor.start_all()
    supervisor.end_all()


@pytest.mark.slow
def test_a_killed_program_is_started_again_and_the_restart_is_counted(tmp_path: Path) -> None:
    child = _child(tmp_path, "serving", SERVES, port="serving")
    supervisor = _supervisor(tmp_path, child)
    supervisor.start_all()
    assert child.running is not None
    child.running.kill()

    def look_twice() -> bool:
        supervisor._keep(child)
        return child.restarts == 1 and child.state is State.READY

    _until(look_twice)
    supervisor.end_all()


@pytest.mark.slow
def test_a_program_that_does_not_listen_is_ended_with_all_it_started(tmp_path: Path) -> None:
    stubborn = (
        "import signal, subprocess, sys\n"
        "inner = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "print(inner.pid, flush=True)\n"
        "inner.wait()\n"
    )
    child = _child(tmp_path, "stubborn", stubborn)
    supervisor = _supervisor(tmp_path, child)
    supervisor.start_all()
    _until(lambda: child.last_lines() != [] and child.last_lines()[0] != "")
    inner = processes.Process.of(int(child.last_lines()[0]))
    assert inner is not None

    supervisor.end_all()

    _until(lambda: not inner.is_alive())


@pytest.mark.slow
def test_a_killed_supervisor_leaves_no_program_behind(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib, time\n"
        "from devtool.programs import Unit\n"
        "from devtool.supervisor import Child, Supervisor\n"
        "root = pathlib.Path(sys.argv[1])\n"
        f"unit = Unit(name='waits', command=('-c', {WAITS!r}), settings='')\n"
        "child = Child(unit=unit, environment={}, address='', logs=root)\n"
        "python = pathlib.Path(sys.executable)\n"
        "s = Supervisor(children=[child], state_file=root / 's.json', python=python, checkout=root)\n"
        "s.start_all()\n"
        "print(child.running.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    supervisor = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], cwd=paths.ROOT, stdout=subprocess.PIPE, text=True
    )
    with supervisor:
        assert supervisor.stdout is not None
        lines = [supervisor.stdout.readline() for _ in range(2)]
        left = processes.Process.of(int(lines[-1]))
        assert left is not None
        assert left in processes.marked(tmp_path)

        os.kill(supervisor.pid, signal.SIGKILL)

        _until(lambda: not left.is_alive())


@pytest.mark.slow
def test_what_an_earlier_run_left_is_found_by_its_mark_and_ended(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", WAITS], env={processes.MARK: str(tmp_path)}) as left:
        _until(lambda: processes.marked(tmp_path) != [])

        processes.end(processes.marked(tmp_path))

        assert left.wait(timeout=5) == -signal.SIGTERM


def test_a_number_with_another_start_is_another_process() -> None:
    me = processes.Process.of(os.getpid())
    assert me is not None

    assert me.is_alive()
    assert not processes.Process(pid=me.pid, started=me.started - 1).is_alive()


def test_a_record_that_makes_no_sense_is_no_process() -> None:
    assert processes.Process.recorded({"pid": None, "started": None}) is None
    assert processes.Process.recorded(None) is None


def test_restarts_come_ever_later_but_never_later_than_half_a_minute() -> None:
    assert [pause_before_restart(failures) for failures in (0, 1, 2, 3, 20)] == [0, 0.5, 1, 2, 30]


def test_ports_are_kept_from_run_to_run(tmp_path: Path) -> None:
    first = ports.choose(["web", "idp"], keep_in=tmp_path / "ports.json")

    assert ports.choose(["web", "idp"], keep_in=tmp_path / "ports.json") == first
    assert len(set(first.values())) == len(first)


def test_a_port_that_somebody_took_meanwhile_is_replaced(tmp_path: Path) -> None:
    import socket

    kept = ports.choose(["web"], keep_in=tmp_path / "ports.json")["web"]
    with socket.create_server(("127.0.0.1", kept)):
        assert ports.choose(["web"], keep_in=tmp_path / "ports.json")["web"] != kept


def test_two_instances_that_start_together_get_ports_of_their_own(tmp_path: Path) -> None:
    claims = tmp_path / "claims"
    one, other = ({"keep_in": tmp_path / name, "claims": claims} for name in ("one.json", "other.json"))

    # Neither listens yet, and granian would let both.
    with ports.claimed(["web", "idp"], **one) as first, ports.claimed(["web", "idp"], **other) as second:
        assert not set(first.values()) & set(second.values())


def test_ports_of_an_instance_that_ended_are_free_again(tmp_path: Path) -> None:
    kept = {"keep_in": tmp_path / "ports.json", "claims": tmp_path / "claims"}
    with ports.claimed(["web"], **kept) as chosen:
        first = dict(chosen)

    with ports.claimed(["web"], **kept) as again:
        assert again == first


def test_a_lock_is_held_by_one_and_free_again_afterwards(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with exclusive(lock):
        assert is_held(lock)
        with pytest.raises(Taken), exclusive(lock, wait=False):
            pass

    assert not is_held(lock)


def test_every_unit_comes_after_units_above_it() -> None:
    seen: set[str] = set()
    for unit in UNITS:
        assert set(unit.after) <= seen
        seen.add(unit.name)


def test_every_port_in_the_table_is_one_that_is_chosen() -> None:
    assert {unit.port for unit in UNITS if unit.port} <= set(ports.NAMES)
