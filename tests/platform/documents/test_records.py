"""What a document says as data, and what it is worth on a day."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjereh.domain.documents.rules import records, states

pytestmark = pytest.mark.django_db(databases=[])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
    max_leaves=8,
)


@given(values)
def test_a_record_reads_back_and_has_one_form(record):
    text = records.canonical(record)

    assert json.loads(text) == record
    assert records.canonical(json.loads(text)) == text


@given(st.dictionaries(st.text(), st.integers(), min_size=2))
def test_the_order_of_names_does_not_matter(record):
    assert records.canonical(dict(reversed(record.items()))) == records.canonical(record)


@pytest.mark.parametrize("value", [1.5, b"bytes", dt.date(2026, 1, 1), {1.5: "name"}])
def test_what_has_no_single_form_is_refused(value):
    with pytest.raises(TypeError):
        records.canonical({"value": value})


def test_the_national_number_is_masked():
    masked = records.masked({"holder": {"national_number": "9990000018", "given_name": "مینا"}})

    assert masked == {"holder": {"national_number": "999•••••18", "given_name": "مینا"}}


@pytest.mark.parametrize("data", [{}, {"holder": "text"}, {"holder": {"given_name": "مینا"}}])
def test_data_without_a_number_stay_as_they_are(data):
    assert records.masked(data) == data


def test_a_stranger_sees_initials():
    assert records.initials("مینا", "نمونه‌پور") == "م. ن…"


def test_dates_are_written_in_words_wherever_they_stand():
    words = records.dates_in_words({"a": ["2026-11-22", {"at": "2026-11-22T06:11:17Z"}], "b": "2026", "c": 5})

    assert words == {
        "2026-11-22": {"day": "۱\u00a0آذر\u00a0۱۴۰۵"},
        "2026-11-22T06:11:17Z": {"day": "۱\u00a0آذر\u00a0۱۴۰۵", "clock": "۹:۴۱:۱۷"},
    }


@pytest.mark.parametrize(
    ("state", "until", "expected"),
    [
        (states.DocumentState.ISSUED, None, states.Standing.VALID),
        (states.DocumentState.ISSUED, dt.date(2026, 11, 22), states.Standing.VALID),
        (states.DocumentState.ISSUED, dt.date(2026, 11, 21), states.Standing.EXPIRED),
        (states.DocumentState.REVOKED, None, states.Standing.REVOKED),
        (states.DocumentState.REVOKED, dt.date(2026, 11, 21), states.Standing.REVOKED),
    ],
)
def test_the_last_day_counts_and_revocation_wins(state, until, expected):
    assert states.standing(state, valid_until=until, today=dt.date(2026, 11, 22)) is expected
