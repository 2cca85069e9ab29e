"""A person's own things as their shapes: written out field by field, so that none leaves by accident."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from panjereh.domain.casework import api as casework
from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.disclosure import api as disclosure
from panjereh.domain.documents import api as documents
from panjereh.rest.me import shapes
from panjereh.rest.shapes import Texts


def case_summary(row: casework.CaseSummary | casework.CaseView) -> shapes.CaseSummary:
    """Return a case as a row of the list."""
    # The version the case began with: a newer one may not know its state any more.
    pack = catalogue.pack(row.service_id, row.pack_version)
    with translation.override(settings.LANGUAGE_CODE):  # the address without a language
        page = reverse("citizen:case", args=[row.id])
    return shapes.CaseSummary(
        id=row.id,
        tracking_code=row.tracking_code,
        service=row.service_id,
        title=_texts(pack.title),
        state=row.state,
        state_label=next(_texts(each.label) for each in pack.states if each.id == row.state),
        started_at=row.started_at,
        submitted_at=row.submitted_at,
        due_on=row.due_on,
        page=f"{settings.PANJEREH.public_url}{page}",
    )


def case(view: casework.CaseView) -> shapes.Case:
    """Return a case where it stands."""
    summary = case_summary(view)
    pack = catalogue.pack(view.service_id, view.pack_version)
    return shapes.Case(
        **{name: getattr(summary, name) for name in summary.__struct_fields__},
        decided_at=view.decided_at,
        finished_at=view.finished_at,
        can_withdraw=view.can_withdraw,
        reasons=[
            shapes.Reason(id=each, text=_texts(pack.condition(each).reason))
            for each in view.failed_conditions
        ],
        acts=[shapes.Act(event=act.event, state=act.state, role=act.role, at=act.at) for act in view.acts],
    )


def document(view: documents.DocumentView) -> shapes.OwnDocument:
    """Return a document, with where its file is."""
    place = reverse("rest:my_document_file", args=[view.id])
    return shapes.OwnDocument(
        id=view.id,
        case_id=view.case_id,
        number=view.serial,
        title=_texts(view.title),
        issuer=_texts(view.issuer),
        state=view.state,
        standing=view.standing,
        issued_at=view.issued_at,
        valid_until=view.valid_until,
        file=f"{settings.PANJEREH.public_url}{place}" if view.standing else None,
    )


def access(look: disclosure.Look) -> shapes.Access:
    """Return one look at the person's data."""
    return shapes.Access(
        id=look.id,
        at=look.at,
        kind=look.kind,
        what=look.what,
        who=look.who,
        agency=look.agency_id,
        purpose=look.purpose,
        legal_basis=look.legal_basis,
        case_reference=look.case_reference,
        outcome=look.outcome,
        is_provable=look.is_provable,
    )


def _texts(texts: catalogue.Texts) -> Texts:
    return Texts(fa=texts["fa"], en=texts["en"])
