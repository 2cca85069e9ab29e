"""The rows of what people allowed programs in the table of doors: of the person alone."""

from panjereh.domain.audit import api as audit
from panjereh.domain.people import api as people
from tests.platform.access.answers import ABSENT, DONE, Operation
from tests.platform.access.country import AT

ACTING = (
    Operation(
        "people.consents_of",
        lambda _, who: people.consents_of(actor=who, at=AT),
        ABSENT, DONE, DONE, ABSENT,
    ),
    Operation(
        "people.program_names",
        lambda _, who: people.program_names(actor=who),
        ABSENT, DONE, DONE, ABSENT,
    ),
    Operation(
        "audit.last_readings",
        lambda _, who: audit.last_readings(["program:practice-bank"], actor=who),
        ABSENT, DONE, DONE, ABSENT,
    ),
    Operation(
        "people.take_back_consent",
        lambda of, who: people.take_back_consent(of.mina.consent_id, actor=who, at=AT),
        ABSENT, DONE, ABSENT, ABSENT,
    ),
    Operation(
        "people.consent",
        lambda of, who: people.consent(of.mina.consent_id, actor=who, at=AT),
        ABSENT, DONE, ABSENT, DONE,
    ),
    Operation(
        "people.note_end_told",
        lambda of, who: people.note_end_told(of.mina.consent_id, actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
)  # fmt: skip
