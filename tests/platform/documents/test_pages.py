"""A person's documents through the pages, and the job that makes them."""

import dataclasses

import pytest
from django.conf import settings
from django.test import Client

from panjereh.domain.documents.models import Document
from panjereh.jobs import documents as jobs
from panjereh.plumbing import edge
from panjereh.web.citizen.sign_in import lifetime
from tests.platform.documents import press as made

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def stopped_clock(monkeypatch):
    monkeypatch.setattr(edge, "now", lambda: made.AT)
    monkeypatch.setattr(edge, "wait_until", lambda is_done: is_done())


def signed_in(actor) -> Client:
    client = Client()
    session = client.session
    session.update(
        {
            "account_id": str(actor.account_id),
            "subject_id": str(actor.subject_id),
            "acr": 1,
            "ial": 1,
        }
    )
    lifetime.begin(session, at=edge.now())
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


@pytest.fixture
def someone_else(holder):
    return dataclasses.replace(holder, subject_id=edge.new_id(), account_id=edge.new_id())


def test_the_list_shows_what_was_issued(issued, holder):
    page = signed_in(holder).get("/documents/").content.decode()

    assert "گواهی نشانی" in page
    assert f"/documents/{issued}/" in page
    assert 'class="tag good"' in page


def test_an_empty_list_says_so(db, holder):
    response = signed_in(holder).get("/documents/")

    assert response.status_code == 200
    assert 'class="state"' in response.content.decode()


def test_a_document_that_is_being_made_renews_its_page(requested, holder):
    page = signed_in(holder).get(f"/documents/{requested}/").content.decode()

    assert 'http-equiv="refresh"' in page
    assert "/file" not in page


def test_a_document_that_could_not_be_made_says_so(requested, holder):
    Document.objects.filter(id=requested).update(state="failed", failure="document-template-failed")

    page = signed_in(holder).get(f"/documents/{requested}/").content.decode()

    assert 'class="note bad"' in page
    assert 'http-equiv="refresh"' not in page


@pytest.mark.parametrize(("year", "tag"), [(2026, "good"), (2028, "wait")])
def test_a_document_shows_what_it_is_worth_today(issued, holder, monkeypatch, year, tag):
    monkeypatch.setattr(edge, "now", lambda: made.AT.replace(year=year))

    page = signed_in(holder).get(f"/documents/{issued}/").content.decode()

    assert f'class="tag {tag}"' in page
    assert f"/documents/{issued}/file" in page


def test_a_revoked_document_shows_it(issued, holder):
    Document.objects.filter(id=issued).update(
        state="revoked", revoked_at=made.AT, revocation_reason="replaced"
    )

    assert 'class="tag bad"' in signed_in(holder).get(f"/documents/{issued}/").content.decode()


def test_the_file_is_given_to_be_saved_and_kept_by_nobody(issued, holder):
    response = signed_in(holder).get(f"/documents/{issued}/file")

    serial = Document.objects.get(id=issued).serial
    assert response.content.startswith(b"%PDF-")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{serial}.pdf"'
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_somebody_elses_document_looks_absent(issued, someone_else):
    client = signed_in(someone_else)

    assert client.get(f"/documents/{issued}/").status_code == 404
    assert client.get(f"/documents/{issued}/file").status_code == 404
    assert str(issued) not in client.get("/documents/").content.decode()


@pytest.mark.parametrize("path", ["/documents/", "/documents/{}/", "/documents/{}/file"])
def test_without_a_sign_in_every_page_leads_there_and_back(db, path):
    address = path.format(edge.new_id())

    response = Client().get(address)

    assert response.status_code == 302
    assert response.headers["Location"].endswith("next=" + address.replace("/", "%2F"))


def test_the_job_makes_the_document_with_the_keys_of_the_installation(
    requested, authority, monkeypatch, tmp_path
):
    files = {"key": authority.key_pem, "certificate": authority.certificate_pem, "chain": authority.chain_pem}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    keys = {f"document_{name}_file": tmp_path / name for name in files}
    monkeypatch.setattr(settings, "PANJEREH", dataclasses.replace(settings.PANJEREH, **keys))
    jobs.press.cache_clear()

    jobs.issue(str(requested))

    assert Document.objects.get(id=requested).state == "issued"
    jobs.press().renderer.close()
    jobs.press.cache_clear()
