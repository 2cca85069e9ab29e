"""A holder reports that an office did not accept a valid document: by the door and by the pages."""

import datetime as dt
import json
import re

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.test import Client

from panjereh.domain.audit.models import Leaf
from panjereh.domain.directory import api as directory
from panjereh.domain.documents import api as documents
from panjereh.domain.documents.models import RefusalReport
from panjereh.domain.documents.operations import report_refusal as reporting
from panjereh.domain.figures import api as figures
from panjereh.plumbing import edge
from panjereh.web.citizen.sign_in import lifetime
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import NotFound
from tests.platform.documents import press as made

pytestmark = pytest.mark.slow
SAID = documents.SaidReason.WANTS_PAPER


def report(document_id, holder, *, report_id=None, agency="post", at=made.AT, words="گفتند مُهر ندارد"):
    documents.report_refusal(
        report_id or edge.new_id(),
        document_id=document_id,
        agency_id=agency,
        office="شعبه مرکزی",
        reason=SAID,
        words=words,
        tracking_code=edge.draw_tracking_code(),
        actor=holder,
        at=at,
    )


def recorded() -> list[dict]:
    leaves = Leaf.objects.filter(event="documents.document.not_accepted").order_by("at")
    return [leaf.facts for leaf in leaves]


def test_a_report_is_recorded_with_its_agency_and_reason_and_no_words(issued, holder):
    report(issued, holder)

    assert recorded() == [{"agency": "post", "reason": "wants-paper"}]
    (seen,) = documents.reports_of(issued, actor=holder)
    assert (seen.agency_id, seen.reason, seen.reported_at) == ("post", SAID, made.AT)
    assert re.fullmatch(r"[0-9]{4}-[0-9]{4}-[0-9]{4}", seen.tracking_code)


def test_what_the_person_wrote_is_sealed_and_cut(issued, holder):
    report(issued, holder, words="ب" * 2000)

    row = RefusalReport.objects.get()
    assert "شعبه".encode() not in bytes(row.sealed_office)
    text = reporting.sealing.unseal(row.subject_id, "documents.report_words", row.sealed_words)
    assert text == "ب" * documents.MOST_WORDS


def test_the_same_report_sent_twice_is_one(issued, holder):
    report_id = edge.new_id()
    report(issued, holder, report_id=report_id)
    report(issued, holder, report_id=report_id)

    assert len(recorded()) == RefusalReport.objects.count() == 1


class Killed(BaseException):
    """What a process killed here would look like to the caller: nothing after it ran."""


def test_a_report_that_is_not_in_the_record_was_not_made(issued, holder, monkeypatch):
    def die(**_keywords):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(reporting.audit, "record", die)
        with pytest.raises(Killed):
            report(issued, holder)

    assert RefusalReport.objects.count() == 0


def test_only_its_holder_reports_about_a_document(issued, holder):
    other = Actor(role=holder.role, channel=holder.channel, purpose="own-affairs", subject_id=edge.new_id())

    for actor in (other, Actor.anonymous("curious"), Actor.system("desk")):
        with pytest.raises(NotFound):
            report(issued, actor)
        with pytest.raises(NotFound):
            documents.reports_of(issued, actor=actor)


def test_a_document_that_is_not_valid_cannot_be_reported(issued, holder):
    with pytest.raises(documents.DocumentNotValid) as refused:
        report(issued, holder, at=made.AT.replace(year=2028))

    assert refused.value.code == "document-not-valid"


def test_a_document_still_being_made_cannot_be_reported(requested, holder):
    with pytest.raises(documents.DocumentNotValid):
        report(requested, holder)


def test_an_agency_nobody_knows_cannot_be_reported(issued, holder):
    with pytest.raises(directory.AgencyUnknown):
        report(issued, holder, agency="nobody")


def test_after_many_reports_about_one_document_no_more_are_taken(issued, holder, monkeypatch):
    monkeypatch.setattr(reporting, "MOST_REPORTS", 1)
    report(issued, holder)

    with pytest.raises(documents.TooManyReports) as refused:
        report(issued, holder)

    assert refused.value.code == "document-reports-too-many"


def test_nobody_changes_a_report(issued, holder):
    report(issued, holder)

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        RefusalReport.objects.update(reason="other")


def test_the_figure_counts_reports_by_agency_and_reason():
    definitions = figures.read_definitions(settings.PANJEREH.data_directory / "figures")

    definition = definitions["documents-not-accepted"]
    assert definition.events == {"documents.document.not_accepted"}
    assert (definition.service_fact, definition.state_fact) == ("agency", "reason")
    assert [state.id for state in definition.states] == [each.value for each in documents.SaidReason]


@pytest.fixture
def browser(holder, monkeypatch) -> Client:
    monkeypatch.setattr(edge, "now", lambda: made.AT)
    monkeypatch.setattr(edge, "wait_until", lambda is_done, **_: is_done())
    client = Client()
    session = client.session
    session.update(
        {
            "account_id": str(holder.account_id),
            "subject_id": str(holder.subject_id),
            "acr": 1,
            "ial": 1,
            "auth_at": int(made.AT.timestamp()),
        }
    )
    lifetime.begin(session, at=made.AT)
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def page_of(document_id, part="") -> str:
    return f"/documents/{document_id}/not-accepted/{part}"


def test_two_steps_end_in_a_tracking_code(issued, browser):
    second = browser.post(page_of(issued), {"agency": "post", "office": "شعبه ۲"}).content.decode()
    report_id = re.search(r'name="report" value="([^"]+)"', second)[1]
    answers = {"report": report_id, "agency": "post", "office": "شعبه ۲", "reason": "wants-copy", "words": ""}

    for _ in range(2):  # the button pressed twice
        done = browser.post(page_of(issued, "why"), answers, follow=True)

    page = done.content.decode()
    assert page.count("کد رهگیری") == 1
    assert "کپی آن را خواستند" in page
    assert "هنوز کسی به گزارش‌ها پاسخ نمی‌دهد" in page


def test_an_organisation_outside_the_directory_can_be_reported(issued, browser):
    second = browser.post(page_of(issued), {"agency": "other"}).content.decode()
    report_id = re.search(r'name="report" value="([^"]+)"', second)[1]

    done = browser.post(
        page_of(issued, "why"), {"report": report_id, "agency": "other", "reason": "no-reason"}, follow=True
    )

    assert "سازمانی دیگر" in done.content.decode()


@pytest.mark.parametrize("typed", [{}, {"agency": "nobody"}])
def test_the_first_step_asks_again_without_an_organisation(issued, browser, typed):
    response = browser.post(page_of(issued), typed)

    assert response.status_code == 422
    assert 'id="agency-error"' in response.content.decode()


@pytest.mark.parametrize("typed", [{}, {"reason": "made-up"}, {"reason": "other", "report": "x"}])
def test_the_second_step_asks_again_without_a_reason(issued, browser, typed):
    response = browser.post(page_of(issued, "why"), {"agency": "post", **typed})

    assert response.status_code == 422
    assert 'id="reason-error"' in response.content.decode()
    assert RefusalReport.objects.count() == 0


def test_a_document_that_is_not_valid_has_no_report_page(issued, browser, monkeypatch):
    monkeypatch.setattr(edge, "now", lambda: made.AT + dt.timedelta(days=300))
    documents.revoke_document(
        issued,
        reason=documents.RevocationReason.REPLACED,
        message_id=edge.new_id(),
        actor=Actor.system("document-revocation"),
        at=made.AT,
    )
    monkeypatch.setattr(edge, "now", lambda: made.AT)

    assert browser.get(page_of(issued)).status_code == 409


def test_the_page_of_a_valid_document_leads_to_the_report(issued, browser):
    assert page_of(issued) in browser.get(f"/documents/{issued}/").content.decode()


def test_without_a_report_the_list_says_so(issued, browser):
    assert "گزارشی نداده‌اید" in browser.get(page_of(issued, "reports")).content.decode()


def test_the_figure_definition_has_both_languages():
    text = (settings.PANJEREH.data_directory / "figures" / "documents-not-accepted.json").read_text("utf-8")
    raw = json.loads(text)

    assert all(raw["title"].values())
    assert all(state["fa"] and state["en"] for state in raw["states"])
