"""Text messages: once each, whatever the carrier does, and nothing kept of them afterwards."""

import datetime as dt
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from panjereh.config.environment import Profile
from panjereh.domain.audit.models import Leaf
from panjereh.domain.messaging import api as messaging
from panjereh.domain.messaging.models import PracticeSms, SmsMessage
from panjereh.domain.messaging.operations.queue_sms import queue_sms
from panjereh.domain.messaging.rules.sms_states import MOST_ATTEMPTS
from panjereh.domain.people import api as people
from panjereh.jobs import messaging as jobs
from panjereh.plumbing import edge
from tests.platform.messaging.gateways import Failing, FailingAfterwards, Killing, Phone, TurningDown
from tests.platform.people.desk import Desk, fresh_id
from tests.platform.people.registers import ARASHS_NUMBER, AT, MINAS_MOBILE

HOST = "panjereh.example"


@pytest.fixture
def sms():
    sms_id = fresh_id()
    with transaction.atomic():
        queue_sms(sms_id, mobile=MINAS_MOBILE, text="text", useful_until=None, at=AT)
    return sms_id


def state_of(sms_id):
    return SmsMessage.objects.get(id=sms_id).state


def test_a_message_reaches_the_phone_and_nothing_is_kept_of_it(sms):
    phone = Phone()

    messaging.send_sms(sms, gateway=phone, at=AT)

    row = SmsMessage.objects.get(id=sms)
    assert phone.got == {sms: (MINAS_MOBILE, "text")}
    assert (row.state, row.sealed_mobile, row.sealed_text, row.finished_at) == ("sent", None, None, AT)
    assert Leaf.objects.get(subject=str(sms)).event == "messaging.sms.sent"


def test_failed_the_message_stays_queued_and_goes_with_the_next_try(sms):
    phone = Failing()
    with pytest.raises(messaging.SmsNotSentYet):
        messaging.send_sms(sms, gateway=phone, at=AT)
    assert state_of(sms) == "queued"

    messaging.send_sms(sms, gateway=phone, at=AT)

    assert state_of(sms) == "sent"
    assert len(phone.got) == 1


def test_failed_but_happened_the_next_try_carries_the_same_id(sms):
    phone = FailingAfterwards()
    with pytest.raises(messaging.SmsNotSentYet):
        messaging.send_sms(sms, gateway=phone, at=AT)

    messaging.send_sms(sms, gateway=phone, at=AT)

    assert state_of(sms) == "sent"
    assert (phone.calls, len(phone.got)) == (2, 1)


def test_killed_between_sending_and_noting_it_the_next_try_carries_the_same_id(sms):
    phone = Killing()
    with pytest.raises(KeyboardInterrupt):
        messaging.send_sms(sms, gateway=phone, at=AT)

    messaging.send_sms(sms, gateway=phone, at=AT)

    assert state_of(sms) == "sent"
    assert (phone.calls, len(phone.got)) == (2, 1)


def test_twice_a_sent_message_is_not_sent_again(sms):
    phone = Phone()

    messaging.send_sms(sms, gateway=phone, at=AT)
    messaging.send_sms(sms, gateway=phone, at=AT)

    assert phone.calls == 1


def test_slow_a_message_of_no_use_any_more_is_not_sent():
    late, phone = fresh_id(), Phone()
    with transaction.atomic():
        queue_sms(late, mobile=MINAS_MOBILE, text="text", useful_until=AT, at=AT)

    messaging.send_sms(late, gateway=phone, at=AT)

    assert (state_of(late), phone.calls) == ("failed", 0)
    assert Leaf.objects.get(subject=str(late)).facts == {"how": "out_of_date"}


def test_after_the_last_try_the_message_has_failed(sms):
    phone = Failing(failures=99)
    for _ in range(MOST_ATTEMPTS - 1):
        with pytest.raises(messaging.SmsNotSentYet):
            messaging.send_sms(sms, gateway=phone, at=AT)

    messaging.send_sms(sms, gateway=phone, at=AT)

    assert state_of(sms) == "failed"


def test_a_message_turned_down_has_failed_at_once(sms):
    messaging.send_sms(sms, gateway=TurningDown(), at=AT)

    assert state_of(sms) == "failed"


def test_a_message_that_is_not_there_is_not_sent():
    phone = Phone()

    messaging.send_sms(fresh_id(), gateway=phone, at=AT)

    assert phone.calls == 0


def test_a_code_goes_to_the_phone_of_the_account_bound_to_our_host(mina):
    desk, phone = Desk(), Phone()
    desk.begin()
    desk.give_number()

    messaging.send_code(desk.last_code_id, host=HOST, at=AT)
    messaging.send_sms(desk.last_code_id, gateway=phone, at=AT)

    mobile, text = phone.got[desk.last_code_id]
    assert mobile == MINAS_MOBILE
    assert text.splitlines()[-1] == f"@{HOST} #{desk.last_code}"


def test_told_twice_a_code_is_sent_once(mina):
    desk = Desk()
    desk.begin()
    desk.give_number()

    messaging.send_code(desk.last_code_id, host=HOST, at=AT)
    messaging.send_code(desk.last_code_id, host=HOST, at=AT)

    assert SmsMessage.objects.filter(id=desk.last_code_id).count() == 1


def test_no_text_message_goes_out_for_a_number_without_account(mina):
    desk = Desk()
    desk.begin()
    desk.give_number(ARASHS_NUMBER)

    messaging.send_code(desk.last_code_id, host=HOST, at=AT)

    assert not SmsMessage.objects.exists()


def test_a_code_nobody_could_use_any_more_is_not_sent(mina):
    desk, phone = Desk(), Phone()
    desk.begin()
    desk.give_number()
    messaging.send_code(desk.last_code_id, host=HOST, at=AT)

    messaging.send_sms(desk.last_code_id, gateway=phone, at=AT + dt.timedelta(minutes=2))

    assert phone.calls == 0


def test_a_notice_says_nothing_about_the_person(mina):
    message_id, phone = fresh_id(), Phone()
    with transaction.atomic():
        messaging.post_message(
            message_id,
            subject_id=mina.subject_id,
            template="case-granted",
            parameters={
                "service_fa": "گواهی نشانی",
                "service_en": "Address certificate",
                "tracking_code": "7320",
            },
            reference=fresh_id(),
            at=AT,
        )

    messaging.send_sms(message_id, gateway=phone, at=AT)

    _mobile, text = phone.got[message_id]
    for personal in ("گواهی", "Address", "7320", "مینا", "http"):
        assert personal not in text


@pytest.mark.parametrize("times", [1, 2])
def test_the_practice_gateway_keeps_its_promise_of_once_per_id(sms, times):
    for _ in range(times):
        messaging.PracticeGateway().send(sms, mobile=MINAS_MOBILE, text="text", at=AT)

    [shown] = messaging.practice_outbox(limit=9)
    assert (shown.mobile, shown.text) == (MINAS_MOBILE, "text")


def test_the_practice_outbox_shows_the_newest_first_and_no_more_than_asked():
    for minute in range(3):
        at = AT + dt.timedelta(minutes=minute)
        messaging.PracticeGateway().send(fresh_id(), mobile=MINAS_MOBILE, text=str(minute), at=at)

    assert [shown.text for shown in messaging.practice_outbox(limit=2)] == ["2", "1"]


def test_from_the_event_to_the_practice_phone(mina, run_jobs):

    desk = Desk(at=edge.now())
    desk.begin()
    desk.give_number()

    jobs.send_code(people.CodeWanted(code_id=desk.last_code_id), edge.now())
    run_jobs()

    host = urlsplit(settings.PANJEREH.public_url).netloc
    newest = messaging.practice_outbox(limit=1)[0]
    assert newest.text.endswith(f"@{host} #{desk.last_code}")
    assert PracticeSms.objects.filter(id=desk.last_code_id).exists()


def test_production_has_no_practice_gateway(monkeypatch):

    monkeypatch.setattr(settings, "PANJEREH", replace(settings.PANJEREH, profile=Profile.PRODUCTION))

    with pytest.raises(ImproperlyConfigured):
        jobs.gateway()
