"""X-Road's names and REST paths, read strictly: what two readers could read differently is refused."""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from panjereh_contracts.faults import ClientRefusal

PATH_PREFIX = "/r1/"
_PARTS_OF_SERVICE = 5
_PARTS_OF_SUBSYSTEM = 4
MAX_PATH = 2048
# X-Road's characters for newly registered identifiers.
_IDENTIFIER = re.compile(r"[A-Za-z0-9'()+,\-.=?]{1,64}")
# RFC 3986 pchar, so that no parser on the way rewrites it.
_SEGMENT = re.compile(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})+")
_QUERY = re.compile(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*")
_FORBIDDEN_WHEN_DECODED = re.compile(r"[\x00-\x1f\x7f/\\%]")


class MalformedPath(ClientRefusal):
    """The path is not an r1 path, or two readers could read it differently."""

    code = "exchange-malformed-path"
    fault = "bad_request"


class MalformedClient(ClientRefusal):
    """`X-Road-Client` is not a full subsystem identifier."""

    code = "exchange-malformed-client"
    fault = "invalid_client_identifier"


@dataclass(frozen=True, slots=True, order=True)
class SubsystemId:
    """One system of one member: instance, class, member, subsystem."""

    instance: str
    member_class: str
    member: str
    subsystem: str

    def __str__(self) -> str:
        return "/".join(
            quote(part, safe="") for part in (self.instance, self.member_class, self.member, self.subsystem)
        )


@dataclass(frozen=True, slots=True, order=True)
class ServiceId:
    """One service of one subsystem."""

    provider: SubsystemId
    service: str

    def __str__(self) -> str:
        return f"{self.provider}/{quote(self.service, safe='')}"


@dataclass(frozen=True, slots=True)
class ServicePath:
    """An r1 path taken apart. `tail` is raw, "" or "/…"; rights are matched against `tail_decoded`."""

    service: ServiceId
    tail: str
    tail_decoded: str


def _decode(segment: str) -> str:
    try:
        text = unquote(segment, errors="strict")
    except UnicodeDecodeError as error:
        raise MalformedPath from error
    # A decoded slash, backslash or percent sign would be read once more by somebody further on.
    if text in {".", ".."} or _FORBIDDEN_WHEN_DECODED.search(text):
        raise MalformedPath
    return text


def _identifier(segment: str) -> str:
    text = _decode(segment)
    if not _IDENTIFIER.fullmatch(text):
        raise MalformedPath
    return text


def parse_subsystem(text: str) -> SubsystemId:
    """Read `instance/class/member/subsystem`, percent-decoding each part.

    Raises `MalformedClient`. X-Road also knows member-level clients with three parts; rights here belong to
    subsystems, so these are refused.
    """
    parts = text.split("/")
    if len(parts) != _PARTS_OF_SUBSYSTEM:
        raise MalformedClient
    try:
        instance, member_class, member, subsystem = map(_identifier, parts)
    except MalformedPath as error:
        raise MalformedClient from error
    return SubsystemId(instance, member_class, member, subsystem)


def parse_service(text: str) -> ServiceId:
    """Read `instance/class/member/subsystem/service`; raises `MalformedPath`."""
    parts = text.split("/")
    if len(parts) != _PARTS_OF_SERVICE:
        raise MalformedPath
    instance, member_class, member, subsystem, service = map(_identifier, parts)
    return ServiceId(SubsystemId(instance, member_class, member, subsystem), service)


def parse_path(raw_path: str) -> ServicePath:
    """Take a raw r1 path apart: `/r1/{instance}/{class}/{member}/{subsystem}/{service}[/tail]`.

    Raises `MalformedPath` for anything else and for every form of traversal: `.`, `..`, empty segments other
    than one trailing slash, and percent-encoded slash, backslash, percent or control characters.
    """
    if len(raw_path) > MAX_PATH or not raw_path.startswith(PATH_PREFIX):
        raise MalformedPath
    segments = raw_path[len(PATH_PREFIX) :].split("/")
    if len(segments) < _PARTS_OF_SERVICE:
        raise MalformedPath
    service = parse_service("/".join(segments[:_PARTS_OF_SERVICE]))
    rest = segments[_PARTS_OF_SERVICE:]
    is_directory = bool(rest) and rest[-1] == ""
    named = rest[:-1] if is_directory else rest
    if not all(_SEGMENT.fullmatch(segment) for segment in named):
        raise MalformedPath
    tail = "".join(f"/{segment}" for segment in rest)
    decoded = "".join(f"/{_decode(segment)}" for segment in named) + ("/" if is_directory else "")
    return ServicePath(service, tail, decoded)


def check_query(query: str) -> None:
    """Raise `MalformedPath` unless `query` (without "?") is made of RFC 3986 query characters only."""
    if len(query) > MAX_PATH or not _QUERY.fullmatch(query):
        raise MalformedPath
