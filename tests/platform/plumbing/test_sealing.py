"""Personal fields are sealed at rest and open only where they were sealed."""

import datetime as dt
from uuid import UUID

import pytest
from django.db import transaction
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


def test_one_opener_opens_many_values_with_one_question_for_the_key(django_assert_num_queries) -> None:
    sealed = {name: sealing.seal(OWNER, name, f"the {name}") for name in ("name", "mobile", "city")}

    with django_assert_num_queries(1):
        open_one = sealing.opener(OWNER)
        opened = {name: open_one(name, value) for name, value in sealed.items()}

    assert opened == {name: f"the {name}" for name in sealed}


def test_an_opener_opens_nothing_of_another_owner_or_field() -> None:
    sealed = sealing.seal(OWNER, "name", "مینا")
    sealing.seal(OTHER, "name", "امید")

    with pytest.raises(sealing.SealBroken):
        sealing.opener(OTHER)("name", sealed)
    with pytest.raises(sealing.SealBroken):
        sealing.opener(OWNER)("mobile", sealed)


def test_an_opener_with_nothing_to_open_asks_and_makes_nothing(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        sealing.opener(OWNER)


def test_an_opener_made_after_the_erasure_opens_nothing() -> None:
    sealed = sealing.seal(OWNER, "name", "مینا")
    sealing.erase_key(OWNER, at=AT)

    with pytest.raises(sealing.ContentErased):
        sealing.opener(OWNER)("name", sealed)


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


def test_while_keys_are_kept_each_owner_is_asked_for_once(django_assert_num_queries) -> None:
    sealed = sealing.seal(OWNER, "name", "مینا")
    other = sealing.seal(OTHER, "name", "امید")

    with django_assert_num_queries(2), sealing.keeping_keys():
        opened = [sealing.unseal(OWNER, "name", sealed), sealing.unseal(OTHER, "name", other)]
        sealing.seal(OWNER, "mobile", opened[0])
        sealing.seal(OTHER, "mobile", opened[1])

    assert opened == ["مینا", "امید"]


def test_a_kept_key_is_forgotten_when_the_work_ends() -> None:
    sealed = sealing.seal(OWNER, "name", "مینا")
    with sealing.keeping_keys():
        sealing.unseal(OWNER, "name", sealed)
    sealing.erase_key(OWNER, at=AT)

    with pytest.raises(sealing.ContentErased), sealing.keeping_keys():
        sealing.unseal(OWNER, "name", sealed)


def test_an_erasure_within_the_work_reaches_the_kept_key() -> None:
    sealed = sealing.seal(OWNER, "name", "مینا")

    with sealing.keeping_keys():
        sealing.unseal(OWNER, "name", sealed)
        sealing.erase_key(OWNER, at=AT)
        with pytest.raises(sealing.ContentErased):
            sealing.unseal(OWNER, "name", sealed)


def test_a_key_whose_making_was_rolled_back_is_not_kept() -> None:
    with sealing.keeping_keys():
        with transaction.atomic():
            sealing.seal(OWNER, "name", "مینا")
            sealing.seal(OWNER, "mobile", "مینا")
            transaction.set_rollback(True)
        sealed = sealing.seal(OWNER, "name", "مینا")

    assert sealing.unseal(OWNER, "name", sealed) == "مینا"


def test_several_owners_are_opened_with_one_question(django_assert_num_queries) -> None:
    sealed = {owner: sealing.seal(owner, "name", f"{owner}") for owner in (OWNER, OTHER)}

    with django_assert_num_queries(1):
        opened = {owner: one("name", sealed[owner]) for owner, one in sealing.openers(sealed).items()}

    assert opened == {OWNER: f"{OWNER}", OTHER: f"{OTHER}"}


def test_of_several_owners_the_erased_one_alone_stays_shut() -> None:
    sealed = {owner: sealing.seal(owner, "name", "x") for owner in (OWNER, OTHER)}
    sealing.erase_key(OTHER, at=AT)
    openers = sealing.openers(sealed)

    assert openers[OWNER]("name", sealed[OWNER]) == "x"
    with pytest.raises(sealing.ContentErased):
        openers[OTHER]("name", sealed[OTHER])
