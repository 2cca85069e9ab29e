"""A program that somebody allows something, through the door."""

import dataclasses
import datetime as dt
from typing import Any

from panjereh.domain.people import api as people
from panjereh.domain.people.models import Consent
from panjereh_kernel.actor import Actor, Channel, Role
from tests.platform.people.desk import Desk, fresh_id

ASKED = people.Asked(
    client_id="bank",
    name={"fa": "بانک", "en": "Bank"},
    scopes=["documents:read", "cases:read"],
    language="fa",
    wishes=["دیدن سندها", "دیدن درخواست‌ها"],
    last_day=dt.date(2027, 2, 20),
)


def citizen(person: Any) -> Actor:
    """Return the person as they act on the pages."""
    return Actor(
        Role.CITIZEN,
        Channel.WEB,
        "own-affairs",
        subject_id=person.subject_id,
        account_id=person.account_id,
    )


def sign_in(desk: Desk) -> None:
    """Sign the person of the account in."""
    desk.begin()
    desk.give_number()
    code = people.code_to_send(desk.last_code_id, at=desk.at)
    assert code is not None
    desk.type_code(code.code)


def keep_consent(actor: Actor, *, scope: str, at: dt.datetime, client_id: str = "practice-bank") -> Consent:
    """Have a person allow a program something, without the pages that ask for it; once."""
    kept, _ = Consent.objects.get_or_create(
        subject_id=actor.subject_id,
        client_id=client_id,
        ended_at=None,
        defaults={
            "id": fresh_id(at),
            "name": {"fa": "بانک تمرینی", "en": "Practice bank"},
            "scope": scope,
            "language": "fa",
            "wishes": [],
            "leaf_id": fresh_id(at),
            "given_at": at,
            "valid_until": at + dt.timedelta(days=90),
        },
    )
    return kept


def allow(desk: Desk, **changes: Any) -> people.ConsentView:
    """Allow a program what it asks for, as whoever signed in at this desk."""
    return people.allow_program(
        desk.id,
        consent_id=fresh_id(),
        asked=dataclasses.replace(ASKED, **changes),
        visitor=desk.visitor,
        at=desk.at,
    )
