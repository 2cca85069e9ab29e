"""What the frame itself refuses, before or around any operation."""

from http import HTTPStatus

from panjereh_kernel.refusal import Refusal


class MethodNotKnown(Refusal):
    """The address exists and does not answer this method; `Allow` says which it does."""

    code = "method-not-known"
    status = HTTPStatus.METHOD_NOT_ALLOWED


class NotAcceptable(Refusal):
    """The answer has one type, and `Accept` rules it out."""

    code = "answer-type-not-acceptable"
    status = HTTPStatus.NOT_ACCEPTABLE


class BodyFaulty(Refusal):
    """The body is not what the description asks for; `field` names the first fault, or is empty."""

    code = "request-body-faulty"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, field: str = "") -> None:
        super().__init__(field)
        self.field = field


class MediaTypeNotKnown(Refusal):
    """The body has a type this address does not take."""

    code = "media-type-not-known"
    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE


class QueryFaulty(Refusal):
    """The query has a part that is not described, stands twice or is no such value; `field` names it."""

    code = "request-query-faulty"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class MatchMissing(Refusal):
    """What is to be changed must be named as it was read: send its `ETag` in `If-Match`."""

    code = "match-missing"
    status = HTTPStatus.PRECONDITION_REQUIRED


class MatchFailed(Refusal):
    """It has changed since it was read: read it again and decide anew."""

    code = "match-failed"
    status = HTTPStatus.PRECONDITION_FAILED
