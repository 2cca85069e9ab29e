"""Authorization requests, PKCE and what an earlier sign-in answers, as laws."""

import datetime as dt
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjereh_idp.protocol import pkce
from panjereh_idp.protocol.authorization import success_address
from panjereh_idp.protocol.login import Authentication, satisfies
from panjereh_idp.protocol.refusals import InvalidGrant, OAuthRefusal
from tests.idp.actors import CALLBACK, ISSUER, NOON, new_key, query_of
from tests.idp.registered import KEY, read

# --- authorization requests -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "error", "reason"),
    [
        ({"request": "x"}, "request_not_supported", "request-object-not-supported"),
        ({"request_uri": "x"}, "invalid_request", "request-uri-must-not-be-pushed"),
        ({"client_id": "other"}, "invalid_request", "client-id-of-another-client"),
        ({"response_type": "token"}, "unsupported_response_type", "response-type-must-be-code"),
        ({"response_type": None}, "unsupported_response_type", "response-type-must-be-code"),
        ({"response_mode": "fragment"}, "invalid_request", "response-mode-must-be-query"),
        ({"scope": None}, "invalid_scope", "scope-must-be-openid"),
        ({"scope": "openid profile"}, "invalid_scope", "scope-not-of-this-client"),
        ({"code_challenge_method": None}, "invalid_request", "code-challenge-method-must-be-s256"),
        ({"code_challenge_method": "plain"}, "invalid_request", "code-challenge-method-must-be-s256"),
        ({"code_challenge": None}, "invalid_request", "code-challenge-wrong"),
        ({"code_challenge": "x" * 42}, "invalid_request", "code-challenge-wrong"),
        ({"redirect_uri": None}, "invalid_request", "redirect-uri-not-registered"),
        ({"redirect_uri": f"{CALLBACK}?x"}, "invalid_request", "redirect-uri-not-registered"),
        ({"redirect_uri": f"{CALLBACK}/"}, "invalid_request", "redirect-uri-not-registered"),
        ({"state": "s" * 513}, "invalid_request", "parameter-too-long"),
        ({"nonce": "n" * 513}, "invalid_request", "parameter-too-long"),
        ({"acr_values": "9"}, "invalid_request", "acr-not-known"),
        ({"max_age": "-1"}, "invalid_request", "max-age-wrong"),
        ({"max_age": "۱۲"}, "invalid_request", "max-age-wrong"),
        ({"max_age": "9" * 30}, "invalid_request", "max-age-wrong"),
        ({"prompt": "consent"}, "invalid_request", "prompt-not-known"),
        ({"dpop_jkt": "x"}, "invalid_request", "dpop-jkt-wrong"),
    ],
)
def test_a_request_outside_the_profile_is_refused(
    changes: dict[str, str | None], error: str, reason: str
) -> None:
    with pytest.raises(OAuthRefusal) as refusal:
        read(changes)

    assert (refusal.value.error, refusal.value.reason) == (error, reason)


def test_a_key_named_twice_must_be_the_same_key() -> None:
    one, two = KEY.thumbprint(), new_key().thumbprint()

    assert read({"dpop_jkt": one}, one).dpop_jkt == one
    assert read({}, one).dpop_jkt == one
    with pytest.raises(OAuthRefusal, match="dpop-jkt-of-another-key"):
        read({"dpop_jkt": one}, two)


@given(st.lists(st.sampled_from(["1", "2", "3", "gold"]), min_size=1))
def test_the_least_level_named_is_the_level_asked_for(values: list[str]) -> None:
    known = [int(value) for value in values if value != "gold"]
    if not known:
        return

    assert read({"acr_values": " ".join(values)}).acr == min(known)


@pytest.mark.parametrize(
    ("wanted", "language"),
    [("", "fa"), ("de", "fa"), ("en-GB", "en"), ("de EN fa", "en"), ("fa-IR en", "fa")],
)
def test_the_first_language_we_speak_is_spoken(wanted: str, language: str) -> None:
    assert read({"ui_locales": wanted}).ui_locale == language


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=512))
def test_any_state_comes_back_as_it_went(state: str) -> None:
    address = success_address(read({"state": state}), code="c", issuer=ISSUER)

    assert query_of(address) == {"code": "c", "state": state, "iss": ISSUER}
    assert address.startswith(f"{CALLBACK}?")


# --- sessions -------------------------------------------------------------------------------------


@given(
    st.integers(1, 3), st.integers(1, 3), st.none() | st.integers(0, 100), st.integers(0, 100), st.booleans()
)
def test_a_session_answers_what_is_neither_stronger_nor_fresher(
    had: int,
    wanted: int,
    max_age: int | None,
    age: int,
    is_prompted: bool,  # noqa: FBT001
) -> None:
    authentication = Authentication(UUID(int=1), had, 1, ("sms",), NOON - dt.timedelta(seconds=age))
    request = read(
        {
            "acr_values": str(wanted),
            "max_age": None if max_age is None else str(max_age),
            "prompt": "login" if is_prompted else None,
        }
    )

    expected = had >= wanted and not is_prompted and (max_age is None or age <= max_age)
    assert satisfies(authentication, request, at=NOON) == expected


# --- PKCE -----------------------------------------------------------------------------------------


def test_rfc_7636_appendix_b() -> None:
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"

    assert pkce.challenge_of(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    pkce.check_verifier(verifier, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")


def test_a_wrong_verifier_is_refused() -> None:
    for verifier in ("", "v" * 43, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk\n"):
        with pytest.raises(InvalidGrant):
            pkce.check_verifier(verifier, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
