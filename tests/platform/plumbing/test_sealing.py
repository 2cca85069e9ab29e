"""Personal fields are sealed at rest and open only where they were sealed."""

import datetime as dt
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from panjereh.plumbing import sealing
from panjereh.plumbing.models import SubjectKey

OWNER = UUID("01890000-0000-7000-8000-000000000001")
OTHER = UUID("01890000-0000-7000-8000-000000000002")
AT = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


@hypothesis_settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_what_was_sealed_opens_again(db: None, text: str) -> None:
    assert sealing.unseal(OWNER, "name", sealing.seal(OWNER, "name", text)) == text


def test_the_same_text_is_never_sealed_to_the_same_bytes() -> None:
    assert sealing.seal(OWNER, "name", "مینا") != sealing.seal(OWNER, "name", "مینا")


def test_a_sealed_value_moved_to_another_column_does_not_open() -> None:
    sealed = sealing.seal(OWNER, "name", "مینا")

    with pytest.raises(sealing.SealBroken):
        sealing.unseal(OWNER, "mobile", sealed)


def test_a_sealed_value_moved_to_another_person_does_not_open() -> None:
    sealed = sealing.seal(OWNER, "name", "مینا")
    sealing.seal(OTHER, "name", "امید")

    with pytest.raises(sealing.SealBroken):
        sealing.unseal(OTHER, "name", sealed)


def test_an_altered_value_does_not_open() -> None:
    sealed = bytearray(sealing.seal(OWNER, "name", "مینا"))
    sealed[-1] ^= 1

    with pytest.raises(sealing.SealBroken):
        sealing.unseal(OWNER, "name", bytes(sealed))


def test_erasing_the_key_erases_the_content_for_good() -> None:
    sealed = sealing.seal(OWNER, "name", "مینا")

    sealing.erase_key(OWNER, at=AT)

    with pytest.raises(sealing.ContentErased):
        sealing.unseal(OWNER, "name", sealed)
    with pytest.raises(sealing.ContentErased):
        sealing.seal(OWNER, "name", "مینا")
    assert SubjectKey.objects.get(owner_id=OWNER).wrapped_key is None


def test_the_blind_index_finds_the_same_text_only_in_the_same_field() -> None:
    assert sealing.blind_index("number", "1") == sealing.blind_index("number", "1")
    assert sealing.blind_index("number", "1") != sealing.blind_index("mobile", "1")
