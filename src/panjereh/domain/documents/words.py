"""The words of the room itself, in a language of choice: why a document was revoked, what a receipt is."""

from typing import Final

from django.utils.translation import gettext, gettext_noop, override

from panjereh.domain.documents.rules.states import RevocationReason

_REASONS: Final = {
    RevocationReason.ISSUED_IN_ERROR: gettext_noop("It was issued in error."),
    RevocationReason.FACTS_CHANGED: gettext_noop("What it states is no longer so."),
    RevocationReason.REPLACED: gettext_noop("A newer document has taken its place."),
    RevocationReason.HOLDER_ASKED: gettext_noop("Its holder asked for that."),
    RevocationReason.COURT_ORDER: gettext_noop("A court has ordered it."),
}
_RECEIPT: Final = gettext_noop("Receipt of a check")
_WINDOW: Final = gettext_noop("Panjereh")


def reason_text(reason: RevocationReason) -> str:
    """Return why a document was revoked, as a sentence in the language of the moment."""
    return gettext(_REASONS[reason])


def reason_texts(reason: RevocationReason) -> dict[str, str]:
    """Return the same sentence in both languages, `{"fa": …, "en": …}`."""
    return _both(_REASONS[reason])


def receipt_titles() -> dict[str, str]:
    """Return what the receipt of a check is called, in both languages."""
    return _both(_RECEIPT)


def window_names() -> dict[str, str]:
    """Return what an installation is called whose operator set no name, in both languages."""
    return _both(_WINDOW)


def _both(entry: str) -> dict[str, str]:
    texts = {}
    for language in ("fa", "en"):
        with override(language):
            texts[language] = gettext(entry)
    return texts
