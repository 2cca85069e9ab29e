"""Tokens, client assertions and proofs of possession, as laws and against the vectors of the RFCs."""

import datetime as dt
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc.jwk import ECKey, RSAKey

from panjereh_idp.protocol import client_assertion, dpop, jose
from panjereh_idp.protocol.refusals import InvalidClient, InvalidDpopProof
from tests.idp.actors import ISSUER, NOON, b64, new_key, public, secret_key, sign
from tests.idp.registered import CLIENT, CLIENTS, KEY, NOW, RSA

# --- vectors --------------------------------------------------------------------------------------


def test_rfc_7638_section_3_1() -> None:
    key = RSAKey.import_key(
        {
            "kty": "RSA",
            "n": (
                "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_"
                "BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_"
                "FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI"
                "4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"
            ),
            "e": "AQAB",
        }
    )

    assert key.thumbprint() == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"


RFC_9449_TOKEN_PROOF = (
    "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpD"
    "a0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6"
    "IlAtMjU2In19.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUu"
    "Y29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-"
    "FNyJK70nfbV37xRZT3Lg"
)
RFC_9449_RESOURCE_PROOF = (
    "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpD"
    "a0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6"
    "IlAtMjU2In19.eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIjoiR0VUIiwiaHR1IjoiaHR0cHM6Ly9yZXNvdXJjZS5leGFtcGxl"
    "Lm9yZy9wcm90ZWN0ZWRyZXNvdXJjZSIsImlhdCI6MTU2MjI2MjYxOCwiYXRoIjoiZlVIeU8ycjJaM0RaNTNFc05yV0JiMHhXWG9hTnk1"
    "OUlpS0NBcWtzbVFFbyJ9.2oW9RP35yRqzhrtNP86L-Ey71EOptxRimPPToA1plemAgR6pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpL"
    "jA"
)
RFC_9449_TOKEN = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU"
RFC_9449_JKT = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"


def test_rfc_9449_figure_1_and_its_thumbprint() -> None:
    proof = dpop.verify_proof(
        [RFC_9449_TOKEN_PROOF],
        method="POST",
        url="https://server.example.com/token",
        at=dt.datetime.fromtimestamp(1562262620, dt.UTC),
    )

    assert (proof.jkt, proof.jti) == (RFC_9449_JKT, "-BwC3ESc6acc2lTc")


def test_rfc_9449_figure_12_with_the_hash_of_its_token() -> None:
    proof = dpop.verify_proof(
        [RFC_9449_RESOURCE_PROOF],
        method="GET",
        url="https://resource.example.org/protectedresource",
        at=dt.datetime.fromtimestamp(1562262620, dt.UTC),
        access_token=RFC_9449_TOKEN,
    )

    assert proof.jkt == RFC_9449_JKT


def name_of_case(value: str) -> str:
    """Name a case by its reason: tokens are new in each process, and the processes compare their lists."""
    return value if re.fullmatch("[a-z0-9-]{2,40}", value) else "token"


# --- tokens have one spelling ---------------------------------------------------------------------

TOKEN = sign({"a": 1}, KEY, kid="k")


def text(header: bytes, claims: bytes) -> str:
    return f"{b64(header)}.{b64(claims)}.AAAA"


@given(st.integers(0, len(TOKEN) - 1), st.characters(codec="utf-8"))
def test_a_token_changed_in_one_character_is_refused(position: int, character: str) -> None:
    changed = TOKEN[:position] + character + TOKEN[position + 1 :]
    if changed == TOKEN:
        return

    with pytest.raises(jose.MalformedToken):
        jose.verify(jose.read(changed), KEY)


@given(st.text())
def test_no_text_is_a_token_by_chance(anything: str) -> None:
    with pytest.raises(jose.MalformedToken):
        jose.read(anything)


@pytest.mark.parametrize(
    ("token", "reason"),
    [
        (f"{TOKEN}=", "base64-wrong"),
        (f"{TOKEN}==", "base64-wrong"),
        (f" {TOKEN}", "base64-wrong"),
        (TOKEN.rpartition(".")[0] + ".", "base64-wrong"),
        ("AAAAA.e30.AAAA", "base64-wrong"),
        ("a.b", "not-a-compact-token"),
        ("a" * 5000, "not-a-compact-token"),
        (sign({}, None, alg="none"), "base64-wrong"),
        (sign({}, None, alg="none") + "AAAA", "algorithm-not-allowed"),
        (sign({}, RSA, alg="RS256"), "algorithm-not-allowed"),
        (sign({}, RSA, alg="PS256"), "algorithm-not-allowed"),
        (sign({}, secret_key(), alg="HS256"), "algorithm-not-allowed"),
        (text(b"[]", b"{}"), "json-wrong"),
        (text(b"{", b"{}"), "json-wrong"),
        (text(b"{}", b'{"a":1,"a":2}'), "json-wrong"),
        (text(b"{}", b'{"a":NaN}'), "json-wrong"),
        (text(b'{"alg":"ES256","crit":["b64"]}', b"{}"), "header-extension-not-allowed"),
        (text(b'{"alg":"ES256","b64":false}', b"{}"), "header-extension-not-allowed"),
    ],
    ids=name_of_case,
)
def test_a_token_that_is_not_plain_es256_is_refused(token: str, reason: str) -> None:
    with pytest.raises(jose.MalformedToken, match=reason):
        jose.read(token)


def test_the_last_character_has_one_spelling() -> None:
    # 64 signature bytes leave four unused bits in the last character: sixteen spellings, one allowed.
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    readable = [letter for letter in alphabet if _is_readable(TOKEN[:-1] + letter)]

    assert TOKEN[-1] in readable
    assert len(readable) == 4


def _is_readable(token: str) -> bool:
    try:
        jose.read(token)
    except jose.MalformedToken:
        return False
    return True


@pytest.mark.parametrize(
    ("jwk", "reason"),
    [
        (None, "key-type-not-allowed"),
        ({**public(KEY), "kty": "RSA"}, "key-type-not-allowed"),
        ({**public(KEY), "crv": "P-384"}, "key-type-not-allowed"),
        (dict(KEY.as_dict(private=True)), "private-key-shown"),
        ({**public(KEY), "k": "AA"}, "private-key-shown"),
        ({**public(KEY), "x": 1}, "key-coordinate-wrong"),
        ({**public(KEY), "x": "AAAA"}, "key-coordinate-wrong"),
        ({**public(KEY), "y": public(KEY)["y"] + "="}, "base64-wrong"),
        ({**public(KEY), "x": b64(bytes(32))}, "key-not-on-curve"),
    ],
)
def test_only_a_public_p256_key_is_a_key(jwk: Any, reason: str) -> None:
    with pytest.raises(jose.MalformedToken, match=reason):
        jose.public_key(jwk)


# --- client assertions ----------------------------------------------------------------------------

HONEST = {"iss": "portal", "sub": "portal", "aud": ISSUER, "jti": "j", "iat": NOW, "exp": NOW + 60}


def verify(token: str) -> client_assertion.ProvenClient:
    return client_assertion.verify_assertion(token, clients=CLIENTS, issuer=ISSUER, at=NOON)


def test_an_honest_assertion_proves_the_client() -> None:
    proven = verify(sign(HONEST, KEY, kid=KEY.thumbprint()))

    assert (proven.client, proven.jti) == (CLIENT, "j")
    assert proven.forget_at == NOON + dt.timedelta(seconds=70)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"iss": "other"}, "client-not-known"),
        ({"iss": ["portal"]}, "client-not-known"),
        ({"sub": "other"}, "client-not-known"),
        ({"aud": [ISSUER]}, "assertion-audience-wrong"),
        ({"aud": f"{ISSUER}/token"}, "assertion-audience-wrong"),
        ({"aud": None}, "assertion-audience-wrong"),
        ({"jti": None}, "assertion-id-missing"),
        ({"jti": ""}, "assertion-id-missing"),
        ({"jti": "j" * 201}, "assertion-id-missing"),
        ({"exp": None}, "assertion-times-wrong"),
        ({"exp": float(NOW)}, "assertion-times-wrong"),
        ({"exp": True}, "assertion-times-wrong"),
        ({"iat": "now"}, "assertion-times-wrong"),
        ({"nbf": "now"}, "assertion-times-wrong"),
        ({"exp": NOW - 10}, "assertion-expired"),
        ({"exp": NOW + 71}, "assertion-lives-too-long"),
        ({"exp": 10**400}, "assertion-lives-too-long"),
        ({"iat": NOW + 11}, "assertion-from-the-future"),
        ({"nbf": NOW + 11}, "assertion-from-the-future"),
    ],
)
def test_a_wrong_assertion_proves_nothing(changes: dict[str, Any], reason: str) -> None:
    claims = {name: value for name, value in {**HONEST, **changes}.items() if value is not None}

    with pytest.raises(InvalidClient) as refusal:
        verify(sign(claims, KEY, kid=KEY.thumbprint()))

    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("token", "reason"),
    [
        ("x", "not-a-compact-token"),
        (sign(HONEST, KEY), "key-not-registered"),
        (sign(HONEST, KEY, kid="x"), "key-not-registered"),
        (sign(HONEST, new_key(), kid=KEY.thumbprint()), "signature-wrong"),
        (sign(HONEST, None, alg="none", kid=KEY.thumbprint()) + "AAAA", "algorithm-not-allowed"),
        (sign(HONEST, RSA, alg="RS256", kid=KEY.thumbprint()), "algorithm-not-allowed"),
    ],
    ids=name_of_case,
)
def test_an_assertion_by_another_key_proves_nothing(token: str, reason: str) -> None:
    with pytest.raises(InvalidClient) as refusal:
        verify(token)

    assert refusal.value.reason == reason


# --- proofs of possession -------------------------------------------------------------------------

PROOF = {"htm": "POST", "htu": f"{ISSUER}/token", "jti": "j", "iat": NOW}


def proof(claims: dict[str, Any] | None = None, key: ECKey = KEY, **header: Any) -> str:
    kept = {name: value for name, value in {**PROOF, **(claims or {})}.items() if value is not None}
    return sign(kept, key, **{"typ": "dpop+jwt", "jwk": public(KEY), **header})


def check(token: str, at: dt.datetime = NOON) -> dpop.Proof:
    return dpop.verify_proof([token], method="POST", url=f"{ISSUER}/token", at=at)


@given(st.integers(-60, 60).map(lambda s: NOON + dt.timedelta(seconds=s)))
def test_a_proof_holds_for_a_minute_and_is_remembered_longer_than_it_holds(at: dt.datetime) -> None:
    try:
        checked = check(proof(), at)
    except InvalidDpopProof:
        assert at < NOON - dt.timedelta(seconds=10)
    else:
        assert checked.forget_at > at


def test_query_and_fragment_of_the_address_do_not_count() -> None:
    assert check(proof({"htu": f"{ISSUER}/token?a=b#c"})).jkt == KEY.thumbprint()


@pytest.mark.parametrize(
    ("claims", "header", "reason"),
    [
        ({"htm": "post"}, {}, "proof-for-another-method"),
        ({"htm": None}, {}, "proof-for-another-method"),
        ({"htu": None}, {}, "proof-for-another-address"),
        ({"htu": "http://[x"}, {}, "proof-for-another-address"),
        ({"htu": f"{ISSUER}/token/"}, {}, "proof-for-another-address"),
        ({"htu": f"{ISSUER}/Token"}, {}, "proof-for-another-address"),
        ({"htu": "https://127.0.0.1:9100/token"}, {}, "proof-for-another-address"),
        ({"htu": "http://user@127.0.0.1:9100/token"}, {}, "proof-for-another-address"),
        ({"jti": None}, {}, "proof-id-missing"),
        ({"jti": "j" * 201}, {}, "proof-id-missing"),
        ({"iat": None}, {}, "proof-time-missing"),
        ({"iat": NOW + 0.5}, {}, "proof-time-missing"),
        ({"iat": NOW - 61}, {}, "proof-not-fresh"),
        ({"iat": NOW + 11}, {}, "proof-not-fresh"),
        ({"iat": 10**400}, {}, "proof-not-fresh"),
        ({}, {"typ": "JWT"}, "proof-type-wrong"),
        ({}, {"jwk": dict(KEY.as_dict(private=True))}, "private-key-shown"),
        ({}, {"jwk": public(new_key())}, "signature-wrong"),
        ({}, {"jwk": None}, "key-type-not-allowed"),
    ],
)
def test_a_wrong_proof_proves_nothing(claims: dict[str, Any], header: dict[str, Any], reason: str) -> None:
    with pytest.raises(InvalidDpopProof) as refusal:
        check(proof(claims, **header))

    assert refusal.value.reason == reason


@pytest.mark.parametrize("algorithm", ["none", "RS256", "HS256"])
def test_a_proof_with_another_algorithm_proves_nothing(algorithm: str) -> None:
    key = {"none": None, "RS256": RSA, "HS256": secret_key()}[algorithm]

    with pytest.raises(InvalidDpopProof):
        check(sign(PROOF, key, alg=algorithm, typ="dpop+jwt", jwk=public(KEY)))
