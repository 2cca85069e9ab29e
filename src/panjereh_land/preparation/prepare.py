"""Prepare one machine: every key, certificate and file, and the environment each program starts with.

`manifest.json` maps each program to its environment. Run again with other ports, only the files that carry
addresses change. The databases' addresses are not known here: the launcher adds them.
"""

import base64
import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from panjereh_contracts.p256 import public_key_to_jwk
from panjereh_land.country import make_country
from panjereh_land.places import lines
from panjereh_land.preparation import KID_PREFIX, MARKER, federation, keys
from panjereh_land.preparation.folder import Folder
from panjereh_land.preparation.ports import NODES, Ports
from panjereh_land.stories import roles

PORTAL, DESK, ACCOUNT_PLANE = "portal", "desk", "account-plane"
ISSUING_AGENCY = "post"
Environment = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What lies around the keys: where programs write, where data and packs lie, which country is served."""

    state: Path
    checkout: Path
    seed: int
    population: int


def prepare(folder: Folder, *, ports: Ports, surroundings: Surroundings, at: dt.datetime) -> None:
    """Write everything into `folder`; keep every secret that is there already."""
    programs = {
        "registry": _registry(folder, ports, surroundings, at=at),
        "land": _land(folder, ports, surroundings),
        **{f"node-{node}": _node(folder, node, ports, surroundings) for node in NODES},
        "idp": _idp(folder, ports),
        "platform": _platform(folder, ports, surroundings, at=at),
    }
    folder.json("manifest.json", {"programs": programs})


def _registry(folder: Folder, ports: Ports, surroundings: Surroundings, *, at: dt.datetime) -> Environment:
    key = keys.p256_key(folder, "registry/key.pem")
    folder.json("registry/anchor.json", {"keys": [keys.public_jwk(key)]})
    folder.json(
        "registry/source.json",
        {
            "instance": federation.INSTANCE,
            "members": [_member(folder, member) for member in federation.MEMBERS],
            "nodes": [_node_entry(folder, node, ports, at=at) for node in NODES],
            "subsystems": [{"id": id_, "name": name} for id_, name in federation.SUBSYSTEMS.items()],
            "contracts": federation.contract_entries(),
        },
    )
    return {
        "PANJEREH_REGISTRY_LISTEN": ports.listen("registry"),
        "PANJEREH_REGISTRY_SOURCE_FILE": str(folder.path("registry/source.json")),
        "PANJEREH_REGISTRY_KEY_FILE": str(folder.path("registry/key.pem")),
        "PANJEREH_REGISTRY_STATE_DIRECTORY": str(surroundings.state / "registry"),
    }


def _member(folder: Folder, member: str) -> dict[str, object]:
    node = next(node for node, members in federation.SERVED_BY.items() if member in members)
    key = keys.p256_key(folder, f"node-{node}/signing/{member}.pem")
    return {
        "id": member,
        "name": federation.MEMBERS[member],
        "signing_keys": [{"kid": f"{KID_PREFIX}{member}-1", "jwk": public_key_to_jwk(key.public_key())}],
    }


def _node_entry(folder: Folder, node: str, ports: Ports, *, at: dt.datetime) -> dict[str, object]:
    der = keys.node_certificate(
        folder, f"node-{node}/tls.crt", node=node, key_name=f"node-{node}/tls.key", at=at
    )
    return {
        "id": node,
        "address": ports.url(f"{node}-mtls"),
        "tls_certificate": base64.b64encode(der).decode(),
        "tls_sha256": hashlib.sha256(der).hexdigest(),
        "serves": list(federation.SERVED_BY[node]),
    }


def _node(folder: Folder, node: str, ports: Ports, surroundings: Surroundings) -> Environment:
    home = f"node-{node}"
    keys.log_key(folder, f"{home}/log.pem")
    folder.json(f"{home}/backends.json", federation.backends(node, ports.url("land")))
    return {
        "PANJEREH_NODE_ID": node,
        "PANJEREH_NODE_EDGE_LISTEN": ports.listen(f"{node}-edge"),
        "PANJEREH_NODE_MTLS_LISTEN": ports.listen(f"{node}-mtls"),
        "PANJEREH_NODE_REGISTRY_URL": ports.url("registry"),
        "PANJEREH_NODE_ANCHOR_FILE": str(folder.path("registry/anchor.json")),
        "PANJEREH_NODE_STATE_DIRECTORY": str(surroundings.state / home),
        "PANJEREH_NODE_TLS_KEY_FILE": str(folder.path(f"{home}/tls.key")),
        "PANJEREH_NODE_TLS_CERTIFICATE_FILE": str(folder.path(f"{home}/tls.crt")),
        "PANJEREH_NODE_SIGNING_KEY_DIRECTORY": str(folder.path(f"{home}/signing/{MARKER}").parent),
        "PANJEREH_NODE_LOG_KEY_FILE": str(folder.path(f"{home}/log.pem")),
        "PANJEREH_NODE_BACKENDS_FILE": str(folder.path(f"{home}/backends.json")),
    }


def _land(folder: Folder, ports: Ports, surroundings: Surroundings) -> Environment:
    return {
        "PANJEREH_LAND_LISTEN": ports.listen("land"),
        "PANJEREH_LAND_SEED": str(surroundings.seed),
        "PANJEREH_LAND_POPULATION": str(surroundings.population),
        "PANJEREH_LAND_TIME_STAMP_KEY_FILE": str(folder.path("documents/time-stamps.key")),
        "PANJEREH_LAND_TIME_STAMP_CERTIFICATE_FILE": str(folder.path("documents/time-stamps.crt")),
    }


def _idp(folder: Folder, ports: Ports) -> Environment:
    web = ports.url("web")
    keys.p256_key(folder, "idp/signing.pem")
    folder.random_key("idp/pairwise.key", lambda raw: base64.urlsafe_b64encode(raw).rstrip(b"="))
    names = json.loads("".join(lines("client_names.json")))
    folder.json(
        "idp/clients.json",
        [
            _portal(folder, web, names[PORTAL]),
            _desk(folder, web, names[DESK]),
            _account_plane(folder, names[ACCOUNT_PLANE]),
        ],
    )
    return {
        "PANJEREH_IDP_ISSUER": ports.url("idp"),
        "PANJEREH_IDP_LISTEN": ports.listen("idp"),
        "PANJEREH_IDP_ACCOUNT_URL": f"{web}/account/sign-in/",
        "PANJEREH_IDP_CLIENTS_FILE": str(folder.path("idp/clients.json")),
        "PANJEREH_IDP_SIGNING_KEY_FILE": str(folder.path("idp/signing.pem")),
        "PANJEREH_IDP_PAIRWISE_KEY_FILE": str(folder.path("idp/pairwise.key")),
    }


def _portal(folder: Folder, web: str, name: dict[str, str]) -> dict[str, object]:
    return {
        "client_id": PORTAL,
        "name": name,
        "redirect_uris": [f"{web}/sign-in/callback"],
        "post_logout_redirect_uris": [f"{web}/", f"{web}/en/"],
        "jwks": {"keys": [keys.public_jwk(keys.p256_key(folder, "platform/portal-client.pem"))]},
        "sector": "panjereh",
        "subject_type": "public",
        "first_party": True,
        "roles": [],
    }


def _desk(folder: Folder, web: str, name: dict[str, str]) -> dict[str, object]:
    return {
        **_portal(folder, web, name),
        "client_id": DESK,
        "redirect_uris": [f"{web}/desk/sign-in/callback"],
        "jwks": {"keys": [keys.public_jwk(keys.p256_key(folder, "platform/desk-client.pem"))]},
    }


def _account_plane(folder: Folder, name: dict[str, str]) -> dict[str, object]:
    return {
        "client_id": ACCOUNT_PLANE,
        "name": name,
        "redirect_uris": [],
        "post_logout_redirect_uris": [],
        "jwks": {"keys": [keys.public_jwk(keys.p256_key(folder, "platform/account-client.pem"))]},
        "sector": "panjereh",
        "subject_type": "pairwise",
        "first_party": True,
        "roles": ["account_plane"],
    }


def _platform(folder: Folder, ports: Ports, surroundings: Surroundings, *, at: dt.datetime) -> Environment:
    for name in ("secret", "wrapping", "index"):
        folder.random_key(f"platform/{name}.key")
    _officers(folder, surroundings)
    keys.note_signer(folder, "platform/audit.key", origin=f"panjereh/{federation.INSTANCE.lower()}/audit")
    _documents(folder, at=at)
    state, checkout = surroundings.state / "platform", surroundings.checkout
    return {
        "PANJEREH_PROFILE": "practice",
        "PANJEREH_LISTEN": ports.listen("web"),
        "PANJEREH_PUBLIC_URL": ports.url("web"),
        "PANJEREH_SECRET_KEY_FILE": str(folder.path("platform/secret.key")),
        "PANJEREH_WRAPPING_KEY_FILE": str(folder.path("platform/wrapping.key")),
        "PANJEREH_INDEX_KEY_FILE": str(folder.path("platform/index.key")),
        "PANJEREH_NODE_URL": ports.url("platform-edge"),
        "PANJEREH_EXCHANGE_CLIENT": federation.CONSUMER,
        "PANJEREH_REGISTRY_URL": ports.url("registry"),
        "PANJEREH_REGISTRY_ANCHOR_FILE": str(folder.path("registry/anchor.json")),
        "PANJEREH_IDP_ISSUER": ports.url("idp"),
        "PANJEREH_PORTAL_CLIENT_ID": PORTAL,
        "PANJEREH_PORTAL_CLIENT_KEY_FILE": str(folder.path("platform/portal-client.pem")),
        "PANJEREH_DESK_CLIENT_ID": DESK,
        "PANJEREH_DESK_CLIENT_KEY_FILE": str(folder.path("platform/desk-client.pem")),
        # GAP: passkeys and cards are not here yet, so the practice country opens its desk to a code by SMS.
        "PANJEREH_DESK_ACR": "1",
        "PANJEREH_ACCOUNT_PLANE_CLIENT_ID": ACCOUNT_PLANE,
        "PANJEREH_ACCOUNT_PLANE_CLIENT_KEY_FILE": str(folder.path("platform/account-client.pem")),
        "PANJEREH_DOCUMENT_KEY_FILE": str(folder.path("documents/issuer.key")),
        "PANJEREH_DOCUMENT_CERTIFICATE_FILE": str(folder.path("documents/issuer.crt")),
        "PANJEREH_DOCUMENT_CHAIN_FILE": str(folder.path("documents/root.crt")),
        "PANJEREH_TIME_STAMP_URL": f"{ports.url('land')}/time-stamps",
        "PANJEREH_TIME_STAMP_CHAIN_FILE": str(folder.path("documents/root.crt")),
        "PANJEREH_AUDIT_KEY_FILE": str(folder.path("platform/audit.key")),
        "PANJEREH_AUDIT_LOG_DIRECTORY": str(state / "audit-log"),
        "PANJEREH_AUDIT_CHECKPOINT_DIRECTORY": str(state / "audit-checkpoints"),
        "PANJEREH_STATE_DIRECTORY": str(state),
        "PANJEREH_PACKS_DIRECTORY": str(checkout / "packs"),
        "PANJEREH_DATA_DIRECTORY": str(checkout / "data"),
        "PANJEREH_FRONTEND_DIRECTORY": str(checkout / "frontend"),
    }


def _officers(folder: Folder, surroundings: Surroundings) -> None:
    """Write who sits at the desk; `panjereh practice-officers` gives them their roles."""
    country = make_country(seed=surroundings.seed, population=surroundings.population)
    officers = [role.as_json() for role in roles(country) if role.seats]
    named = ("national_number", "birth_date", "mobile", "seats")
    folder.json("platform/officers.json", [{name: each[name] for name in named} for each in officers])


def _documents(folder: Folder, *, at: dt.datetime) -> None:
    root = keys.document_root(folder, "documents/root.crt", key_name="documents/root.key", at=at)
    keys.document_certificate(
        folder,
        "documents/issuer.crt",
        agency=ISSUING_AGENCY,
        key_name="documents/issuer.key",
        root=root,
        root_key=keys.p256_key(folder, "documents/root.key"),
        at=at,
    )
    keys.time_stamp_certificate(
        folder,
        "documents/time-stamps.crt",
        key_name="documents/time-stamps.key",
        root=root,
        root_key=keys.p256_key(folder, "documents/root.key"),
        at=at,
    )
