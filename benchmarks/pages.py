"""B-PAGE: pages of the window and the laboratory, beside the same pages written the plain Django way."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any, TypeAlias

import psycopg

from benchmarks import laboratory
from benchmarks.figure import Figure, at_most
from benchmarks.stage import ROOT
from benchmarks.window import backends, population
from devtool import databases

if TYPE_CHECKING:
    from benchmarks.stage import Stage

Asks: TypeAlias = "dict[str, list[dict[str, Any]]]"
ID = "B-PAGE"
MANY, FEW = 1_000_000, 10_000
WARM, ROUNDS, PER_ROUND = 150, 9, 120
PAGES = {"service": "the page of a service", "cases": "my cases", "case": "a case"}
OUTLIER = 0.95
# Two ways of writing one page show the same: as many words, and nearly all the same ones.
ALIKE = 0.97
MS = 1000


@dataclass
class Player:
    """One application in a process of its own, and what its rounds took per request, in milliseconds."""

    name: str
    process: subprocess.Popen[str]
    admin: psycopg.Connection[tuple[object, ...]]
    asks: Asks
    cpu: dict[str, list[float]] = field(default_factory=dict)
    walls: dict[str, list[float]] = field(default_factory=dict)

    def play(self, page: str, count: int, *, show: bool = False) -> dict[str, Any]:
        """Play requests; return what the player says, with `backend` beside its own `cpu`."""
        before = backends.seconds_of(self.admin, self.name)
        assert self.process.stdin
        self.process.stdin.write(json.dumps({"asks": self.asks[page], "count": count, "show": show}) + "\n")
        self.process.stdin.flush()
        return self.heard() | {"backend": backends.seconds_of(self.admin, self.name) - before}

    def heard(self) -> dict[str, Any]:
        """Return the player's next line."""
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, f"the player {self.name} ended"
        said: dict[str, Any] = json.loads(line)
        return said

    def measure(self, page: str) -> None:
        """Play one round and keep it."""
        said = self.play(page, PER_ROUND)
        self.cpu.setdefault(page, []).append((said["cpu"] + said["backend"]) / PER_ROUND * MS)
        self.walls.setdefault(page, []).extend(wall * MS for wall in said["walls"])

    def p95(self, page: str) -> float:
        """Return the wall time that 95 of 100 requests keep to."""
        walls = sorted(self.walls[page])
        return walls[int(len(walls) * OUTLIER)]


def measure(stage: Stage) -> list[Figure]:
    """Measure each page in alternating rounds: ours and the plain one on many cases, ours on few."""
    many, many_asks = _window(stage, "bench_many", cases=MANY)
    few, few_asks = _window(stage, "bench_few", cases=FEW)
    plain = many | {"DJANGO_SETTINGS_MODULE": "benchmarks.plain.settings"}
    _fill_plain(stage, "bench_many", plain)
    with ExitStack() as open_things:
        admin = open_things.enter_context(psycopg.connect(stage.admin_url, autocommit=True))

        def player(name: str, settings: dict[str, str], asks: Asks) -> Player:
            return _player(stage, open_things, admin, name, settings, asks)

        ours, reference = player("bench-ours", many, many_asks), player("bench-plain", plain, many_asks)
        ours_on_few = player("bench-few", few, few_asks)
        figures = []
        for page, title in PAGES.items():
            for each in (ours, reference, ours_on_few):
                each.play(page, WARM)
            _assert_alike(page, ours, reference)
            for _ in range(ROUNDS):
                for each in (ours, reference, ours_on_few):
                    each.measure(page)
            figures += _figures(page, title, ours, reference, ours_on_few)
            stage.say(f"{title}: {figures[-4].ratio:.2f} of the plain page's processor time")
        for page, title in laboratory.PAGES.items():
            figures += _of_laboratory(page, title, ours, reference)
            stage.say(f"{title}: {figures[-2].ratio:.2f} of the plain page's processor time")
        return figures


def _of_laboratory(page: str, title: str, ours: Player, reference: Player) -> list[Figure]:
    """Measure a page that no case is on, so that their number does not matter."""
    for each in (ours, reference):
        each.play(page, WARM)
    _assert_alike(page, ours, reference, to_the_digit=True)
    for _ in range(ROUNDS):
        for each in (ours, reference):
            each.measure(page)
    return [_beside_plain(page, title, ours, reference), _in_time(page, f"{title}, p95", ours, reference)]


def _window(stage: Stage, database: str, *, cases: int) -> tuple[dict[str, str], Asks]:
    settings = stage.platform(database) | {"DJANGO_SETTINGS_MODULE": "benchmarks.window.settings"}
    rows = population.settle(_admin_url(stage, database), cases=cases)
    stage.run("-m", "panjereh", "import-indices", settings=settings)
    asks = json.loads(stage.run("-m", "benchmarks.window.visited", settings=settings))
    asks |= laboratory.asks(asks["service"][0])
    stage.say(f"{rows['casework_case']:,} cases and all that belongs to them in {rows['seconds']} s")
    return settings, asks


def _fill_plain(stage: Stage, database: str, settings: dict[str, str]) -> None:
    """Make and fill the tables of the plain pages, which read as the application does."""
    command = ["-m", "django", "migrate", "--run-syncdb", "--verbosity", "0"]
    owner = settings | {"PANJEREH_DATABASE_URL": settings["PANJEREH_DATABASE_OWNER_URL"]}
    stage.run(*command, settings=owner)
    for module in ("benchmarks.plain.fill", "benchmarks.plain.fill_indices"):
        stage.run("-m", module, settings=owner)
    with psycopg.connect(_admin_url(stage, database), autocommit=True) as connection:
        connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO panjereh_app")
        connection.execute("VACUUM (ANALYZE)")


def _admin_url(stage: Stage, database: str) -> str:
    return databases.address(stage.admin_url, database=database, user="postgres")


def _player(
    stage: Stage,
    open_things: ExitStack,
    admin: psycopg.Connection[tuple[object, ...]],
    name: str,
    settings: dict[str, str],
    asks: Asks,
) -> Player:
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.window.player", "serve"],
        cwd=ROOT,
        env=stage.environment(settings | {"PGAPPNAME": name}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    open_things.enter_context(process)
    # Its end: no more input. The context manager closes stdin and waits.
    player = Player(name=name, process=process, admin=admin, asks=asks)
    player.heard()
    return player


def _assert_alike(page: str, ours: Player, reference: Player, *, to_the_digit: bool = False) -> None:
    """Raise `AssertionError` unless both ways of writing a page show the same words to the same person.

    `to_the_digit`: and every number of the page, too.
    """
    count = len(ours.asks[page])
    shown = [each.play(page, count, show=True)["shown"] for each in (ours, reference)]
    for one, other in zip(*shown, strict=True):
        own, theirs = _words(one), _words(other)
        common = len([word for word in own if word in set(theirs)])
        alike = min(common, len(theirs)) / max(len(own), len(theirs))
        assert alike >= ALIKE, (
            f"{page}: the plain page has drifted from ours ({alike:.2f} alike); "
            f"bring benchmarks/plain up to date: {sorted(set(own) ^ set(theirs))[:40]}"
        )
        odd = [*_odd(own, theirs), *_odd(theirs, own)] if to_the_digit else []
        assert not odd, f"{page}: numbers that stand on one of both pages: {odd[:40]}"


def _odd(own: list[str], theirs: list[str]) -> list[str]:
    """Return the words with digits that stand more often in the one page."""
    more = Counter(own) - Counter(theirs)
    return [word for word in more if any(letter.isdigit() for letter in word)]


def _words(html: str) -> list[str]:
    visible = re.sub(r"<(style|script|svg)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", visible).split()


def _figures(page: str, title: str, ours: Player, reference: Player, ours_on_few: Player) -> list[Figure]:
    return [
        _beside_plain(page, title, ours, reference),
        Figure(
            benchmark=ID,
            work=f"{title}, processor time with {MANY:,} cases",
            value=median(ours.cpu[page]),
            unit="ms",
            reference=median(ours_on_few.cpu[page]),
            reference_work=f"with {FEW:,}",
            must=at_most(1.3, of="ratio"),
        ),
        Figure(
            benchmark=ID,
            work=f"{title}, p95 with {MANY:,} cases",
            value=ours.p95(page),
            unit="ms",
            reference=ours_on_few.p95(page),
            reference_work=f"with {FEW:,}",
            must=at_most(1.3, of="ratio"),
        ),
        _in_time(page, f"{title}, p95 with {MANY:,} cases", ours, reference),
    ]


def _beside_plain(page: str, title: str, ours: Player, reference: Player) -> Figure:
    size = ours.play(page, 1)["bytes"] / 1000
    return Figure(
        benchmark=ID,
        work=f"{title}, processor time ({size:.1f} kB of HTML)",
        value=median(ours.cpu[page]),
        unit="ms",
        reference=median(reference.cpu[page]),
        reference_work="plain Django",
        must=at_most(1 / 3, of="ratio"),
        aim=at_most(1 / 4, of="ratio"),
    )


def _in_time(page: str, work: str, ours: Player, reference: Player) -> Figure:
    return Figure(
        benchmark=ID,
        work=work,
        value=ours.p95(page),
        unit="ms",
        reference=reference.p95(page),
        reference_work="plain Django",
        must=at_most(100),
    )
