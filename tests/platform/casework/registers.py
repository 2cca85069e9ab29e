"""The registers behind the exchange, housing and post beside those a sign-in asks."""

from dataclasses import dataclass, field
from typing import Any

from tests.platform.people.registers import AS_OF, MINAS_NUMBER
from tests.platform.people.registers import Registers as SignInRegisters

HOME = "9999912347"
SHOP = "9999954321"


@dataclass
class Registers(SignInRegisters):
    """Mina lives at HOME by deed; SHOP is a shop. Both can be changed."""

    residence: dict[str, str] | None = field(
        default_factory=lambda: {"postal_code": HOME, "since": "2021-03-21", "bond": "deed"}
    )
    places: dict[str, str] = field(default_factory=lambda: {HOME: "dwelling", SHOP: "shop"})

    def _answer(self, key: str, asked: dict[str, str]) -> dict[str, Any]:
        if key == "housing.residence":
            known = self.residence if asked["national_number"] == MINAS_NUMBER else None
            return {"found": bool(known), "as_of": AS_OF} | ({"residence": known} if known else {})
        if key == "post.place":
            kind = self.places.get(asked["postal_code"])
            place = _place(asked["postal_code"], kind) if kind else None
            return {"found": bool(place), "as_of": AS_OF} | ({"place": place} if place else {})
        return super()._answer(key, asked)


def _place(postal_code: str, kind: str) -> dict[str, str]:
    return {
        "postal_code": postal_code,
        "kind": kind,
        "province_code": "23",
        "county_code": "2301",
        "city": "تهران",
        "address_line": "کوی آزمون، کوچه دوم، شماره ۸",
    }
