"""Who takes part in the practice exchange, which node serves whom, and what may be asked of whom and why."""

from collections.abc import Mapping
from dataclasses import dataclass

INSTANCE = "PRACTICE"
MEMBER_CLASS = "GOV"
CONSUMER = "PRACTICE/GOV/ito/window"
VALID_FROM = "2026-01-01T00:00:00Z"
VALID_UNTIL = "2036-01-01T00:00:00Z"

MEMBERS: Mapping[str, str] = {
    "ito": "Information Technology Organization",
    "nocr": "National Organization for Civil Registration",
    "cra": "Communications Regulatory Authority",
    "post": "National Post Company",
    "mrud": "Ministry of Roads and Urban Development",
}
SERVED_BY: Mapping[str, tuple[str, ...]] = {
    "platform": ("ito",),
    "interior": ("nocr", "cra"),
    "places": ("post", "mrud"),
}
SUBSYSTEMS: Mapping[str, str] = {
    CONSUMER: "The window",
    "PRACTICE/GOV/nocr/civil": "Civil registry",
    "PRACTICE/GOV/cra/shahkar": "Register of phone owners",
    "PRACTICE/GOV/post/place": "Register of places",
    "PRACTICE/GOV/mrud/residence": "Register of residence",
}


@dataclass(frozen=True, slots=True)
class Contract:
    """One data set, purpose and legal basis, as in `data/exchange/datasets.json` (a test compares)."""

    data_set: str
    service: str
    purpose: str
    legal_basis: str

    def id(self) -> str:
        """Return the contract's identifier."""
        return f"practice-{self.data_set}-{self.purpose}-1"


CONTRACTS = (
    Contract("civil.person", "PRACTICE/GOV/nocr/civil/person", "identity.proof", "data-act-1401"),
    Contract("civil.person", "PRACTICE/GOV/nocr/civil/person", "case.address-certificate", "data-act-1401"),
    Contract("phone.ownership", "PRACTICE/GOV/cra/shahkar/match", "identity.proof", "data-act-1401"),
    Contract(
        "post.place", "PRACTICE/GOV/post/place/lookup", "case.address-certificate", "postal-code-act-1376"
    ),
    Contract(
        "housing.residence",
        "PRACTICE/GOV/mrud/residence/current",
        "case.address-certificate",
        "direct-taxes-act-169bis",
    ),
)


def contract_entries() -> list[dict[str, str]]:
    """Return the contracts as the registry's source file has them."""
    return [
        {
            "id": contract.id(),
            "version": "1",
            "consumer": CONSUMER,
            "service": contract.service,
            "method": "POST",
            "path": "/",
            "purpose": contract.purpose,
            "legal_basis": contract.legal_basis,
            "valid_from": VALID_FROM,
            "valid_until": VALID_UNTIL,
        }
        for contract in CONTRACTS
    ]


def backends(node: str, land_url: str) -> dict[str, str]:
    """Return subsystem to base URL for all that a node's members provide: the practice country."""
    provided = [name for name in SUBSYSTEMS if name != CONSUMER and name.split("/")[2] in SERVED_BY[node]]
    return {name: f"{land_url}/{'/'.join(name.split('/')[2:])}" for name in provided}
