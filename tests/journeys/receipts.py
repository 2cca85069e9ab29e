"""Receipts believed on nobody's word: the provider's key from the configuration, the log's own proofs."""

import base64
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urljoin

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from panjereh_contracts.configuration import Configuration, read_anchors, verify_configuration
from panjereh_contracts.p256 import encode_base64url
from panjereh_contracts.receipt import Receipt, verify_receipt
from panjereh_tlog.checkpoints import open_checkpoint
from panjereh_tlog.notes import Signer, Verifier
from panjereh_tlog.proofs import verify_inclusion
from tests.journeys.browser import Browser
from tests.journeys.country import Installation
from tests.journeys.steps import wait_for

# Below what an account may take along in ten minutes (`config/limits.py`).
MOST_CARRIED_AWAY = 50


def receipts_must_hold(land: Installation, browser: Browser) -> int:
    """Prove every receipt the person can fetch, by its page; return how many there were.

    What the page says is proven again here, from the receipt as a file: of all, or of so many, spread over
    the whole time, as one account may carry away.
    """
    configuration = _configuration(land)
    addresses = list(_addresses(browser))
    step = len(addresses) // MOST_CARRIED_AWAY + 1
    for number, address in enumerate(addresses):
        browser.get(address).must_say("این رسید درست است")
        if number % step == 0:
            _must_hold_here(land, configuration, browser.get(f"{address}receipt.json").content)
    return len(addresses)


def _must_hold_here(land: Installation, configuration: Configuration, content: bytes) -> None:
    receipt = Receipt.decode(encode_base64url(content))
    provider = configuration.directory.signing_key(receipt.response_keyid)
    assert provider is not None, f"nobody in the exchange has the key {receipt.response_keyid}"
    verify_receipt(receipt, provider_key=provider.public_key)
    for index, leaf in (
        (receipt.request_index, receipt.request_leaf_hash),
        (receipt.response_index, receipt.response_leaf_hash),
    ):
        must_be_logged(land, receipt.log_origin, index, bytes.fromhex(leaf))


def _addresses(browser: Browser) -> Iterator[str]:
    """Return where each receipt lies, from the newest page of looks to the oldest."""
    address = "/my-data/"
    while address:
        page = browser.get(address)
        yield from page.tree.xpath("//main//a[contains(@href, '/receipts/')]/@href")
        older = page.tree.xpath("//main//a[contains(@href, 'before=')]/@href")
        address = urljoin(page.address, older[0]) if older else ""


def must_be_logged(land: Installation, origin: str, index: int, leaf: bytes) -> None:
    """Prove that a leaf is in the platform node's log, under a checkpoint that the node signed."""
    http = _node(f"http://{land.manifest['node-platform']['PANJEREH_NODE_EDGE_LISTEN']}")

    def published() -> httpx.Response | None:
        answer = http.get("/log/proof", params={"index": index})
        return answer if answer.status_code == httpx.codes.OK else None

    proof = wait_for(published, what=f"the published log up to entry {index}").json()
    checkpoint = open_checkpoint(proof["checkpoint"], origin=origin, verifiers=[_log_verifier(land, origin)])
    verify_inclusion(
        leaf,
        index=index,
        size=checkpoint.size,
        proof=[base64.b64decode(each) for each in proof["hashes"]],
        root=checkpoint.root,
    )


@cache
def _node(edge: str) -> httpx.Client:
    return httpx.Client(base_url=edge, trust_env=False)


def _configuration(land: Installation) -> Configuration:
    node = land.manifest["node-platform"]
    signed = httpx.get(f"{node['PANJEREH_NODE_REGISTRY_URL']}/configuration", trust_env=False).content
    anchors = read_anchors(Path(node["PANJEREH_NODE_ANCHOR_FILE"]).read_bytes())
    return verify_configuration(signed, anchors=anchors)


def _log_verifier(land: Installation, origin: str) -> Verifier:
    pem = Path(land.manifest["node-platform"]["PANJEREH_NODE_LOG_KEY_FILE"]).read_bytes()
    key = load_pem_private_key(pem, password=None)
    assert isinstance(key, Ed25519PrivateKey)
    return Signer.make(origin, seed=key.private_bytes_raw()).verifier()
