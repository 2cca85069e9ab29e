"""A person is erased: nothing sealed opens, nobody finds them, and the record still holds."""

import dataclasses
import datetime as dt
import hashlib
import io
import json
from pathlib import Path
from uuid import UUID

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, models
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from panjereh.domain.audit.models import Leaf
from panjereh.domain.exchange import api as exchange
from panjereh.domain.exchange.models import Receipt
from panjereh.domain.messaging import api as messaging
from panjereh.domain.people import api as people
from panjereh.domain.people.models import (
    Account,
    AllottedSubject,
    AttemptCounter,
    ErasureOrder,
    OneTimeCode,
    SignInChallenge,
    Subject,
)
from panjereh.plumbing import edge, sealing
from panjereh.plumbing.models import SubjectKey
from panjereh_kernel.actor import Actor, Channel, Role
from panjereh_kernel.refusal import NotFound
from panjereh_tlog.notes import open_note
from tests.platform.audit.conftest import SIGNER, Record
from tests.platform.people import officers
from tests.platform.people.desk import Desk, fresh_id, open_minas_account
from tests.platform.people.orders import approved_order
from tests.platform.people.registers import AT

PLATFORM = Actor.system("erasure")


def erase(subject_id: UUID, *, at: dt.datetime = AT) -> people.ErasureReport:
    return people.erase_subject(approved_order(subject_id, at=at), actor=PLATFORM, at=at)


def run(subject_id: UUID, *, reason: str = "holder-asked", out: io.StringIO | None = None) -> UUID:
    order_id = approved_order(subject_id, at=edge.now(), reason=people.ErasureReason(reason))
    call_command("erase", "--order", str(order_id), stdout=out or io.StringIO())
    return order_id


@pytest.fixture
def mina(desk: Desk) -> people.SignedIn:
    return open_minas_account()


def test_an_erased_person_is_absent_even_to_themself(mina):
    erase(mina.subject_id)

    themself = Actor(
        role=Role.CITIZEN, channel=Channel.WEB, purpose="own-affairs", subject_id=mina.subject_id
    )
    for actor in (themself, PLATFORM):
        with pytest.raises(NotFound):
            people.person(mina.subject_id, actor=actor, at=AT)
    with pytest.raises(NotFound):
        people.account(mina.account_id)
    assert people.labels([mina.subject_id]) == {}
    assert people.mobile_to_notify(mina.subject_id) is None


def test_no_blind_index_of_an_erased_person_is_left(mina):
    number = bytes(Subject.objects.get().national_number_index)
    mobile = bytes(Account.objects.get().mobile_index)

    erase(mina.subject_id)

    assert AllottedSubject.objects.count() == 0
    assert [row.national_number_index for row in SignInChallenge.objects.order_by("id")] == [None]
    assert set(OneTimeCode.objects.order_by("id").values_list("mobile_index", flat=True)) == {None}
    assert not AttemptCounter.objects.filter(key__in=[number, mobile]).exists()
    assert {bytes(row.question_index) for row in Receipt.objects.order_by("id")} == {b""}


def test_no_column_of_any_table_holds_a_blind_index_of_an_erased_person(mina):
    """Whatever table comes: the bytes by which the person was found are nowhere."""
    sought = [bytes(Subject.objects.get().national_number_index), bytes(Account.objects.get().mobile_index)]
    sought += [bytes(row.question_index) for row in Receipt.objects.order_by("id")]
    sought += [bytes(row.answer_index) for row in Receipt.objects.order_by("id")]

    erase(mina.subject_id)

    assert [
        (model.__name__, field.column)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.BinaryField)
        and model._default_manager.filter(**{f"{field.column}__in": sought}).exists()
    ] == []


def test_receipts_stay_and_still_say_who_asked_whom(mina):
    before = exchange.receipts_of(mina.subject_id, limit=9)

    erase(mina.subject_id)

    assert exchange.receipts_of(mina.subject_id, limit=9) == before
    with pytest.raises(sealing.ContentErased):
        exchange.receipt_evidence(before[0].id, subject_id=mina.subject_id)


def test_what_is_in_the_inbox_opens_no_more(mina):
    message = fresh_id()
    messaging.post_message(
        message,
        subject_id=mina.subject_id,
        template="case-withdrawn",
        parameters={"service_fa": "x", "service_en": "x", "tracking_code": "x"},
        reference=message,
        at=AT,
    )

    report = erase(mina.subject_id)

    tried = {(column.table, column.column): column.tried for column in report.closed}
    assert tried["messaging_inboxmessage", "sealed_parameters"] == 1
    assert tried["exchange_receipt", "sealed_receipt"] == 2


def test_the_report_counts_every_sealed_column_there_is(mina):
    report = erase(mina.subject_id)

    assert {(column.table, column.column) for column in report.closed} == {
        (column.table, column.name) for column in sealing.sealed_columns() if column.owner
    }
    assert report.removed["people_subject"] == report.removed["people_account"] == 1


def test_every_binary_column_named_sealed_is_among_the_sealed_columns():
    query = (
        "SELECT table_name, column_name FROM information_schema.columns WHERE column_name LIKE 'sealed\\_%'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        in_database = set(cursor.fetchall())

    assert in_database == {(column.table, column.name) for column in sealing.sealed_columns()}


def test_the_digest_of_the_report_and_ids_alone_are_in_the_record(mina):
    report = erase(mina.subject_id)

    leaf = Leaf.objects.get(event="people.subject.erased")
    assert leaf.subject == str(mina.subject_id)
    assert leaf.facts == {
        "reason": "holder-asked",
        "order_id": str(report.order.order_id),
        "asked_by": str(report.order.asked_by),
        "approved_by": str(report.order.approved_by),
        "report_sha256": hashlib.sha256(report.to_json().encode()).hexdigest(),
    }


def test_erasing_twice_removes_nothing_more(mina):
    erase(mina.subject_id)

    again = erase(mina.subject_id)

    assert not any(again.removed.values())
    assert SubjectKey.objects.get(owner_id=mina.subject_id).wrapped_key is None


def test_an_id_nobody_had_is_absent(desk):
    with pytest.raises(NotFound):
        erase(fresh_id())


def test_the_same_person_may_come_back_as_somebody_new(desk, mina):
    erase(mina.subject_id)

    desk.prove_identity()

    assert desk.type_code().subject_id != mina.subject_id


def test_a_sign_in_under_way_ends_and_brings_nobody_back(desk, mina):
    desk.prove_identity()
    erase(mina.subject_id, at=AT)

    with pytest.raises(people.SignInExpired):
        desk.type_code()

    assert Subject.objects.count() == Account.objects.count() == 0


def test_who_holds_a_role_or_is_asked_for_one_is_not_erased_before_it_has_ended(db):
    first, second = officers.make_grantors()
    clerk = officers.make_somebody()
    grant_id = officers.request(clerk, by=first.at_the_desk())
    order_id = approved_order(clerk.subject_id, at=AT)

    for end in (officers.approve, officers.revoke):
        with pytest.raises(people.RoleInForce):
            people.erase_subject(order_id, actor=PLATFORM, at=AT)
        end(grant_id, by=second.at_the_desk())

    assert people.erase_subject(order_id, actor=PLATFORM, at=AT).removed["people_subject"] == 1


def test_a_grant_outlives_its_holder_and_names_nobody(db):
    first, second = officers.make_grantors()
    clerk = officers.make_somebody()
    grant_id = officers.request(clerk, by=first.at_the_desk())
    officers.refuse(grant_id, by=second.at_the_desk())

    erase(clerk.subject_id)

    grantor = second.at_the_desk()
    assert people.grant(grant_id, actor=grantor, at=AT).holder_id == clerk.subject_id
    assert people.officer_names([clerk.subject_id], actor=grantor, at=AT) == {}


def test_a_role_that_ran_out_does_not_hold_an_erasure_back(db):
    grantor = officers.make_grantors()[0]

    erase(grantor.subject_id, at=AT + dt.timedelta(days=91))

    assert people.posts_of(grantor.subject_id, at=AT + dt.timedelta(days=91)) == []


@hypothesis_settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_after_an_erasure_no_random_sealed_value_opens(data):
    subject = fresh_id()
    columns = sealing.sealed_columns()
    names = data.draw(st.lists(st.sampled_from([column.name for column in columns]), min_size=1, max_size=6))
    values = [(name, sealing.seal(subject, name, data.draw(st.text(max_size=40)))) for name in names]
    erase(subject)

    for name, value in values:
        with pytest.raises(sealing.ContentErased):
            sealing.unseal(subject, name, value)


@pytest.fixture
def state(settings, tmp_path) -> Path:
    (tmp_path / "audit.key").write_text(SIGNER.private_text(), encoding="utf-8")
    settings.PANJEREH = dataclasses.replace(
        settings.PANJEREH, state_directory=tmp_path, audit_key_file=tmp_path / "audit.key"
    )
    return tmp_path / "erasures.jsonl"


@pytest.mark.django_db(transaction=True, databases=["default", "trace"])
class TestCommand:
    """`panjereh erase`, with real commits."""

    def test_it_prints_the_report_and_its_digest(self, mina, state):
        out = io.StringIO()

        run(mina.subject_id, reason="court-order", out=out)

        report, digest, _ = out.getvalue().splitlines()
        assert json.loads(report)["reason"] == "court-order"
        assert digest == f"sha256 {hashlib.sha256(report.encode()).hexdigest()}"

    def test_the_report_is_kept_signed_and_is_the_one_in_the_record(self, mina, state):
        run(mina.subject_id)

        (kept,) = (state.parent / "erasure-reports").iterdir()
        report = open_note(kept.read_text(encoding="utf-8"), [SIGNER.verifier()])
        leaf = Leaf.objects.get(event="people.subject.erased")
        assert hashlib.sha256(report.rstrip("\n").encode()).hexdigest() == leaf.facts["report_sha256"]
        assert kept.stat().st_mode & 0o077 == 0

    def test_a_backup_that_brings_the_key_back_is_set_right_by_the_list(self, mina, state):
        """As a restore does: the rows of the backup are there again, key and all."""
        kept = [*Subject.objects.order_by("id"), *Account.objects.order_by("id")]
        key = SubjectKey.objects.get(owner_id=mina.subject_id)
        run(mina.subject_id)
        SubjectKey.objects.filter(owner_id=mina.subject_id).update(
            wrapped_key=key.wrapped_key, erased_at=None
        )
        for row in kept:
            row.save(force_insert=True)
        assert people.labels([mina.subject_id])

        call_command("erase", "--replay", str(state), stdout=io.StringIO())

        assert people.labels([mina.subject_id]) == {}
        assert SubjectKey.objects.get(owner_id=mina.subject_id).wrapped_key is None

    def test_the_order_is_on_the_list_even_if_the_erasure_is_killed(self, mina, state, monkeypatch):
        def die(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(people, "erase_subject", die)
            with pytest.raises(KeyboardInterrupt):
                run(mina.subject_id)
        call_command("erase", "--replay", str(state), stdout=io.StringIO())

        assert people.labels([mina.subject_id]) == {}

    def test_the_list_holds_ids_only_and_is_private(self, mina, state):
        order_id = run(mina.subject_id)

        order = ErasureOrder.objects.get(id=order_id)
        line = json.loads(state.read_text())
        assert line.pop("at")
        assert line == {
            "subject_id": str(mina.subject_id),
            "reason": "holder-asked",
            "order_id": str(order_id),
            "asked_by": str(order.asked_by),
            "approved_by": str(order.decided_by),
        }
        assert state.stat().st_mode & 0o077 == 0

    def test_somebody_on_the_list_whom_the_backup_does_not_know_is_named(self, desk, state):
        unknown = fresh_id()
        state.write_text(json.dumps({"subject_id": str(unknown), "reason": "holder-asked", "at": ""}))
        out = io.StringIO()

        call_command("erase", "--replay", str(state), stdout=out)

        assert out.getvalue() == f"{unknown} is not in this database\n"

    def test_an_unknown_order_is_refused(self, desk, state):
        with pytest.raises(CommandError, match="not-found"):
            call_command("erase", "--order", str(fresh_id()))

    @pytest.mark.parametrize("stands", ["asked", "refused", "lapsed"])
    def test_an_order_nobody_approved_is_refused_and_not_on_the_list(self, mina, state, stands):
        order_id = approved_order(mina.subject_id, at=edge.now())
        ErasureOrder.objects.filter(id=order_id).update(state=stands)

        with pytest.raises(CommandError, match=f"erasure-step-impossible: the order is {stands}"):
            call_command("erase", "--order", str(order_id))

        assert not state.exists()
        assert people.labels([mina.subject_id])

    def test_an_approved_order_lapses(self, mina, state):
        order_id = approved_order(mina.subject_id, at=edge.now() - dt.timedelta(days=15))

        with pytest.raises(CommandError, match="the order is lapsed"):
            call_command("erase", "--order", str(order_id))

    def test_an_order_is_carried_out_once(self, mina, state):
        order_id = run(mina.subject_id)

        with pytest.raises(CommandError, match="the order is done"):
            call_command("erase", "--order", str(order_id))

    def test_an_order_about_somebody_with_a_role_is_refused_and_not_on_the_list(self, state):
        grantor = officers.make_grantors(at=edge.now())[0]

        with pytest.raises(CommandError, match="role-in-force"):
            run(grantor.subject_id)

        assert not state.exists()

    def test_a_backup_in_which_the_role_still_holds_is_named_and_the_others_are_erased(self, mina, state):
        grantor = officers.make_grantors(at=edge.now())[0]
        orders = [
            {"subject_id": str(each), "reason": "holder-asked", "at": ""}
            for each in (grantor.subject_id, mina.subject_id)
        ]
        state.write_text("\n".join(map(json.dumps, orders)))

        with pytest.raises(CommandError, match=str(grantor.subject_id)):
            call_command("erase", "--replay", str(state), stdout=io.StringIO())

        assert set(people.labels([mina.subject_id, grantor.subject_id])) == {grantor.subject_id}

    def test_what_still_opens_takes_the_whole_erasure_back(self, mina, monkeypatch):
        monkeypatch.setattr(sealing, "erase_key", lambda *_, **__: None)

        with pytest.raises(sealing.StillOpen):
            erase(mina.subject_id)

        assert Account.objects.count() == Subject.objects.count() == 1

    def test_the_record_still_verifies(self, mina, tmp_path):
        record = Record(tmp_path / "log", tmp_path / "checkpoints")
        record.catch_up()
        before = record.verify().size

        erase(mina.subject_id)
        record.catch_up()

        assert record.verify().size == before + 1
