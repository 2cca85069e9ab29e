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
LONGEST_FROST = 4


@dataclass
class Tally:
    """How often a program fell, and the longest that everybody needed to get their certificate."""

    killed: int = 0
    frozen: int = 0
    longest: float = 0.0


@dataclass(frozen=True)
class Round:
    """Who falls, how long after the start, and for how long it is frozen; 0: it is killed."""

    number: int
    victim: str
    lead: float
    frozen_for: float

    @property
    def sentence(self) -> str:
        what = f"frozen for {self.frozen_for:.1f} s" if self.frozen_for else "killed"
        return f"round {self.number}: {self.victim} {what} after {self.lead:.2f} s"


def drawn(rounds: int, seed: int) -> list[Round]:
    """Return the rounds of a seed: always the same ones, so that a walk can be gone on with."""
    lot = random.Random(f"rounds of {seed}")  # noqa: S311 -- a walk can be repeated by its seed
    # Every program falls equally often, in an order by lot: a hundred draws would leave some out.
    victims = [(*EVERY, DATABASE)[number % (len(EVERY) + 1)] for number in range(rounds)]
    lot.shuffle(victims)
    return [
        Round(
            number,
            victim,
            lot.uniform(0, LONGEST_LEAD),
            lot.choice((0.0, 0.0, lot.uniform(0.5, LONGEST_FROST))),
        )
        for number, victim in enumerate(victims, start=1)
    ]


def walk_rounds(stage: Stage, those: list[Round], *, minutes: float) -> None:
    """Walk with three people at once, time and again, while one program after another falls.

    Raises `AssertionError` naming where to go on when the minutes are over before the rounds are.
    """
    with stage.walk.step(f"{PEOPLE} people sign in for the random rounds"):
        crowd = [stage.person() for _ in range(PEOPLE)]
    tallies = {name: Tally() for name in sorted({each.victim for each in those})}
    until = time.monotonic() + minutes * 60
    with ThreadPoolExecutor(PEOPLE) as pool:
        for each in those:
            begun = time.monotonic()
            assert begun < until, f"{minutes:.0f} minutes are over: go on with --from {each.number}"
            with stage.walk.step(each.sentence):
                cases = [pool.submit(_apply, stage, browser) for browser in crowd]
                pause(each.lead)
                _strike(stage, each.victim, each.frozen_for)
                for case in cases:
                    case.result()
                stage.programs.wait_until_ready()
            _count(tallies[each.victim], each.frozen_for, time.monotonic() - begun)
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
