"""The claims of each page, with their law. A claim without an article seen in a text is not made here.

`GAP:` no lawyer has read these pages. What is not settled stands in `OPEN_POINTS` and is shown on each.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_noop

from panjereh.domain.catalogue import api as catalogue


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing the law says, and where."""

    sentence: str
    laws: tuple[catalogue.Law, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """What one kind of reader needs to know, and what to do with a document."""

    title: str
    lead: str
    claims: tuple[Claim, ...]
    deeds: tuple[str, ...]


def _articles(*numbers: str) -> tuple[catalogue.Law, ...]:
    return tuple(
        catalogue.Law("electronic-commerce-act-1382", number, catalogue.Certainty.PUBLISHED)
        for number in numbers
    )


_WRITING: Final = Claim(
    gettext_noop(
        "Where the law asks for writing, an electronic document is writing; where it asks for a signature, "
        "an electronic signature suffices."
    ),
    _articles("6", "7"),
)
_EXCEPTIONS: Final = Claim(
    gettext_noop(
        "Three things are excepted: deeds of immovable property, the sale of medicine to its final consumer, "
        "and notices that order or forbid a way of using something. No such document is issued here."
    ),
    _articles("6"),
)
_FORM: Final = Claim(
    gettext_noop("No court and no office may reject evidence merely because it is electronic."),
    _articles("12"),
)
_WEIGHT: Final = Claim(
    gettext_noop("How much such evidence weighs depends on how securely it was made and kept."),
    _articles("13"),
)
_ORIGINAL: Final = Claim(
    gettext_noop(
        "The file is the original, as long as it can be read again in its own form and tells where it came "
        "from and when. A print of it is not."
    ),
    _articles("8"),
)
_SECURE: Final = Claim(
    gettext_noop(
        "A secure signature belongs to its signer alone, tells who they are, was made under their sole will, "
        "and is bound to the content so that any change shows."
    ),
    _articles("10"),
)
_DENIAL: Final = Claim(
    gettext_noop(
        "What was made and kept securely counts as a valid document before courts: it cannot be denied or "
        "doubted, only alleged to be forged or proven to be void in law."
    ),
    _articles("14", "15"),
)
_COPIES: Final = Claim(
    gettext_noop("Offices and banks may not ask people for copies of identity papers."),
    (catalogue.Law("copies-circular-1399", "", catalogue.Certainty.SECONDARY),),
)
_CHECK: Final = gettext_noop(
    "Check the file itself, or its number and code, on this site. Do not go by a print, a scan or a picture."
)
_FILE: Final = gettext_noop("File the signed PDF and, beside it, the signed receipt of your check.")
_LOOK_AGAIN: Final = gettext_noop(
    "A receipt is about one moment. Where today matters, check the document again: it may have been revoked."
)
_HOLDER: Final = gettext_noop(
    "Establish in your own way that whoever shows the document is its holder: the check does not tell."
)

GUIDES: Final = {
    "courts": Guide(
        gettext_noop("For courts"),
        gettext_noop("What an electronic document proves, and how to establish that it is genuine."),
        (_WRITING, _FORM, _WEIGHT, _ORIGINAL, _SECURE, _DENIAL, _EXCEPTIONS),
        (
            _CHECK,
            _FILE,
            _LOOK_AGAIN,
            gettext_noop(
                "Where forgery is alleged, give the file to an expert: its signature can be examined without "
                "this site, with the certificates that are inside it."
            ),
        ),
    ),
    "banks": Guide(
        gettext_noop("For banks"),
        gettext_noop("How to accept an electronic document safely, and what to keep of it."),
        (_WRITING, _FORM, _ORIGINAL, _WEIGHT, _COPIES, _EXCEPTIONS),
        (_CHECK, _HOLDER, _FILE, _LOOK_AGAIN),
    ),
    "offices": Guide(
        gettext_noop("For offices"),
        gettext_noop("Why an electronic document must be accepted, and what may not be asked beside it."),
        (_FORM, _WRITING, _ORIGINAL, _COPIES, _EXCEPTIONS),
        (
            _CHECK,
            _HOLDER,
            gettext_noop(
                "Do not ask for a print, a stamp or a copy of a document whose check says it is valid."
            ),
        ),
    ),
    "people": Guide(
        gettext_noop("For people"),
        gettext_noop(
            "What your electronic document is worth, and what to do when somebody will not take it."
        ),
        (_FORM, _WRITING, _ORIGINAL, _COPIES),
        (
            gettext_noop("Hand over the file itself, or its number and code. Nobody needs a print."),
            gettext_noop(
                "If it is not accepted, show this page and ask for the reason in writing: a refusal merely "
                "for its form has no ground in law."
            ),
        ),
    ),
}
OPEN_POINTS: Final = (
    gettext_noop(
        "Whether the signature used here is a secure one in the sense of article 10 depends on who certifies "
        "the issuer's key; the authorities of article 31 have not certified this installation."
    ),
    gettext_noop(
        "Where the check shows a time stamp, an authority beside the issuer attests the time of signing; "
        "whether the law recognises that authority is not settled. Without one, the time is the issuer's "
        "word and our record."
    ),
    gettext_noop("The list of excepted documents was read in the act alone, not in later acts or decisions."),
)
