"""The random rounds of the long walk can be repeated and gone on with, and leave no program out."""

from collections import Counter

from tests.journeys.failures.programs import EVERY
from tests.journeys.failures.rounds import DATABASE, drawn


def test_a_seed_draws_the_same_rounds_again() -> None:
    assert drawn(100, 7) == drawn(100, 7) != drawn(100, 8)


def test_a_hundred_rounds_strike_every_program_and_the_database_equally_often() -> None:
    assert Counter(each.victim for each in drawn(100, 7)) == dict.fromkeys((*EVERY, DATABASE), 10)
