"""One browser at the sign-in, with a clock and ids of its own: what the pages do, without pages."""

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from panjereh.domain.people import api as people
from panjereh_kernel.identifiers import Mobile, NationalNumber
from panjereh_kernel.uuid7 import make_uuid7
from tests.platform.people.registers import AT, MINAS_MOBILE, MINAS_NUMBER

BIRTH_DATE = dt.date(1990, 5, 11)
_numbers = itertools.count(1)


def fresh_id(at: dt.datetime = AT) -> UUID:
    """Return an id no test has had before."""
    return make_uuid7(at, entropy=next(_numbers).to_bytes(10, "big"))


@dataclass
class Desk:
    """A browser, what it is called, where it comes from and what time it is there."""

    browser: str = "browser-of-mina"
    address: str = "192.0.2.1"
    at: dt.datetime = AT
    id: UUID = field(default_factory=fresh_id)
    codes: Iterator[int] = field(default_factory=lambda: itertools.count(100_001))
    last_code: str = ""
    last_code_id: UUID = field(default_factory=fresh_id)

    @property
    def visitor(self) -> people.Visitor:
        return people.Visitor(browser=self.browser, address=self.address)

    def pass_time(self, **span: float) -> None:
        self.at += dt.timedelta(**span)

    def begin(self) -> UUID:
        self.id = people.begin_sign_in(
            self.id, login_challenge=f"login-{self.id}", visitor=self.visitor, at=self.at
        )
        return self.id

    def draw(self) -> dict[str, object]:
        self.last_code, self.last_code_id = str(next(self.codes)), fresh_id()
        return {"code_id": self.last_code_id, "code": self.last_code}

    def give_number(self, number: str = MINAS_NUMBER) -> None:
        people.give_number(
            self.id,
            national_number=NationalNumber(number),
            visitor=self.visitor,
            at=self.at,
            **self.draw(),
        )

    def give_birth_date(self, date: dt.date = BIRTH_DATE) -> None:
        people.give_birth_date(self.id, birth_date=date, visitor=self.visitor, at=self.at)

    def give_mobile(self, mobile: str = MINAS_MOBILE) -> UUID:
        check_id = fresh_id()
        people.give_mobile(
            self.id,
            mobile=Mobile(mobile),
            visitor=self.visitor,
            subject_id=fresh_id(),
            check_ids=(check_id, fresh_id()),
            at=self.at,
        )
        return check_id

    def check(self, check_id: UUID) -> None:
        findings = people.ask_registers(self.id, check_id=check_id, at=self.at)
        if findings is not None:
            people.conclude_check(self.id, check_id=check_id, findings=findings, at=self.at, **self.draw())

    def prove_identity(self, *, date: dt.date = BIRTH_DATE, mobile: str = MINAS_MOBILE) -> None:
        self.begin()
        self.give_number()
        self.give_birth_date(date)
        self.check(self.give_mobile(mobile))

    def type_code(self, code: str | None = None) -> people.SignedIn:
        return people.confirm_code(
            self.id,
            code=code or self.last_code,
            visitor=self.visitor,
            account_id=fresh_id(),
            at=self.at,
        )

    def type_wrong_code(self) -> None:
        self.type_code("000000")

    def resend(self) -> None:
        people.resend_code(self.id, visitor=self.visitor, at=self.at, **self.draw())

    def see(self) -> people.SignInView:
        return people.sign_in(self.id, visitor=self.visitor, at=self.at)


def open_minas_account() -> people.SignedIn:
    """Return Mina signed in for the first time, an hour before, on another machine."""
    desk = Desk(browser="older-browser", address="192.0.2.9", at=AT - dt.timedelta(hours=3))
    desk.prove_identity()
    return desk.type_code()
