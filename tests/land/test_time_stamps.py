"""The practice authority stamps digests as RFC 3161 has it, and fails on order like every agency."""

import datetime as dt
from pathlib import Path

import pytest
from asn1crypto import tsp
from asn1crypto.core import Sequence
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from panjereh_land.asgi import make_app
from panjereh_land.country import Country
from panjereh_land.preparation import keys
from panjereh_land.preparation.folder import Folder
from panjereh_land.time_stamps import Authority, read_authority
from tests.land.conftest import AT, Caller

DIGEST = bytes(range(32))


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    folder = Folder(tmp_path / "keys", draw=lambda count: bytes(range(1, count + 1)))
    root = keys.document_root(folder, "root.crt", key_name="root.key", at=AT)
    root_key = keys.p256_key(folder, "root.key")
    keys.time_stamp_certificate(folder, "tsa.crt", key_name="tsa.key", root=root, root_key=root_key, at=AT)
    return read_authority(
        key_pem=folder.path("tsa.key").read_bytes(), certificate_pem=folder.path("tsa.crt").read_bytes()
    )


def query(*, digest: bytes = DIGEST, algorithm: str = "sha256", nonce: int | None = 7) -> bytes:
    asked = {
        "version": "v1",
        "message_imprint": {"hash_algorithm": {"algorithm": algorithm}, "hashed_message": digest},
        "cert_req": True,
    }
    return bytes(tsp.TimeStampReq(asked | ({"nonce": nonce} if nonce else {})).dump())


def test_a_stamp_states_the_digest_the_instant_and_the_nonce(authority: Authority) -> None:
    reply = tsp.TimeStampResp.load(authority.reply(query(), serial=5, at=AT), strict=True)

    said = reply["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed.native
    assert reply["status"]["status"].native == "granted"
    assert said["message_imprint"]["hashed_message"] == DIGEST
    assert (said["gen_time"], said["nonce"], said["serial_number"]) == (AT, 7, 5)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (query(algorithm="md5", digest=b"-" * 16), {"bad_alg"}),
        (query(digest=b"-" * 31), {"bad_data_format"}),
    ],
    ids=["digest nobody trusts any more", "digest of a wrong length"],
)
def test_what_cannot_be_stamped_is_rejected_without_a_token(
    authority: Authority, asked: bytes, why: set[str]
) -> None:
    reply = authority.reply(asked, serial=5, at=AT)

    status = tsp.PKIStatusInfo.load(Sequence.load(reply).contents)
    assert status["status"].native == "rejection"
    assert status["fail_info"].native == why


def test_the_authority_answers_queries_and_refuses_other_bodies(
    country: Country, authority: Authority
) -> None:
    land = Caller(make_app(country, clock=lambda: AT + dt.timedelta(seconds=1), time_stamps=authority))

    stamped = land.post("/time-stamps", content=query())
    refused = land.post("/time-stamps", content=b"no query")

    assert stamped.headers["content-type"] == "application/timestamp-reply"
    assert (refused.status_code, refused.json()["code"]) == (400, "time-stamp-query-not-valid")


def test_an_authority_of_time_stamps_can_be_down_like_every_agency(
    country: Country, authority: Authority
) -> None:
    land = Caller(make_app(country, time_stamps=authority))
    land.post("/practice/faults", json={"agency": "time-stamps", "calls": 1, "kind": "down"})

    assert [land.post("/time-stamps", content=query()).status_code for _ in range(2)] == [503, 200]


def test_a_key_of_another_kind_is_refused() -> None:
    pem = ed25519.Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )

    with pytest.raises(ValueError, match="no elliptic-curve key"):
        read_authority(key_pem=pem, certificate_pem=b"")


def test_without_an_authority_there_is_no_such_address(country: Country) -> None:
    assert Caller(make_app(country)).post("/time-stamps", content=query()).status_code == 404
