"""The inbox is the truth: what is in it was delivered, and opening it is the reading."""

import datetime as dt
import re

import pytest
from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.audit.models import Leaf
from panjereh.domain.messaging import api as messaging
from panjereh.domain.messaging.models import InboxMessage, SmsMessage
from panjereh.domain.messaging.rules.templates import PARAMETERS, Template
from panjereh.domain.messaging.texts import WORDS
from panjereh.domain.people.models import Account
from panjereh.plumbing.models import OutboxEvent
from panjereh_kernel.actor import Actor, Channel, Role
from panjereh_kernel.refusal import NotFound
from tests.platform.people.desk import fresh_id
from tests.platform.people.registers import AT

CASE = fresh_id()
GRANTED = {"service_fa": "گواهی نشانی", "service_en": "Address certificate", "tracking_code": "7320-11"}


def citizen(subject_id):
    return Actor(role=Role.CITIZEN, channel=Channel.WEB, purpose="own-affairs", subject_id=subject_id)


def post(subject_id, *, message_id=None, at=AT, template="case-granted", parameters=None):
    message_id = message_id or fresh_id()
    with transaction.atomic():
        messaging.post_message(
            message_id,
            subject_id=subject_id,
            template=template,
            parameters=parameters or GRANTED,
            reference=CASE,
            at=at,
        )
    return message_id


def test_a_posted_message_is_in_the_inbox_unread(mina):
    message_id = post(mina.subject_id)

    [message] = messaging.inbox(citizen(mina.subject_id), limit=9, language="en")

    assert (message.id, message.reference, message.read_at) == (message_id, CASE, None)
    assert message.title == "Your document is ready: Address certificate"
    assert "Tracking code: 7320-11" in message.body


def test_posting_again_with_the_same_id_changes_nothing(mina):
    message_id = post(mina.subject_id)

    post(mina.subject_id, message_id=message_id, at=AT + dt.timedelta(hours=1))

    assert InboxMessage.objects.get().posted_at == AT
    assert SmsMessage.objects.count() == 1


def test_a_refusal_carries_reason_and_remedy(mina):
    both = {"reason": "r", "remedy": "m", "service": "s"}
    parameters = {f"{name}_{code}": f"{text}-{code}" for name, text in both.items() for code in ("fa", "en")}
    post(mina.subject_id, template="case-refused", parameters=parameters | {"tracking_code": "7"})

    [message] = messaging.inbox(citizen(mina.subject_id), limit=9, language="en")

    assert message.body[:2] == ["Reason: r-en", "What you can do: m-en"]


def test_the_words_of_every_template_name_only_its_parameters():
    for template in Template:
        names = {name.removesuffix("_fa").removesuffix("_en") for name in PARAMETERS[template]}
        words = WORDS[template]
        used = set(re.findall(r"%\((\w+)\)s", " ".join((words.title, *words.body))))
        assert used <= names


def test_what_a_message_says_is_sealed(mina):
    post(mina.subject_id)

    assert "7320" not in bytes(InboxMessage.objects.get().sealed_parameters).decode(errors="replace")


def test_reading_is_noted_once_with_its_first_time(mina):
    message_id = post(mina.subject_id)
    later = AT + dt.timedelta(hours=1)

    first = messaging.read_message(message_id, actor=citizen(mina.subject_id), at=AT)
    again = messaging.read_message(message_id, actor=citizen(mina.subject_id), at=later)

    assert (first.read_at, again.read_at) == (AT, AT)
    assert Leaf.objects.filter(event="messaging.message.read").count() == 1
    [event] = OutboxEvent.objects.filter(name="messaging.read")
    assert event.payload == {"message_id": str(message_id), "reference": str(CASE)}


@pytest.mark.slow  # real commits: the trace is written on a connection of its own
@pytest.mark.django_db(transaction=True, databases=["default", "trace"])
def test_a_message_the_platform_opens_stays_unread_and_leaves_a_trace(mina):
    message_id = post(mina.subject_id)

    message = messaging.read_message(message_id, actor=Actor.system("support.review"), at=AT)

    assert message.read_at is None
    [access] = audit.accesses_of(mina.subject_id, limit=9)
    assert access.what == "messaging.message"


def test_a_message_of_somebody_else_and_no_message_are_the_same_answer(mina):
    message_id = post(mina.subject_id)

    for actor, wanted in [
        (citizen(fresh_id()), message_id),
        (citizen(mina.subject_id), fresh_id()),
        (Actor.anonymous("own-affairs"), message_id),
    ]:
        with pytest.raises(NotFound):
            messaging.read_message(wanted, actor=actor, at=AT)


def test_the_inbox_goes_on_page_by_page_without_gap_or_double(mina):
    posted = [post(mina.subject_id, at=AT + dt.timedelta(minutes=minute // 2)) for minute in range(7)]
    actor, seen, before = citizen(mina.subject_id), [], None

    while page := messaging.inbox(actor, limit=3, before=before):
        seen += [message.id for message in page]
        before = seen[-1]

    assert sorted(seen) == sorted(posted)
    assert len(seen) == len(set(seen))


def test_a_place_in_somebody_elses_inbox_is_not_found(mina):
    theirs = post(fresh_id())

    with pytest.raises(NotFound):
        messaging.inbox(citizen(mina.subject_id), limit=3, before=theirs)


def test_whoever_has_no_account_gets_the_message_without_text_message(mina):
    Account.objects.update(state="locked")

    post(mina.subject_id)
    post(fresh_id())

    assert InboxMessage.objects.count() == 2
    assert not SmsMessage.objects.exists()


def test_an_unknown_template_is_a_bug_of_the_sender(mina):
    with pytest.raises(ValueError, match="no-such"):
        post(mina.subject_id, template="no-such")
