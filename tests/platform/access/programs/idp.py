# ruff: noqa: E501 -- a table is read by its lines
"""The rows of `panjereh_idp`."""

from tests.platform.access.callers import ACCOUNT_PLANE, ANYBODY, BROWSER, CLIENT, TOKEN

_IDP = "tests/idp/"
_AFTER, _SIGN_IN = f"{_IDP}test_after_sign_in.py::", f"{_IDP}test_sign_in.py::"
_HEALTH = f"{_IDP}test_program.py::test_health_is_told"
_DISCOVERY = f"{_IDP}test_clients.py::test_the_discovery_document_says_what_the_profile_says"
_PLANE_ALONE = f"{_AFTER}test_only_the_account_plane_answers_logins"
PROGRAMS = (
    ("panjereh_idp", "/.well-known/openid-configuration", ANYBODY, _DISCOVERY),
    ("panjereh_idp", "/.well-known/oauth-authorization-server", ANYBODY, _DISCOVERY),
    ("panjereh_idp", "/jwks", ANYBODY, f"{_SIGN_IN}test_a_sign_in_ends_with_an_identity_token_of_the_account"),
    ("panjereh_idp", "/health/live", ANYBODY, _HEALTH),
    ("panjereh_idp", "/health/ready", ANYBODY, _HEALTH),
    ("panjereh_idp", "/par", CLIENT, f"{_SIGN_IN}test_a_client_secret_is_no_way_in"),
    ("panjereh_idp", "/token", CLIENT, f"{_SIGN_IN}test_a_code_of_another_client_is_refused"),
    ("panjereh_idp", "/introspect", CLIENT, f"{_AFTER}test_another_client_learns_nothing_about_a_token"),
    ("panjereh_idp", "/revoke", CLIENT, f"{_AFTER}test_nobody_revokes_another_clients_token"),
    ("panjereh_idp", "/userinfo", TOKEN, f"{_SIGN_IN}test_another_key_opens_no_userinfo"),
    ("panjereh_idp", "/authorize", CLIENT, f"{_SIGN_IN}test_a_pushed_request_belongs_to_its_client"),
    ("panjereh_idp", "/authorize/resume", BROWSER, f"{_SIGN_IN}test_a_login_cannot_be_finished_in_another_browser"),
    ("panjereh_idp", "/logout", TOKEN, f"{_AFTER}test_signing_out_as_another_client_is_refused"),
    ("panjereh_idp", "CHALLENGE", ACCOUNT_PLANE, _PLANE_ALONE),
    ("panjereh_idp", "{CHALLENGE}/accept", ACCOUNT_PLANE, _PLANE_ALONE),
    ("panjereh_idp", "{CHALLENGE}/reject", ACCOUNT_PLANE, _PLANE_ALONE),
    (
        "panjereh_idp",
        "/account-plane/accounts/{account_id:uuid}/sessions",
        ACCOUNT_PLANE,
        f"{_AFTER}test_the_sessions_of_an_account_can_be_listed_and_ended",
    ),
    (
        "panjereh_idp",
        "/account-plane/consents/{consent_id:uuid}",
        ACCOUNT_PLANE,
        f"{_IDP}test_refresh_tokens.py::test_only_the_account_plane_ends_consents",
    ),
)  # fmt: skip
