"""Paths and names are read in one way or not at all."""

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjereh_contracts.identifiers import (
    MAX_PATH,
    MalformedClient,
    MalformedPath,
    SubsystemId,
    check_query,
    parse_path,
    parse_service,
    parse_subsystem,
)

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "paths.json").read_text())
IDENTIFIER = st.text(st.sampled_from("abcXYZ019'()+,-.=?"), min_size=1, max_size=20).filter(
    lambda text: text not in {".", ".."}
)


@pytest.mark.parametrize("vector", VECTORS["accepted"], ids=lambda v: v["path"])
def test_a_path_is_taken_apart(vector: dict[str, str]) -> None:
    path = parse_path(vector["path"])

    assert (str(path.service), path.tail, path.tail_decoded) == (
        vector["service"],
        vector["tail"],
        vector["tail_decoded"],
    )


@pytest.mark.parametrize("path", VECTORS["refused"])
def test_a_path_that_could_be_read_in_two_ways_is_refused(path: str) -> None:
    with pytest.raises(MalformedPath):
        parse_path(path)


def test_a_path_longer_than_the_limit_is_refused() -> None:
    with pytest.raises(MalformedPath):
        parse_path("/r1/a/b/c/d/e/" + "x" * MAX_PATH)


@pytest.mark.slow
@given(st.tuples(IDENTIFIER, IDENTIFIER, IDENTIFIER, IDENTIFIER))
def test_a_subsystem_is_written_and_read_back(parts: tuple[str, str, str, str]) -> None:
    subsystem = SubsystemId(*parts)

    assert parse_subsystem(str(subsystem)) == subsystem


@pytest.mark.slow
@given(st.text(max_size=60))
def test_no_tail_leads_out_of_the_service(tail: str) -> None:
    try:
        path = parse_path(f"/r1/a/b/c/d/e/{tail}")
    except MalformedPath:
        return

    assert not {".", ".."} & set(path.tail_decoded.split("/"))
    assert path.tail == f"/{tail}"


@pytest.mark.parametrize(
    "text", ["", "a/b/c", "a/b/c/d/e", "a/b/c/..", "a/b/c/%2e", "a/b/c/d%2Fe", "a/b/c/ d", "a/b/c/%ff"]
)
def test_a_client_that_is_not_a_subsystem_is_refused(text: str) -> None:
    with pytest.raises(MalformedClient):
        parse_subsystem(text)


def test_a_service_has_five_parts() -> None:
    assert str(parse_service("a/b/c/d/e%2B")) == quote("a/b/c/d/") + "e%2B"
    with pytest.raises(MalformedPath):
        parse_service("a/b/c/d")


@pytest.mark.parametrize("query", ["a b", "a#b", "é", "%zz", "x" * (MAX_PATH + 1), "a\nb"])
def test_a_query_with_other_characters_is_refused(query: str) -> None:
    with pytest.raises(MalformedPath):
        check_query(query)


def test_an_ordinary_query_passes() -> None:
    check_query("a=1&b=%20/?")
