"""What `prepare` writes starts the real programs, and a question crosses two nodes to the country."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from panjereh_contracts.p256 import decode_base64url, public_key_from_jwk
from panjereh_contracts.receipt import Receipt, verify_receipt
from panjereh_land import cli
from panjereh_land.preparation.ports import NODES, PROGRAMS
from panjereh_land.stories import Role, Story
from tests.land.test_program import ROOT, free_port, wait_until_ready

HEADERS = {
    "X-Road-Client": "PRACTICE/GOV/ito/window",
    "X-Road-Id": "01890000-0000-7000-8000-0000000000aa",
    "Panjereh-Purpose": "identity.proof",
    "Panjereh-Legal-Basis": "data-act-1401",
    "Panjereh-Contract": "practice-civil.person-identity.proof-1",
}
PERSON = "/r1/PRACTICE/GOV/nocr/civil/person"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, dict[str, str]]]:
    root = tmp_path_factory.mktemp("exchange")
    names = [*PROGRAMS, *(f"{node}-{kind}" for node in NODES for kind in ("edge", "mtls"))]
    ports = json.dumps({name: free_port() for name in names})
    assert cli.main(["prepare", "--directory", str(root / "keys"), "--ports", ports]) == 0
    settings: dict[str, dict[str, str]] = json.loads((root / "keys/manifest.json").read_text("utf-8"))[
        "programs"
    ]
    running: list[subprocess.Popen[bytes]] = []
    try:
        running += [start(settings, "land", root), start(settings, "registry", root)]
        wait_until_ready(url(settings, "land", "LAND_LISTEN"))
        wait_until_ready(url(settings, "registry", "REGISTRY_LISTEN"))
        for node in ("platform", "interior"):
            running.append(start(settings, f"node-{node}", root))
            wait_until_ready(url(settings, f"node-{node}", "NODE_EDGE_LISTEN"))
        yield settings
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=15)


def start(settings: dict[str, dict[str, str]], program: str, root: Path) -> subprocess.Popen[bytes]:
    module = f"panjereh_{program.partition('-')[0]}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **settings[program]}
    with (root / f"{program}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", module, "serve"], env=environment, stdout=log, stderr=subprocess.STDOUT
        )


def url(settings: dict[str, dict[str, str]], program: str, listen: str) -> str:
    return f"http://{settings[program][f'PANJEREH_{listen}']}"


def ask(settings: dict[str, dict[str, str]], role: Role, **headers: str) -> httpx.Response:
    return httpx.post(
        url(settings, "node-platform", "NODE_EDGE_LISTEN") + PERSON,
        json={
            "national_number": role.person.national_number,
            "birth_date": role.person.birth_date.isoformat(),
        },
        headers={**HEADERS, **headers},
        trust_env=False,
    )


def provider_key(settings: dict[str, dict[str, str]], keyid: str) -> dict[str, str]:
    answer = httpx.get(url(settings, "registry", "REGISTRY_LISTEN") + "/configuration", trust_env=False)
    document = json.loads(decode_base64url(answer.json()["payload"]))
    keys = {key["kid"]: key["jwk"] for member in document["members"] for key in member["signing_keys"]}
    return dict(keys[keyid])


def test_a_question_is_answered_with_a_receipt_that_the_registrys_key_proves(
    programs: dict[str, dict[str, str]], acts: dict[Story, Role]
) -> None:
    role = acts[Story.GRANTED]

    response = ask(programs, role)

    assert response.status_code == 200, response.text
    assert response.json()["person"]["family_name"] == role.person.family_name
    receipt = Receipt.decode(response.headers["panjereh-receipt"])
    assert receipt.message_id == UUID(HEADERS["X-Road-Id"])
    assert receipt.response_keyid == "practice-nocr-1"
    verify_receipt(receipt, provider_key=public_key_from_jwk(provider_key(programs, receipt.response_keyid)))


def test_a_purpose_outside_the_contract_is_denied(
    programs: dict[str, dict[str, str]], acts: dict[Story, Role]
) -> None:
    response = ask(
        programs, acts[Story.GRANTED], **{"Panjereh-Purpose": "curiosity", "X-Road-Id": str(UUID(int=7))}
    )

    assert response.headers["x-road-error"] == "server.serverproxy.access_denied"
