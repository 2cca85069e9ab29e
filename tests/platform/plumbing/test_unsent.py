"""What answers nothing travels with what comes next, and is in its place all the same."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeAlias

import hypothesis
import psycopg
import pytest
from django.db import (
    IntegrityError,
    OperationalError,
    ProgrammingError,
    connection,
    connections,
    transaction,
)
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from panjereh.plumbing import sql
from panjereh.plumbing.postgresql.base import DatabaseWrapper
from panjereh.plumbing.read_only import WroteWhileReading, reading

ADD = "INSERT INTO told (number) VALUES (%s)"
LOOK = "SELECT number FROM told WHERE number < %s ORDER BY number"
# Additions, and blocks of them that are kept (True) or rolled back.
Program: TypeAlias = "list[int | tuple[bool, Program]]"


class RolledBackError(Exception):
    pass


def numbers() -> list[int]:
    return [number for (number,) in sql.rows(LOOK, [1000])]


@pytest.fixture(autouse=True)
def _a_table_and_statements_that_the_server_knows(settings: Any) -> Iterator[None]:
    """Stand on a connection of one's own, with real commits into a table that is gone afterwards."""
    of_all_tests = connections["default"]
    with psycopg.connect(settings.PANJEREH_TEST_OWNER_URL, autocommit=True) as owner:
        owner.execute("CREATE TABLE told (number integer PRIMARY KEY); GRANT ALL ON told TO panjereh_app")
        connections["default"] = DatabaseWrapper(of_all_tests.settings_dict, "default")
        try:
            know()
            yield
        finally:
            connection.close()
            connections["default"] = of_all_tests
            owner.execute("DROP TABLE told")


def know() -> None:
    """Have the server know the statements: it forgets them with every rollback."""
    for _ in range(3):
        with transaction.atomic():
            numbers()
            sql.do(ADD, [999])
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM told")


@pytest.fixture
def exchanges() -> Iterator[Callable[[], int]]:
    """Return a function that counts, at the end, how often the server said that it is ready for more."""
    pgconn = connection.connection.pgconn
    reader, writer = os.pipe()
    pgconn.trace(writer)

    def count() -> int:
        pgconn.untrace()
        return os.read(reader, 1 << 16).count(b"ReadyForQuery")

    yield count
    os.close(reader)
    os.close(writer)


def add(number: int) -> Callable[[], None]:
    return partial(sql.do, ADD, [number])


def roll_back() -> None:
    raise RolledBackError


def in_a_transaction(*steps: Callable[[], object]) -> None:
    with transaction.atomic():
        numbers()
        for step in steps:
            step()


def test_a_transaction_has_no_exchange_for_its_begin_nor_for_what_answers_nothing(exchanges):
    in_a_transaction(add(1), add(2))

    assert exchanges() == 2  # BEGIN and the question; both additions and COMMIT


def test_a_question_takes_along_what_came_before_it_and_sees_it(exchanges):
    seen: list[int] = []

    in_a_transaction(add(1), lambda: seen.extend(numbers()))

    assert seen == [1]
    assert exchanges() == 3


def test_outside_a_transaction_it_is_carried_out_at_once(exchanges):
    add(1)()

    assert exchanges() == 1


def test_a_rollback_leaves_nothing_of_it_for_the_next_transaction():
    with pytest.raises(RolledBackError):
        in_a_transaction(add(1), roll_back)

    in_a_transaction()

    assert numbers() == []


def test_what_is_wrong_with_it_fails_the_commit_and_all_of_the_transaction():
    add(1)()
    done: list[str] = []

    with pytest.raises(IntegrityError, match="told_pkey"):
        in_a_transaction(lambda: transaction.on_commit(lambda: done.append("committed")), add(2), add(1))

    assert done == []
    assert numbers() == [1]


def test_what_is_wrong_with_it_fails_the_next_statement_which_is_not_carried_out():
    with pytest.raises(IntegrityError, match="told_pkey"):
        in_a_transaction(add(1), add(1), numbers)

    assert numbers() == []


def test_a_copy_waits_for_what_came_before_it():
    def copy_one() -> None:
        with connection.cursor() as cursor, cursor.copy("COPY told FROM STDIN") as copy:
            copy.write_row([1])

    with pytest.raises(psycopg.errors.UniqueViolation, match="COPY told"):
        in_a_transaction(add(1), copy_one)


def test_a_statement_for_many_waits_for_what_came_before_it():
    def add_one_twice() -> None:
        with connection.cursor() as cursor:
            cursor.executemany("UPDATE told SET number = number + %s", [[1], [1]])

    in_a_transaction(add(1), add_one_twice)

    assert numbers() == [3]


def test_when_the_server_ends_before_the_commit_nothing_is_there():
    with pytest.raises(OperationalError):
        in_a_transaction(add(1), end_the_session)

    assert numbers() == []


def end_the_session() -> None:
    """End this session, as another one of the same role may."""
    info = connection.connection.info
    with psycopg.connect(info.dsn, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [info.backend_pid])


def test_a_transaction_under_way_cannot_be_made_to_commit_by_itself():
    def begin_to_commit_each() -> None:
        connection.connection.autocommit = True

    with pytest.raises(psycopg.ProgrammingError, match="autocommit"):
        in_a_transaction(add(1), begin_to_commit_each)

    assert numbers() == []


def test_a_question_lets_go_of_what_it_fetched():
    add(1)()

    assert numbers() == [1]
    with pytest.raises(ProgrammingError):
        connection.asker().fetchall()


def test_counts_of_queries_see_it():
    with CaptureQueriesContext(connection) as asked:
        in_a_transaction(add(1))

    assert [each["sql"].split()[0] for each in asked.captured_queries] == [
        "BEGIN",
        "SELECT",
        "INSERT",
        "COMMIT",
    ]


def test_the_guard_of_reading_views_refuses_it():
    with pytest.raises(WroteWhileReading), reading():
        in_a_transaction(add(1))

    assert numbers() == []


programs = st.recursive(
    st.integers(0, 99), lambda inner: st.tuples(st.booleans(), st.lists(inner, max_size=4)), max_leaves=12
)


@hypothesis.settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(program=st.lists(programs, max_size=6, unique_by=repr), is_kept=st.booleans())
def test_it_lives_and_dies_with_its_block(program, is_kept):
    expected: set[int] = set()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM told")
    know()

    try:
        with transaction.atomic():
            numbers()
            expected = carried_out(program, set())
            if not is_kept:
                roll_back()
    except RolledBackError:
        expected = set()

    assert numbers() == sorted(expected)


def carried_out(program: Program, there: set[int]) -> set[int]:
    """Carry a program out; return what must be there after it."""
    for step in program:
        if isinstance(step, int):
            if step not in there:
                sql.do(ADD, [step])
                there = there | {step}
            continue
        is_kept, inner = step
        try:
            with transaction.atomic():
                within = carried_out(inner, there)
                if not is_kept:
                    roll_back()
                there = within
        except RolledBackError:
            assert numbers() == sorted(there)
    return there
