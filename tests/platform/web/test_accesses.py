"""«Who saw my data»: the sum, the sentences, what exactly was given, narrowing, and the files."""

import dataclasses
import datetime as dt
import json
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from panjereh.domain.disclosure import api as disclosure
from panjereh.domain.exchange.models import Receipt
from panjereh.web.citizen.accesses import views
from panjereh_tlog.proof_file import verify_proofs
from tests.platform.access.country import AT, Country, client_of
from tests.platform.audit.conftest import SIGNER, Record, record  # noqa: F401 -- a fixture
from tests.platform.web import rows

pytestmark = pytest.mark.slow


def main_of(client: Client, path: str, **query: str) -> str:
    answer = client.get(path, query)
    assert answer.status_code == 200
    main = answer.text.split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", main)


def test_the_first_sentence_counts_what_was_refused_lately(country: Country, mina: Client):
    rows.add_receipts(country.mina, 1, asked_at=AT)

    assert "<b>one question</b> was refused" in main_of(mina, "/en/my-data/")
    assert "<b>یک پرسش</b> رد شد" in main_of(mina, "/my-data/")


def test_what_exactly_was_given_stands_under_the_sentence(country: Country, mina: Client):
    page = main_of(mina, "/en/my-data/", agency="nocr")

    assert "gave this platform your <b>civil registry record</b>." in page
    for field in ("Given name", "Father&#39;s name", "Whether alive"):
        assert f"<li>{field}</li>" in page
    assert "Registered residence" not in page


def test_a_receipt_leads_to_the_case_it_was_for(country: Country, mina: Client):
    assert f"/en/cases/{country.mina.cases['issued']}/" in main_of(mina, "/en/my-data/")


def test_a_refused_question_is_marked_and_says_why(country: Country, mina: Client):
    rows.add_receipts(country.mina, 1)

    page = main_of(mina, "/en/my-data/")

    refused = page.split('class="receipt denied"')[1].split("</article>")[0]
    assert "The question was refused and nothing was given." in refused
    assert "no contract allows this question" in refused
    assert "no signed answer came" in refused
    assert "chips" not in refused


def test_a_fault_nobody_named_is_told_by_its_code(country: Country, mina: Client):
    rows.add_receipts(country.mina, 1, fault="status-418")

    assert "the answer was “status-418”" in main_of(mina, "/en/my-data/")


@pytest.mark.parametrize(("period", "shown"), [("", 1), ("365", 1), ("30", 0)])
def test_the_list_is_narrowed_to_a_period(country: Country, mina: Client, period: str, shown: int):
    rows.add_receipts(country.mina, 1, asked_at=rows.instant(0) - dt.timedelta(days=30))

    assert main_of(mina, "/my-data/", period=period).count("receipt denied") == shown


def test_a_narrowed_list_stays_narrow_on_its_older_pages(country: Country, mina: Client):
    rows.add_receipts(country.mina, 40)
    holder = Receipt.objects.filter(outcome="denied").values_list("holder", flat=True)[0]

    page = main_of(mina, "/my-data/", agency=holder)

    [older] = re.findall(r'href="(\?before=[^"]+)"', page)
    assert f"agency={holder}" in older
    assert f'value="{holder}" selected' in page
    assert mina.get("/my-data/" + older.replace("&amp;", "&")).status_code == 200


def test_nothing_of_the_kind_asked_for_leads_back_to_everything(country: Country):
    actor = dataclasses.replace(country.mina.actor, subject_id=uuid.uuid4())
    newcomer = client_of(dataclasses.replace(country.mina, actor=actor))

    assert "There is no look of this kind." in main_of(newcomer, "/en/my-data/", agency="post")
    assert "Nobody has looked at your data yet." in main_of(newcomer, "/en/my-data/")


@pytest.mark.parametrize("query", [{"agency": "nobody"}, {"period": "7"}])
def test_a_narrowing_that_is_none_leads_nowhere(mina: Client, query: dict[str, str]):
    assert mina.get("/my-data/", query).status_code == 404


def test_all_receipts_are_one_file_with_what_proves_each(country: Country, mina: Client):
    answer = mina.get("/my-data/receipts.json")

    document = json.loads(answer.content)
    looks = disclosure.looks_at(actor=country.mina.actor, limit=500)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert len(document["looks"]) == len(looks)
    provable = [each for each in document["looks"] if each["receipt"] is not None]
    assert len(provable) == sum(look.is_provable for look in looks) > 0
    assert {"response_signature", "log_origin"} <= provable[0]["receipt"].keys()
    assert document["older"] is None


def test_a_file_is_bounded_and_says_where_the_rest_is(
    country: Country, mina: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(views, "FILE_LOOKS", 3)
    rows.add_receipts(country.mina, 5)
    met, address = [], "/my-data/receipts.json"

    while address:
        document = mina.get(address).json()
        assert len(document["looks"]) <= 3
        met += [each["receipt_id"] for each in document["looks"]]
        address = (document["older"] or "").removeprefix("http://testserver")

    everything = disclosure.looks_at(actor=country.mina.actor, limit=500)
    assert met == [look.receipt_id and str(look.receipt_id) for look in everything]


def test_a_receipts_page_says_what_could_not_be_checked_now(country: Country, mina: Client):
    receipt_id = next(
        look.receipt_id
        for look in disclosure.looks_at(actor=country.mina.actor)
        if look.is_provable and look.who == "nocr"
    )

    page = main_of(mina, f"/en/my-data/receipts/{receipt_id}/")

    assert "Not everything could be checked now" in page
    assert page.count("Could not be checked now") == 3
    assert "panjereh_contracts.bundle" in page
    assert "proof.json" not in page.split("<pre")[0]


def test_the_proofs_of_ones_own_record_verify_without_the_platform(
    country: Country,
    mina: Client,
    record: Record,  # noqa: F811 -- the fixture
    settings: Any,
    tmp_path: Path,
):
    settings.PANJEREH = dataclasses.replace(
        settings.PANJEREH, audit_log_directory=record.log, audit_checkpoint_directory=record.checkpoints
    )
    record.catch_up()

    answer = mina.get("/my-data/proofs.jsonl")

    file, events = tmp_path / "proofs.jsonl", []
    file.write_bytes(b"".join(answer.streaming_content))
    verify_proofs(
        file, verifier=SIGNER.verifier(), seen=lambda each: events.append(json.loads(each.entry)["event"])
    )
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert {
        "casework.case.submitted",
        "casework.case.granted",
        "casework.case.refused",
        "documents.document.issued",
    } <= set(events)
    assert str(country.arash.subject_id) not in file.read_text()
