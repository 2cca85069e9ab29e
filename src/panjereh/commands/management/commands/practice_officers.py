"""Give the practice country its officers: `panjereh practice-officers FILE`, run by `./dev up`.

They do what real ones would: each signs in once, the registers being asked; two are named grantors, one of
them asks for the roles of the others and the other approves. Where others were named grantors before, those
give the two their seats. Run again, only what ran out is given anew.
"""

import datetime as dt
import json
import time
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from panjereh.domain.exchange import api as exchange
from panjereh.domain.people import api as people
from panjereh.plumbing import edge
from panjereh_kernel import jalali
from panjereh_kernel.actor import Actor, Channel, OfficerRole, Post, Role
from panjereh_kernel.identifiers import Mobile, NationalNumber
from panjereh_kernel.refusal import Refusal

PURPOSE = "officer-grants"
SYSTEM = Actor.system(PURPOSE, channel=Channel.COMMAND)
# Nodes that have just started may still fetch the configuration of the exchange.
TRIES: Final = 20
PERIOD: Final = dt.timedelta(days=365)


class Command(BaseCommand):
    help = "Give the practice country its officers; production refuses."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="officers.json, as panjereh_land prepare wrote it")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        if not settings.PANJEREH.is_practice:
            raise CommandError("only the practice country has practice officers")
        officers = json.loads(options["file"].read_text(encoding="utf-8"))
        accounts = [_account(each) for each in officers]
        seats = [(each, seat) for each in officers for seat in each["seats"]]
        for officer, seat in seats:
            if seat["role"] == OfficerRole.GRANTOR:
                self._try(_name_or_ask, officer, seat)
        for officer, seat in seats:
            if seat["role"] != OfficerRole.GRANTOR:
                self._try(_ask_and_approve, officer, seat, *accounts[:2])

    def _try(self, give: Any, officer: dict[str, Any], seat: dict[str, str], *by: people.AccountView) -> None:
        try:
            give(NationalNumber(officer["national_number"]), seat, *by)
        except Refusal as refusal:
            # Held already: what is there is left alone.
            self.stdout.write(f"{seat['role']} at {seat['unit'] or seat['agency']}: {refusal.code}")


def _account(officer: dict[str, Any]) -> people.AccountView:
    number = NationalNumber(officer["national_number"])
    found = people.account_of_number(number, actor=SYSTEM)
    if found is not None:
        return found
    _sign_in(number, dt.date.fromisoformat(officer["birth_date"]), Mobile.parse(officer["mobile"]))
    opened = people.account_of_number(number, actor=SYSTEM)
    if opened is None:
        raise CommandError("the registers did not confirm an officer")
    return opened


def _sign_in(number: NationalNumber, birth_date: dt.date, mobile: Mobile) -> None:
    """Sign somebody in for the first time, as the pages do."""
    visitor = people.Visitor(browser=str(edge.new_id()), address="127.0.0.1")
    sign_in, check, code = edge.new_id(), edge.new_id(), edge.draw_code()
    people.begin_sign_in(sign_in, login_challenge=str(sign_in), visitor=visitor, at=edge.now())
    people.give_number(
        sign_in,
        national_number=number,
        visitor=visitor,
        code_id=edge.new_id(),
        code=edge.draw_code(),
        at=edge.now(),
    )
    people.give_birth_date(sign_in, birth_date=birth_date, visitor=visitor, at=edge.now())
    people.give_mobile(
        sign_in,
        mobile=mobile,
        visitor=visitor,
        subject_id=edge.new_id(),
        check_ids=(check, edge.new_id()),
        at=edge.now(),
    )
    findings = _findings(sign_in, check)
    people.conclude_check(
        sign_in, check_id=check, findings=findings, code_id=edge.new_id(), code=code, at=edge.now()
    )
    people.confirm_code(sign_in, code=code, visitor=visitor, account_id=edge.new_id(), at=edge.now())


def _findings(sign_in: Any, check: Any) -> people.Findings:
    for tries_left in reversed(range(TRIES)):
        try:
            findings = people.ask_registers(sign_in, check_id=check, at=edge.now())
        except exchange.RegisterUnavailable:
            if not tries_left:
                raise
            time.sleep(1)
        else:
            if findings is not None:
                return findings
            break
    raise CommandError("the sign-in of an officer was overtaken: does a worker run already?")


def _name_or_ask(number: NationalNumber, seat: dict[str, str]) -> None:
    try:
        _name(number, seat)
    except people.EnoughGrantors:
        there = people.grantors_of(seat["agency"], actor=SYSTEM, at=edge.now())
        asking, deciding, *_ = filter(None, map(people.account_of_subject, there))
        _ask_and_approve(number, seat, asking, deciding)


def _name(number: NationalNumber, seat: dict[str, str]) -> None:
    reason = people.FirstReason.NEW_AGENCY
    people.name_first_grantor(
        edge.new_id(),
        national_number=number,
        agency_id=seat["agency"],
        reason=reason,
        actor=SYSTEM,
        at=edge.now(),
    )


def _ask_and_approve(
    number: NationalNumber, seat: dict[str, str], asking: people.AccountView, deciding: people.AccountView
) -> None:
    grant_id, at = edge.new_id(), edge.now()
    people.request_grant(
        grant_id,
        national_number=number,
        post=Post(seat["agency"], seat["unit"], frozenset({OfficerRole(seat["role"])})),
        last_day=jalali.tehran_date(at) + PERIOD,
        operating_agency=str(settings.PANJEREH.exchange_client).split("/")[2],
        actor=_grantor(asking, seat["agency"]),
        at=at,
    )
    people.approve_grant(
        grant_id, act_id=edge.new_id(), actor=_grantor(deciding, seat["agency"]), at=edge.now()
    )


def _grantor(account: people.AccountView, agency_id: str) -> Actor:
    return Actor(
        role=Role.OFFICER,
        channel=Channel.COMMAND,
        purpose=PURPOSE,
        subject_id=account.subject_id,
        account_id=account.id,
        post=Post(agency_id, "", frozenset({OfficerRole.GRANTOR})),
    )
