"""Practice keys and certificates of every program, each made once and kept."""

import datetime as dt
import ipaddress

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from panjereh_contracts.p256 import public_key_to_jwk, thumbprint
from panjereh_land.preparation import ORGANISATION
from panjereh_land.preparation.folder import Folder
from panjereh_tlog.notes import Signer

_LIFE = dt.timedelta(days=3650)
_CLOCKS_DIFFER = dt.timedelta(days=1)
_SERIAL_BYTES = 19  # RFC 5280 section 4.1.2.2: positive, at most 20 octets


def p256_key(folder: Folder, name: str) -> ec.EllipticCurvePrivateKey:
    """Keep a P-256 key as PKCS#8 PEM and return it."""
    pem = folder.secret(name, lambda: _to_pem(ec.generate_private_key(ec.SECP256R1())))
    key = serialization.load_pem_private_key(pem, password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)  # noqa: S101 -- this program wrote the file itself
    return key


def public_jwk(key: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    """Return the public half as a JWK for ES256 signatures; `kid` is the RFC 7638 thumbprint."""
    public = key.public_key()
    return {**public_key_to_jwk(public), "kid": thumbprint(public), "use": "sig", "alg": "ES256"}


def log_key(folder: Folder, name: str) -> None:
    """Keep the Ed25519 key with which a node signs its log's checkpoints, as PKCS#8 PEM."""
    folder.secret(name, lambda: _to_pem(ed25519.Ed25519PrivateKey.generate()))


def note_signer(folder: Folder, name: str, *, origin: str) -> str:
    """Keep the key that signs a log's checkpoints, as text of signed notes. Return its public text."""
    raw = folder.secret(
        name, lambda: Signer.make(origin, seed=folder.draw(32)).private_text().encode() + b"\n"
    )
    return str(Signer.parse(raw.decode().strip()).verifier())


def node_certificate(folder: Folder, name: str, *, node: str, key_name: str, at: dt.datetime) -> bytes:
    """Keep a node's self-signed TLS certificate for loopback (both client and server) and return its DER."""
    key = p256_key(folder, key_name)
    subject = _name(f"practice node {node}")
    names: list[x509.GeneralName] = [
        x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
        x509.DNSName("localhost"),
    ]
    both_sides = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]

    def make() -> bytes:
        unsigned = (
            _certificate(folder, key.public_key(), subject, issuer=subject, issuer_key=key, at=at)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_key_usage(), critical=True)
            .add_extension(x509.ExtendedKeyUsage(both_sides), critical=False)
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
        )
        return _signed(unsigned, key)

    return _load(folder.secret(name, make)).public_bytes(serialization.Encoding.DER)


def document_root(folder: Folder, name: str, *, key_name: str, at: dt.datetime) -> x509.Certificate:
    """Keep the certificate under which practice documents are signed; verifiers trust it by hand."""
    key = p256_key(folder, key_name)
    subject = _name("practice document root")

    def make() -> bytes:
        unsigned = (
            _certificate(folder, key.public_key(), subject, issuer=subject, issuer_key=key, at=at)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_key_usage(certificates=True), critical=True)
        )
        return _signed(unsigned, key)

    return _load(folder.secret(name, make))


def document_certificate(
    folder: Folder,
    name: str,
    *,
    agency: str,
    key_name: str,
    root: x509.Certificate,
    root_key: ec.EllipticCurvePrivateKey,
    at: dt.datetime,
) -> None:
    """Keep the certificate with which one agency seals its documents (no TLS use, only signatures)."""
    key = p256_key(folder, key_name)
    subject = _name(f"practice seal of {agency}")

    def make() -> bytes:
        unsigned = (
            _certificate(folder, key.public_key(), subject, issuer=root.subject, issuer_key=root_key, at=at)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_key_usage(documents=True), critical=True)
        )
        return _signed(unsigned, root_key)

    folder.secret(name, make)


def time_stamp_certificate(
    folder: Folder,
    name: str,
    *,
    key_name: str,
    root: x509.Certificate,
    root_key: ec.EllipticCurvePrivateKey,
    at: dt.datetime,
) -> None:
    """Keep the certificate of the practice authority of time stamps, good for that alone (RFC 3161 2.3)."""
    key = p256_key(folder, key_name)
    subject = _name("practice time stamps")

    def make() -> bytes:
        unsigned = (
            _certificate(folder, key.public_key(), subject, issuer=root.subject, issuer_key=root_key, at=at)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_key_usage(), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        )
        return _signed(unsigned, root_key)

    folder.secret(name, make)


def _certificate(
    folder: Folder,
    key: ec.EllipticCurvePublicKey,
    subject: x509.Name,
    *,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    at: dt.datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(int.from_bytes(b"\x01" + folder.draw(_SERIAL_BYTES - 1), "big"))
        .not_valid_before(at - _CLOCKS_DIFFER)
        .not_valid_after(at + _LIFE)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "IR"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANISATION),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _key_usage(*, certificates: bool = False, documents: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certificates,
        content_commitment=documents,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certificates,
        crl_sign=certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _signed(unsigned: x509.CertificateBuilder, key: ec.EllipticCurvePrivateKey) -> bytes:
    return unsigned.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def _load(pem: bytes) -> x509.Certificate:
    return x509.load_pem_x509_certificate(pem)


def _to_pem(key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
