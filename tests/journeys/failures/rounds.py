"""Random kills and freezes under a small load: whatever the moment, the books must hold."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import UUID

from tests.journeys.failures.people import Patient
from tests.journeys.failures.programs import EVERY, pause
from tests.journeys.failures.stage import Stage, gathering

PEOPLE = 3
DATABASE = "database"
LONGEST_LEAD = 2.5


@dataclass
class Tally:
    """How often a program fell, and the longest that everybody needed to get their certificate."""

    killed: int = 0
    frozen: int = 0
    longest: float = 0.0


def walk_rounds(stage: Stage, *, rounds: int, lot: random.Random) -> None:
    """Walk with three people at once, time and again, while one program after another falls."""
    with stage.walk.step(f"{PEOPLE} people sign in for the random rounds"):
        crowd = [stage.person() for _ in range(PEOPLE)]
    # Every program falls equally often, in an order by lot: a hundred draws would leave some out.
    victims = [(*EVERY, DATABASE)[number % (len(EVERY) + 1)] for number in range(rounds)]
    lot.shuffle(victims)
    tallies = {name: Tally() for name in sorted(set(victims))}
    with ThreadPoolExecutor(PEOPLE) as pool:
        for number, victim in enumerate(victims, start=1):
            lead = lot.uniform(0, LONGEST_LEAD)
            frozen_for = lot.choice((0.0, 0.0, lot.uniform(0.5, 4)))
            what = f"frozen for {frozen_for:.1f} s" if frozen_for else "killed"
            begun = time.monotonic()
            with stage.walk.step(f"round {number}: {victim} {what} after {lead:.2f} s"):
                cases = [pool.submit(_apply, stage, browser) for browser in crowd]
                pause(lead)
                _strike(stage, victim, frozen_for)
                for case in cases:
                    case.result()
                stage.programs.wait_until_ready()
            _count(tallies[victim], frozen_for, time.monotonic() - begun)
    _tell(stage, tallies)


def _count(tally: Tally, frozen_for: float, took: float) -> None:
    tally.killed += not frozen_for
    tally.frozen += bool(frozen_for)
    tally.longest = max(tally.longest, took)


def _tell(stage: Stage, tallies: dict[str, Tally]) -> None:
    stage.walk.note(f"{'program':<16}{'killed':>8}{'frozen':>8}{'longest round':>16}")
    for name, tally in tallies.items():
        stage.walk.note(f"{name:<16}{tally.killed:>8}{tally.frozen:>8}{tally.longest:>14.1f} s")


def _apply(stage: Stage, browser: Patient) -> UUID:
    case = gathering(browser)
    stage.finish(browser, case)
    return case


def _strike(stage: Stage, victim: str, frozen_for: float) -> None:
    programs = stage.programs
    if not frozen_for:
        programs.kill_database() if victim == DATABASE else programs.kill(victim)
        return
    with programs.frozen_database() if victim == DATABASE else programs.frozen(victim):
        pause(frozen_for)
