"""One person at the window, with a clock and ids of their own: what the pages do, without pages."""

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID

from panjereh.domain.casework import api as casework
from panjereh.domain.people import api as people
from panjereh_kernel.actor import Actor, Channel, Role
from panjereh_kernel.identifiers import Installation
from tests.platform.people.desk import fresh_id
from tests.platform.people.registers import AT

SERVICE = "place.address-certificate"
PACK_VERSION = 2


@dataclass
class Window:
    """Calls the door as the pages would."""

    actor: Actor
    at: dt.datetime = AT
    case_id: UUID = field(default_factory=fresh_id)
    service_id: str = SERVICE
    installation: Installation = Installation.PRACTICE

    @classmethod
    def of(cls, signed_in: people.SignedIn) -> "Window":
        return cls(
            actor=Actor(
                role=Role.CITIZEN,
                channel=Channel.WEB,
                purpose="own-affairs",
                subject_id=signed_in.subject_id,
                account_id=signed_in.account_id,
                acr=1,
                ial=1,
            )
        )

    def start(self) -> UUID:
        wanted = fresh_id()
        self.case_id = casework.start_case(
            wanted,
            service_id=self.service_id,
            tracking_code=f"0000-0000-{wanted.int % 10_000:04}",
            act_id=fresh_id(),
            actor=self.actor,
            at=self.at,
        )
        return self.case_id

    def answer(self, **typed: str) -> None:
        """Answer every page that has an answer among these, in the order of the form."""
        for page_id, name in (("which-address", "source"), ("postal-code", "postal_code")):
            if name in typed or not typed:
                self.answer_page(page_id, **{name: typed.get(name, "")})

    def answer_page(self, page_id: str, **typed: str) -> None:
        casework.save_page(
            self.case_id,
            page_id=page_id,
            typed=typed,
            installation=self.installation,
            act_id=fresh_id(),
            actor=self.actor,
            at=self.at,
        )

    def gather(self) -> None:
        casework.gather_facts(
            self.case_id, fact_id=fresh_id(), act_id=fresh_id(), actor=self.actor, at=self.at
        )

    def submit(self) -> None:
        casework.submit_case(self.case_id, act_id=fresh_id(), actor=self.actor, at=self.at)

    def withdraw(self) -> None:
        casework.withdraw_case(
            self.case_id, act_id=fresh_id(), message_id=fresh_id(), actor=self.actor, at=self.at
        )

    def gather_again(self) -> None:
        casework.gather_again(
            self.case_id,
            fact_id=fresh_id(),
            back_id=fresh_id(),
            act_id=fresh_id(),
            actor=self.actor,
            at=self.at,
        )

    def decide(self) -> None:
        casework.decide_case(
            self.case_id,
            act_id=fresh_id(),
            output_id=fresh_id(),
            actor=Actor.system("case-decision"),
            at=self.at,
        )

    def see(self) -> casework.CaseView:
        return casework.case(self.case_id, actor=self.actor)
