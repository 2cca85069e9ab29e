"""The configuration's content: who takes part, where their nodes are, and who may ask what, for what."""

import datetime as dt
import hashlib
import hmac
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from cryptography.hazmat.primitives.asymmetric import ec

from panjereh_contracts import p256
from panjereh_contracts.identifiers import (
    MalformedClient,
    MalformedPath,
    ServiceId,
    SubsystemId,
    parse_service,
    parse_subsystem,
)
from panjereh_contracts.reading import Reader, UnreadableError

T = TypeVar("T")

_IDENTIFIER: Final = re.compile(r"[A-Za-z0-9'()+,\-.=?]{1,64}")
_KID: Final = re.compile(r"[A-Za-z0-9._:/@+=\-]{1,128}")
_ADDRESS: Final = re.compile(r"https://([a-z0-9.\-]{1,253}|\[[0-9a-f:.]{2,45}\]):([1-9][0-9]{0,4})")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_METHOD: Final = re.compile(r"DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT")
_GLOB: Final = re.compile(r"(?:/(?:[A-Za-z0-9\-._~!$&'()+,;=:@]|\*)*)+")
_CODE: Final = re.compile(r"[\x21-\x7e]{1,128}")


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One key a member signs messages with. The configuration vouches for it, no certificate does."""

    kid: str
    member: str
    public_key: ec.EllipticCurvePublicKey


@dataclass(frozen=True, slots=True)
class Member:
    """An agency that takes part."""

    id: str
    name: str
    signing_keys: tuple[SigningKey, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A gateway: where it listens, the one certificate it shows, and the members it speaks for."""

    id: str
    address: str
    tls_certificate: bytes
    tls_sha256: bytes
    serves: frozenset[str]


@dataclass(frozen=True, slots=True)
class Subsystem:
    """One system of a member."""

    id: SubsystemId
    name: str


@dataclass(frozen=True, slots=True)
class Contract:
    """One agreed right: this consumer may call this service so, for this purpose, on this legal basis."""

    id: str
    version: str
    consumer: SubsystemId
    service: ServiceId
    method: str
    path: str
    purpose: str
    legal_basis: str
    valid_from: dt.datetime
    valid_until: dt.datetime


@dataclass(frozen=True, slots=True)
class Directory:
    """Everything the registry's source says, cross-checked, with look-ups that answer None for unknown."""

    instance: str
    members: dict[str, Member]
    nodes: dict[str, Node]
    subsystems: dict[SubsystemId, Subsystem]
    contracts: dict[str, Contract]
    _keys: dict[str, SigningKey] = field(default_factory=dict)
    _node_of_member: dict[str, Node] = field(default_factory=dict)
    _node_of_certificate: dict[bytes, Node] = field(default_factory=dict)

    def signing_key(self, kid: str) -> SigningKey | None:
        return self._keys.get(kid)

    def node_of(self, member: str) -> Node | None:
        return self._node_of_member.get(member)

    def node_of_certificate(self, tls_sha256: bytes) -> Node | None:
        return self._node_of_certificate.get(tls_sha256)


def _keyed(items: Iterable[T], key: Callable[[T], Any], *, place: str) -> dict[Any, T]:
    result: dict[Any, T] = {}
    for item in items:
        if key(item) in result:
            raise UnreadableError(f"{place}: one is given twice")
        result[key(item)] = item
    return result


def _subsystem_id(text: str, *, place: str) -> SubsystemId:
    try:
        return parse_subsystem(text)
    except MalformedClient as error:
        raise UnreadableError(f"{place}: malformed") from error


def _service_id(text: str, *, place: str) -> ServiceId:
    try:
        return parse_service(text)
    except MalformedPath as error:
        raise UnreadableError(f"{place}: malformed") from error


def _read_key(value: Any, *, member: str) -> SigningKey:
    reader = Reader(value, place="signing_keys[]")
    kid, jwk = reader.matching("kid", _KID), reader.member("jwk")
    reader.done()
    try:
        return SigningKey(kid, member, p256.public_key_from_jwk(jwk if isinstance(jwk, dict) else {}))
    except ValueError as error:
        raise UnreadableError("signing_keys[].jwk: malformed") from error


def _read_member(value: Any) -> Member:
    reader = Reader(value, place="members[]")
    member = reader.matching("id", _IDENTIFIER)
    name = reader.text("name")
    keys = tuple(_read_key(key, member=member) for key in reader.items("signing_keys"))
    reader.done()
    return Member(member, name, keys)


def _read_node(value: Any) -> Node:
    reader = Reader(value, place="nodes[]")
    node = Node(
        id=reader.matching("id", _IDENTIFIER),
        address=reader.matching("address", _ADDRESS),
        tls_certificate=reader.base64_bytes("tls_certificate"),
        tls_sha256=bytes.fromhex(reader.matching("tls_sha256", _SHA256)),
        serves=frozenset(str(member) for member in reader.items("serves")),
    )
    reader.done()
    if not hmac.compare_digest(hashlib.sha256(node.tls_certificate).digest(), node.tls_sha256):
        raise UnreadableError("nodes[].tls_sha256: not that of tls_certificate")
    return node


def _read_subsystem(value: Any) -> Subsystem:
    reader = Reader(value, place="subsystems[]")
    subsystem = Subsystem(_subsystem_id(reader.text("id"), place="subsystems[].id"), reader.text("name"))
    reader.done()
    return subsystem


def _read_contract(value: Any) -> Contract:
    reader = Reader(value, place="contracts[]")
    contract = Contract(
        id=reader.matching("id", _CODE),
        version=reader.matching("version", _CODE),
        consumer=_subsystem_id(reader.text("consumer"), place="contracts[].consumer"),
        service=_service_id(reader.text("service"), place="contracts[].service"),
        method=reader.matching("method", _METHOD),
        path=reader.matching("path", _GLOB),
        purpose=reader.matching("purpose", _CODE),
        legal_basis=reader.matching("legal_basis", _CODE),
        valid_from=reader.instant("valid_from"),
        valid_until=reader.instant("valid_until"),
    )
    reader.done()
    if contract.valid_from >= contract.valid_until:
        raise UnreadableError("contracts[]: ends before it begins")
    return contract


def _check_references(directory: Directory) -> None:
    """Refuse what would let one party pass for another: dangling names, foreign instances, shared members."""
    served = [member for node in directory.nodes.values() for member in node.serves]
    if len(served) != len(set(served)) or not set(served) <= directory.members.keys():
        raise UnreadableError("nodes[].serves: a member is unknown or served twice")
    for subsystem in directory.subsystems:
        if subsystem.instance != directory.instance or subsystem.member not in directory.members:
            raise UnreadableError("subsystems[].id: foreign instance or unknown member")
    for contract in directory.contracts.values():
        if not {contract.consumer, contract.service.provider} <= directory.subsystems.keys():
            raise UnreadableError("contracts[]: an unknown subsystem")


def read_directory(reader: Reader) -> Directory:
    """Read and cross-check the directory's members from `reader`; raises `UnreadableError`.

    The caller ends with `reader.done()`. Certificates, members and key identifiers belong to one node each:
    what a certificate or a key proves must have one meaning.
    """
    instance = reader.matching("instance", _IDENTIFIER)
    members = _keyed(map(_read_member, reader.items("members")), lambda m: m.id, place="members")
    nodes = _keyed(map(_read_node, reader.items("nodes")), lambda n: n.id, place="nodes")
    keys = [key for member in members.values() for key in member.signing_keys]
    directory = Directory(
        instance=instance,
        members=members,
        nodes=nodes,
        subsystems=_keyed(
            map(_read_subsystem, reader.items("subsystems")), lambda s: s.id, place="subsystems"
        ),
        contracts=_keyed(map(_read_contract, reader.items("contracts")), lambda c: c.id, place="contracts"),
        _keys=_keyed(keys, lambda k: k.kid, place="signing_keys"),
        _node_of_member={member: node for node in nodes.values() for member in node.serves},
        _node_of_certificate=_keyed(nodes.values(), lambda n: n.tls_sha256, place="nodes[].tls_sha256"),
    )
    _check_references(directory)
    return directory
