"""The random rounds of the long walk can be repeated and gone on with, and leave no program out."""

from collections import Counter

import psycopg

from tests.journeys.failures.database import Database
from tests.journeys.failures.programs import EVERY
from tests.journeys.failures.rounds import DATABASE, drawn


def test_a_seed_draws_the_same_rounds_again() -> None:
    assert drawn(100, 7) == drawn(100, 7) != drawn(100, 8)


def test_a_hundred_rounds_strike_every_program_and_the_database_equally_often() -> None:
    assert Counter(each.victim for each in drawn(100, 7)) == dict.fromkeys((*EVERY, DATABASE), 10)


def test_a_look_at_the_database_is_repeated_when_the_server_dies_over_it(admin_url: str) -> None:
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute("CREATE SEQUENCE looked_at")  # counts also what was broken off
        query = "SELECT nextval('looked_at') > 1 OR pg_terminate_backend(pg_backend_pid())"
        try:
            assert Database(admin_url).one(query) is True
            assert admin.execute("SELECT last_value FROM looked_at").fetchone() == (2,)
        finally:
            admin.execute("DROP SEQUENCE looked_at")
