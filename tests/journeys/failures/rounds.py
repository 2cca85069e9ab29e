"""Random kills and freezes under a small load: whatever the moment, the books must hold."""

import random
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from tests.journeys.failures.people import Patient
from tests.journeys.failures.programs import EVERY, pause
from tests.journeys.failures.stage import Stage, gathering

PEOPLE = 3
DATABASE = "database"
LONGEST_LEAD = 2.5


def walk_rounds(stage: Stage, *, rounds: int, lot: random.Random) -> None:
    """Walk with three people at once, time and again, while one program after another falls."""
    with stage.walk.step(f"{PEOPLE} people sign in for the random rounds"):
        crowd = [stage.person() for _ in range(PEOPLE)]
    with ThreadPoolExecutor(PEOPLE) as pool:
        for number in range(1, rounds + 1):
            victim, lead = lot.choice((*EVERY, DATABASE)), lot.uniform(0, LONGEST_LEAD)
            frozen_for = lot.choice((0.0, 0.0, lot.uniform(0.5, 4)))
            what = f"frozen for {frozen_for:.1f} s" if frozen_for and victim != DATABASE else "killed"
            with stage.walk.step(f"round {number}: {victim} {what} after {lead:.2f} s"):
                cases = [pool.submit(_apply, stage, browser) for browser in crowd]
                pause(lead)
                _strike(stage, victim, frozen_for)
                for case in cases:
                    case.result()
                stage.programs.wait_until_ready()


def _apply(stage: Stage, browser: Patient) -> UUID:
    case = gathering(browser)
    stage.finish(browser, case)
    return case


def _strike(stage: Stage, victim: str, frozen_for: float) -> None:
    if victim == DATABASE:
        stage.programs.kill_database()
    elif frozen_for:
        with stage.programs.frozen(victim):
            pause(frozen_for)
    else:
        stage.programs.kill(victim)
