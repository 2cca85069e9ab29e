"""The inbox and the practice outbox through HTTP."""

import datetime as dt
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import transaction

from panjereh.config.environment import Profile
from panjereh.domain.messaging import api as messaging
from panjereh.domain.messaging.models import InboxMessage
from panjereh.plumbing import edge
from tests.platform.people.desk import fresh_id
from tests.platform.people.registers import MINAS_MOBILE

PARAMETERS = {"service_fa": "گواهی نشانی", "service_en": "Address certificate", "tracking_code": "7320"}


@pytest.fixture
def signed_in(client, mina):
    session = client.session
    session.update(
        {
            "account_id": str(mina.account_id),
            "subject_id": str(mina.subject_id),
            "acr": 1,
            "ial": 1,
            "auth_at": edge.now().timestamp(),
            "ends_at": (edge.now() + dt.timedelta(hours=1)).timestamp(),
            "seen_at": edge.now().timestamp(),
        }
    )
    session.save()
    return mina


def post(subject_id, *, at=None):
    message_id = fresh_id(at or edge.now())
    with transaction.atomic():
        messaging.post_message(
            message_id,
            subject_id=subject_id,
            template="case-granted",
            parameters=PARAMETERS,
            reference=fresh_id(),
            at=at or edge.now(),
        )
    return message_id


def test_an_empty_inbox_says_so_and_leads_on(client, signed_in):
    answer = client.get("/en/inbox/")

    assert answer.status_code == 200
    assert "No messages yet" in answer.text


def test_an_unread_message_is_marked_in_words_and_shape_until_it_is_opened(client, signed_in):
    message_id = post(signed_in.subject_id)
    before = client.get("/en/inbox/").text

    opened = client.get(f"/en/inbox/{message_id}/")
    after = client.get("/en/inbox/").text

    assert "unread" in before
    assert "Your document is ready: Address certificate" in opened.text
    assert "unread" not in after
    assert InboxMessage.objects.get().read_at is not None


@pytest.mark.slow  # more messages than a page holds
def test_a_long_inbox_goes_on_to_older_messages(client, signed_in):
    for minute in range(21):
        post(signed_in.subject_id, at=edge.now() - dt.timedelta(minutes=minute))
    first = client.get("/en/inbox/").text
    oldest_shown = InboxMessage.objects.order_by("-posted_at", "-id")[19].id

    second = client.get("/en/inbox/", {"before": str(oldest_shown)}).text

    assert f"?before={oldest_shown}" in first
    assert second.count("Your document is ready") == 1
    assert "Newest messages" in second


def test_a_place_that_is_none_is_not_found(client, signed_in):
    assert client.get("/en/inbox/", {"before": "x"}).status_code == 404
    assert client.get("/en/inbox/", {"before": str(fresh_id())}).status_code == 404


def test_somebody_elses_message_is_not_found(client, signed_in):
    assert client.get(f"/en/inbox/{post(fresh_id())}/").status_code == 404


def test_whoever_is_not_signed_in_is_led_to_signing_in(client, mina):
    message = f"/inbox/{post(mina.subject_id)}/"

    assert client.get("/inbox/").headers["Location"] == "/sign-in?next=%2Finbox%2F"
    assert client.get(message).headers["Location"] == "/sign-in?" + urlencode({"next": message})


def test_the_practice_outbox_shows_number_and_text_and_says_what_it_is(client):
    messaging.PracticeGateway().send(
        fresh_id(), mobile=MINAS_MOBILE, text="Your code\n\n@h #1", at=edge.now()
    )

    text = client.get("/en/practice/outbox/").text

    assert "09800000001" in text
    assert "@h #1" in text
    assert "This is practice." in text


def test_an_empty_practice_outbox_says_so(client):
    assert "No message yet" in client.get("/en/practice/outbox/").text


def test_in_production_there_is_no_practice_outbox(client, monkeypatch):
    monkeypatch.setattr(settings, "PANJEREH", replace(settings.PANJEREH, profile=Profile.PRODUCTION))

    assert client.get("/practice/outbox/").status_code == 404


def test_a_code_in_a_message_keeps_its_direction(client, signed_in, monkeypatch):
    monkeypatch.setitem(PARAMETERS, "tracking_code", "7320-5816-0001")

    answer = client.get(f"/inbox/{post(signed_in.subject_id)}/")

    assert '<bdi class="code">۷۳۲۰-۵۸۱۶-۰۰۰۱</bdi>' in answer.text
