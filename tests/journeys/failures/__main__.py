"""Walk the thread while its programs fail: `./dev journey --failures`."""

import argparse
import random
import sys

import httpx
import psycopg

from tests.journeys.country import Installation
from tests.journeys.failures.books import Books
from tests.journeys.failures.database import Database
from tests.journeys.failures.habits import HABITS
from tests.journeys.failures.moments import MOMENTS
from tests.journeys.failures.programs import Programs
from tests.journeys.failures.rounds import drawn, walk_rounds
from tests.journeys.failures.stage import Stage
from tests.journeys.steps import Walk, walked


def main(walk: Walk) -> None:
    """Walk the habits, the fixed moments and random rounds; nothing may be lost, nothing doubled."""
    asked = _arguments()
    lot = random.Random(asked.seed)  # noqa: S311 -- a walk can be repeated by its seed
    land, database = Installation.running(), Database.running()
    newcomers = land.people("granted")
    lot.shuffle(newcomers)
    stage = Stage(land, Programs.running(database), Books.opened(database), walk, newcomers)
    chosen = [each for each in (*HABITS, *MOMENTS) if asked.only in each.__name__]
    for happen in chosen:
        happen(stage)
        stage.programs.wait_until_ready()
    if asked.rounds:
        left = [each for each in drawn(asked.rounds, asked.seed) if each.number >= asked.begin]
        walk_rounds(stage, left, minutes=asked.minutes)
    close_the_books(stage)


def close_the_books(stage: Stage) -> None:
    """Count everything once all has come to rest."""
    books, walk = stage.books, stage.walk
    with walk.step("everything comes to rest: no job failed, no row waits, no answer and no leaf is double"):
        books.must_come_to_rest()
    with walk.step(
        f"{len(books.granted)} cases: one decision, document, message, text and leaf of each kind"
    ):
        books.must_hold_each_case_once()
    with walk.step("every receipt proves itself"):
        count = books.receipts_must_hold(stage.land)
        assert count >= 3 * len(books.granted), f"only {count} receipts"
    with walk.step("the record of events verifies from its first leaf to its signed checkpoint"):
        run = stage.land.run("panjereh", "audit", "verify", program="platform")
        assert run.returncode == 0, run.stdout + run.stderr
    notices = sum(len(person.notices) for person in books.people)
    cut_off = sum(person.cut_off for person in books.people)
    slowest = max((person.slowest for person in books.people), default=0)
    walk.note(f"{notices} notices read, {cut_off} connections cut, slowest page {slowest:.1f} s")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.journeys.failures")
    parser.add_argument("--rounds", type=int, default=0, help="random kills after the fixed moments")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--from", dest="begin", type=int, default=1, help="the random round to go on with")
    parser.add_argument("--minutes", type=float, default=180, help="how long the random rounds may take")
    parser.add_argument("--only", default="", help="fixed moments with this word in their name")
    asked = parser.parse_args()
    sys.stdout.write(f"seed {asked.seed}\n")
    return asked


if __name__ == "__main__":
    with walked(psycopg.Error, httpx.HTTPError) as whole:
        main(whole)
