"""People who are visited, with cases whose sealed fields open: `python -m benchmarks.window.visited`.

Prints what there is to ask for: for each kind of page the addresses, the cookie, and what must stand in it.
"""

import datetime as dt
import json
import os
from importlib import import_module
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 -- models need Django ready

from benchmarks.window.population import SERVICE  # noqa: E402
from panjereh.domain.casework.models import Case, CaseAct, Decision  # noqa: E402
from panjereh.domain.catalogue import api as catalogue  # noqa: E402
from panjereh.domain.directory import api as directory  # noqa: E402
from panjereh.domain.disclosure.models import Fact  # noqa: E402
from panjereh.domain.documents.models import Document  # noqa: E402
from panjereh.domain.people.models import Account, Subject  # noqa: E402
from panjereh.plumbing import edge, sealing  # noqa: E402
from panjereh.web.citizen.sign_in import lifetime  # noqa: E402
from panjereh_kernel import persian  # noqa: E402
from panjereh_kernel.uuid7 import RANDOM_BYTES, make_uuid7  # noqa: E402

DJANGOS_ENGINE = "django.contrib.sessions.backends.db"
ORDINARY, MANY = 20, 3000
CASES_OF_AN_ORDINARY_PERSON = 5
VERSION = catalogue.current_pack(SERVICE).version
CALENDAR = directory.working_calendar(None, on=edge.now().date()).version
BATCH = 500  # rows of one INSERT: PostgreSQL takes 65,535 values
# What happened to a case: the event, where it led, who did it, and how many seconds after the beginning.
ACTS = (
    ("start", "draft", "citizen", 0),
    ("answer", "draft", "citizen", 40),
    ("gather", "gathering", "citizen", 41),
    ("facts-complete", "ready", "system", 46),
    ("submit", "submitted", "citizen", 95),
    ("grant", "granted", "system", 96),
    ("issue", "issued", "system", 98),
)
ASKED, ANSWERED, SUBMITTED, DECIDED, FINISHED = (dt.timedelta(seconds=each) for each in (41, 46, 95, 96, 98))
# What the registers answered, and what the service and its document are called.
WORDS = json.loads(Path(__file__).with_name("visited.json").read_text(encoding="utf-8"))
ANSWERS: dict[str, dict[str, Any]] = WORDS["answers"]


class Person:
    """Somebody with cases, each with its acts, facts, decision and document."""

    def __init__(self, number: int, *, cases: int) -> None:
        self.number, self.subject_id, self.account_id = number, edge.new_id(), edge.new_id()
        self.cases = [self._case(place) for place in range(cases)]

    def _case(self, place: int) -> Case:
        at = edge.now() - dt.timedelta(days=3, minutes=10 * place)
        return Case(
            id=make_uuid7(at, entropy=os.urandom(RANDOM_BYTES)),
            tracking_code=f"9{self.number:03}-{place:04}-2468",
            service_id=SERVICE,
            pack_version=VERSION,
            subject_id=self.subject_id,
            account_id=self.account_id,
            state="issued",
            sealed_answers=sealing.seal(self.subject_id, "case.answers", '{"source": "register"}'),
            started_at=at,
            saved_at=at,
            submitted_at=at + SUBMITTED,
            due_on=at.date() + dt.timedelta(days=4),
            calendar_version=CALENDAR,
            decided_at=at + DECIDED,
            finished_at=at + FINISHED,
        )

    def save(self) -> None:
        """Write the person, the cases and all that belongs to them."""
        self._open_account()
        Case.objects.bulk_create(self.cases, batch_size=BATCH)
        acts = [
            CaseAct(
                id=edge.new_id(),
                case_id=case.id,
                number=number,
                event=event,
                state=state,
                role=role,
                account_id=self.account_id if role == "citizen" else None,
                at=case.started_at + dt.timedelta(seconds=seconds),
            )
            for case in self.cases
            for number, (event, state, role, seconds) in enumerate(ACTS, start=1)
        ]
        CaseAct.objects.bulk_create(acts, batch_size=BATCH)
        Decision.objects.bulk_create([_decision(case) for case in self.cases], batch_size=BATCH)
        facts = [_fact(case, name) for case in self.cases for name in ANSWERS]
        Fact.objects.bulk_create(facts, batch_size=BATCH)
        Document.objects.bulk_create([_document(case) for case in self.cases], batch_size=BATCH)

    def _open_account(self) -> None:
        """Write what a session is checked against every minute; names and numbers are noise."""
        at, noise, receipt_id = edge.now(), os.urandom(40), edge.new_id()
        sealed = ("given_name", "family_name", "father_name", "birth_date", "national_number")
        subject = Subject.objects.create(
            id=self.subject_id,
            national_number_index=os.urandom(32),
            life="alive",
            source="civil.person",
            source_as_of=at,
            source_receipt_id=receipt_id,
            confirmed_at=at,
            **{f"sealed_{name}": noise for name in sealed},
        )
        Account.objects.create(
            id=self.account_id,
            subject=subject,
            sealed_mobile=noise,
            mobile_index=os.urandom(32),
            mobile_source="telecom.ownership",
            mobile_as_of=at,
            mobile_receipt_id=receipt_id,
            state="active",
            ial=1,
            opened_at=at,
            proven_at=at,
        )

    def sign_in(self, engine: str = settings.SESSION_ENGINE) -> str:
        """Return the cookie of a session in which this person is signed in, kept as an engine keeps it."""
        session = import_module(engine).SessionStore()
        session.update(
            {
                "account_id": str(self.account_id),
                "subject_id": str(self.subject_id),
                "acr": 1,
                "ial": 1,
                "auth_at": int(edge.now().timestamp()),
                "sid": "a" * 22,
                # As long as the provider's own is, since it is kept in the session and read at every page.
                "id_token": "x" * 900,
            }
        )
        lifetime.begin(session, at=edge.now())
        session.save()
        token = "k" * 32  # a browser that has been here has the cookie of the forms, too
        return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={token}"


def _decision(case: Case) -> Decision:
    assert case.decided_at is not None
    held = [
        {"id": each, "finding": "held"}
        for each in ("person-in-registry", "place-is-dwelling", "bond-with-place")
    ]
    return Decision(
        case_id=case.id,
        outcome="grant",
        pack_version=VERSION,
        conditions=held,
        receipt_ids=[],
        decided_at=case.decided_at,
    )


def _fact(case: Case, name: str) -> Fact:
    kept = ANSWERS[name]
    return Fact(
        id=edge.new_id(),
        case_id=case.id,
        subject_id=case.subject_id,
        evidence=name,
        data_set=kept["data_set"],
        purpose="case.address-certificate",
        legal_basis="data-act-1401",
        case_reference=case.tracking_code,
        state="answered",
        sealed_request=sealing.seal(case.subject_id, "fact.request", "{}"),
        sealed_answer=sealing.seal(
            case.subject_id, "fact.answer", json.dumps(kept["answer"], ensure_ascii=False)
        ),
        receipt_id=edge.new_id(),
        asked_at=case.started_at + ASKED,
        answered_at=case.started_at + ANSWERED,
    )


def _document(case: Case) -> Document:
    return Document(
        id=edge.new_id(),
        case_id=case.id,
        subject_id=case.subject_id,
        service_id=SERVICE,
        pack_version=VERSION,
        template="address-certificate",
        issuer_id="post",
        title_fa=WORDS["title"]["fa"],
        title_en=WORDS["title"]["en"],
        state="issued",
        sealed_data=b"-" * 400,
        valid_until=dt.date(2030, 1, 1),
        requested_at=case.started_at + DECIDED,
        serial=f"{case.tracking_code[:4]}{case.tracking_code[5:9]}",
        check_code_index=os.urandom(32),
        # The real file is a hundred times longer; PostgreSQL keeps it outside of the row either way.
        sealed_pdf=os.urandom(4000),
        pdf_sha256=os.urandom(32),
        issued_at=case.started_at + FINISHED,
    )


def settle() -> dict[str, list[dict[str, object]]]:
    """Make the people; return what to ask for, by kind of page."""
    ordinary = [Person(number, cases=CASES_OF_AN_ORDINARY_PERSON) for number in range(ORDINARY)]
    busy = Person(ORDINARY, cases=MANY)
    asks: dict[str, list[dict[str, object]]] = {"service": [], "cases": [], "case": []}
    for person in [*ordinary, busy]:
        person.save()
        cookies = {"cookie": person.sign_in(), "plain_cookie": person.sign_in(DJANGOS_ENGINE)}
        asks["service"].append(_ask(f"/services/{SERVICE}/", cookies, [WORDS["title"]["fa"]]))
        codes = [_shown(case) for case in person.cases[:20]]
        asks["cases"].append(_ask("/cases/", cookies, codes))
        for case in person.cases[:3]:
            words = [_shown(case), WORDS["title"]["fa"]]
            asks["case"].append(_ask(f"/cases/{case.id}/", cookies, words))
    return asks


def _ask(path: str, cookies: dict[str, str], words: list[str]) -> dict[str, object]:
    return {"path": path, "words": words, **cookies}


def _shown(case: Case) -> str:
    return persian.to_persian_digits(case.tracking_code)


if __name__ == "__main__":
    print(json.dumps(settle(), ensure_ascii=False))
