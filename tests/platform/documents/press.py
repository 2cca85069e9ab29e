"""What tests make documents with: a practice root and issuer, one render server, one person's data."""

import datetime as dt
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from panjereh.domain.documents import api as documents

ROOT = Path(__file__).resolve().parents[3]
FONTS = ROOT / "frontend" / "fonts" / "typst"
AT = dt.datetime(2026, 11, 22, 6, 11, 17, tzinfo=dt.UTC)
PUBLIC_URL = "http://testserver"
SERVICE, OUTPUT = "place.address-certificate", "address-certificate"
DATA = {
    "holder": {
        "given_name": "مینا",
        "family_name": "نمونه‌پور",
        "father_name": "امید",
        "national_number": "9990000018",
    },
    "place": {
        "city": "شهر نمونه",
        "address_line": "کوی آزمون، کوچه دوم، شماره 8",
        "postal_code": "9999900012",
    },
    "residence": {"since": "2021-04-01", "bond": "lease"},
}


class Authority:
    """A root certificate and one issuer below it, valid around `AT`."""

    def __init__(self, name: str = "Practice issuer") -> None:
        self.root_key, self.key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        self.root = _certificate(f"{name} root", self.root_key, f"{name} root", self.root_key, is_root=True)
        self.certificate = _certificate(name, self.key, f"{name} root", self.root_key, is_root=False)

    @property
    def key_pem(self) -> bytes:
        return self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    @property
    def certificate_pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def chain_pem(self) -> bytes:
        return self.root.public_bytes(serialization.Encoding.PEM)

    def document_key(self) -> documents.DocumentKey:
        return documents.read_document_key(
            key_pem=self.key_pem, certificate_pem=self.certificate_pem, chain_pem=self.chain_pem
        )


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    is_root: bool,
) -> x509.Certificate:
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    usage |= dict.fromkeys(("key_cert_sign", "crl_sign"), is_root)
    usage |= dict.fromkeys(("digital_signature", "content_commitment"), not is_root)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(AT - dt.timedelta(days=1))
        .not_valid_after(AT + dt.timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
    )
    return builder.sign(issuer_key, hashes.SHA256())
