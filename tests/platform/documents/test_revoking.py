"""Taking a document back: by an operator's command, once, and the holder is told why."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from panjereh.domain.audit.models import Leaf
from panjereh.domain.documents import api as documents
from panjereh.domain.documents.models import Document
from panjereh.domain.documents.operations import revoke_document as revoking
from panjereh.domain.messaging import api as messaging
from panjereh.plumbing import edge
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import NotFound
from tests.platform.documents import press as made

pytestmark = pytest.mark.slow
OPERATOR = Actor.system("document-revocation")
Reason = documents.RevocationReason


def revoke(document_id, *, reason=Reason.ISSUED_IN_ERROR, actor=OPERATOR, at=made.AT):
    documents.revoke_document(document_id, reason=reason, message_id=edge.new_id(), actor=actor, at=at)


def recorded() -> list[dict]:
    return [leaf.facts for leaf in Leaf.objects.filter(event="documents.document.revoked").order_by("at")]


def test_a_revoked_document_keeps_its_file_and_says_when_and_why(issued, holder):
    revoke(issued)

    row = Document.objects.get(id=issued)
    assert (row.state, row.revoked_at, row.revocation_reason) == ("revoked", made.AT, "issued-in-error")
    assert documents.document_file(issued, actor=holder, at=made.AT).content.startswith(b"%PDF-")
    view = documents.document_of(issued, actor=holder, at=made.AT)
    assert view.standing is documents.Standing.REVOKED


def test_the_record_holds_the_reason_and_the_agency(issued):
    revoke(issued)

    assert recorded() == [{"reason": "issued-in-error", "agency": "post"}]


@pytest.mark.parametrize(
    ("language", "because"), [("fa", "به اشتباه صادر شده بود."), ("en", "It was issued in error.")]
)
def test_the_holder_is_told_why_in_their_language(issued, holder, language, because):
    revoke(issued)

    (message,) = messaging.inbox(holder, limit=9, language=language)
    assert because in message.body[0]
    assert documents.document_of(issued, actor=holder, at=made.AT).serial in message.body[-1]


def test_every_reason_has_words_in_both_languages():
    for reason in Reason:
        texts = documents.reason_texts(reason)
        assert texts["fa"] != texts["en"]
        assert all(texts.values())


def test_revoking_twice_keeps_the_first_reason_and_tells_once(issued, holder):
    revoke(issued)
    revoke(issued, reason=Reason.COURT_ORDER)

    assert Document.objects.get(id=issued).revocation_reason == "issued-in-error"
    assert len(recorded()) == 1
    assert len(messaging.inbox(holder, limit=9)) == 1


class Killed(BaseException):
    """What a process killed here would look like to the caller: nothing after it ran."""


def test_a_revocation_that_cannot_be_told_has_not_happened(issued, monkeypatch):
    def die(*_arguments, **_keywords):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(revoking, "_tell_holder", die)
        with pytest.raises(Killed):
            revoke(issued)

    assert Document.objects.get(id=issued).state == "issued"
    assert recorded() == []

    revoke(issued)

    assert Document.objects.get(id=issued).state == "revoked"


def test_a_document_that_was_never_signed_cannot_be_revoked(requested):
    with pytest.raises(documents.CannotRevoke) as refused:
        revoke(requested)

    assert (refused.value.code, refused.value.facts()) == (
        "document-cannot-be-revoked",
        {"state": "requested"},
    )


def test_no_person_revokes_not_even_the_holder(issued, holder):
    for actor in (holder, Actor.anonymous("curious")):
        with pytest.raises(NotFound):
            revoke(issued, actor=actor)
        with pytest.raises(NotFound):
            documents.document_id_of(Document.objects.get(id=issued).serial, actor=actor)


def test_an_operator_revokes_by_number(issued):
    out = io.StringIO()
    serial = Document.objects.get(id=issued).serial

    call_command("revoke_document", serial, "--reason", "court-order", stdout=out)

    assert out.getvalue() == "revoked\n"
    assert Document.objects.get(id=issued).revocation_reason == "court-order"


@pytest.mark.parametrize("number", ["1234", "9904-1182-0367-5"])
def test_a_number_of_no_document_revokes_nothing_and_says_so(db, number):
    with pytest.raises(CommandError, match=r"document-number-not-valid|not-found"):
        call_command("revoke_document", number, "--reason", "court-order")


def test_the_database_refuses_a_revocation_without_its_reason(issued):
    with pytest.raises(IntegrityError, match="revocation_reason_iff_revoked"), transaction.atomic():
        Document.objects.filter(id=issued).update(state="revoked", revoked_at=made.AT)
