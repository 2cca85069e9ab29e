"""Preparing makes everything once, changes only addresses afterwards, and marks all of it as practice."""

import datetime as dt
import json
import os
import socket
import ssl
import stat
import threading
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import NameOID

from panjereh.config.environment import read_environment
from panjereh_contracts.configuration import parse_source
from panjereh_idp.adapters.settings import read_settings as read_idp_settings
from panjereh_idp.protocol.clients import read_clients
from panjereh_land.preparation import ORGANISATION
from panjereh_land.preparation.folder import Folder
from panjereh_land.preparation.ports import NODES, PROGRAMS, Ports, PortsFaulty
from panjereh_land.preparation.prepare import Surroundings, prepare
from panjereh_land.settings import read_settings as read_land_settings
from panjereh_node.adapters.settings import read_settings as read_node_settings
from panjereh_registry.adapters.settings import read_settings as read_registry_settings
from panjereh_tlog.notes import Signer

AT = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
NAMES = [*PROGRAMS, *(f"{node}-{kind}" for node in NODES for kind in ("edge", "mtls"))]


def run(root: Path, *, first_port: int = 20_000) -> dict[str, dict[str, str]]:
    ports = {name: first_port + place for place, name in enumerate(NAMES)}
    surroundings = Surroundings(state=root / "state", checkout=root / "checkout", seed=7, population=50)
    folder = Folder(root / "keys", draw=os.urandom)
    prepare(folder, ports=Ports.parse(json.dumps(ports)), surroundings=surroundings, at=AT)
    return dict(json.loads((root / "keys/manifest.json").read_text("utf-8"))["programs"])


def contents(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("prepared")
    run(root)
    return root


def read_json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def load_certificate(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def test_preparing_twice_changes_nothing(tmp_path: Path) -> None:
    run(tmp_path)
    before = contents(tmp_path)

    run(tmp_path)

    assert contents(tmp_path) == before


def test_other_ports_change_only_the_files_that_carry_addresses(tmp_path: Path) -> None:
    run(tmp_path)
    before = contents(tmp_path)

    run(tmp_path, first_port=30_000)

    after = contents(tmp_path)
    assert {name for name in after if after[name] != before.get(name)} == {
        "keys/manifest.json",
        "keys/registry/source.json",
        "keys/idp/clients.json",
        "keys/node-interior/backends.json",
        "keys/node-places/backends.json",
    }


def test_only_the_owner_may_read_what_was_made(prepared: Path) -> None:
    modes = {stat.S_IMODE(path.stat().st_mode) for path in prepared.rglob("*") if path.is_file()}

    assert modes == {0o600}


def test_every_folder_says_that_it_is_for_practice(prepared: Path) -> None:
    folders = {path.parent for path in (prepared / "keys").rglob("*") if path.is_file()}

    assert all((folder / "PRACTICE").exists() for folder in folders)


def test_every_certificate_names_the_practice_organisation(prepared: Path) -> None:
    certificates = [load_certificate(path) for path in prepared.rglob("*.crt")]

    assert len(certificates) == 6
    for certificate in certificates:
        (organisation,) = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
        assert organisation.value == ORGANISATION


def test_every_file_a_program_is_told_of_is_there(prepared: Path) -> None:
    programs = read_json(prepared / "keys/manifest.json")["programs"]

    named = [value for each in programs.values() for name, value in each.items() if name.endswith("_FILE")]

    assert len(named) == 34
    assert all(Path(path).is_file() for path in named)


def test_every_program_accepts_its_settings(prepared: Path) -> None:
    programs = read_json(prepared / "keys/manifest.json")["programs"]
    for folder in ("packs", "data", "frontend"):
        (prepared / "checkout" / folder).mkdir(parents=True, exist_ok=True)
    # The launcher adds the databases.
    database = dict.fromkeys(("", "_OWNER", "_READER", "_TRACE"), "postgresql://role@/database")
    platform = {f"PANJEREH_DATABASE{name}_URL": url for name, url in database.items()}
    idp = {f"PANJEREH_IDP_DATABASE{name}_URL": database[name] for name in ("", "_OWNER")}

    assert read_environment(programs["platform"] | platform).is_practice
    assert read_idp_settings(programs["idp"] | idp).clients
    assert read_registry_settings(programs["registry"]) is not None
    assert read_land_settings(programs["land"]).population == 50
    for node in NODES:
        assert read_node_settings(programs[f"node-{node}"]).id == node


def test_the_registry_accepts_its_source(prepared: Path) -> None:
    source = parse_source((prepared / "keys/registry/source.json").read_bytes())

    assert {member["id"] for member in source["members"]} == {"ito", "nocr", "cra", "post", "mrud"}
    assert all(
        key["kid"].startswith("practice-") for member in source["members"] for key in member["signing_keys"]
    )


def test_the_signing_keys_registered_are_those_the_nodes_hold(prepared: Path) -> None:
    source = read_json(prepared / "keys/registry/source.json")
    registered = {member["id"]: member["signing_keys"][0]["jwk"]["x"] for member in source["members"]}

    from panjereh_contracts.p256 import public_key_to_jwk

    held = {}
    for path in prepared.glob("keys/node-*/signing/*.pem"):
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
        held[path.stem] = public_key_to_jwk(key.public_key())["x"]  # type: ignore[arg-type]

    assert held == registered


def test_the_identity_provider_accepts_its_clients(prepared: Path) -> None:
    clients = read_clients(read_json(prepared / "keys/idp/clients.json"))

    assert set(clients) == {"portal", "desk", "account-plane"}


def test_backends_name_every_provided_subsystem_once(prepared: Path) -> None:
    named = [name for path in prepared.glob("keys/node-*/backends.json") for name in read_json(path)]

    assert sorted(named) == [
        "PRACTICE/GOV/cra/shahkar",
        "PRACTICE/GOV/mrud/residence",
        "PRACTICE/GOV/nocr/civil",
        "PRACTICE/GOV/post/place",
    ]


def test_every_node_has_a_log_key_of_its_own(prepared: Path) -> None:
    keys = {
        serialization.load_pem_private_key(path.read_bytes(), password=None).private_bytes_raw()  # type: ignore[union-attr]
        for path in prepared.glob("keys/node-*/log.pem")
    }

    assert len(keys) == len(NODES)


def test_the_audit_key_signs_notes_in_the_name_of_the_practice_platform(prepared: Path) -> None:
    signer = Signer.parse((prepared / "keys/platform/audit.key").read_text("ascii"))

    assert signer.name == "panjereh/practice/audit"


def test_documents_are_sealed_under_the_practice_root(prepared: Path) -> None:
    root = load_certificate(prepared / "keys/documents/root.crt")
    issuer = load_certificate(prepared / "keys/documents/issuer.crt")

    issuer.verify_directly_issued_by(root)

    usage = issuer.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (usage.digital_signature, usage.content_commitment, usage.key_cert_sign) == (True, True, False)


def test_two_nodes_accept_each_other_by_their_own_certificates_alone(prepared: Path) -> None:
    server = context(prepared, ssl.PROTOCOL_TLS_SERVER, own="interior", peer="platform")
    client = context(prepared, ssl.PROTOCOL_TLS_CLIENT, own="platform", peer="interior")
    near, far = socket.socketpair()
    heard: list[bytes] = []

    def serve() -> None:
        with server.wrap_socket(far, server_side=True) as connection:
            connection.sendall(b"salam")
            heard.append(connection.getpeercert(binary_form=True) or b"")
            connection.recv(1)

    thread = threading.Thread(target=serve)
    thread.start()
    with client.wrap_socket(near, server_hostname="127.0.0.1") as connection:
        assert connection.recv(5) == b"salam"
        assert connection.version() == "TLSv1.3"
        connection.sendall(b".")
    thread.join(timeout=5)

    shown = load_certificate(prepared / "keys/node-platform/tls.crt")
    assert heard == [shown.public_bytes(serialization.Encoding.DER)]


def context(prepared: Path, protocol: Any, *, own: str, peer: str) -> ssl.SSLContext:
    made = ssl.SSLContext(protocol)
    made.minimum_version = ssl.TLSVersion.TLSv1_3
    made.verify_mode = ssl.CERT_REQUIRED
    # The strictest reading, which newer versions of Python take by themselves.
    made.verify_flags |= ssl.VERIFY_X509_STRICT
    home = prepared / "keys" / f"node-{own}"
    made.load_cert_chain(home / "tls.crt", home / "tls.key")
    made.load_verify_locations(prepared / "keys" / f"node-{peer}" / "tls.crt")
    return made


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"web": "8000"}', '{"web": true}'])
def test_ports_that_name_not_every_program_are_refused(text: str) -> None:
    with pytest.raises(PortsFaulty, match="--ports"):
        Ports.parse(text)
