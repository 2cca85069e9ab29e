"""The practice country behind the exchange: its registers answer as they do over HTTP, without HTTP."""

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import Any

from panjereh.domain.exchange import api as exchange
from panjereh_land.asgi import SERVICES
from panjereh_land.country import Country, make_country
from panjereh_land.questions import read_question
from panjereh_land.stories import Story, cast
from tests.platform.casework.window import Window
from tests.platform.people.desk import Desk
from tests.platform.people.registers import Registers


@dataclass
class PracticeRegisters(Registers):
    """Every agency of the practice country."""

    at: dt.datetime = field(kw_only=True)
    country: Country = field(default_factory=lambda: make_country(population=100))

    def _answer(self, key: str, asked: dict[str, str]) -> dict[str, Any]:
        address = exchange.data_set(key).path.removeprefix("/r1/PRACTICE/GOV")
        service = next(each for each in SERVICES if each.path == address)
        question = read_question(json.dumps(asked).encode(), members=service.members)
        return service.answer(self.country, question, at=self.at)


def somebody_at_the_window(registers: PracticeRegisters) -> Window:
    """Return a person whose affairs are in order, with an account they have just opened."""
    person = next(role.person for role in cast(registers.country, count=1) if role.story is Story.GRANTED)
    desk = Desk(at=registers.at - dt.timedelta(hours=1))
    desk.begin()
    desk.give_number(person.national_number)
    desk.give_birth_date(person.birth_date)
    desk.check(desk.give_mobile(str(person.mobile)))
    window = Window.of(desk.type_code())
    window.at = registers.at
    return window
