"""The practice country gets its officers, by the ways on which real ones come by their roles."""

import dataclasses
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from panjereh.config.environment import Profile
from panjereh.domain.exchange import api as exchange
from panjereh.domain.people import api as people
from panjereh.domain.people.models import OfficerGrant, OfficerGrantAct, OneTimeCode
from panjereh.plumbing import edge
from panjereh_kernel.actor import Actor, OfficerRole, Post
from panjereh_kernel.identifiers import NationalNumber
from tests.platform.people.officers import make_grantors, make_somebody
from tests.platform.people.registers import AT, MINAS_NUMBER, Registers


def officer(number: str, *seats: tuple[str, str, str]) -> dict[str, Any]:
    named = ("role", "agency", "unit")
    return {
        "national_number": number,
        "birth_date": "1990-05-11",
        "mobile": "09800000001",
        "seats": [dict(zip(named, seat, strict=True)) for seat in seats],
    }


@pytest.fixture
def prepared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, directory_imported: None, registers: Registers
) -> Path:
    """Two who grant roles, an operator, and Mina, who has no account yet and is to be an officer."""
    monkeypatch.setattr(edge, "now", lambda: AT)
    pair = [("grantor", "ito", ""), ("grantor", "post", "")]
    seats = [pair, pair, [("operator", "ito", "")], [("officer", "post", "post.23")]]
    numbers = [make_somebody().number.value for _ in range(3)] + [MINAS_NUMBER]
    file = tmp_path / "officers.json"
    file.write_text(json.dumps([officer(number, *held) for number, held in zip(numbers, seats, strict=True)]))
    return file


def run(file: Path) -> str:
    out = io.StringIO()
    call_command("practice_officers", str(file), stdout=out)
    return out.getvalue()


def posts_of(file: Path, place: int) -> list[Post]:
    number = NationalNumber(json.loads(file.read_text())[place]["national_number"])
    account = people.account_of_number(number, actor=Actor.system("tests"))
    assert account is not None
    return people.posts_of(account.subject_id, at=AT)


def test_everybody_gets_their_seat_and_whoever_has_no_account_signs_in_first(prepared: Path):
    assert run(prepared) == ""

    held = [posts_of(prepared, place) for place in range(4)]
    both = [Post(agency, "", frozenset({OfficerRole.GRANTOR})) for agency in ("ito", "post")]
    assert held == [
        both,
        both,
        [Post("ito", "", frozenset({OfficerRole.OPERATOR}))],
        [Post("post", "post.23", frozenset({OfficerRole.OFFICER}))],
    ]


def test_where_others_were_named_before_they_give_the_practice_grantors_their_seats(prepared: Path):
    make_grantors(agency="post")

    assert run(prepared) == ""

    seat = Post("post", "", frozenset({OfficerRole.GRANTOR}))
    assert [seat in posts_of(prepared, place) for place in range(2)] == [True, True]
    assert OfficerGrantAct.objects.filter(grant__agency_id="post", act="first").count() == 2


def test_run_again_it_leaves_everything_as_it_is(prepared: Path):
    run(prepared)
    before = OfficerGrant.objects.count(), OneTimeCode.objects.count()

    run(prepared)

    assert (OfficerGrant.objects.count(), OneTimeCode.objects.count()) == before


def test_while_the_registers_are_away_it_waits_and_then_gives_up(
    prepared: Path, registers: Registers, monkeypatch: pytest.MonkeyPatch
):
    waits: list[float] = []
    monkeypatch.setattr("time.sleep", waits.append)
    registers.away = {"civil.person"}

    with pytest.raises(exchange.RegisterUnavailable):
        run(prepared)

    assert len(waits) == 19


def test_production_makes_none(prepared: Path, settings: Any):
    settings.PANJEREH = dataclasses.replace(settings.PANJEREH, profile=Profile.PRODUCTION)

    with pytest.raises(CommandError, match="practice"):
        run(prepared)

    assert OfficerGrant.objects.count() == 0
