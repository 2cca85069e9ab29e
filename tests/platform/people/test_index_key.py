"""The index key changes: everybody is found before, while and after their index is renewed."""

import dataclasses
import io
from collections.abc import Callable

import pytest
from django.core.management import call_command

from panjereh.domain.audit.models import Leaf
from panjereh.domain.people import api as people
from panjereh.domain.people.models import Account, AllottedSubject, Subject
from panjereh.plumbing import sealing
from panjereh_kernel.actor import Actor
from tests.platform.people.desk import Desk, open_minas_account
from tests.platform.people.registers import AT

OLD, NEW = b"i" * 32, b"j" * 32
PLATFORM = Actor.system("key-rotation")


@pytest.fixture
def hold(settings) -> Callable[..., None]:
    def keys(*held: bytes) -> None:
        settings.PANJEREH = dataclasses.replace(settings.PANJEREH, index_key_file=held)

    return keys


def renew(*, limit: int = 9, after=people.START) -> people.Reindexed:
    return people.reindex_people(after=after, limit=limit, actor=PLATFORM, at=AT)


def sign_in_again(desk: Desk) -> people.SignedIn:
    desk.begin()
    desk.give_number()
    return desk.type_code()


def test_an_account_is_found_by_both_keys(desk, hold):
    before = open_minas_account()
    hold(NEW, OLD)

    assert sign_in_again(desk).account_id == before.account_id


def test_after_renewing_an_account_is_found_by_the_new_key_alone(desk, hold):
    before = open_minas_account()
    hold(NEW, OLD)
    renew()
    hold(NEW)

    assert sign_in_again(desk).account_id == before.account_id


def test_a_sign_in_under_way_goes_on_when_the_key_changes(desk, hold):
    before = open_minas_account()
    desk.begin()
    desk.give_number()
    hold(NEW, OLD)

    assert desk.type_code().account_id == before.account_id


def test_one_person_keeps_one_subject_when_proven_again_under_the_new_key(desk, hold):
    before = open_minas_account()
    hold(NEW, OLD)
    desk.prove_identity()

    assert desk.type_code().subject_id == before.subject_id
    assert AllottedSubject.objects.count() == Subject.objects.count() == 1


def test_renewing_twice_changes_and_records_once(desk, hold):
    open_minas_account()
    hold(NEW, OLD)

    assert [renew().changed for _ in range(2)] == [1, 0]
    assert Leaf.objects.filter(event="people.indexes.renewed").count() == 1


def test_a_batch_goes_on_behind_an_id_and_ends(desk, hold):
    subject = open_minas_account().subject_id
    hold(NEW, OLD)

    assert renew(after=subject) == people.Reindexed(0, 0, subject)


def test_only_the_mobile_of_a_half_renewed_person_is_left_to_do(desk, hold):
    open_minas_account()
    old_mobile = Account.objects.get().mobile_index
    hold(NEW, OLD)
    renew()
    Account.objects.update(mobile_index=old_mobile)

    assert renew().changed == 1


@pytest.mark.django_db(transaction=True, databases=["default", "trace"])
def test_the_command_renews_all_and_says_how_far_it_is(desk, hold):
    subject = open_minas_account().subject_id
    hold(NEW, OLD)
    out = io.StringIO()

    call_command("keys", "reindex", "--batch", "1", stdout=out)

    assert out.getvalue().splitlines() == [
        f"found anew: 1, up to {subject}",
        "everybody is found by the current index key",
    ]


def test_an_index_is_known_under_each_held_key_and_no_other(hold):
    hold(OLD)
    index = sealing.blind_index("number", "1")
    hold(NEW, OLD)
    known = sealing.is_indexed(index, "number", "1")
    hold(NEW)

    assert known
    assert not sealing.is_indexed(index, "number", "1")
    assert not sealing.is_indexed(None, "number", "1")
