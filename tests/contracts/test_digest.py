"""The digest field says what the body is, or the message is refused."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjereh_contracts.digest import DigestMismatch, content_digest, verify_content_digest

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "digests.json").read_text())["vectors"]
GOOD = content_digest(b"x")


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["field"][:20])
def test_the_values_of_rfc_9530_come_out(vector: dict[str, str]) -> None:
    algorithm = vector["field"].partition("=")[0]

    assert content_digest(vector["body"].encode(), algorithm=algorithm) == vector["field"]
    verify_content_digest(vector["field"], vector["body"].encode())


@pytest.mark.slow
@given(st.binary(), st.binary())
def test_a_digest_fits_one_body_only(body: bytes, other: bytes) -> None:
    verify_content_digest(content_digest(body), body)
    if body != other:
        with pytest.raises(DigestMismatch):
            verify_content_digest(content_digest(body), other)


@pytest.mark.parametrize(
    "field",
    [
        "",
        "sha-256",
        "sha-256=x",
        "sha-256=:!:",
        "sha-256=:A:",
        f"{GOOD},{GOOD}",
        "md5=:AAAA:",
        "sha-256=:AAAA:",
        f"{GOOD}, sha-512=:AAAA:",
        GOOD + " " * 1024,
    ],
)
def test_a_field_that_proves_nothing_is_refused(field: str) -> None:
    with pytest.raises(DigestMismatch):
        verify_content_digest(field, b"x")


def test_an_unknown_algorithm_beside_a_known_one_is_passed_over() -> None:
    verify_content_digest(f"md5=:AAAA:, {GOOD}", b"x")
