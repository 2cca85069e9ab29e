"""The two registers a sign-in asks, as our own node shows them: a fake of the other side of the exchange."""

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from panjereh.domain.exchange.node_client import NodeUnreachable
from panjereh.domain.exchange.rules.outcomes import NodeAnswer, Question
from panjereh_contracts.digest import content_digest
from panjereh_contracts.identifiers import parse_service, parse_subsystem
from panjereh_contracts.receipt import Receipt

AS_OF = "2025-11-22T05:00:00Z"
AT = dt.datetime(2025, 11, 22, 6, tzinfo=dt.UTC)
MINA = {
    "given_name": "مینا",
    "family_name": "نمونه‌پور",
    "father_name": "بهرام",
    "birth_date": "1990-05-11",
    "sex": "female",
    "alive": True,
}
MINAS_NUMBER = "9990000018"
MINAS_MOBILE = "+989800000001"
ARASHS_NUMBER = "9990000026"


@dataclass
class Registers:
    """Knows Mina by number and birth date and her phone; can be away, and counts what it was asked."""

    person: dict[str, Any] = field(default_factory=lambda: dict(MINA))
    mobile: str = MINAS_MOBILE
    away: set[str] = field(default_factory=set)
    denied: set[str] = field(default_factory=set)
    asked: list[tuple[str, UUID]] = field(default_factory=list)
    issues: set[str] = field(default_factory=set)

    def ask(self, question: Question, *, user: str) -> NodeAnswer:
        """Answer one question as the platform's own node would."""
        assert user
        key = question.data_set.key
        self.asked.append((key, UUID(question.message_id)))
        self.issues.add(question.case_reference)
        if key in self.away:
            raise NodeUnreachable("timeout")
        if key in self.denied:
            return NodeAnswer(403, "server.clientproxy.access_denied", None, b"")
        body = json.dumps(self._answer(key, json.loads(question.body))).encode()
        return NodeAnswer(200, None, _receipt(question, body).encode(), body)

    def _answer(self, key: str, asked: dict[str, str]) -> dict[str, Any]:
        known = asked["national_number"] == MINAS_NUMBER
        if key == "phone.ownership":
            return {"matches": known and asked["mobile"] == self.mobile, "as_of": AS_OF}
        if known and asked["birth_date"] == self.person["birth_date"]:
            return {"found": True, "as_of": AS_OF, "person": self.person}
        return {"found": False, "as_of": AS_OF}


def _receipt(question: Question, body: bytes) -> Receipt:
    return Receipt(
        message_id=UUID(question.message_id),
        consumer=parse_subsystem("PRACTICE/GOV/ito/window"),
        service=parse_service(question.data_set.path.removeprefix("/r1/")),
        contract_id=question.contract,
        purpose=question.purpose,
        legal_basis=question.legal_basis,
        issue=question.case_reference,
        asked_at=AT,
        answered_at=AT,
        status=200,
        request_digest=content_digest(question.body),
        response_digest=content_digest(body),
        request_base="base",
        request_signature="signature",
        response_signature="signature",
        response_keyid="nocr-1",
        response_created_at=AT,
        log_origin="panjereh/practice/platform",
        request_index=0,
        request_leaf_hash="0" * 64,
        request_salt="0" * 32,
        response_index=1,
        response_leaf_hash="1" * 64,
        response_salt="1" * 32,
    )
