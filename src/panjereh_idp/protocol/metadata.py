"""What the provider says about itself (OpenID Connect Discovery section 3, RFC 8414)."""

from collections.abc import Iterable
from typing import Any

from joserfc.jwk import ECKey

from panjereh_idp.protocol import jose
from panjereh_idp.protocol.authorization import LANGUAGES, LEVELS, OPENID
from panjereh_idp.protocol.tokens import IAL_CLAIM


def discovery(issuer: str, *, scopes: Iterable[str] = ()) -> dict[str, Any]:
    """Return the discovery document: only what is really spoken. `scopes` are those of resource servers."""
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "pushed_authorization_request_endpoint": f"{issuer}/par",
        "require_pushed_authorization_requests": True,
        "token_endpoint": f"{issuer}/token",
        "userinfo_endpoint": f"{issuer}/userinfo",
        "introspection_endpoint": f"{issuer}/introspect",
        "revocation_endpoint": f"{issuer}/revoke",
        "end_session_endpoint": f"{issuer}/logout",
        "jwks_uri": f"{issuer}/jwks",
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "subject_types_supported": ["pairwise", "public"],
        "scopes_supported": [OPENID, *sorted(scopes)],
        "acr_values_supported": list(LEVELS),
        "ui_locales_supported": list(LANGUAGES),
        "claims_supported": ["sub", "acr", "amr", "auth_time", "nonce", "sid", IAL_CLAIM],
        "id_token_signing_alg_values_supported": [jose.ALGORITHM],
        "dpop_signing_alg_values_supported": [jose.ALGORITHM],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": True,
        "request_parameter_supported": False,
        "request_uri_parameter_supported": False,
        **{
            f"{endpoint}_endpoint_auth_{what}": value
            for endpoint in ("token", "introspection", "revocation")
            for what, value in (
                ("methods_supported", ["private_key_jwt"]),
                ("signing_alg_values_supported", [jose.ALGORITHM]),
            )
        },
    }


def key_set(keys: Iterable[ECKey]) -> dict[str, Any]:
    """Return the public halves of the signing keys (RFC 7517 section 5)."""
    return {"keys": [_public_jwk(key) for key in keys]}


def _public_jwk(key: ECKey) -> dict[str, Any]:
    exported = key.as_dict(private=False)
    public = {name: exported[name] for name in ("kty", "crv", "x", "y")}
    return {**public, "kid": jose.key_id(key), "use": "sig", "alg": jose.ALGORITHM}
