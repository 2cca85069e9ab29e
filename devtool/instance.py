"""One practice instance of this checkout: `up`, `down`, `status`, `logs`, `psql`."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from devtool import databases, environment, health, paths, ports, postgres, processes
from devtool.console import Trouble, say, step
from devtool.locks import Taken, exclusive, is_held
from devtool.programs import UNITS, Unit
from devtool.supervisor import Child, Supervisor

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LOCK = paths.RUN / "instance.lock"
STATE = paths.RUN / "state.json"
# The whole settings of the running programs, for commands given to them by hand or by a test.
SETTINGS = paths.RUN / "settings.json"
_MANIFEST = paths.KEYS / "manifest.json"
_UP_LOG = paths.LOGS / "up.log"
_DATABASE = "postgres"

Manifest = dict[str, dict[str, str]]


def up(*, detach: bool) -> None:
    """Start everything and stay (Ctrl-C ends it in order), or return once it is ready and leave it running.

    Raises `Trouble` when it already runs, or with the last log lines of the program that did not start.
    """
    if is_held(LOCK):
        raise Trouble("This checkout already runs.", hint="./dev status shows it, ./dev down ends it.")
    environment.set_up()
    environment.name_missing_tools()
    if detach:
        _up_detached()
    else:
        _up_here(stays_with_terminal=True)


def supervise() -> None:
    """Be the process that a detached instance hangs on; its output is followed by `up`."""
    _up_here(stays_with_terminal=False)


def _up_detached() -> None:
    paths.make_private(paths.LOGS)
    with _UP_LOG.open("wb") as log:
        child = subprocess.Popen(
            [sys.executable, str(paths.ROOT / "dev"), "supervise"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            cwd=paths.ROOT,
        )
    with _UP_LOG.open() as said:
        while True:
            ended = child.poll() is not None
            print(said.read(), end="", flush=True)
            if ended:
                raise Trouble("The instance did not start; see above.")
            if _state().get("phase") == "ready" and _state()["supervisor"]["pid"] == child.pid:
                print(said.read(), end="", flush=True)
                return
            time.sleep(0.1)


def _up_here(*, stays_with_terminal: bool) -> None:
    paths.make_private(paths.RUN)
    paths.make_private(paths.LOGS)
    try:
        with exclusive(LOCK, wait=False), ExitStack() as held:
            _end_leftovers()
            _run(held, stays_with_terminal=stays_with_terminal)
    except Taken:
        raise Trouble("This checkout already runs.", hint="./dev down ends it.") from None


def _end_leftovers() -> None:
    left = processes.marked(paths.ROOT)
    if left:
        with step(f"ending {len(left)} processes of an earlier run"):
            processes.end(left)


def _run(held: ExitStack, *, stays_with_terminal: bool) -> None:
    begun = time.monotonic()
    ending = _Ending()
    server = None if "DATABASE_URL" in os.environ else postgres.server()
    supervisor: Supervisor | None = None
    try:
        admin_url = _start_database(server)
        chosen = held.enter_context(ports.claimed())
        manifest = _prepare_country(chosen)
        secrets_by_role = _prepare_databases(admin_url)
        supervisor = Supervisor(
            children=_children(manifest, chosen, admin_url, secrets_by_role),
            state_file=STATE,
            python=paths.PYTHON,
            checkout=paths.ROOT,
            keep_database=_keeper(server),
        )
        ending.supervisor = supervisor
        supervisor.is_ending = ending.asked
        supervisor.start_all()
        if not supervisor.is_ending:
            _greet(manifest, chosen, time.monotonic() - begun, stays_with_terminal=stays_with_terminal)
            supervisor.announce()
        supervisor.keep_all()
    finally:
        if supervisor is not None:
            with step("ending all programs"):
                supervisor.end_all()
        if server:
            with step("ending PostgreSQL"):
                postgres.stop(server)


class _Ending:
    """A signal asks for an orderly end; it may come before there is a supervisor."""

    def __init__(self) -> None:
        self.asked = False
        self.supervisor: Supervisor | None = None
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: object) -> None:
        self.asked = True
        if self.supervisor is not None:
            self.supervisor.is_ending = True


def _start_database(server: postgres.Server | None) -> str:
    if server is None:
        return os.environ["DATABASE_URL"]
    with step("starting PostgreSQL"):
        postgres.start(server, tied=True)
    return server.url()


def _keeper(server: postgres.Server | None) -> Callable[[], None]:
    def keep() -> None:
        if server and postgres.running(server) is None:
            say("  ! PostgreSQL ended; it is started again.")
            postgres.start(server, tied=True)

    return keep


def _prepare_country(chosen: Mapping[str, int]) -> Manifest:
    with step("preparing the practice country", quiet_below=1.0):
        paths.make_private(paths.KEYS)
        command = [str(paths.PYTHON), "-m", "panjereh_land", "prepare", "--directory", str(paths.KEYS)]
        command += ["--ports", json.dumps(dict(chosen))]
        done = subprocess.run(
            command,
            env=environment.program_environment(),
            cwd=paths.ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            last = "\n".join((done.stderr or done.stdout).strip().splitlines()[-12:])
            raise Trouble(f"The practice country could not be prepared:\n{last}")
    return read_manifest()


def read_manifest() -> Manifest:
    """Return the settings of every program, as `panjereh_land prepare` wrote them."""
    whole = json.loads(_MANIFEST.read_text())
    programs: Manifest = whole.get("programs", whole)
    return programs


def _prepare_databases(admin_url: str) -> dict[str, str]:
    secrets_by_role = databases.passwords()
    with step("preparing roles and databases", quiet_below=1.0):
        done = subprocess.run(
            [str(paths.PYTHON), "-m", "devtool.roles"],
            input=json.dumps({"admin_url": admin_url, "passwords": secrets_by_role}),
            env=environment.program_environment() | {"PYTHONPATH": str(paths.ROOT)},
            cwd=paths.ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            last = "\n".join(done.stderr.strip().splitlines()[-3:])
            raise Trouble(f"Roles and databases could not be made:\n{last}")
    return secrets_by_role


def _children(
    manifest: Manifest, chosen: Mapping[str, int], admin_url: str, secrets_by_role: Mapping[str, str]
) -> list[Child]:
    def settings(unit: Unit) -> dict[str, str]:
        addresses: dict[str, str] = {}
        for key in unit.databases:
            addresses |= databases.settings(key, admin_url=admin_url, secrets_by_role=secrets_by_role)
        return manifest[unit.settings] | addresses

    running = {unit.settings: settings(unit) for unit in UNITS if not unit.is_task}
    paths.write_whole(SETTINGS, json.dumps(running, indent=1) + "\n")
    return [
        Child(
            unit=unit,
            environment=environment.program_environment() | settings(unit) | _metrics(unit, chosen),
            address=f"http://127.0.0.1:{chosen[unit.port]}" if unit.port else "",
        )
        for unit in UNITS
    ]


def _metrics(unit: Unit, chosen: Mapping[str, int]) -> dict[str, str]:
    """Return where a program shows its metrics: each has a place of its own, whatever settings it shares."""
    if unit.is_task:
        return {}
    prefix = {"platform": ""}.get(unit.settings, unit.settings.partition("-")[0].upper() + "_")
    return {f"PANJEREH_{prefix}METRICS_LISTEN": f"127.0.0.1:{chosen[f'{unit.name}-metrics']}"}


def _greet(manifest: Manifest, chosen: Mapping[str, int], took: float, *, stays_with_terminal: bool) -> None:
    address = manifest["platform"].get("PANJEREH_PUBLIC_URL", f"http://127.0.0.1:{chosen['web']}")
    say(f"\nPanjereh is up after {took:.1f} s: {address}\n")
    people = subprocess.run(
        [str(paths.PYTHON), "-m", "panjereh_land", "people"],
        env=environment.program_environment() | manifest["land"],
        cwd=paths.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    say(people.stdout.rstrip() if people.returncode == 0 else people.stderr.rstrip())
    if os.geteuid() == 0:
        say("\nPostgreSQL runs as an unprivileged user; the other programs run as root, as you do.")
    say("\nCtrl-C ends it." if stays_with_terminal else "\n./dev down ends it.")


def _state() -> dict[str, Any]:
    try:
        state: dict[str, Any] = json.loads(STATE.read_text())
    except FileNotFoundError:
        return {}
    return state


def down() -> None:
    """End the instance and the tests' throw-away server, also what a killed instance left behind."""
    supervisor = processes.Process.recorded(_state().get("supervisor"))
    if supervisor and supervisor.is_alive() and is_held(LOCK):
        with step("ending the instance"):
            processes.end([supervisor], patience=90)
    _end_leftovers()
    STATE.unlink(missing_ok=True)
    if paths.PYTHON.exists():
        for name in ("main", "test"):
            postgres.stop(postgres.server(name))
    say("Nothing of this checkout runs.")


def status(*, as_json: bool) -> bool:
    """Show every program with its address, process and health; return whether all is well."""
    is_supervised = is_held(LOCK)
    records = _state().get("programs", []) if is_supervised else []
    rows = [_database_row(), *(_row(record) for record in records)]
    rows = [row for row in rows if row]
    is_well = len(rows) > 1 and all(row["health"] in {"ready", "done", "running"} for row in rows)
    if as_json:
        phase = _state().get("phase") if is_supervised else "down"
        say(json.dumps({"phase": phase, "healthy": is_well, "programs": rows}, indent=1))
        return is_well
    if len(rows) <= 1:
        say("The instance is down. ./dev up starts it.")
        return False
    for row in rows:
        restarts = f"restarted {row['restarts']} times" if row["restarts"] else ""
        pid = row["pid"] or ""
        say(f"{row['name']:<18}{row['health']:<11}{pid:<8}{row['address']:<26}{restarts}".rstrip())
    return is_well


def _database_row() -> dict[str, object]:
    if "DATABASE_URL" in os.environ or not paths.PYTHON.exists():
        return {}
    server = postgres.server()
    process = postgres.running(server)
    return {
        "name": _DATABASE,
        "address": str(server.socket_directory),
        "pid": process.pid if process else None,
        "health": "running" if process else "down",
        "restarts": 0,
    }


def _row(record: Mapping[str, object]) -> dict[str, object]:
    process = processes.Process.recorded(record)
    is_alive = process is not None and process.is_alive()
    state = str(record["state"])
    if state in {"done", "waiting"}:
        shown = state
    elif not is_alive:
        shown = "crashed"
    elif not record["address"]:
        shown = "running"
    else:
        shown = "ready" if health.is_ready(str(record["address"])) else "not ready"
    return {
        "name": record["name"],
        "address": record["address"],
        "pid": process.pid if process and is_alive else None,
        "health": shown,
        "restarts": record["restarts"],
    }


def is_ready() -> bool:
    """Tell whether this checkout's instance is up."""
    return is_held(LOCK) and _state().get("phase") == "ready"


def logs(program: str | None) -> None:
    """Show the last lines of one program's log and follow it; without a name, of all of them together."""
    known = {path.stem: path for path in sorted(paths.LOGS.glob("*.log"))}
    if program is not None and program not in known:
        raise Trouble(f"There is no log of {program}.", hint=f"There are: {', '.join(known) or 'none yet'}.")
    chosen = [known[program]] if program else list(known.values())
    if not chosen:
        raise Trouble("There are no logs yet.", hint="./dev up starts the instance.")
    os.execvp("tail", ["tail", "-n", "40" if program else "5", "-F", *map(str, chosen)])  # noqa: S606 - it follows until Ctrl-C


def psql(arguments: list[str]) -> None:
    """Open psql on the platform's database as the superuser of the practice server."""
    client = postgres.find_wheel(paths.VENV) / "bin" / "psql"
    os.execv(client, [str(client), database_url(), *arguments])  # noqa: S606 - it takes the terminal


def database_url() -> str:
    """Return a superuser's address of the platform's database. Raises `Trouble` when it does not run."""
    if given := os.environ.get("DATABASE_URL"):
        return databases.address(given, database="panjereh", user="postgres")
    server = postgres.server()
    if postgres.running(server) is None:
        raise Trouble("PostgreSQL does not run.", hint="./dev up starts it.")
    return server.url(database="panjereh")
