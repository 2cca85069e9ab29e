"""Clients, the subjects they see, and what the provider says of itself, as laws."""

import json
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjereh_idp.protocol.clients import Client, WrongClient, is_safe_address, read_clients
from panjereh_idp.protocol.metadata import discovery
from panjereh_idp.protocol.secrets_at_rest import is_secret
from panjereh_idp.protocol.subjects import subject_of
from tests.idp.actors import ISSUER, public
from tests.idp.registered import KEY, document

# --- subjects -------------------------------------------------------------------------------------


def subject(account_id: UUID, sector: str, key: bytes = b"k") -> str:
    client = read_clients([document(sector=sector)])["portal"]
    return subject_of(account_id, client=client, pairwise_key=key)


@given(st.uuids(), st.uuids(), st.sampled_from(["tax", "health"]), st.sampled_from(["tax", "health"]))
def test_subjects_are_equal_exactly_within_a_sector(one: UUID, two: UUID, here: str, there: str) -> None:
    assert (subject(one, here) == subject(two, there)) == ((one, here) == (two, there))
    assert str(one) not in subject(one, here)
    assert subject(one, here, b"k") != subject(one, here, b"l")


# --- clients --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": "Portal"},
        {"client_id": 1},
        {"extra": 1},
        {"name": {"fa": "x"}},
        {"name": {"fa": "x", "en": " "}},
        {"redirect_uris": ["http://example.org/"]},
        {"redirect_uris": ["https://example.org/#f"]},
        {"redirect_uris": ["https://user@example.org/"]},
        {"redirect_uris": ["javascript:alert(1)"]},
        {"redirect_uris": "https://example.org/"},
        {"jwks": {}},
        {"jwks": {"keys": []}},
        {"jwks": {"keys": [dict(KEY.as_dict(private=True))]}},
        {"subject_type": "public"},
        {"subject_type": "secret"},
        {"sector": ""},
        {"roles": ["king"]},
        {"roles": None},
        {"scopes": ["Cases"]},
        {"scopes": "cases:read"},
        {"offers": ["cases:read"]},
    ],
)
def test_a_wrong_client_stops_the_program(changes: dict[str, Any]) -> None:
    with pytest.raises(WrongClient):
        read_clients([document(**changes)])


def test_the_clients_file_is_a_list_of_different_clients() -> None:
    with pytest.raises(WrongClient, match="list"):
        read_clients({})
    with pytest.raises(WrongClient, match="same"):
        read_clients([document(), document()])


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/", "http://[::1]/", "http://localhost/x", "https://a.b"]
)
def test_plain_http_is_for_this_machine(address: str) -> None:
    assert is_safe_address(address)


def test_a_key_without_a_name_gets_its_thumbprint() -> None:
    jwk = {name: public(KEY)[name] for name in ("kty", "crv", "x", "y")}

    client: Client = read_clients([document(jwks={"keys": [jwk]})])["portal"]

    assert list(client.keys) == [KEY.thumbprint()]


# --- the rest -------------------------------------------------------------------------------------


@given(st.text())
def test_only_our_own_secrets_look_like_secrets(anything: str) -> None:
    assert not is_secret(anything) or len(anything) == 43


def test_the_discovery_document_says_what_the_profile_says() -> None:
    document = json.loads(json.dumps(discovery(ISSUER)))

    assert document["require_pushed_authorization_requests"] is True
    assert document["authorization_response_iss_parameter_supported"] is True
    assert document["code_challenge_methods_supported"] == ["S256"]
    assert document["token_endpoint_auth_methods_supported"] == ["private_key_jwt"]
    assert document["token_endpoint_auth_signing_alg_values_supported"] == ["ES256"]
