"""The database's order of Persian lists is the kernel's, byte for byte, and an index can hold it."""

from pathlib import Path

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panjereh.domain.directory.models import DivisionVersion
from panjereh.plumbing.edge import now
from panjereh.plumbing.ordering import SortKey
from panjereh_kernel.sorting import sort_key, sort_tables

VECTORS = Path(__file__).resolve().parents[2] / "vectors/persian-order.txt"
ROWS = [line for line in VECTORS.read_text("utf-8").split("\n") if line and not line.startswith("#")]
WORDS = [row[1:] for row in ROWS]

pytestmark = pytest.mark.django_db


def keys_in_database(words):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT panjereh_sort_key(word) FROM unnest(%s::text[]) WITH ORDINALITY AS given (word, place)"
            " ORDER BY place",
            [words],
        )
        return [bytes(key) for (key,) in cursor.fetchall()]


@pytest.mark.slow
def test_database_and_kernel_make_the_same_key_of_every_word():
    assert keys_in_database(WORDS) == [sort_key(word) for word in WORDS]


def test_database_and_kernel_know_the_same_characters():
    known = sorted({character for characters, _ in sort_tables() for character in characters})

    assert keys_in_database(known) == [sort_key(character) for character in known]


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(
    st.lists(
        st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00")), max_size=20
    )
)
def test_database_and_kernel_make_the_same_key_of_any_text(texts):
    assert keys_in_database(texts) == [sort_key(text) for text in texts]


def test_nothing_has_no_key():
    with connection.cursor() as cursor:
        cursor.execute("SELECT panjereh_sort_key(NULL) IS NULL")
        assert cursor.fetchone() == (True,)


@pytest.mark.slow
def test_an_index_gives_the_first_names_in_order():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE names (name text)")
        cursor.execute("INSERT INTO names SELECT unnest(%s::text[])", [list(reversed(WORDS))])
        cursor.execute("CREATE INDEX names_in_order ON names (panjereh_sort_key(name))")
        cursor.execute("ANALYZE names")
        cursor.execute("EXPLAIN SELECT name FROM names ORDER BY panjereh_sort_key(name) LIMIT 20")
        plan = " ".join(line for (line,) in cursor.fetchall())
        cursor.execute("SELECT name FROM names ORDER BY panjereh_sort_key(name) LIMIT 20")
        first = [name for (name,) in cursor.fetchall()]

    assert "names_in_order" in plan
    assert [sort_key(name) for name in first] == [sort_key(word) for word in WORDS[:20]]


def test_a_query_of_rows_can_ask_for_the_order():
    for code, name in (("91", "یزد"), ("92", "پارس"), ("93", "آذربایجان"), ("94", "بوشهر")):
        DivisionVersion.objects.create(
            code=code, name_fa=name, name_en="x", certainty="D", source="x", recorded_at=now()
        )

    names = DivisionVersion.objects.order_by(SortKey("name_fa")).values_list("name_fa", flat=True)

    assert list(names) == ["آذربایجان", "بوشهر", "پارس", "یزد"]
