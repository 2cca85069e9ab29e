"""What a check is asked with, and what it answers."""

import datetime as dt
from typing import Annotated, Literal, TypeAlias

import msgspec

from panjereh.domain.documents import api as documents
from panjereh.rest.shapes import Instant, Shape, Texts, Uri

Number: TypeAlias = Annotated[str, msgspec.Meta(pattern="^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]$")]
Digest: TypeAlias = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$", max_length=64)]
_FOUND = [*documents.Standing, *(each for each in documents.Verdict if each is not documents.Verdict.GENUINE)]
Found: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        description="`valid`, `expired`, `revoked`: a document of ours. `altered`: signed by an issuer we "
        "know and not as it was signed. `unrecorded`: its signature is good and our records do not know it. "
        "`foreign`: nobody we know signed it. `unreadable`: damaged.",
        extra_json_schema={"enum": [each.value for each in _FOUND]},
    ),
]
Result: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        description="As in a statement; or `not-found`, or `receipt`: a receipt of an earlier check.",
        extra_json_schema={"enum": [*(each.value for each in _FOUND), "not-found", "receipt"]},
    ),
]
Answers: TypeAlias = Annotated[
    dict[str, bool],
    msgspec.Meta(
        description="Questions asked of a file, by their code: true is the good answer. Empty when no file "
        "was examined.",
        extra_json_schema={"propertyNames": {"enum": [each.value for each in documents.Check]}},
    ),
]
LastDay: TypeAlias = Annotated[
    dt.date, msgspec.Meta(description="Last good day, in Tehran; null is without end.")
]


class ByCode(Shape):
    """A document by what is printed on it."""

    number: Annotated[str, msgspec.Meta(max_length=40, examples=["9904-1182-0367-5"])]
    code: Annotated[str, msgspec.Meta(max_length=40, examples=["7KQ2-M9TX"])]


class ByDigest(Shape):
    """A document by the SHA-256 of its file."""

    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9A-Fa-f]{64}$", max_length=64)]


class Voucher(Shape):
    """What a check's answer can be filed with."""

    voucher: Annotated[str, msgspec.Meta(max_length=20_000)]


class Document(Shape):
    """What our records say of a document."""

    number: Number
    title: Texts
    issuer: Texts
    holder_initials: Annotated[
        str,
        msgspec.Meta(
            description="Two letters of the holder's name, empty once the holder's data was erased. The "
            "document itself names them."
        ),
    ]
    issued_at: Instant
    valid_until: LastDay | None
    revoked_at: Instant | None
    revocation_reason: documents.RevocationReason | None


class Named(Shape):
    """What a receipt says of the document it was made for."""

    serial: Number
    title: Texts
    issuer: Texts
    issued_at: Instant
    valid_until: LastDay | None
    revoked_at: Instant | None
    revocation_reason: documents.RevocationReason | None


class Statement(Shape):
    """What a check found."""

    checked_at: Instant
    way: documents.Way
    result: Found
    file_sha256: Digest | None
    answers: Answers
    document: Named | None


class CheckedReceipt(Shape):
    """A receipt states what a check found then; it says nothing about the document today."""

    number: Number
    issued_at: Instant
    stated: Statement


class Check(Shape):
    """The answer to a check."""

    result: Result
    way: documents.Way
    checked_at: Instant
    file_sha256: Digest | None
    checks: Answers
    document: Document | None
    receipt: CheckedReceipt | None
    voucher: Annotated[
        str | None,
        msgspec.Meta(description="Hand it in for a signed receipt. Null when there is nothing to file."),
    ]


class Receipt(Shape):
    """Whether a receipt is made."""

    state: Literal["being-made", "ready", "dropped"]
    number: Number | None
    file: Uri | None
