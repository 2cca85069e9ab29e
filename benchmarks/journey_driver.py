"""Drives cases through the running instance: started through the doors of the rooms, as pages start them.

Run by `benchmarks.journey` with the settings of the instance's own platform. What the person does (draft,
answer, gather, submit) happens in this process, in a few threads; everything else happens where it does for
everybody: in the worker, the nodes, the registers. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import collections
import datetime as dt
import json
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import django
from django.db import connection

django.setup()

from panjereh.domain.casework import api as casework  # noqa: E402 - Django had to be set up first
from panjereh.domain.messaging import api as messaging  # noqa: E402
from panjereh.domain.people import api as people  # noqa: E402
from panjereh.plumbing import edge, sealing  # noqa: E402
from panjereh_kernel.actor import Actor, Channel, Role  # noqa: E402
from panjereh_kernel.identifiers import Installation, Mobile, NationalNumber  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from uuid import UUID

SERVICE = "place.address-certificate"
PAGE, ANSWERS = "which-address", {"source": "register", "postal_code": ""}
THREADS = 3
WAVE = 40  # sign-ins at a time: codes live two minutes
PATIENCE_SECONDS = 900.0
LOOK_SECONDS = 0.1


@dataclass(frozen=True)
class Signed:
    """Somebody who is signed in."""

    subject_id: UUID
    account_id: UUID

    def actor(self) -> Actor:
        """Return who acts in the person's operations."""
        return Actor(
            role=Role.CITIZEN,
            channel=Channel.WEB,
            purpose="own-affairs",
            subject_id=self.subject_id,
            account_id=self.account_id,
            acr=1,
            ial=1,
        )


def sign_in(persons: Sequence[dict[str, Any]]) -> list[Signed]:
    """Sign everybody in by the steps of the sign-in pages, with the registers' answers and the codes sent."""
    known = [_account(person) for person in persons]
    missing = [person for person, account in zip(persons, known, strict=True) if account is None]
    signed = [account for account in known if account]
    for first in range(0, len(missing), WAVE):
        signed += _sign_in_wave(missing[first : first + WAVE])
    return signed


def _account(person: dict[str, Any]) -> Signed | None:
    index = sealing.blind_index("people.national_number", person["national_number"])
    found = _rows(
        "SELECT s.id, a.id FROM people_subject s JOIN people_account a ON a.subject_id = s.id"
        " WHERE s.national_number_index = %s",
        [index],
    )
    return Signed(*found[0]) if found else None


def _sign_in_wave(persons: Sequence[dict[str, Any]]) -> list[Signed]:
    begun_at = edge.now()
    begun = {edge.new_id(): person for person in persons}
    for challenge_id, person in begun.items():
        _begin(challenge_id, person)
    codes = _wait_for(lambda: _codes(begun, begun_at), what="codes")
    return [
        Signed(done.subject_id, done.account_id)
        for challenge_id, person in begun.items()
        for done in (
            people.confirm_code(
                challenge_id,
                code=codes[person["mobile_international"]],
                visitor=_visitor(person),
                account_id=edge.new_id(),
                at=edge.now(),
            ),
        )
    ]


def _begin(challenge_id: UUID, person: dict[str, Any]) -> None:
    visitor, number = _visitor(person), NationalNumber(person["national_number"])
    people.begin_sign_in(challenge_id, login_challenge=str(challenge_id), visitor=visitor, at=edge.now())
    people.give_number(
        challenge_id,
        national_number=number,
        visitor=visitor,
        code_id=edge.new_id(),
        code=edge.draw_code(),
        at=edge.now(),
    )
    people.give_birth_date(
        challenge_id, birth_date=_date(person["birth_date"]), visitor=visitor, at=edge.now()
    )
    people.give_mobile(
        challenge_id,
        mobile=Mobile(person["mobile_international"]),
        visitor=visitor,
        subject_id=edge.new_id(),
        check_ids=(edge.new_id(), edge.new_id()),
        at=edge.now(),
    )


def _visitor(person: dict[str, Any]) -> people.Visitor:
    # Each from an address of their own: the caps on guessing are not what is measured.
    return people.Visitor(browser=f"browser of {person['mobile']}", address=f"address of {person['mobile']}")


def _date(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _codes(begun: dict[UUID, dict[str, Any]], since: dt.datetime) -> dict[str, str] | None:
    wanted = {person["mobile_international"] for person in begun.values()}
    found = {}
    for row in messaging.practice_outbox(limit=4 * WAVE):
        code = re.search(r"#(\d{6})", row.text)
        if row.mobile in wanted and row.written_at >= since and code:
            found[row.mobile] = code.group(1)
    return found if found.keys() == wanted else None


class Cases:
    """The cases of one run, from the drafts to the last message."""

    def __init__(self, persons: Sequence[Signed]) -> None:
        self.persons = persons
        self.ids: dict[UUID, Signed] = {}

    def run(self, *, open_at_once: int) -> None:
        """Keep `open_at_once` cases under way until each person's case has ended."""
        waiting = collections.deque(self.persons)
        gathering: dict[UUID, Signed] = {}
        running: set[UUID] = set()
        until = time.monotonic() + PATIENCE_SECONDS
        with ThreadPoolExecutor(THREADS) as pool:
            while waiting or gathering or running:
                room = open_at_once - len(gathering) - len(running)
                batch = [waiting.popleft() for _ in range(min(room, len(waiting)))]
                for case_id, person in pool.map(_start, batch):
                    gathering[case_id] = self.ids[case_id] = person
                states = _states([*gathering, *running])
                ready = [case_id for case_id in gathering if states[case_id] == "ready"]
                list(pool.map(lambda case_id: _submit(case_id, self.ids[case_id]), ready))
                for case_id in ready:
                    del gathering[case_id]
                    running.add(case_id)
                running -= {case_id for case_id in running if states.get(case_id) in {"issued", "refused"}}
                if time.monotonic() > until:
                    raise AssertionError(
                        f"after {PATIENCE_SECONDS} s: {collections.Counter(states.values())}"
                    )
                time.sleep(LOOK_SECONDS)


def _start(person: Signed) -> tuple[UUID, Signed]:
    actor = person.actor()
    case_id = casework.start_case(
        edge.new_id(),
        service_id=SERVICE,
        tracking_code=edge.draw_tracking_code(),
        act_id=edge.new_id(),
        actor=actor,
        at=edge.now(),
    )
    casework.save_page(
        case_id,
        page_id=PAGE,
        typed=ANSWERS,
        installation=Installation.PRACTICE,
        act_id=edge.new_id(),
        actor=actor,
        at=edge.now(),
    )
    casework.gather_facts(case_id, fact_id=edge.new_id(), act_id=edge.new_id(), actor=actor, at=edge.now())
    return case_id, person


def _submit(case_id: UUID, person: Signed) -> None:
    casework.submit_case(case_id, act_id=edge.new_id(), actor=person.actor(), at=edge.now())


def _states(ids: Iterable[UUID]) -> dict[UUID, str]:
    return dict(_rows("SELECT id, state FROM casework_case WHERE id = ANY(%s)", [list(ids)]))


def check(cases: Cases) -> dict[str, int]:
    """Assert that every case was issued with one document, one message and a receipt for each fact."""
    ids = list(cases.ids)
    states = _states(ids)
    assert len(states) == len(cases.persons), "a case is missing"
    assert set(states.values()) == {"issued"}, collections.Counter(states.values())
    documents = _rows(
        "SELECT case_id, count(*) FROM documents_document WHERE case_id = ANY(%s) AND state = 'issued'"
        " GROUP BY case_id HAVING count(*) = 1",
        [ids],
    )
    assert len(documents) == len(ids), "not every case has exactly one document"
    messages = _rows(
        "SELECT reference, count(*) FROM messaging_inboxmessage WHERE reference = ANY(%s)"
        " GROUP BY reference HAVING count(*) = 1",
        [ids],
    )
    assert len(messages) == len(ids), "not every case has exactly one message"
    receipts = _rows(
        "SELECT f.case_id, count(DISTINCT r.id) FROM disclosure_fact f"
        " JOIN exchange_receipt r ON r.message_id = f.id AND r.outcome = 'given'"
        " WHERE f.case_id = ANY(%s) AND f.state = 'answered' GROUP BY f.case_id",
        [ids],
    )
    counts = {count for _, count in receipts}
    assert len(receipts) == len(ids), "a case has no receipts"
    assert counts == {3}, f"receipts of a case: {counts}"
    return {
        "cases": len(ids),
        "documents": len(documents),
        "messages": len(messages),
        "receipts": 3 * len(ids),
    }


def wait_until_quiet() -> None:
    """Wait until no job waits: what a case leaves behind (a text message, the record's order) is its cost."""
    _wait_for(
        lambda: (
            None
            if _rows(
                "SELECT 1 FROM procrastinate_jobs WHERE status IN ('todo','doing') AND"
                " (scheduled_at IS NULL OR scheduled_at <= now()) LIMIT 1"
            )
            else True
        ),
        what="an empty queue",
    )


def _wait_for(look: Callable[[], Any], *, what: str) -> Any:
    until = time.monotonic() + PATIENCE_SECONDS
    while (found := look()) is None:
        if time.monotonic() > until:
            raise AssertionError(f"{what} did not come within {PATIENCE_SECONDS:.0f} s")
        time.sleep(0.1)
    return found


def _rows(statement: str, values: Sequence[Any] = ()) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def main() -> None:
    """Read the people from stdin, sign them in, wait for the word, run, check, say what was found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--open-at-once", type=int, default=24)
    parser.add_argument("--warm-up", type=int, default=12)
    asked = parser.parse_args()
    persons = sign_in(json.loads(sys.stdin.readline()))
    Cases(persons[: asked.warm_up]).run(open_at_once=asked.open_at_once)
    wait_until_quiet()
    print(json.dumps({"signed_in": len(persons)}), flush=True)
    sys.stdin.readline()
    cases = Cases(persons)
    begun = time.monotonic()
    cases.run(open_at_once=asked.open_at_once)
    seconds = time.monotonic() - begun
    wait_until_quiet()
    print(json.dumps({"seconds": seconds, **check(cases)}), flush=True)
    # Lives on until it was measured: the time of a process goes with it.
    sys.stdin.readline()
    print(json.dumps({}), flush=True)


if __name__ == "__main__":
    main()
