"""Two people at the window, each with a draft, a granted case with its signed document, and a refused one.

Everything is made through the doors and the jobs, once for a module, and committed; each test sees it inside
a transaction of its own.
"""

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client

from panjereh.domain.casework import api as casework
from panjereh.domain.disclosure import api as disclosure
from panjereh.domain.documents import api as documents
from panjereh.domain.exchange.room import room
from panjereh.domain.messaging import api as messaging
from panjereh.jobs import documents as document_jobs
from panjereh.plumbing import edge
from panjereh.plumbing.sessions import SessionStore
from panjereh.web.citizen.sign_in import lifetime
from panjereh_kernel.actor import Actor
from tests.platform.casework.registers import Registers as OneHome
from tests.platform.casework.window import SERVICE, Window
from tests.platform.documents.press import AT, DATA
from tests.platform.jobs_now import run_waiting_jobs
from tests.platform.known import ROOT, make_known, published_indices
from tests.platform.people.allowed import keep_consent
from tests.platform.people.desk import Desk, fresh_id
from tests.platform.people.registers import ARASHS_NUMBER, MINAS_MOBILE, MINAS_NUMBER

NOBODYS = UUID(int=0)
EVERY_SCOPE = "accesses:read cases:read cases:withdraw documents:read"
ARASHS_MOBILE = "+989800000002"
BROWSER_ADDRESS = "127.0.0.1"
__all__ = ["AT", "DATA", "SERVICE", "Citizen", "Country", "build_country", "client_of"]


@dataclass
class Registers(OneHome):
    """Knows Mina and Arash, who is her twin with another number and phone."""

    def _answer(self, key: str, asked: dict[str, str]) -> dict[str, Any]:
        if asked.get("national_number") == ARASHS_NUMBER:
            asked = {**asked, "national_number": MINAS_NUMBER}
            if asked.get("mobile") == ARASHS_MOBILE:
                asked["mobile"] = MINAS_MOBILE
        return super()._answer(key, asked)


@dataclass
class Citizen:
    """One person, what is theirs, and the sign-in they have begun in their browser."""

    actor: Actor
    browser: str
    challenge_id: UUID
    cases: dict[str, UUID] = field(default_factory=dict)
    consent_id: UUID = NOBODYS

    @property
    def subject_id(self) -> UUID:
        assert self.actor.subject_id is not None
        return self.actor.subject_id

    @property
    def document_id(self) -> UUID:
        return documents.documents_of(self.actor, at=AT)[0].id

    @property
    def serial(self) -> str:
        return str(documents.documents_of(self.actor, at=AT)[0].serial)

    @property
    def message_ids(self) -> list[UUID]:
        return [message.id for message in messaging.inbox(self.actor, limit=100)]

    @property
    def receipt_ids(self) -> list[UUID]:
        looks = disclosure.looks_at(actor=self.actor)
        return [look.receipt_id for look in looks if look.receipt_id is not None]


@dataclass
class Country:
    """Mina and Arash, and the registers behind the exchange."""

    registers: Registers
    mina: Citizen
    arash: Citizen


def build_country(press: documents.Press) -> Iterator[Country]:
    """Yield the country with everything committed. The clock stands at `AT`, nobody waits for a job."""
    patch = pytest.MonkeyPatch()
    registers = Registers()
    with patch.context() as during:
        during.setitem(room().__dict__, "node", registers)
        during.setattr(edge, "now", lambda: AT)
        during.setattr(edge, "wait_until", lambda is_done, **_: is_done())
        during.setattr(document_jobs, "press", lambda: press)
        make_known(at=AT, packs=ROOT / "packs", published=published_indices())
        mina = _settle(registers, MINAS_NUMBER, MINAS_MOBILE, "browser-of-mina")
        arash = _settle(registers, ARASHS_NUMBER, ARASHS_MOBILE, "browser-of-arash")
        yield Country(registers, mina, arash)


def _settle(registers: Registers, number: str, mobile: str, browser: str) -> Citizen:
    citizen = Citizen(_open_account(number, mobile), browser, _begin_sign_in(browser))
    citizen.cases["issued"] = _submitted_case(citizen.actor)
    residence, registers.residence = registers.residence, None
    citizen.cases["refused"] = _submitted_case(citizen.actor)
    registers.residence = residence
    draft = Window(actor=citizen.actor, at=AT)
    citizen.cases["draft"] = draft.start()
    citizen.consent_id = keep_consent(citizen.actor, scope=EVERY_SCOPE, at=AT).id
    return citizen


def _open_account(number: str, mobile: str) -> Actor:
    desk = Desk(browser=f"first {number}", address=f"192.0.2.{number[-1]}", at=AT - dt.timedelta(hours=3))
    desk.codes = itertools.count(200_001)
    desk.begin()
    desk.give_number(number)
    desk.give_birth_date()
    desk.check(desk.give_mobile(mobile))
    return Window.of(desk.type_code()).actor


def _begin_sign_in(browser: str) -> UUID:
    desk = Desk(browser=browser, address=BROWSER_ADDRESS, at=AT, id=fresh_id(AT))
    return desk.begin()


def _submitted_case(actor: Actor) -> UUID:
    window = Window(actor=actor, at=AT)
    window.start()
    window.answer(source="register")
    window.gather()
    run_waiting_jobs()
    window.submit()
    run_waiting_jobs()
    assert casework.case_state(window.case_id, actor=actor) in ("issued", "refused")
    return window.case_id


def client_of(citizen: Citizen | None, **options: Any) -> Client:
    """Return a browser in which this person is signed in, or nobody."""
    client = Client(**options)
    if citizen is None:
        return client
    session = SessionStore()  # not the client's, which is written twice: empty, and then with this
    session.update(
        {
            "account_id": str(citizen.actor.account_id),
            "subject_id": str(citizen.subject_id),
            "acr": 1,
            "ial": 1,
            "auth_at": int(AT.timestamp()),
            "account_browser": citizen.browser,
        }
    )
    lifetime.begin(session, at=edge.now())
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client
