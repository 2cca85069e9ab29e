"""Deny, unless one contract covers every part of the call."""

import dataclasses
import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjereh_contracts.identifiers import parse_service, parse_subsystem
from panjereh_contracts.rights import AccessDenied, Call, decide_access, matches
from tests.node.kit import AT, CIVIL, WINDOW, World, contract

WORLD = World(contracts=[contract(), contract(id="c-2", path="/people/*/address", method="GET")])
DIRECTORY = WORLD.configuration().directory
CALL = Call(
    contract="c-1",
    consumer=parse_subsystem(WINDOW),
    service=parse_service(f"{CIVIL}/person"),
    method="POST",
    path="",
    purpose="address-certificate",
    legal_basis="law-1",
)


def test_a_call_under_its_contract_is_allowed() -> None:
    assert decide_access(DIRECTORY, CALL, at=AT).id == "c-1"


@pytest.mark.parametrize(
    ("change", "unmatched"),
    [
        ({"contract": "c-9"}, "contract"),
        ({"consumer": parse_subsystem("PRACTICE/GOV/post/place")}, "contract"),
        ({"service": parse_service(f"{CIVIL}/other")}, "service"),
        ({"service": parse_service("PRACTICE/GOV/post/place/person")}, "service"),
        ({"method": "GET"}, "method"),
        ({"path": "/x"}, "path"),
        ({"purpose": "curiosity"}, "purpose"),
        ({"legal_basis": "law-2"}, "legal_basis"),
        ({"contract": "c-2", "method": "GET", "path": "/people/1/2/address"}, "path"),
    ],
)
def test_a_call_that_differs_in_one_part_is_denied(change: dict[str, Any], unmatched: str) -> None:
    with pytest.raises(AccessDenied) as refused:
        decide_access(DIRECTORY, dataclasses.replace(CALL, **change), at=AT)

    assert refused.value.unmatched == unmatched


@pytest.mark.parametrize(
    "at", [dt.datetime(2025, 12, 31, tzinfo=dt.UTC), dt.datetime(2036, 1, 1, tzinfo=dt.UTC)]
)
def test_a_contract_holds_from_its_first_instant_until_its_last(at: dt.datetime) -> None:
    with pytest.raises(AccessDenied) as refused:
        decide_access(DIRECTORY, CALL, at=at)

    assert refused.value.unmatched == "validity"


def _slow_match(glob: str, path: str) -> bool:
    """The reference: the definition of the two stars, letter by letter."""
    if not glob:
        return not path
    if glob.startswith("**"):
        return any(_slow_match(glob[2:], path[i:]) for i in range(len(path) + 1))
    if glob.startswith("*"):
        segment = len(path.partition("/")[0])
        return any(_slow_match(glob[1:], path[i:]) for i in range(segment + 1))
    return path[:1] == glob[0] and _slow_match(glob[1:], path[1:])


@pytest.mark.slow
@given(
    st.text(st.sampled_from("/ab*"), min_size=1, max_size=8),
    st.text(st.sampled_from("/ab\n"), min_size=1, max_size=8),
)
def test_globs_match_as_their_slow_definition_says(glob: str, path: str) -> None:
    assert matches(glob.replace("***", "**"), path) == _slow_match(glob.replace("***", "**"), path)


def test_nothing_after_the_service_is_the_root_path() -> None:
    assert matches("/", "")
    assert matches("/**", "")
    assert not matches("/", "/a")
