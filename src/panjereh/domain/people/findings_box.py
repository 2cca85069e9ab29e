"""Keep what the registers answered between the check and the right code, sealed like everything personal."""

import dataclasses
import datetime as dt
import json
from uuid import UUID

from panjereh.domain.people.rules.identity import Findings
from panjereh.plumbing import sealing

FIELD = "findings"


def close(challenge_id: UUID, findings: Findings) -> bytes:
    """Return the findings sealed under the key of their sign-in."""
    plain = {
        name: dict(value) if name == "person" and value is not None else value
        for name, value in dataclasses.asdict(findings).items()
    }
    return sealing.seal(challenge_id, FIELD, json.dumps(plain, default=str))


def open_box(challenge_id: UUID, sealed: bytes | memoryview) -> Findings:
    """Return the findings that `close` sealed."""
    plain = json.loads(sealing.unseal(challenge_id, FIELD, bytes(sealed)))
    return Findings(
        person=plain["person"],
        person_as_of=dt.datetime.fromisoformat(plain["person_as_of"]),
        person_receipt_id=UUID(plain["person_receipt_id"]),
        owns_mobile=plain["owns_mobile"],
        mobile_as_of=dt.datetime.fromisoformat(plain["mobile_as_of"]),
        mobile_receipt_id=UUID(plain["mobile_receipt_id"]),
    )
