"""B-AUDIT: what it costs a change to be recorded, with many writers and a disk that takes its time."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from benchmarks.figure import Figure, at_least, at_most
from devtool import databases

if TYPE_CHECKING:
    from benchmarks.stage import Stage

ID = "B-AUDIT"
DATABASE = "panjereh"
WRITERS, COMMIT_MS = 16, 5
MUST_PER_SECOND, MUST_RATIO, AIM_RATIO = 2000, 1.15, 1.05
TABLES = """
CREATE TABLE bench_thing (id bigint PRIMARY KEY, state integer NOT NULL, changed_at timestamptz NOT NULL);
CREATE TABLE bench_act (id uuid PRIMARY KEY, thing_id bigint NOT NULL, at timestamptz NOT NULL);
GRANT SELECT, INSERT, UPDATE ON bench_thing, bench_act TO panjereh_app;
"""


def measure(stage: Stage) -> list[Figure]:
    """Have sixteen processes change things with and without a leaf; then order and verify every leaf."""
    settings = stage.platform(DATABASE)
    slow_down_commits(stage)
    found: dict[str, float] = json.loads(
        stage.run(
            str(Path(__file__).with_name("audit_writers.py")),
            settings=settings | {"DJANGO_SETTINGS_MODULE": "panjereh.config.settings"},
        )
    )
    assert found["commit_ms"] >= COMMIT_MS, f"a commit took {found['commit_ms']:.1f} ms"
    must_all_be_in_the_log(stage, settings, recorded=int(found["leaves"]))
    stage.say(f"{found['leaves']:.0f} leaves recorded, ordered and verified; each change is there once")
    return figures(found)


def figures(found: dict[str, float]) -> list[Figure]:
    """Return the promise: so many leaves a second, and how much longer a change takes for it."""
    return [
        Figure(
            benchmark=ID,
            work=f"leaves recorded by {WRITERS} writers, a commit of {COMMIT_MS} ms",
            value=found["recorded"],
            unit="per second",
            reference=found["plain"],
            reference_work="the same changes without a leaf",
            must=at_least(MUST_PER_SECOND),
        ),
        Figure(
            benchmark=ID,
            work="time of a change with its leaf",
            value=WRITERS * 1000 / found["recorded"],
            unit="ms",
            reference=WRITERS * 1000 / found["plain"],
            reference_work="without",
            must=at_most(MUST_RATIO, of="ratio"),
            aim=at_most(AIM_RATIO, of="ratio"),
        ),
    ]


def slow_down_commits(stage: Stage) -> None:
    """Let the server wait 5 ms before each flush to the disk, as a far or shared disk makes it wait."""
    address = databases.address(stage.admin_url, database=DATABASE, user="postgres")
    with psycopg.connect(address, autocommit=True) as admin:
        assert admin.execute("SHOW fsync").fetchone() == ("on",), "without fsync no commit waits"
        admin.execute(TABLES)
        for name, value in (("commit_delay", COMMIT_MS * 1000), ("commit_siblings", 0)):
            admin.execute(
                sql.SQL("ALTER DATABASE {} SET {} = {}").format(
                    sql.Identifier(DATABASE), sql.Identifier(name), sql.Literal(value)
                )
            )


def must_all_be_in_the_log(stage: Stage, settings: dict[str, str], *, recorded: int) -> None:
    """Order and verify the record. Raises `AssertionError` unless each leaf is there once, in its place."""
    stage.run("-m", "panjereh", "sequencer", "--once", settings=settings)
    said = stage.run("-m", "panjereh", "audit", "verify", settings=settings)
    address = databases.address(stage.admin_url, database=DATABASE, user="postgres")
    with psycopg.connect(address) as admin:
        counts = admin.execute(
            "SELECT (SELECT count(*) FROM audit_leaf), (SELECT count(*) FROM audit_sequenced),"
            " (SELECT count(*) FROM audit_leaf WHERE event = 'benchmark.thing.changed')"
        ).fetchone()
    assert counts is not None
    verified = re.match(r"OK size (\d+) .* waiting 0\b", said)
    assert verified, said
    assert int(verified[1]) == counts[0] == counts[1], said
    assert counts[2] == recorded, f"{counts[2]} of {recorded} leaves are there"
