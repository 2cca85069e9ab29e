"""A registered client, its keys, and the authorization request it may make."""

from typing import Any

from panjereh_idp.protocol.authorization import AuthorizationRequest, read_request
from panjereh_idp.protocol.clients import read_clients
from tests.idp.actors import CALLBACK, NOON, new_key, public, rsa_key

KEY = new_key()
RSA = rsa_key()
NOW = int(NOON.timestamp())


def document(**changes: Any) -> dict[str, Any]:
    return {
        "client_id": "portal",
        "name": {"fa": "پنجره", "en": "Panjereh"},
        "redirect_uris": [CALLBACK],
        "post_logout_redirect_uris": [],
        "jwks": {"keys": [public(KEY)]},
        "sector": "window",
        "subject_type": "pairwise",
        "first_party": False,
        "roles": [],
        **changes,
    }


CLIENTS = read_clients([document()])
CLIENT = CLIENTS["portal"]


REQUEST = {
    "response_type": "code",
    "scope": "openid",
    "redirect_uri": CALLBACK,
    "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    "code_challenge_method": "S256",
}


def read(changes: dict[str, str | None], proof_jkt: str | None = None) -> AuthorizationRequest:
    parameters = {name: value for name, value in {**REQUEST, **changes}.items() if value is not None}
    return read_request(parameters, client=CLIENT, proof_jkt=proof_jkt)
