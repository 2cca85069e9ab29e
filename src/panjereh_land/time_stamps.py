"""The practice authority of time stamps: it says that a digest was before it at an instant (RFC 3161)."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Final

from asn1crypto import algos, cms, core, pem, tsp, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from panjereh_kernel.refusal import Refusal

QUERY: Final = "application/timestamp-query"
REPLY: Final = "application/timestamp-reply"
# An identifier of our own under the arc that needs no registration (ITU-T X.667): practice, no promise.
_POLICY: Final = "2.25.94125734270192857016231290163477"
_DIGESTS: Final = {"sha256": 32, "sha384": 48, "sha512": 64}


class BadQuery(Refusal):
    """The body is no query for a time stamp. One that cannot be served gets a reply without a token."""

    code = "time-stamp-query-not-valid"
    status = 400


@dataclass(frozen=True, slots=True)
class Authority:
    """The key that stamps and its certificate, whose only use is stamping."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    def reply(self, query: bytes, *, serial: int, at: dt.datetime) -> bytes:
        """Return the reply to a query, both in DER. Raises `BadQuery`.

        A digest of a kind that is not taken is rejected with `bad_alg`, one of a wrong length with
        `bad_data_format` (RFC 3161 section 2.4.2).
        """
        try:
            asked = tsp.TimeStampReq.load(query, strict=True)
            imprint = asked["message_imprint"]
            digest = imprint["hash_algorithm"]["algorithm"].native
            length = len(imprint["hashed_message"].native)
        except (ValueError, TypeError, KeyError) as error:
            raise BadQuery from error
        if digest not in _DIGESTS:
            return _rejected("bad_alg")
        if length != _DIGESTS[digest]:
            return _rejected("bad_data_format")
        token = self._token(asked, serial=serial, at=at)
        der: bytes = tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token}).dump()
        return der

    def _token(self, asked: tsp.TimeStampReq, *, serial: int, at: dt.datetime) -> cms.ContentInfo:
        said = {
            "version": "v1",
            "policy": _POLICY,
            "message_imprint": asked["message_imprint"],
            "serial_number": serial,
            "gen_time": at.astimezone(dt.UTC).replace(microsecond=0),
            "accuracy": {"seconds": 1},
        }
        if asked["nonce"].native is not None:
            said["nonce"] = asked["nonce"]
        content = tsp.TSTInfo(said).dump()
        signed = {
            "version": "v3",
            "digest_algorithms": [{"algorithm": "sha256"}],
            "encap_content_info": {
                "content_type": "tst_info",
                "content": cms.ParsableOctetString(content),
            },
            "signer_infos": [self._signature(content)],
        }
        if asked["cert_req"].native:
            signed["certificates"] = [self.certificate]
        return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)})

    def _signature(self, content: bytes) -> cms.SignerInfo:
        names_itself = tsp.SigningCertificateV2(
            {"certs": [{"cert_hash": hashlib.sha256(self.certificate.dump()).digest()}]}
        )
        attributes = cms.CMSAttributes(
            [
                {"type": "content_type", "values": ["tst_info"]},
                {"type": "message_digest", "values": [hashlib.sha256(content).digest()]},
                {"type": "signing_certificate_v2", "values": [names_itself]},
            ]
        )
        issuer = {"issuer": self.certificate.issuer, "serial_number": self.certificate.serial_number}
        return cms.SignerInfo(
            {
                "version": "v1",
                "sid": cms.SignerIdentifier("issuer_and_serial_number", issuer),
                "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
                "signed_attrs": attributes,
                "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
                "signature": self.key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256())),
            }
        )


def read_authority(*, key_pem: bytes, certificate_pem: bytes) -> Authority:
    """Return an authority from PEM. Raises `ValueError` for what is no P-256 key or no certificate."""
    key = serialization.load_pem_private_key(key_pem, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError("the key of the time stamps is no elliptic-curve key")  # noqa: TRY004 -- a file, not an argument
    _, _, der = pem.unarmor(certificate_pem)
    return Authority(key, x509.Certificate.load(der))


class _Rejection(core.Sequence):  # type: ignore[misc]
    # The library's own response cannot leave the token out, as RFC 3161 section 2.4.2 has it.
    _fields = [("status", tsp.PKIStatusInfo)]  # noqa: RUF012 -- the library rewrites it


def _rejected(why: str) -> bytes:
    der: bytes = _Rejection({"status": {"status": "rejection", "fail_info": {why}}}).dump()
    return der
