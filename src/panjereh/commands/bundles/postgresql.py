"""PostgreSQL's own programs: the copy of a running server, its check, and a server nobody else can reach."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from panjereh.commands.bundles.refusal import BundleRefused

_NEEDED: Final = ("pg_basebackup", "pg_verifybackup", "postgres")
_LAST_LINES: Final = 6
_LOOK_SECONDS: Final = 0.05
_ENDING_SECONDS: Final = 120.0
_RULES: Final = "local all all trust\nlocal replication all trust\n"
# Nobody but us reaches it, it archives nothing, and the settings of the old machine do not matter to it.
_APART: Final = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "archive_mode": "off",
    "hot_standby": "off",
    "ssl": "off",
    "shared_preload_libraries": "",
    "lc_messages": "C",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


@dataclass(frozen=True, slots=True)
class Programs:
    """PostgreSQL's programs, and the user a server runs as where we are root: it refuses to be root."""

    folder: Path
    user: str | None = None

    @classmethod
    def found(cls, folder: Path | None, *, user: str | None = None) -> "Programs":
        """Return the programs in `folder`, or those on the path. Raises `BundleRefused` if one is missing."""
        on_path = shutil.which("pg_basebackup")
        where = folder or (Path(on_path).resolve().parent if on_path else None)
        if where is None:
            raise BundleRefused(
                "pg_basebackup is not on the path: --programs says where PostgreSQL's programs are"
            )
        missing = [name for name in _NEEDED if not (where / name).exists()]
        if missing:
            raise BundleRefused(
                f"{where} has no {', '.join(missing)}: install PostgreSQL's server and client there"
            )
        return cls(where, user)

    @property
    def version(self) -> str:
        """Their version, such as `18.1`."""
        return self.run("postgres", "--version").split()[2]

    def run(self, name: str, *arguments: str, environment: Mapping[str, str] | None = None) -> str:
        """Run one of them to its end and return what it said. Raises `BundleRefused` with its last lines."""
        done = subprocess.run(  # noqa: S603 -- PostgreSQL's own, from a folder the operator named
            [str(self.folder / name), *arguments],
            capture_output=True,
            text=True,
            env=dict(os.environ) | {"LC_ALL": "C"} | dict(environment or {}),
            check=False,
        )
        if done.returncode:
            raise BundleRefused(f"{name} failed: {_last(done.stderr)}")
        return done.stdout

    def give(self, root: Path) -> None:
        """Make the user of the server the owner of a folder and all in it."""
        if self.user is None:
            return
        account = _account(self.user)
        for path in (root, *root.rglob("*")):
            os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)


def copy_cluster(programs: Programs, address: str, into: Path) -> None:
    """Copy the running server at `address`, all its databases and roles, to a folder that is not there.

    What the server writes meanwhile is copied along, so that the copy can be started by itself. The role
    needs REPLICATION. Raises `BundleRefused`.
    """
    parts = conninfo_to_dict(address)
    password = parts.pop("password", None)
    programs.run(
        "pg_basebackup",
        *("--dbname", make_conninfo("", **parts), "--pgdata", str(into), "--no-password"),
        *("--format=plain", "--wal-method=stream", "--checkpoint=fast", "--manifest-checksums=SHA256"),
        # An address on the command line is seen by everybody on the machine; the environment is not.
        environment={"PGPASSWORD": str(password)} if password else None,
    )


def check_cluster(programs: Programs, cluster: Path) -> None:
    """Hold a copied server against the sums made with it. Raises `BundleRefused`."""
    programs.run("pg_verifybackup", "--exit-on-error", "--quiet", str(cluster))


@contextmanager
def private_server(
    programs: Programs, data: Path, *, settings: Mapping[str, str] | None = None
) -> Iterator[Path]:
    """Run a server on `data` that only we can reach, and end it cleanly; hands over its socket's folder.

    Its rules let every role in without a password, through a folder that only we may enter. The settings of
    the folder's own `postgresql.conf` are not used and not touched. Recovery is over when it is handed over.
    Raises `BundleRefused` with the server's last lines if it does not come up.
    """
    apart = Path(tempfile.mkdtemp(prefix="pj-"))
    try:
        (apart / "hba").write_text(_RULES, encoding="ascii")
        (apart / "conf").write_text("", encoding="ascii")
        (apart / "log").write_text("", encoding="ascii")
        programs.give(apart)
        own = {"config_file": apart / "conf", "hba_file": apart / "hba", "unix_socket_directories": apart}
        child = _launch(
            programs, data, {**_APART, **{k: str(v) for k, v in own.items()}, **(settings or {})}, apart
        )
        try:
            _wait(child, data, apart / "log")
            yield apart
        finally:
            child.send_signal(signal.SIGINT)
            child.wait(_ENDING_SECONDS)
    finally:
        shutil.rmtree(apart)


def _launch(
    programs: Programs, data: Path, settings: Mapping[str, str], apart: Path
) -> "subprocess.Popen[bytes]":
    account = _account(programs.user) if programs.user else None
    chosen = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with (apart / "log").open("ab") as log:
        return subprocess.Popen(  # noqa: S603 -- the same
            [str(programs.folder / "postgres"), "-D", str(data), *chosen],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            start_new_session=True,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )


def _wait(child: "subprocess.Popen[bytes]", data: Path, log: Path) -> None:
    """Wait until it answers, however long recovery takes: only its own end ends the wait."""
    mark = data / "postmaster.pid"
    while child.poll() is None:
        if mark.exists() and mark.read_text(encoding="utf-8").rstrip().endswith("ready"):
            return
        time.sleep(_LOOK_SECONDS)
    raise BundleRefused(f"PostgreSQL did not start: {_last(log.read_text(encoding='utf-8'))}")


def _account(user: str) -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(user)
    except KeyError:
        raise BundleRefused(
            f"there is no user {user} on this machine: --as names the one PostgreSQL runs as"
        ) from None


def server_user(named: str | None) -> str | None:
    """Return whom to become for the server: nobody else, unless we are root. Raises `BundleRefused`."""
    if os.geteuid() != 0:
        return None
    _account(named or "postgres")
    return named or "postgres"


def _last(said: str) -> str:
    lines: Sequence[str] = said.strip().splitlines()
    return "\n".join(lines[-_LAST_LINES:]) or "it said nothing"
