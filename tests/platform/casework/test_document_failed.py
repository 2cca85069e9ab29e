"""A certificate that cannot be made: the grant stands, the person is told once, and it can be made again."""

import pytest
from django.core.management import call_command

from panjereh.domain.casework import api as casework
from panjereh.domain.documents import api as documents
from panjereh.domain.documents.models import Document
from panjereh.jobs import documents as document_jobs
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import NotFound
from tests.platform.casework.test_applying import events
from tests.platform.casework.test_deciding import submitted, told
from tests.platform.people.desk import fresh_id

JUDGE = Actor.system("case-decision")


@pytest.fixture
def broken_press(monkeypatch):
    """A press whose templates fail, until it is mended."""

    class Broken:
        def render(self, *_arguments, **_options):
            raise documents.TemplateFailed("broken")

    class Key:
        holder = "Post"

    class Press:
        renderer = Broken()
        key = Key()
        public_url = "https://panjereh.example"
        is_practice = True

    monkeypatch.setattr(document_jobs, "press", Press)


@pytest.fixture
def failed(window, registers, run_jobs, broken_press):
    """A granted case whose document could not be made."""
    submitted(window, run_jobs)
    run_jobs()
    return window


def tell(window):
    casework.tell_document_failed(
        window.case_id, act_id=fresh_id(), message_id=fresh_id(), actor=JUDGE, at=window.at
    )


def test_the_case_stays_granted_and_the_person_is_told(failed):
    assert failed.see().state is casework.CaseState.GRANTED
    assert events(failed)[-1] == "document-failed"
    assert "document-late" in told(failed)


def test_told_twice_it_says_so_once(failed):
    tell(failed)

    assert events(failed).count("document-failed") == 1
    assert told(failed).count("document-late") == 1


def test_told_after_the_document_was_made_after_all_it_changes_nothing(window, registers, run_jobs):
    submitted(window, run_jobs)
    window.decide()
    casework.finish_case(
        window.case_id, act_id=fresh_id(), message_id=fresh_id(), actor=JUDGE, at=window.at
    )

    tell(window)

    assert window.see().state is casework.CaseState.ISSUED
    assert "document-late" not in told(window)


def test_only_the_platform_itself_tells_of_a_failure(failed):
    with pytest.raises(NotFound):
        casework.tell_document_failed(
            failed.case_id, act_id=fresh_id(), message_id=fresh_id(), actor=failed.actor, at=failed.at
        )


def test_an_operator_has_it_made_again(failed, capsys):
    call_command("remake_documents")

    assert "documents put back: 1" in capsys.readouterr().out
    view = documents.document_of_case(failed.case_id, actor=failed.actor, at=failed.at)
    assert view is not None
    assert view.state is documents.DocumentState.REQUESTED


def test_a_document_that_fails_again_is_failed_again_and_the_person_is_not_told_twice(failed, run_jobs):
    documents.remake_documents(at=failed.at)

    run_jobs()

    assert Document.objects.get().state == "failed"
    assert told(failed).count("document-late") == 1


def test_made_again_twice_it_is_put_back_once(failed):
    assert documents.remake_documents(at=failed.at) == 1
    assert documents.remake_documents(at=failed.at) == 0


def test_a_document_made_on_the_second_try_finishes_the_case(failed, run_jobs):
    documents.remake_documents(at=failed.at)

    casework.finish_case(
        failed.case_id, act_id=fresh_id(), message_id=fresh_id(), actor=JUDGE, at=failed.at
    )

    assert failed.see().state is casework.CaseState.ISSUED
    assert told(failed).count("case-granted") == 1
