"""What pages show of a document: its mark, the word of its state, and the row of the list."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from panjereh.domain.documents import api
from panjereh.plumbing import pages

# Mark, kind and word of the tag.
STANDINGS = {
    api.Standing.VALID: ("valid", "good", gettext_noop("Valid")),
    api.Standing.EXPIRED: ("expired", "wait", gettext_noop("Expired")),
    api.Standing.REVOKED: ("revoked", "bad", gettext_noop("Revoked")),
}
UNSIGNED = {
    api.DocumentState.REQUESTED: ("unknown", "wait", gettext_noop("Being made")),
    api.DocumentState.FAILED: ("unknown", "bad", gettext_noop("Could not be made")),
}


def state_of(view: api.DocumentView) -> dict[str, str]:
    """Return the mark of a document, and the kind and word of its tag."""
    seal, kind, word = UNSIGNED[view.state] if view.standing is None else STANDINGS[view.standing]
    return {"seal": seal, "kind": kind, "label": _(word)}


def card(view: api.DocumentView) -> dict[str, Any]:
    """Return one document as the kit shows it in a list."""
    links = []
    if view.standing is not None:
        links = [
            (reverse("citizen:document_file", args=[view.id]), _("Download")),
            (reverse("public:check_number", args=[view.serial]), _("Check")),
        ]
    return {
        "href": reverse("citizen:document", args=[view.id]),
        "title": pages.either(view.title),
        "issuer": pages.either(view.issuer),
        **state_of(view),
        "small": _small(view),
        "links": links,
        "level": 2,
    }


def _small(view: api.DocumentView) -> str:
    if view.serial is None:
        return ""
    # Isolated, as its digits and hyphens would turn over inside a Persian line.
    number = f"\u2066{pages.digits(view.serial)}\u2069"
    if view.valid_until is None:
        return number
    return f"{number} · {_('Valid until')} {pages.show_date(view.valid_until)}"
