"""The bytes of a leaf, written down so that others can hash them too."""

import dataclasses
import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjereh.domain.audit.rules.canonical import LeafContent, checked_facts, leaf_bytes

LEAF = LeafContent(
    id=UUID("019e4c5e-0000-7000-8000-000000000001"),
    event="casework.case.submitted",
    role="citizen",
    channel="web",
    subject_id=UUID("019e4c5e-0000-7000-8000-000000000002"),
    account_id=None,
    subject="گواهی",
    facts={"state": "submitted", "service": "address-certificate", "version": 1},
    at=dt.datetime(2026, 11, 22, 12, 0, 0, 5, tzinfo=dt.timezone(dt.timedelta(hours=3, minutes=30))),
    salt=bytes(range(16)),
)

leaves = st.builds(
    LeafContent,
    id=st.uuids(),
    event=st.text(max_size=5),
    role=st.sampled_from(["citizen", "system"]),
    channel=st.sampled_from(["web", "job"]),
    subject_id=st.none() | st.uuids(),
    account_id=st.none() | st.uuids(),
    subject=st.text(max_size=5),
    facts=st.dictionaries(st.text(max_size=3), st.integers() | st.text(max_size=3), max_size=3),
    at=st.datetimes(timezones=st.just(dt.UTC)),
    salt=st.binary(min_size=16, max_size=16),
)


def test_a_leaf_is_written_as_the_format_says() -> None:
    assert leaf_bytes(LEAF).decode() == (
        '{"account_id":null,"at":"2026-11-22T08:30:00.000005Z","channel":"web",'
        '"event":"casework.case.submitted",'
        '"facts":{"service":"address-certificate","state":"submitted","version":1},'
        '"id":"019e4c5e-0000-7000-8000-000000000001","role":"citizen",'
        '"salt":"000102030405060708090a0b0c0d0e0f","subject":"گواهی",'
        '"subject_id":"019e4c5e-0000-7000-8000-000000000002","v":1}'
    )


@pytest.mark.slow
@given(leaves, leaves)
def test_only_equal_leaves_have_equal_bytes(one: LeafContent, other: LeafContent) -> None:
    assert (leaf_bytes(one) == leaf_bytes(other)) == (one == other)


@pytest.mark.slow
@given(leaves, st.sampled_from(["role", "subject", "salt", "facts", "account_id"]))
def test_every_field_is_in_the_bytes(leaf: LeafContent, field: str) -> None:
    changes: dict[str, Any] = {
        "role": "other",
        "subject": "another",
        "salt": b"?" * 16,
        "facts": {"new": 1},
        "account_id": UUID(int=7),
    }

    assert leaf_bytes(dataclasses.replace(leaf, **{field: changes[field]})) != leaf_bytes(leaf)


@pytest.mark.parametrize("value", [True, 1.5, None, ["a"]])
def test_a_fact_is_a_string_or_an_integer(value: Any) -> None:
    with pytest.raises(TypeError, match="colour"):
        checked_facts({"colour": value})
