# ruff: noqa: E501 -- a table is read by its lines
"""The addresses of the other programs: who may use each, and the test that holds it to that.

A line is the program, the address as its source writes it, who may, and `file::test`.
"""

ANYBODY = "anybody: nothing secret and nothing personal in it"
CLIENT = "a registered client, by an assertion signed with its key"
TOKEN = "whoever holds a token and the key it was made for"
BROWSER = "the browser that began the sign-in"
ACCOUNT_PLANE = "the account plane alone, by its signed assertion"
MEMBER = "the member system beside the node, for what a contract allows"
PEER = "a listed node by TLS, for a listed member's signature, for what a contract allows"
NODE = "the node in front of the practice registers, which listen on loopback alone"
LOOPBACK = "this machine"
LISTED = "anybody: what it holds is signed, and every node must have it"

_IDP = "tests/idp/"
_AFTER, _SIGN_IN = f"{_IDP}test_after_sign_in.py::", f"{_IDP}test_sign_in.py::"
_NODE, _LAND = "tests/node/test_journey.py::", "tests/land/"
_REGISTRY = "tests/registry/test_registry.py::"
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
    ("panjereh_node", "/r1/{rest:path}", MEMBER, f"{_NODE}test_a_call_no_contract_covers_is_denied_in_the_conventions_words"),
    ("panjereh_node", "/r1/{rest:path}", PEER, f"{_NODE}test_a_stranger_does_not_get_past_tls"),
    ("panjereh_node", "/health/live", LOOPBACK, f"{_NODE}test_a_node_starts_and_works_while_the_registry_is_down"),
    ("panjereh_node", "/health/ready", LOOPBACK, f"{_NODE}test_a_node_starts_and_works_while_the_registry_is_down"),
    ("panjereh_node", "/log/checkpoint", ANYBODY, f"{_NODE}test_the_log_is_served_as_tiles"),
    ("panjereh_node", "/log/tile/{name:path}", ANYBODY, f"{_NODE}test_nothing_but_tiles_is_served"),
    ("panjereh_node", "/log/proof", ANYBODY, f"{_NODE}test_both_halves_of_an_exchange_are_proven_in_the_log"),
    ("panjereh_node", "/log/key", ANYBODY, f"{_NODE}test_both_halves_of_an_exchange_are_proven_in_the_log"),
    ("panjereh_registry", "/configuration", LISTED, f"{_REGISTRY}test_the_configuration_and_the_key_are_served"),
    ("panjereh_registry", "/configuration/key", LISTED, f"{_REGISTRY}test_the_configuration_and_the_key_are_served"),
    ("panjereh_registry", "/health/live", ANYBODY, f"{_REGISTRY}test_health_tells_a_bad_source_from_nothing_at_all"),
    ("panjereh_registry", "/health/ready", ANYBODY, f"{_REGISTRY}test_health_tells_a_bad_source_from_nothing_at_all"),
    ("panjereh_land", "service.path", NODE, f"{_LAND}test_program.py::test_it_listens_on_loopback_only"),
    ("panjereh_land", "STAMPS", LOOPBACK, f"{_LAND}test_time_stamps.py::test_the_authority_answers_queries_and_refuses_other_bodies"),
    ("panjereh_land", "/practice/faults", LOOPBACK, f"{_LAND}test_faults.py::test_from_another_machine_there_is_no_such_page"),
    ("panjereh_land", "/practice/calls", LOOPBACK, f"{_LAND}test_faults.py::test_from_another_machine_there_is_no_such_page"),
    ("panjereh_land", "/health/live", ANYBODY, f"{_LAND}test_faults.py::test_it_says_it_is_well"),
    ("panjereh_land", "/health/ready", ANYBODY, f"{_LAND}test_faults.py::test_it_says_it_is_well"),
)  # fmt: skip
