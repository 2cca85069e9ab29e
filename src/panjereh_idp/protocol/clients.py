"""The clients a provider knows, as their file says it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from joserfc.jwk import ECKey

from panjereh_idp.protocol import jose

MEMBERS = frozenset(
    {
        "client_id", "name", "redirect_uris", "post_logout_redirect_uris", "jwks",
        "sector", "subject_type", "first_party", "roles",
    }
)  # fmt: skip
# `scopes` a client may ask a person for, `offers` the scopes a resource server answers to: absent is none.
OPTIONAL = frozenset({"scopes", "offers"})
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

_CLIENT_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_SCOPE = re.compile(r"[a-z]{1,20}:[a-z]{1,20}")


class ClientRole(StrEnum):
    """What a client may do besides signing people in."""

    ACCOUNT_PLANE = "account_plane"
    RESOURCE_SERVER = "resource_server"


class WrongClient(ValueError):  # noqa: N818 -- read aloud: "raises WrongClient"
    """The clients file is wrong; the message says which client and what."""


@dataclass(frozen=True, slots=True)
class Client:
    """A registered client. `sector` groups clients that see the same pairwise subject.

    `scopes` are what it may ask a person to allow it, `offers` the scopes it answers to as a resource server.
    """

    client_id: str
    name: Mapping[str, str]
    redirect_uris: frozenset[str]
    post_logout_redirect_uris: frozenset[str]
    keys: Mapping[str, ECKey]
    sector: str
    has_public_subject: bool
    is_first_party: bool
    roles: frozenset[ClientRole]
    scopes: frozenset[str] = frozenset()
    offers: frozenset[str] = frozenset()


def read_clients(document: object) -> dict[str, Client]:
    """Return the clients of a parsed clients file by their identifier. Raises `WrongClient`."""
    if not isinstance(document, list):
        raise WrongClient("the clients file must hold a list")
    clients = [_read_client(entry) for entry in document]
    by_id = {client.client_id: client for client in clients}
    if len(by_id) != len(clients):
        raise WrongClient("two clients have the same client_id")
    return by_id


def is_safe_address(uri: str) -> bool:
    """Say whether a browser may be sent there: https, or plain http on this machine; no fragment, no user."""
    parts = urlsplit(uri)
    has_scheme = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    return has_scheme and bool(parts.hostname) and not parts.fragment and "@" not in parts.netloc


def _read_client(entry: object) -> Client:
    if not isinstance(entry, dict) or entry.keys() - OPTIONAL != MEMBERS:
        raise WrongClient(f"a client must have exactly the members {', '.join(sorted(MEMBERS))}")
    client_id = entry["client_id"]
    if not isinstance(client_id, str) or not _CLIENT_ID.fullmatch(client_id):
        raise WrongClient("a client_id must be lower-case letters, digits, dots and hyphens")
    try:
        return _client(client_id, entry)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise WrongClient(f"client {client_id}: {error}") from error


def _client(client_id: str, entry: dict[str, Any]) -> Client:
    if entry["subject_type"] not in ("public", "pairwise"):
        raise ValueError("subject_type must be public or pairwise")
    client = Client(
        client_id=client_id,
        name=_texts(entry["name"]),
        redirect_uris=_addresses(entry["redirect_uris"]),
        post_logout_redirect_uris=_addresses(entry["post_logout_redirect_uris"]),
        keys=_keys(entry["jwks"]),
        sector=_word(entry["sector"]),
        has_public_subject=entry["subject_type"] == "public",
        is_first_party=entry["first_party"] is True,
        roles=frozenset(ClientRole(role) for role in entry["roles"]),
        scopes=_scopes(entry.get("scopes", [])),
        offers=_scopes(entry.get("offers", [])),
    )
    if client.offers and ClientRole.RESOURCE_SERVER not in client.roles:
        raise ValueError("only a resource server offers scopes")
    if client.has_public_subject and not client.is_first_party:
        raise ValueError("only a first-party client may see the public subject")
    return client


def offered_scopes(clients: Mapping[str, Client]) -> frozenset[str]:
    """Return every scope some resource server answers to."""
    return frozenset(scope for client in clients.values() for scope in client.offers)


def _scopes(scopes: Any) -> frozenset[str]:
    if not isinstance(scopes, list) or not all(
        isinstance(scope, str) and _SCOPE.fullmatch(scope) for scope in scopes
    ):
        raise ValueError("a scope must be two lower-case words with a colon between them")
    return frozenset(scopes)


def _texts(name: Any) -> dict[str, str]:
    if not isinstance(name, dict) or name.keys() != {"fa", "en"}:
        raise ValueError("name must be in fa and en")
    return {language: _word(text) for language, text in name.items()}


def _word(text: Any) -> str:
    if not isinstance(text, str) or not text.strip():
        raise ValueError("a text is missing")
    return text


def _addresses(uris: Any) -> frozenset[str]:
    if not isinstance(uris, list) or not all(isinstance(uri, str) and is_safe_address(uri) for uri in uris):
        raise ValueError("an address must be https (or http on loopback), without fragment or user")
    return frozenset(uris)


def _keys(jwks: Any) -> dict[str, ECKey]:
    keys: dict[str, ECKey] = {}
    for jwk in jwks["keys"]:
        key = jose.public_key(jwk)
        keys[jwk.get("kid") or key.thumbprint()] = key
    if not keys:
        raise ValueError("at least one key is needed")
    return keys
