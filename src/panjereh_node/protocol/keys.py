"""The keys this node signs with, and by which name the configuration knows them."""

from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec

from panjereh_contracts.directory import Directory
from panjereh_contracts.faults import ExchangeRefusal


class NoSigningKey(ExchangeRefusal):
    """This node holds no key of the member that the configuration lists."""

    code = "exchange-no-signing-key"
    fault = "unknown_member"

    def __init__(self, member: str) -> None:
        super().__init__(member)
        self.member = member


@dataclass(frozen=True, slots=True)
class OwnNode:
    """Who this node is: its id and one private key for each member it signs for."""

    id: str
    signing_keys: Mapping[str, ec.EllipticCurvePrivateKey]

    def serves(self, member: str, *, directory: Directory) -> bool:
        """Say whether the configuration lets this node, and nobody else, speak for `member`."""
        node = directory.node_of(member)
        return node is not None and node.id == self.id

    def signing_key(self, member: str, *, directory: Directory) -> tuple[str, ec.EllipticCurvePrivateKey]:
        """Return kid and key of a member; raises `NoSigningKey`. The kid is found by the public half."""
        key = self.signing_keys.get(member)
        listed = directory.members.get(member)
        if key is not None and listed is not None:
            public = key.public_key()
            for candidate in listed.signing_keys:
                if candidate.public_key == public:
                    return candidate.kid, key
        raise NoSigningKey(member)
