"""What an identity token must hold before the portal believes it."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from joserfc import jws, jwt
from joserfc.jwk import ECKey, KeySet, OctKey

from panjereh.web.citizen.sign_in.identity import Identity, IdentityTokenWrong, read_identity
from panjereh.web.citizen.sign_in.starts import Start

ISSUER = "https://sign-in.example"
NOON = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
NOW = int(NOON.timestamp())
ACCOUNT = UUID("01936f00-0000-7000-8000-000000000001")
KEY = ECKey.generate_key("P-256", {"kid": "one"})
HONEST = {
    "iss": ISSUER,
    "aud": "portal",
    "sub": str(ACCOUNT),
    "nonce": "n",
    "iat": NOW,
    "exp": NOW + 300,
    "auth_time": NOW - 5,
    "acr": "2",
    "ial": 1,
    "sid": "s",
}


def start(**changes: Any) -> Start:
    honest = {
        "nonce": "n",
        "code_verifier": "v",
        "dpop_key": {},
        "next_path": "/",
        "acr": 2,
        "max_age_s": None,
        "started_at": NOON.isoformat(),
    }
    return Start(**{**honest, **changes})


def read(token: str, answered: Start) -> Identity:
    return read_identity(
        token, key_set=KeySet([KEY]), issuer=ISSUER, client_id="portal", start=answered, at=NOON
    )


def token(key: Any = KEY, alg: str = "ES256", **changes: Any) -> str:
    claims = {name: value for name, value in {**HONEST, **changes}.items() if value is not None}
    registry = jws.JWSRegistry(algorithms=[alg])
    return jwt.encode({"alg": alg, "kid": "one"}, claims, key, registry=registry)


def test_an_honest_token_names_the_person() -> None:
    assert read(token(), start()) == Identity(ACCOUNT, acr=2, ial=1, auth_at=NOW - 5, sid="s")


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"iss": "https://evil.example"}, "issuer"),
        ({"aud": "other"}, "audience"),
        ({"aud": ["portal", "other"]}, "audience"),
        ({"nonce": "m"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"exp": NOW - 30}, "expired"),
        ({"exp": None}, "expired"),
        ({"auth_time": NOW + 31}, "auth_time"),
        ({"auth_time": None}, "auth_time"),
        ({"acr": "1"}, "acr"),
        ({"acr": "gold"}, "claims"),
        ({"ial": None}, "claims"),
        ({"sub": "x"}, "claims"),
        ({"sid": None}, "claims"),
        ({"key": ECKey.generate_key("P-256", {"kid": "one"})}, "signature"),
        ({"key": OctKey.generate_key(256), "alg": "HS256"}, "signature"),
    ],
)
def test_a_token_that_does_not_hold_names_nobody(changes: dict[str, Any], wrong: str) -> None:
    with pytest.raises(IdentityTokenWrong, match=wrong):
        read(token(**changes), start())


def test_a_fresh_proof_must_be_fresh() -> None:
    read(token(auth_time=NOW - 20), start(max_age_s=0))
    with pytest.raises(IdentityTokenWrong, match="max_age"):
        read(token(auth_time=NOW - 40), start(max_age_s=0))


def test_text_that_is_no_token_names_nobody() -> None:
    with pytest.raises(IdentityTokenWrong, match="signature"):
        read("x.y.z", start())
    with pytest.raises(IdentityTokenWrong, match="signature"):
        read(f"eyJhbGciOiJub25lIn0.{token().split('.')[1]}.", start())
