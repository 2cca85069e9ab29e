"""B-UP: from `./dev up` to the first page, in a fresh copy of this checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.figure import Figure, at_most
from benchmarks.stage import ROOT
from devtool import paths

if TYPE_CHECKING:
    from benchmarks.stage import Stage

ID = "B-UP"
MUST_SECONDS, AIM_SECONDS = 20, 8
PATIENCE_SECONDS, LOOK_SECONDS = 180.0, 0.1
FIRST, SECOND = "the first start, without a database", "the second start"


def measure(stage: Stage) -> list[Figure]:
    """Start a fresh copy twice; each time its home page must really answer."""
    checkout = copy_checkout(stage.folder / "checkout")
    found = {}
    try:
        for work in (FIRST, SECOND):
            found[work] = first_page(checkout)
            stage.say(f"{work}: {found[work]:.1f} s")
            _dev(checkout, "down")
    finally:
        _dev(checkout, "down")
        # As root the database lies outside the checkout.
        shutil.rmtree(Path("/var/lib") / f"panjereh-{paths.checkout_hash(checkout)}", ignore_errors=True)
    return figures(found)


def figures(found: dict[str, float]) -> list[Figure]:
    """Return each start beside its target, in seconds."""
    return [
        Figure(
            benchmark=ID,
            work=f"first page, {work}",
            value=seconds,
            unit="s",
            must=at_most(MUST_SECONDS),
            aim=at_most(AIM_SECONDS),
        )
        for work, seconds in found.items()
    ]


def copy_checkout(to: Path) -> Path:
    """Copy what git knows of this checkout, with its packages and compiled catalogues, and no database."""
    git = shutil.which("git") or "git"
    listed = subprocess.run(  # noqa: S603 -- our own checkout
        [
            git,
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    compiled = (path.relative_to(ROOT) for path in (ROOT / "src").glob("**/locale/*/LC_MESSAGES/*.mo"))
    for name in [*filter(None, listed.stdout.split("\0")), *map(str, compiled)]:
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)
    # "Packages already there": the environment as `./dev` would have made it for that place.
    shutil.copytree(paths.CACHE, to / paths.CACHE.relative_to(ROOT), symlinks=True)
    subprocess.run(
        [sys.executable, "-c", "from devtool import environment; environment.set_up()"],
        cwd=to,
        capture_output=True,
        check=True,
    )
    return to


def first_page(checkout: Path) -> float:
    """Return the seconds from `./dev up` until the home page answers and shows the way to a service.

    The rest of the instance may still be starting then; it must come, too.
    """
    (checkout / ".run" / "settings.json").unlink(missing_ok=True)
    begun = time.monotonic()
    with ThreadPoolExecutor(1) as beside:
        up = beside.submit(_dev, checkout, "up", "--detach")
        while not _is_home_there(checkout):
            assert time.monotonic() < begun + PATIENCE_SECONDS, "no page came"
            time.sleep(LOOK_SECONDS)
        seconds = time.monotonic() - begun
        assert up.result() == 0, "the instance did not start"
    return seconds


def _is_home_there(checkout: Path) -> bool:
    try:
        settings = json.loads((checkout / ".run" / "settings.json").read_text())
        address = f"{settings['platform']['PANJEREH_PUBLIC_URL']}/"
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 -- our own, http on loopback
            return b'href="/services/place.address-certificate/"' in answer.read()
    except (OSError, ValueError):
        return False


def _dev(checkout: Path, *words: str) -> int:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name != "DATABASE_URL" and not name.startswith(("PYTHON", "PANJEREH_"))
    }
    return subprocess.run(  # noqa: S603 -- our own script
        [str(checkout / "dev"), *words],
        cwd=checkout,
        env=environment,
        stdout=subprocess.DEVNULL,
        check=False,
    ).returncode
